"""Names of schools: settled ones join the catalogue, unknown ones queue with the nearest, neither reaches a figure."""

from __future__ import annotations

import datetime as dt
import time
from difflib import SequenceMatcher
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.errors import SettingsError
from expectations.tables import ALL
from expectations.tables.reference import OUTCOME_DOMAINS
from models.catalogue import NAMES_OFFERED, add_settled_names, nearest_names, queue_unknown_names
from pipelines import reference_data
from tests.support.filling import fill
from tests.support.frames import rows, table
from tests.support.homes import make_home

CATALOGUE = table(ALL["core_intervention_catalogue"], """
    alias           | intervention_name     | area_of_need           | wave_number | outcome_domain
    paired reading  | Paired Reading Groups | Cognition and learning | 2           | Reading
    reading pairs   | Paired Reading Groups | Cognition and learning | 2           | Reading
    precision read  | Precision Reading     | Cognition and learning | 3           | Reading
    maths bridge    | Maths Bridge          | Cognition and learning | 2           | Mathematics
""")  # fmt: skip
DECISIONS = table(ALL["core_alias_decisions"], """
    alias          | intervention_name     | decided_date
    red table      | Paired Reading Groups | 2026-11-02
    breakfast club | -                     | 2026-11-02
    gone           | No Longer Run         | 2026-11-02
    maths bridge   | Precision Reading     | 2026-11-02
""")  # fmt: skip


def test_a_settled_name_joins_with_what_the_list_says_of_its_intervention() -> None:
    found = add_settled_names(CATALOGUE, DECISIONS)
    added = found.join(CATALOGUE, on="alias", how="anti")
    assert added.rows() == [("red table", "Paired Reading Groups", "Cognition and learning", 2, "Reading", None)]
    assert found.filter(alias="maths bridge")["intervention_name"].to_list() == [
        "Maths Bridge"
    ]  # the list speaks first
    assert found.height == CATALOGUE.height + 1


def test_nothing_settled_changes_nothing() -> None:
    assert add_settled_names(CATALOGUE, DECISIONS.clear()).equals(CATALOGUE)


GROUPS = table(ALL["clean_provision_map__groups"], """
    group_reference | intervention_name    | start_date | end_date   | planned_sessions_count | session_minutes
    G1              | Paired-Reading!      | 2025-09-08 | 2025-10-17 | 30                     | 20
    G2              | Red Table            | 2025-09-08 | 2025-10-17 | 6                      | 40
    G3              | BREAKFAST  club      | 2025-09-08 | 2025-10-17 | 6                      | 40
    G4              | Gone                 | 2025-09-08 | 2025-10-17 | 6                      | 40
    G5              | Чтение               | 2025-09-08 | 2025-10-17 | 6                      | 40
    G6              | !!!                  | 2025-09-08 | 2025-10-17 | 6                      | 40
""", school_urn="100001")  # fmt: skip


def test_a_group_is_known_to_settle_or_no_intervention_at_all() -> None:
    found = fill("core_interventions", {
        "clean_provision_map__groups": GROUPS, "core_alias_decisions": DECISIONS,
        "core_intervention_catalogue": add_settled_names(CATALOGUE, DECISIONS),
    }).sort("intervention_key")  # fmt: skip
    assert found.select("intervention_key", "intervention_name", "given_name", "alias", "is_in_catalogue").rows() == [
        ("100001:G1", "Paired Reading Groups", "Paired-Reading!", "paired reading", True),
        ("100001:G2", "Paired Reading Groups", "Red Table", "red table", True),
        ("100001:G4", "Gone", "Gone", "gone", False),
        ("100001:G5", "Чтение", "Чтение", "чтение", False),
        ("100001:G6", "!!!", "!!!", "!!!", False),
    ]


def test_only_groups_of_the_catalogue_have_a_dose_and_an_outcome_and_all_of_them_their_pupils() -> None:
    """A pupil of a group under an unknown name is no pupil without support; its name goes no further."""
    both, names = ["100001:G1", "100001:G2"], ["Paired Reading Groups", "Ada's table"]
    groups = rows(
        ALL["core_interventions"], intervention_key=both, intervention_name=names, is_in_catalogue=[True, False]
    )
    members = rows(ALL["core_intervention_pupils"], intervention_key=both)
    given_frames = {
        "core_interventions": groups, "core_intervention_pupils": members, "core_run": rows(ALL["core_run"]),
    }  # fmt: skip
    assert fill("model_interventions__group_dose", given_frames)["intervention_name"].to_list() == [
        "Paired Reading Groups"
    ]
    starters = fill("model_interventions__starters", given_frames).sort("intervention_key")
    assert starters["is_in_catalogue"].to_list() == [True, False]


