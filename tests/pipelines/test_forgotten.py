"""The list of the erased: it names nobody, knows a row by what identifies its pupil, and keeps them out for good."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest

from expectations.errors import OrchardError
from expectations.tables import ALL
from expectations.vocabulary import TRUST
from pipelines.forgotten import Forgotten, findings_of, read_forgotten, remember_forgotten
from pipelines.landing import land
from pipelines.ledger import Slice
from pipelines.night import open_night
from pipelines.settings import Settings
from tests.pipelines.test_landing import attendance, mark
from tests.support.homes import deliver, register_rows, upn_of

NOW = dt.datetime(2026, 11, 26, 4, 0, tzinfo=dt.UTC)
ERASED, OTHER = upn_of(1), upn_of(2)
CENSUS, REGISTER, INSIGHT = "raw_school_census__pupils", "raw_send_register__pupils", "raw_insight__pupils"
PLANS, TOP_UP = "raw_ehc_tracker__plans", "raw_money__top_up"
IDENTIFIERS = [
    ("UPN", TRUST, ERASED), ("MIS_ID", "999001", "A17"), ("INSIGHT_ID", "999001", "3001"), ("PLAN", "999001", "EHC-4"),
    ("NAME", "999001", "odonnell zoe 2015-09-03"),
]  # fmt: skip


@pytest.fixture
def forgotten(settings: Settings) -> Forgotten:
    return remember_forgotten(settings, IDENTIFIERS, NOW)


def rows(**columns: list[str | None]) -> pl.DataFrame:
    height = max(len(values) for values in columns.values())
    return pl.DataFrame({"school_urn": ["999001"] * height, **columns})


def marks(forgotten: Forgotten, table_name: str, **columns: list[str | None]) -> list[bool]:
    return forgotten.marks(ALL[table_name], rows(**columns)).to_list()


def test_the_list_names_nobody_and_is_its_owners_alone(forgotten: Forgotten, settings: Settings) -> None:
    text = settings.forgotten_file.read_text(encoding="ascii")
    assert text.splitlines()[0] == "digest,since"
    assert len(text.splitlines()) == 1 + len(IDENTIFIERS)
    assert not any(value in text for *_, value in IDENTIFIERS)
    assert settings.forgotten_file.stat().st_mode & 0o777 == 0o600
    assert read_forgotten(settings) == forgotten


def test_who_is_on_the_list_already_is_not_written_twice(forgotten: Forgotten, settings: Settings) -> None:
    again = remember_forgotten(settings, [*IDENTIFIERS, ("MIS_ID", "999002", "A17")], NOW)
    assert len(again.digests) == len(forgotten.digests) + 1
    assert len(settings.forgotten_file.read_text(encoding="ascii").splitlines()) == 2 + len(IDENTIFIERS)


def test_another_trusts_key_makes_another_list(forgotten: Forgotten) -> None:
    assert not forgotten.digests & {replace(forgotten, key=b"another").digest(one) for one in IDENTIFIERS}


def test_a_upn_decides_in_whatever_case_and_in_both_places(forgotten: Forgotten) -> None:
    found = marks(forgotten, CENSUS, upn=[ERASED, f" {ERASED.lower()} ", OTHER, None, ""])
    assert found == [True, True, False, False, False]
    assert marks(forgotten, CENSUS, upn=[OTHER, OTHER], former_upn=[ERASED, None]) == [True, False]


def test_a_row_that_names_another_pupil_by_upn_is_theirs_whatever_else_it_says(forgotten: Forgotten) -> None:
    mistyped = ERASED[:-1] + ("1" if ERASED[-1] != "1" else "2")
    found = marks(forgotten, REGISTER, upn=[OTHER, None, mistyped, "none"], mis_id=["A17", "a17", "A17", "A17"])
    assert found == [False, True, True, True]


def test_numbers_are_of_one_school(forgotten: Forgotten) -> None:
    frame = pl.DataFrame({"school_urn": ["999001", "999002"], "insight_pupil_id": ["3001", "3001"]})
    assert forgotten.marks(ALL[INSIGHT], frame).to_list() == [True, False]


def test_a_plan_is_known_where_the_school_pays_and_where_the_trust_does(forgotten: Forgotten) -> None:
    assert marks(forgotten, PLANS, plan_reference=["ehc-4", "EHC-5", None]) == [True, False, False]
    money = pl.DataFrame({"school_urn": [TRUST] * 2, "funded_school_urn": ["999001", "999002"],
                          "plan_reference": ["EHC-4", "EHC-4"]})  # fmt: skip
    assert forgotten.marks(ALL[TOP_UP], money).to_list() == [True, False]


def test_what_the_night_reads_as_theirs_is_theirs_however_it_is_written(forgotten: Forgotten) -> None:
    """Blanks within a UPN, signs that nobody sees, a spreadsheet's decimals, the word URN before a school's number."""
    spaced = f"{ERASED[:4]} {ERASED[4:8]}\u00a0{ERASED[8:]}"
    assert marks(forgotten, CENSUS, upn=[spaced, f"\ufeff{ERASED}", f"{OTHER[:4]} {OTHER[4:]}"]) == [True, True, False]
    assert marks(forgotten, CENSUS, upn=[OTHER] * 2, former_upn=[spaced, OTHER]) == [True, False]
    other = f"{OTHER[:4]} {OTHER[4:]}"  # well formed, so that the number beside it decides nothing
    found = marks(forgotten, REGISTER, upn=[None, None, other], mis_id=["a1\u200b7", "A 17", "A17"])
    assert found == [True, False, False]
    assert marks(forgotten, INSIGHT, insight_pupil_id=["3001.0", "3001.5"]) == [True, False]
    assert marks(forgotten, PLANS, plan_reference=["\u200bEHC-4", "EHC-4\t"]) == [True, True]
    money = pl.DataFrame({"school_urn": [TRUST] * 3, "funded_school_urn": ["URN 999001", "999001.0", "URN: 999002"],
                          "plan_reference": ["EHC-4"] * 3})  # fmt: skip
    assert forgotten.marks(ALL[TOP_UP], money).to_list() == [True, True, False]
    written = {
        "surname": ["O'Don\u00adnell"] * 2,
        "forename": ["Zoe"] * 2,
        "birth_date": ["3rd Sept 2015", " 3 Sep 2015"],
    }
    assert marks(forgotten, REGISTER, upn=[None] * 2, **written) == [True, True]


def test_without_a_number_name_and_birth_date_do(forgotten: Forgotten) -> None:
    named = {"surname": ["O’Donnell", "ODONNELL", "O'Donnell", "O'Donnell"], "forename": ["Zoë", "Zoe", "Zoe", "Zoe"],
             "birth_date": ["03/09/2015", "2015-09-03", "04/09/2015", "soon"]}  # fmt: skip
    assert marks(forgotten, REGISTER, upn=[None] * 4, **named) == [True, True, False, False]
    assert marks(forgotten, REGISTER, upn=[OTHER] * 4, **named) == [False] * 4


def piece(name: str, frame: pl.DataFrame) -> Slice:
    placed = frame.with_columns(
        delivery_key=pl.lit("d"), file_name=pl.lit("f"), sheet=pl.lit(None, pl.String), period=pl.lit("all"),
        row_number=pl.int_range(pl.len()),
    )  # fmt: skip
    return Slice(ALL[name], "999001", "all", placed, findings_of(ALL[name], placed.clear()), 0)


def test_rows_below_a_census_row_go_with_it_within_the_return(forgotten: Forgotten) -> None:
    pupils = rows(upn=[ERASED, OTHER], former_upn=[None, None], reference_date=["2026-01-15"] * 2,
                  pupil_on_roll_id=["1", "2"])  # fmt: skip
    needs = rows(reference_date=["2026-01-15"] * 3, pupil_on_roll_id=["1", "2", "1"])
    cut, count = forgotten.set_aside([piece("raw_school_census__pupils", pupils),
                                      piece("raw_school_census__sen_needs", needs)])  # fmt: skip
    assert count == 3
    assert [(one.frame.height, one.malformed_count, one.findings.height) for one in cut] == [(1, 1, 1), (1, 2, 2)]
    assert [one.rows_count for one in cut] == [2, 3]
    assert set(cut[1].findings["rule"]) == {"ERASED"}


def test_an_invoice_stays_and_leads_to_nobody(forgotten: Forgotten) -> None:
    invoices = rows(funded_school_urn=["999001"] * 2, plan_reference=["EHC-4", "EHC-5"], amount_pence=["100", "200"])
    (cut,), count = forgotten.set_aside([piece("raw_money__agency_invoices", invoices)])
    assert count == 1
    assert cut.frame["plan_reference"].to_list() == [None, "EHC-5"]
    assert cut.frame["amount_pence"].to_list() == ["100", "200"]


def test_the_next_export_does_not_bring_them_back(forgotten: Forgotten, settings: Settings) -> None:
    delivered = deliver(settings, "999001", "register.csv", register_rows(10))
    other = deliver(settings, "999002", "register.csv", register_rows(10, first=20))
    with open_night(settings, dt.datetime.now(dt.UTC)) as night:
        landed = land(night)
        upns = night.store.query("select upn from raw_send_register__pupils")["upn"].to_list()
        findings = night.store.execute("select row_number, rule, is_row_set_aside from landing_findings")
        slices = night.store.execute("select rows_count, malformed_count from ledger_slices order by 1")
    assert dict(landed.states) == {"TAKEN": 2}
    assert (len(upns), ERASED in upns) == (19, False)
    assert findings == [(3, "ERASED", True)]
    assert slices == [(9, 1), (10, 0)]
    copies = [path.read_bytes() for path in settings.landing_folder.rglob("*") if path.is_file()]
    assert copies == [other.read_bytes()]
    assert delivered.exists()


def landed_once(settings: Settings) -> tuple[dict[str, int], list[bytes]]:
    """States of a night's files, and what is kept of them as they were delivered."""
    with open_night(settings, dt.datetime.now(dt.UTC)) as night:
        states = dict(land(night).states)
    return states, [path.read_bytes() for path in settings.landing_folder.rglob("*") if path.is_file()]


