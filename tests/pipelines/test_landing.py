"""Landing: every file ends in a state with its reason, slices are replaced whole, nothing is taken twice."""

from __future__ import annotations

import datetime as dt
import random
import time
from pathlib import Path

import pytest

from expectations.errors import SourceFileError
from expectations.tables import ALL
from pipelines import drop_folder
from pipelines.accepting import accept_held
from pipelines.drop_folder import archive, find_arrivals
from pipelines.landing import land
from pipelines.night import open_night
from pipelines.settings import Settings, load_settings
from tests.support.homes import REGISTER_HEADER, date_back, deliver, make_home, register_rows, upn_of

REGISTER = ALL["raw_send_register__pupils"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return make_home(tmp_path)


def land_once(settings: Settings) -> tuple[dict[str, int], int, list[tuple[str, str, str]]]:
    """(states, rows standing in the register, ledger as file, state, rule)."""
    with open_night(settings, dt.datetime.now(dt.UTC)) as night:
        landed = land(night)
        ledger = night.store.execute("select file_name, state, coalesce(rule, '') from ledger order by 1, 2")
        return dict(landed.states), night.store.read(REGISTER).height, [tuple(row) for row in ledger]  # type: ignore[misc]


def test_a_file_is_taken_once(settings: Settings) -> None:
    deliver(settings, "999001", "register.csv", register_rows(30))
    assert land_once(settings)[:2] == ({"TAKEN": 1}, 30)
    assert land_once(settings)[:2] == ({"DUPLICATE": 1}, 30)


def test_the_same_bytes_under_another_name_change_nothing(settings: Settings) -> None:
    deliver(settings, "999001", "register.csv", register_rows(30))
    land_once(settings)
    deliver(settings, "999001", "register copy.csv", register_rows(30), days_ago=0.5)
    assert land_once(settings)[:2] == ({"DUPLICATE": 2}, 30)


def test_the_same_file_twice_in_one_night_is_taken_once(settings: Settings) -> None:
    deliver(settings, "999001", "register.csv", register_rows(30), days_ago=2)
    deliver(settings, "999001", "register copy.csv", register_rows(30), days_ago=1)
    assert land_once(settings)[:2] == ({"TAKEN": 1, "DUPLICATE": 1}, 30)


def test_a_newer_file_replaces_the_slice_and_an_older_one_never_does(settings: Settings) -> None:
    deliver(settings, "999001", "tuesday.csv", register_rows(30), days_ago=3)
    land_once(settings)
    deliver(settings, "999001", "thursday.csv", register_rows(32), days_ago=1)
    assert land_once(settings)[1] == 32
    deliver(settings, "999001", "wednesday.csv", register_rows(31), days_ago=2)
    states, rows, ledger = land_once(settings)
    assert states["OLDER"] == 1
    assert rows == 32
    assert ("wednesday.csv", "OLDER", "OLDER") in ledger


def test_the_order_in_which_files_are_found_decides_nothing(tmp_path: Path) -> None:
    outcomes = set()
    for attempt in range(4):
        home = tmp_path / str(attempt)
        home.mkdir()
        settings = make_home(home)
        names = ["a", "b", "c", "d"]
        random.Random(attempt).shuffle(names)
        for age, name in enumerate(names):
            deliver(settings, "999001", f"{name}.csv", register_rows(30 + (4 - age)), days_ago=age + 1)
        outcomes.add(land_once(settings)[1])
    assert outcomes == {34}


def test_a_short_delivery_is_held_until_a_person_accepts_it(settings: Settings) -> None:
    deliver(settings, "999001", "full.csv", register_rows(50), days_ago=2)
    land_once(settings)
    deliver(settings, "999001", "short.csv", register_rows(19), days_ago=1)
    states, rows, _ = land_once(settings)
    assert states["HELD"] == 1
    assert rows == 50
    with open_night(settings, dt.datetime.now(dt.UTC)) as night:
        key = night.store.execute("select delivery_key from ledger where state = 'HELD'")[0][0]
    accept_held(settings, key)
    assert land_once(settings)[1] == 19


def test_forty_per_cent_of_the_rows_is_not_short(settings: Settings) -> None:
    deliver(settings, "999001", "full.csv", register_rows(50), days_ago=2)
    land_once(settings)
    deliver(settings, "999001", "less.csv", register_rows(20), days_ago=1)
    assert land_once(settings)[1] == 20


def test_a_correction_back_to_an_earlier_content_is_taken(settings: Settings) -> None:
    for age, count in ((3, 30), (2, 31)):
        deliver(settings, "999001", "register.csv", register_rows(count), days_ago=age)
        land_once(settings)
    deliver(settings, "999001", "register.csv", register_rows(30), days_ago=1)
    assert land_once(settings)[1] == 30


@pytest.mark.parametrize(
    ("urn", "name", "content", "rule"),
    [
        ("99901", "register.csv", "\n".join([REGISTER_HEADER, *register_rows(3)]) + "\n", "UNKNOWN_SCHOOL"),
        ("999999", "register.csv", "\n".join([REGISTER_HEADER, *register_rows(3)]) + "\n", "UNKNOWN_SCHOOL"),
        ("trust", "register.csv", "\n".join([REGISTER_HEADER, *register_rows(3)]) + "\n", "WRONG_FOLDER"),
        ("999001", "login.csv", "<!doctype html><html><body>Please log in</body></html>", "FORMAT"),
        ("999001", "empty.csv", "", "EMPTY"),
        ("999001", "notes.csv", "one,two\n1,2\n3,4\n", "UNRECOGNISED"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_its_rule(
    settings: Settings, urn: str, name: str, content: str, rule: str
) -> None:
    folder = settings.drop_folder / urn
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(content, encoding="utf-8")
    date_back(folder / name, 1)
    deliver(settings, "999002", "good.csv", register_rows(10, first=500))
    states, rows, ledger = land_once(settings)
    assert states == {"REFUSED": 1, "TAKEN": 1}
    assert rows == 10
    told = f"{urn}/{name}" if rule == "UNKNOWN_SCHOOL" else name
    assert (told, "REFUSED", rule) in ledger


def test_the_same_file_in_two_schools_is_refused_in_the_second(settings: Settings) -> None:
    deliver(settings, "999001", "register.csv", register_rows(10), days_ago=2)
    deliver(settings, "999002", "register.csv", register_rows(10), days_ago=1)
    states, rows, ledger = land_once(settings)
    assert states == {"TAKEN": 1, "REFUSED": 1}
    assert rows == 10
    assert ("register.csv", "REFUSED", "WRONG_SCHOOL") in ledger


def test_a_file_still_being_written_is_left_alone(settings: Settings) -> None:
    deliver(settings, "999001", "register.csv.part", register_rows(10))
    with open_night(settings, dt.datetime.now(dt.UTC)) as night:
        landed = land(night)
    assert (landed.unsettled_count, dict(landed.states)) == (1, {})


def test_a_link_is_refused_and_never_followed(settings: Settings, tmp_path: Path) -> None:
    secret = tmp_path / "elsewhere.csv"
    secret.write_text("\n".join([REGISTER_HEADER, *register_rows(3)]) + "\n", encoding="utf-8")
    (settings.drop_folder / "999001" / "link.csv").symlink_to(secret)
    states, rows, ledger = land_once(settings)
    assert (states, rows) == ({"REFUSED": 1}, 0)
    assert ledger == [("link.csv", "REFUSED", "LINK")]


def test_the_landing_copy_is_the_file_and_cannot_be_written(settings: Settings) -> None:
    path = deliver(settings, "999001", "register.csv", register_rows(10))
    land_once(settings)
    copies = [copy for copy in settings.landing_folder.rglob("*") if copy.is_file()]
    assert [copy.read_bytes() for copy in copies] == [path.read_bytes()]
    assert copies[0].stat().st_mode & 0o777 == 0o400


def test_rows_keep_their_file_and_row_number(settings: Settings) -> None:
    deliver(settings, "999001", "register.csv", register_rows(3))
    with open_night(settings, dt.datetime.now(dt.UTC)) as night:
        land(night)
        rows = night.store.read(REGISTER).sort("row_number")
    assert rows["row_number"].to_list() == [2, 3, 4]
    assert set(rows["file_name"]) == {"register.csv"}
    assert set(rows["school_urn"]) == {"999001"}


def test_a_broken_row_is_counted_and_explained_not_shifted(settings: Settings) -> None:
    rows = register_rows(5)
    rows[2] += ",one,too,many"
    deliver(settings, "999001", "register.csv", rows)
    with open_night(settings, dt.datetime.now(dt.UTC)) as night:
        land(night)
        standing = night.store.read(REGISTER)
        findings = night.store.execute("select row_number, rule, is_row_set_aside from landing_findings")
        slices = night.store.execute("select rows_count, malformed_count from ledger_slices")
    assert standing.height == 4
    assert findings == [(4, "TOO_MANY_FIELDS", True)]
    assert slices == [(4, 1)]


def test_two_refreshes_at_once_the_second_is_told(settings: Settings) -> None:
    from expectations.errors import BusyError

    with open_night(settings, dt.datetime.now(dt.UTC)), pytest.raises(BusyError, match="Another refresh"):
        land_once(settings)


def test_landing_thirty_small_files_is_quick_enough_to_be_done_every_night(settings: Settings) -> None:
    for number in range(30):
        deliver(settings, "999001", f"r{number}.csv", register_rows(5, first=number * 5), days_ago=40 - number)
    began = time.monotonic()
    land_once(settings)
    assert time.monotonic() - began < 30  # a guard against a hang, not a benchmark


def test_a_refused_file_is_read_again_once_the_setting_that_refused_it_is_mended(settings: Settings) -> None:
    path = settings.drop_folder / "999001" / "register.csv"
    header = REGISTER_HEADER.replace("SEN Status", "Level of help")
    path.write_text("\n".join([header, *register_rows(12)]) + "\n", encoding="utf-8")
    date_back(path, 1)
    assert land_once(settings)[:2] == ({"REFUSED": 1}, 0)
    assert land_once(settings)[:2] == ({"REFUSED": 1}, 0)
    toml = settings.home / "orchard.toml"
    mapping = '[mapping.raw_send_register__pupils]\n"Level of help" = "sen_provision"\n'
    toml.write_text(toml.read_text(encoding="utf-8") + mapping, encoding="utf-8")
    assert land_once(load_settings(settings.home))[:2] == ({"TAKEN": 1}, 12)


def test_a_file_moved_to_its_right_school_is_withdrawn_from_the_wrong_one(settings: Settings) -> None:
    wrong = deliver(settings, "999002", "register.csv", register_rows(12))
    land_once(settings)
    wrong.rename(settings.drop_folder / "999001" / "register.csv")
    states, rows, _ = land_once(settings)
    assert (states, rows) == ({"TAKEN": 1}, 12)
    with open_night(settings, dt.datetime.now(dt.UTC)) as night:
        assert set(night.store.read(REGISTER)["school_urn"]) == {"999001"}


ATTENDANCE_HEADER = (
    "UPN,MIS ID,Surname,Forename,Academic Year,Term,Possible Sessions,Authorised Absence,Unauthorised Absence"
)


def attendance(settings: Settings, name: str, rows: list[str], days_ago: float) -> None:
    path = settings.drop_folder / "999001" / name
    path.write_text("\n".join([ATTENDANCE_HEADER, *rows]) + "\n", encoding="utf-8")
    date_back(path, days_ago)


def mark(number: int, year: str, more: str = "") -> str:
    return f"{upn_of(number)},{number},Surname,Forename,{year},Autumn1,60,2,0{more}"


def test_replacing_one_year_leaves_the_other_years_findings(settings: Settings) -> None:
    first = [mark(n, "2023/24") for n in range(5)] + [mark(n, "2025/26") for n in range(5)] + [mark(9, "2023/24", ",x")]
    attendance(settings, "all years.csv", first, 2)
    land_once(settings)
    attendance(settings, "this year.csv", [mark(n, "2025/26") for n in range(6)], 1)
    land_once(settings)
    with open_night(settings, dt.datetime.now(dt.UTC)) as night:
        told = night.store.execute("select sum(malformed_count)::int from ledger_slices")[0][0]
        assert told == night.store.execute("select count(*) from landing_findings")[0][0] == 1


def test_a_corrected_year_lets_the_unreadable_rows_go(settings: Settings) -> None:
    attendance(settings, "a.csv", [mark(n, "2025/26") for n in range(5)] + [mark(7, "last year")], 2)
    land_once(settings)
    attendance(settings, "b.csv", [mark(n, "2025/26") for n in range(6)], 1)
    land_once(settings)
    with open_night(settings, dt.datetime.now(dt.UTC)) as night:
        assert night.store.execute("select distinct period from ledger_slices") == [("2025",)]
        assert night.store.read(ALL["raw_attendance__half_terms"]).height == 6


def test_a_file_that_changes_while_it_is_taken_is_left_for_the_next_night(settings: Settings) -> None:
    path = deliver(settings, "999001", "register.csv", register_rows(10))
    arrivals, _ = find_arrivals(settings.drop_folder, dt.datetime.now(dt.UTC), 0, 10**9, {"999001"})
    path.write_text("other bytes", encoding="utf-8")
    with pytest.raises(SourceFileError, match="changed"):
        archive(arrivals[0], settings.landing_folder)
    assert not [copy for copy in settings.landing_folder.rglob("*") if copy.is_file()]
    path.unlink()
    with pytest.raises(SourceFileError, match="changed"):
        archive(arrivals[0], settings.landing_folder)


def test_a_file_that_cannot_be_opened_is_refused_and_holds_nobody_up(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = deliver(settings, "999001", "locked.csv", register_rows(10))
    deliver(settings, "999002", "good.csv", register_rows(11, first=100))
    real = drop_folder._sha256

    def refuse(path: Path) -> str:
        if path == locked:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(drop_folder, "_sha256", refuse)
    states, rows, ledger = land_once(settings)
    assert (states, rows) == ({"REFUSED": 1, "TAKEN": 1}, 11)
    assert ("locked.csv", "REFUSED", "UNREADABLE") in ledger
