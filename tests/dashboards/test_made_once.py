"""What is kept between looks: rows by release and file, parts of pages by role and school; never by who looks."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from dashboards import marts
from dashboards.access import Identity, Role, files_for, read_entitlements
from dashboards.papers.nutshell import Before, read_figures
from dashboards.queries import Query, pupils
from dashboards.queries import release as of_release
from dashboards.releases import find_release
from dashboards.views import shared_about
from dashboards.views.signing_in import Person
from dashboards.views.visits import Visit, made_once
from expectations.errors import OrchardError
from tests.support.releases import ELM, OAK, publish_release
from tests.support.sign_ins import write_entitlements


def look(home: Path, role: Role, urn: str = "", person: object = None) -> Visit:
    """A look as somebody in this role has it; ``person`` stands for who it is."""
    identity, release = Identity(role, (urn,) if urn else ()), find_release(home)
    (file,) = files_for(identity, release.folder)
    return Visit(identity, release, file, cast(Person, person))


@pytest.fixture
def made() -> list[Visit]:
    return []


@pytest.fixture
def part(made: list[Visit]) -> Any:
    """A part that says whose it is, and notes each time that it is made."""

    @made_once
    def says(visit: Visit, given: str = "") -> tuple[int, str, str]:
        made.append(visit)
        visit.read(pupils.on_roll())
        return visit.about()["release_number"], visit.database.name, given

    return says


def test_people_in_one_role_at_one_school_share_a_part_and_it_does_not_know_them(
    sample_home: Path, part: Any, made: list[Visit]
) -> None:
    looks = [look(sample_home, Role.GOVERNOR, ELM, person) for person in ("one", "other", None)]
    assert {part(visit) for visit in looks} == {(1, f"agg_{ELM}.duckdb", "")}
    assert [visit.person for visit in made] == [None]
    assert all("mart_pupils__school" in visit.asked for visit in looks), "each page leads to what its figures mean"
    assert looks[0].person == "one"


def test_whoever_comes_in_the_same_moment_finds_it_made(sample_home: Path) -> None:
    made: list[str] = []

    @made_once
    def inner(visit: Visit) -> str:
        made.append("inner")
        time.sleep(0.05)
        return visit.database.name

    @made_once
    def outer(visit: Visit) -> str:
        made.append("outer")
        return f"about {inner(visit)}"

    looks = [look(sample_home, Role.GOVERNOR, urn) for urn in (ELM, OAK)] * 6
    with ThreadPoolExecutor(12) as together:
        assert list(together.map(outer, looks)) == [f"about agg_{ELM}.duckdb", f"about agg_{OAK}.duckdb"] * 6
    assert sorted(made) == ["inner"] * 2 + ["outer"] * 2


def test_another_school_role_or_wish_is_another_part(sample_home: Path, part: Any, made: list[Visit]) -> None:
    looks = [(Role.GOVERNOR, ELM), (Role.GOVERNOR, OAK), (Role.TRUSTEE, ""), (Role.SENCO, ELM), (Role.SENCO, OAK),
             (Role.SEND_LEAD, ""), (Role.CENTRAL, "")]  # fmt: skip
    for _ in range(2):
        for role, urn in looks:
            visit = look(sample_home, role, urn)
            assert part(visit)[1] == visit.database.name
    assert part(look(sample_home, Role.GOVERNOR, ELM), "x")[2] == "x"
    assert len(made) == len(looks) + 1


def test_a_role_with_the_same_file_has_parts_of_its_own(sample_home: Path, part: Any, made: list[Visit]) -> None:
    for role in (Role.SEND_LEAD, Role.CENTRAL):
        part(look(sample_home, role))
    assert [visit.identity.role for visit in made] == [Role.SEND_LEAD, Role.CENTRAL]


def test_a_new_release_is_told_at_once_and_the_old_one_when_it_is_pointed_to_again(
    tmp_path: Path, part: Any, made: list[Visit]
) -> None:
    publish_release(tmp_path, number=1)
    told = [part(look(tmp_path, Role.GOVERNOR, ELM))[0]]
    publish_release(tmp_path, number=2)
    told.append(part(look(tmp_path, Role.GOVERNOR, ELM))[0])
    (tmp_path / "CURRENT").unlink()
    (tmp_path / "CURRENT").symlink_to(tmp_path / "releases" / "1")
    told.append(part(look(tmp_path, Role.GOVERNOR, ELM))[0])
    assert told == [1, 2, 1]
    assert len(made) == 2


def test_a_part_that_fails_is_not_kept(sample_home: Path) -> None:
    tries: list[int] = []

    @made_once
    def fails_once(visit: Visit) -> int:
        tries.append(1)
        if len(tries) == 1:
            raise OrchardError("Not yet")
        return len(tries)

    with pytest.raises(OrchardError):
        fails_once(look(sample_home, Role.TRUSTEE))
    assert fails_once(look(sample_home, Role.TRUSTEE)) == 2


def test_the_figures_of_a_paper_and_the_meanings_are_of_the_own_file(sample_home: Path) -> None:
    """The two parts that are kept: asked first by one reader, they are right for the next, who may read of less."""
    lead, governor = look(sample_home, Role.SEND_LEAD), look(sample_home, Role.GOVERNOR, ELM)
    assert "Published as mart_pupils__register." in shared_about._meanings(lead)
    assert "mart_pupils__register" not in shared_about._meanings(governor)
    elm, oak = (read_figures(look(sample_home, Role.GOVERNOR, urn), urn, Before()) for urn in (ELM, OAK))
    assert (elm.owner, oak.owner) == (ELM, OAK)
    assert elm.stored != oak.stored


def test_an_earlier_paper_is_told_beside_figures_that_were_kept_without_it(sample_home: Path) -> None:
    visit = look(sample_home, Role.GOVERNOR, ELM)
    without = read_figures(visit, ELM, Before())
    past = {key: replace(stored, share=0.5, share_words="50%") for key, stored in without.stored.items()}
    beside = read_figures(visit, ELM, Before(year_ago=past))
    assert [reading.last_year for _, reading in beside.lines] != [reading.last_year for _, reading in without.lines]
    assert read_figures(visit, ELM, Before()) == without


def test_rows_that_a_page_changes_are_not_what_the_next_one_reads(sample_home: Path) -> None:
    visit = look(sample_home, Role.GOVERNOR, ELM)
    rows = visit.read(of_release.schools())
    rows[0]["school_name"] = "Changed"
    rows.clear()
    assert "Changed" not in {row["school_name"] for row in visit.read(of_release.schools())}
    assert visit.schools()


def test_a_file_is_opened_and_read_once_for_all_who_look_in_one_moment(tmp_path: Path) -> None:
    publish_release(tmp_path)
    asked: list[str] = []

    class Slow(marts._File):
        """A file that takes a moment to read, and notes what it reads."""

        def _read(self, query: Query) -> marts.Rows:
            asked.append(query.sql)
            time.sleep(0.05)
            return super()._read(query)

    release = find_release(tmp_path)
    file = Slow(release, release.folder / f"agg_{ELM}.duckdb")
    with ThreadPoolExecutor(8) as together:
        found = list(together.map(file.rows, [of_release.about(), of_release.schools()] * 8))
    assert sorted(asked) == sorted([of_release.about().sql, of_release.schools().sql])
    assert all(rows == found[place % 2] for place, rows in enumerate(found))
    assert marts._file(release, str(release.folder / f"agg_{ELM}.duckdb")) is marts._file(
        find_release(tmp_path), str(release.folder / f"agg_{ELM}.duckdb")
    )


def test_only_so_many_answers_of_a_file_are_kept(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marts, "MOST_KEPT", 3)
    release = find_release(sample_home)
    file = marts._File(release, release.folder / f"agg_{ELM}.duckdb")
    asked = [Query("select ? as number", (number,)) for number in range(5)]
    assert [file.rows(query) for query in asked * 2] == [[{"number": number}] for number in range(5)] * 2
    assert list(file._kept) == asked[2:]


def test_an_entitlement_taken_away_counts_at_once_though_the_file_looks_untouched(tmp_path: Path) -> None:
    file = write_entitlements(tmp_path, [("one", Role.GOVERNOR, ELM)])
    before, told = read_entitlements(file), file.stat()
    write_entitlements(tmp_path, [("two", Role.GOVERNOR, ELM)])
    os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert (file.stat().st_mtime_ns, file.stat().st_size) == (told.st_mtime_ns, told.st_size)
    assert ([one.subject for one in before], [one.subject for one in read_entitlements(file)]) == (["one"], ["two"])


def test_a_manifest_is_taken_apart_once_and_read_at_every_look(sample_home: Path, tmp_path: Path) -> None:
    assert find_release(sample_home) is find_release(sample_home)
    publish_release(tmp_path)
    file = tmp_path / "releases" / "1" / "manifest.json"
    assert find_release(tmp_path).is_pointed_to
    file.parent.chmod(0o750)
    file.chmod(0o640)
    file.write_text("{")
    with pytest.raises(OrchardError, match="no figures yet"):
        find_release(tmp_path)