@pytest.mark.usefixtures("forgotten")
def test_no_copy_is_kept_of_a_file_that_is_not_taken_and_may_hold_them(settings: Settings) -> None:
    """Refused: one that nobody can read as a table, and one that stands in another school's folder."""
    good = deliver(settings, "999002", "good.csv", register_rows(10, first=20), days_ago=2)
    (settings.drop_folder / "999001" / "notes.csv").write_text(f"one,two\n{ERASED},2\n", encoding="utf-8")
    deliver(settings, "999001", "register.csv", register_rows(10))
    deliver(settings, "trust", "register.csv", register_rows(11), days_ago=0.5)
    assert landed_once(settings) == ({"REFUSED": 2, "TAKEN": 2}, [good.read_bytes()])


@pytest.mark.usefixtures("forgotten")
def test_no_copy_is_kept_of_an_older_file_that_holds_them(settings: Settings) -> None:
    newer = deliver(settings, "999001", "newer.csv", register_rows(10, first=20), days_ago=1)
    landed_once(settings)
    deliver(settings, "999001", "older.csv", register_rows(10), days_ago=2)
    assert landed_once(settings) == ({"DUPLICATE": 1, "OLDER": 1}, [newer.read_bytes()])


@pytest.mark.usefixtures("forgotten")
def test_no_copy_is_kept_of_a_file_whose_older_year_names_somebody_erased(settings: Settings) -> None:
    attendance(settings, "this year.csv", [mark(n, "2025/26") for n in range(5, 8)], 1)
    landed_once(settings)
    attendance(settings, "both years.csv", [mark(1, "2025/26"), mark(7, "2023/24")], 2)
    states, copies = landed_once(settings)
    assert states == {"DUPLICATE": 1, "TAKEN": 1}
    assert [ERASED.encode() in copy for copy in copies] == [False]


