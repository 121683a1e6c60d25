"""The committed code tables: every file accounted for, in step with the vocabulary, names that fold as promised."""

from __future__ import annotations

import csv
import datetime as dt
import re
from itertools import pairwise
from pathlib import Path

import seeds
from expectations import vocabulary as v
from seeds.trust.calendar import read_half_terms
from seeds.trust.catalogue import EVERY_INTERVENTION, read_catalogue

HOME = Path(seeds.__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (HOME / "reference" / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_committed_data_file_is_accounted_for():
    with (HOME / "FILES.csv").open(encoding="utf-8") as file:
        listed = {row["path"]: row for row in csv.DictReader(file)}
    found = {f"seeds/{path.relative_to(HOME)}" for path in HOME.rglob("*") if path.suffix in {".csv", ".xlsx", ".json"}}
    assert set(listed) == found - {"seeds/FILES.csv"}
    assert {row["status"] for row in listed.values()} <= {"reference", "synthetic"}
    assert all(row["source"] and row["licence"] and row["retrieved"] for row in listed.values())


def test_code_tables_are_in_step_with_the_vocabulary():
    assert {row["code"] for row in rows("sen_need_type")} == set(v.SEN_TYPES)
    assert {row["code"] for row in rows("sen_provision")} == set(v.SEN_PROVISIONS_WITH_HISTORY)
    assert {row["code"] for row in rows("nc_year")} == set(v.NC_YEARS)
    assert [row["code"] for row in rows("insight_term")] == list(v.HALF_TERMS)
    assert {row["broad_area"] for row in rows("sen_need_type")} == set(v.AREAS_OF_NEED)
    codes = [row["code"] for name in ("destination_activity", "destination_local") for row in rows(name)]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[0-9]{3}|L[0-9]{2}", code) for code in codes)


def test_catalogue_knows_each_intervention_of_the_sample_under_several_folded_names():
    aliases = [row["alias"] for row in rows("intervention_catalogue")]
    assert len(aliases) == len(set(aliases))
    assert all(alias == " ".join(re.sub(r"[^a-z0-9 ]", "", alias.lower()).split()) for alias in aliases)
    catalogue = read_catalogue()
    assert {i.name for i in EVERY_INTERVENTION} == set(catalogue)
    assert all(len(entry.aliases) >= 2 for entry in catalogue.values())
    assert {entry.area_of_need for entry in catalogue.values()} <= set(v.AREAS_OF_NEED)


def test_term_dates_run_on_without_overlap_and_stay_in_their_academic_year():
    half_terms = read_half_terms()
    assert {h.academic_year for h in half_terms} == set(range(2022, 2028))
    assert all(earlier.end < later.start for earlier, later in pairwise(half_terms))
    for half_term in half_terms:
        year = half_term.academic_year
        assert dt.date(year, 9, 1) <= half_term.start < half_term.end <= dt.date(year + 1, 8, 31)
        assert half_term.start.weekday() < 5
        assert half_term.end.weekday() < 5