UNKNOWN = table(ALL["core_interventions"], """
    intervention_key | school_urn | given_name      | alias          | is_in_catalogue | start_date | end_date
    100001:G1        | 100001     | Reading, paired | reading paired | no              | 2026-01-12 | 2026-02-01
    100001:G2        | 100001     | READING PAIRED  | reading paired | no              | 2025-09-08 | 2026-02-01
    100001:G3        | 100001     | Maths Bridge    | maths bridge   | yes             | 2025-09-08 | 2026-02-01
    100002:G1        | 100002     | Zzz             | zzz            | no              | 2025-09-08 | 2026-02-01
""")  # fmt: skip
MEMBERS = table(ALL["core_intervention_pupils"], """
    intervention_key | pupil_key
    100001:G1        | P1
    100001:G1        | P2
    100001:G2        | P1
    100001:G3        | P3
""", start_date=dt.date(2025, 9, 8), end_date=dt.date(2026, 2, 1))  # fmt: skip


def test_the_queue_holds_each_unknown_name_of_a_school_once() -> None:
    assert queue_unknown_names(UNKNOWN, MEMBERS, CATALOGUE).rows() == [
        ("100001", "reading paired", "READING PAIRED", 2, 2, dt.date(2025, 9, 8), "Paired Reading Groups",
         "Precision Reading", None),
        ("100002", "zzz", "Zzz", 1, 0, dt.date(2025, 9, 8), None, None, None),
    ]  # fmt: skip


def test_with_every_name_known_the_queue_is_empty() -> None:
    known = UNKNOWN.with_columns(is_in_catalogue=pl.lit(True))
    assert queue_unknown_names(known, MEMBERS, CATALOGUE).is_empty()
    assert queue_unknown_names(UNKNOWN.clear(), MEMBERS.clear(), CATALOGUE.clear()).is_empty()


def test_a_catalogue_without_a_name_suggests_none() -> None:
    queue = queue_unknown_names(UNKNOWN, MEMBERS, CATALOGUE.clear())
    assert queue["nearest_name"].to_list() == [None, None]


KNOWN = dict(CATALOGUE.select("alias", "intervention_name").iter_rows())


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("paird reading", "Paired Reading Groups"), ("pairs reading", "Paired Reading Groups"),
        ("bridge maths yr 5", "Maths Bridge"), ("precison reading", "Precision Reading"),
    ],
)  # fmt: skip
def test_a_slip_of_the_pen_is_nearest_to_what_was_meant(written: str, nearest: str) -> None:
    assert nearest_names(written, KNOWN)[0] == nearest


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_nearest_names_are_those_of_the_plain_twin(written: str) -> None:
    def ratio(one: str, other: str) -> float:
        return SequenceMatcher(None, one, other, autojunk=False).ratio()

    best: dict[str, float] = {}
    for alias, name in KNOWN.items():
        swapped = ratio(" ".join(sorted(alias.split())), " ".join(sorted(written[:120].split())))
        best[name] = max(best.get(name, 0), ratio(alias, written[:120]), swapped)
    expected = [name for name in sorted(best, key=lambda name: (-best[name], name)) if best[name] >= 0.5]
    assert list(nearest_names(written, KNOWN)) == expected[:NAMES_OFFERED]


@pytest.mark.parametrize("hostile", ["a" * 10_000, "![x](https://example.org)" * 400, "=1+1", "\u202eevil", "'; drop"])
def test_a_hostile_name_is_queued_as_it_is_and_quickly(hostile: str) -> None:
    unknown = rows(ALL["core_interventions"], given_name=hostile, alias=hostile, is_in_catalogue=False)
    began = time.perf_counter()
    assert queue_unknown_names(unknown, MEMBERS.clear(), CATALOGUE)["given_name"].to_list() == [hostile]
    assert time.perf_counter() - began < 2


def test_the_catalogue_mart_holds_each_intervention_once_and_no_alias() -> None:
    found = fill("mart_interventions__catalogue", {"core_intervention_catalogue": CATALOGUE}).sort("intervention_name")
    assert found.rows() == [
        ("Maths Bridge", "Cognition and learning", 2, "Mathematics", None),
        ("Paired Reading Groups", "Cognition and learning", 2, "Reading", None),
        ("Precision Reading", "Cognition and learning", 3, "Reading", None),
    ]
    assert "alias" not in found.columns


def test_the_shipped_catalogue_has_a_domain_that_is_declared() -> None:
    domains = set(reference_data.read_reference("intervention_catalogue.csv")["outcome_domain"].drop_nulls())
    assert domains <= set(OUTCOME_DOMAINS)
    assert len(domains) > 3


def test_a_trusts_own_list_may_lack_what_may_be_blank_and_nothing_else(tmp_path: Path) -> None:
    given_settings = make_home(tmp_path).model_copy(update={"catalogue_file": Path("own.csv")})
    own = tmp_path / "own.csv"
    own.write_text("alias,intervention_name,area_of_need,wave_number\nrp,Reading Pairs,Cognition and learning,2\n")
    found = reference_data.intervention_catalogue(given_settings)
    assert found.rows() == [("rp", "Reading Pairs", "Cognition and learning", 2, None, None)]
    own.write_text("alias,intervention_name,wave_number,outcome_domain\nrp,Reading Pairs,2,\n")
    with pytest.raises(SettingsError, match="lacks columns: area_of_need"):
        reference_data.intervention_catalogue(given_settings)
