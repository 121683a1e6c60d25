"""The planted truth against the readers and cleaning that must find it: every row, file and child, and no more."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from expectations.errors import SourceFileError
from expectations.tables import ALL, RAW
from models.clean import clean
from models.linkage import resolve_pupils
from pipelines.drop_folder import find_arrivals
from pipelines.readers.reading import read_file
from pipelines.readers.recognition import header_names
from pipelines.readers.sheet_rows import Limits
from pipelines.settings import load_settings
from pipelines.slices import cut_slices
from seeds.trust.planting import SPOILERS

LISTS = ("raw_insight__pupils", "raw_send_register__pupils", "raw_school_census__pupils")


@dataclass(frozen=True)
class Found:
    """What was made of the sample's files."""

    refused: set[tuple[str, str]]
    left_alone: int
    rows_count: int
    quarantine: pl.DataFrame
    people: dict[tuple[str, str], str]


@pytest.fixture(scope="module")
def found(sample: Path) -> Found:
    """Every file read as landing reads it, every table cleaned, people resolved."""
    settings = load_settings(sample)
    now = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    urns = {school.urn for school in settings.schools}
    arrivals, left_alone = find_arrivals(settings.drop_folder, now, 0, 10**9, urns)
    names = header_names(RAW)
    slices, refused = [], set()
    for arrival in arrivals:
        path = f"{arrival.path.parent.name}/{arrival.path.name}"
        if arrival.is_stray:
            refused.add((path, "UNKNOWN_SCHOOL"))
            continue
        try:
            slices += cut_slices(arrival, read_file(str(arrival.path), names, Limits()), settings)
        except SourceFileError as error:
            refused.add((path, error.rule))
    raw = {t.name: pl.concat([s.frame for s in slices if s.table.name == t.name]) for t in RAW}
    malformed = pl.concat([s.findings for s in slices]).drop("period")
    quarantine, identifiers = _clean_all(raw)
    rows_count = sum(s.rows_count for s in slices)
    people = {
        (urn, number): key
        for kind, urn, number, key in identifiers.select(
            "identifier_kind", "school_urn", "identifier", "pupil_key"
        ).iter_rows()
        if kind == "INSIGHT_ID"
    }
    return Found(refused, left_alone, rows_count, pl.concat([malformed, *quarantine]), people)


def _clean_all(raw: dict[str, pl.DataFrame]) -> tuple[list[pl.DataFrame], pl.DataFrame]:
    done = {name: clean(raw[name], ALL[name]) for name in LISTS}
    identifiers = resolve_pupils(*(done[name].frame for name in LISTS), key=b"k" * 32).identifiers
    waiting = [table for table in RAW if table.name not in done]
    while waiting:
        table = next(t for t in waiting if t.source.parent is None or t.source.parent in done)
        parents = done[table.source.parent].frame if table.source.parent else None
        done[table.name] = clean(raw[table.name], table, identifiers=identifiers, parents=parents)
        waiting.remove(table)
    return [cleaned.quarantine for cleaned in done.values()], identifiers


def planted(truth, effects: set[str]) -> Counter:
    counts: Counter = Counter()
    for row in truth("planted_rows"):
        if row["effect"] in effects:
            folder, _, name = row["file"].partition("/")
            file_name = f"{name} > {row['member']}" if row["member"] else name
            urn = "TRUST" if folder == "trust" else folder
            effect = row["effect"] == "quarantine"
            counts[urn, file_name, row["sheet"], int(row["row_number"]), row["table"], row["rule"], effect] += 1
    return counts


def test_every_planted_row_is_found_by_its_rule_and_nothing_else_is(found, truth):
    columns = ("school_urn", "file_name", "sheet", "row_number", "table_name", "rule", "is_row_set_aside")
    rows = found.quarantine.select(columns).with_columns(pl.col("sheet").fill_null("")).iter_rows()
    seen = Counter(rows)
    wanted = planted(truth, {"quarantine", "flag"})
    assert sum(wanted.values()) > 500
    assert seen - wanted == Counter()
    assert wanted - seen == Counter()


def test_column_that_broke_the_rule_is_named_as_in_the_template(found, truth):
    planted_values = [row for row in truth("planted_rows") if row["column"] and row["rule"] not in {"", "FORMULA"}]
    labels = {(row["table"], row["rule"], row["column_label"]) for row in planted_values}
    named = set(found.quarantine.select("table_name", "rule", "column_label").iter_rows())
    assert labels <= named


def test_every_bad_file_is_refused_by_its_rule_and_no_other_file_is(found, truth):
    wanted = {(row["file"], row["rule"]) for row in truth("planted_files") if row["state"] == "REFUSED"}
    assert found.refused == wanted
    assert found.left_alone == sum(row["state"] == "LEFT ALONE" for row in truth("planted_files")) == 1


def test_counts_in_are_the_counts_written(found, truth):
    assert found.rows_count == sum(int(row["rows_count"]) for row in truth("counts"))


def test_every_child_is_one_person_and_nobody_is_two(found, truth):
    rows = truth("people")
    pairs = {(row["person"], found.people[row["school_urn"], row["insight_pupil_id"]]) for row in rows}
    assert len(pairs) == len({person for person, _ in pairs}) == len({key for _, key in pairs})


def test_about_two_rows_in_a_hundred_are_bad(truth):
    written = sum(int(row["rows_count"]) for row in truth("counts"))
    bad = sum(planted(truth, {"quarantine", "flag"}).values())
    assert 0.012 <= bad / written <= 0.035


def test_every_rule_is_planted_somewhere(truth):
    rules = {row["rule"] for row in truth("planted_rows")}
    assert rules == {spoiler.rule for spoilers in SPOILERS.values() for spoiler in spoilers}
    assert set(SPOILERS) == {table.name for table in RAW}


def test_odd_but_right_values_are_planted_to_be_accepted(truth):
    accepted = [row for row in truth("planted_rows") if row["effect"] == "accept"]
    assert {row["column"] for row in accepted} == {"upn", "surname"}