@pytest.mark.usefixtures("forgotten")
def test_the_same_bytes_in_two_schools_are_both_read_before_their_copy_goes(settings: Settings) -> None:
    for urn, age in (("999001", 9), ("999002", 1)):
        deliver(settings, urn, "register.csv", register_rows(5), days_ago=age)
    for number in range(30):  # so many that the second is not read ahead
        deliver(settings, "999001", f"{number}.csv", register_rows(5, first=20 + number), days_ago=8 - number / 10)
    with open_night(settings, dt.datetime.now(dt.UTC)) as night:
        land(night)
        refused = night.store.execute("select school_urn, rule from ledger where state = 'REFUSED'")
    assert refused == [("999002", "WRONG_SCHOOL")]
    assert not any(ERASED in path.read_text() for path in settings.landing_folder.rglob("*") if path.is_file())


def test_as_long_as_nobody_was_erased_refused_files_are_kept(settings: Settings) -> None:
    (settings.drop_folder / "999001" / "notes.csv").write_text("one,two\n1,2\n", encoding="utf-8")
    assert landed_once(settings) == ({"REFUSED": 1}, [b"one,two\n1,2\n"])


def test_without_its_list_no_night_brings_the_erased_back_unseen(forgotten: Forgotten, settings: Settings) -> None:
    settings.forgotten_file.write_text("something else\n1\n", encoding="ascii")
    with pytest.raises(OrchardError, match="the erased come back"):
        read_forgotten(settings)
