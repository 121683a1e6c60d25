"""Targets and engagement as schools write them: one meaning for the trust; engagement is no score, no wording kept."""

from __future__ import annotations

import polars as pl
import pytest

from expectations.derive import accepted_headers, delivered_columns, header_row, normal_header
from expectations.tables import ALL, RAW
from expectations.tables.engagement import CORE_ENGAGEMENT, RAW_ENGAGEMENT__OBSERVATIONS
from expectations.tables.interventions import CORE_INTERVENTIONS
from expectations.tables.targets import CORE_INTERVENTION_TARGETS, RAW_PROVISION_MAP__TARGETS
from models.clean_values import read_distinct
from pipelines.readers.recognition import recognise
from pipelines.readers.sheet_rows import SheetRows
from tests.support.filling import fill
from tests.support.frames import pupil, table

TARGETS, OBSERVATIONS = ALL["clean_provision_map__targets"], ALL["clean_engagement__observations"]


def test_a_target_belongs_to_its_group_in_the_school_s_own_map() -> None:
    """A group that only Insight describes, or that nobody does, has no targets here."""
    filled = fill(
        "core_intervention_targets",
        {
            "clean_provision_map__targets": table(
                TARGETS,
                """
                school_urn | group_reference | pupil_key | target_number | target_weight | start_level | set_date
                100001     | G1              | P1        | 1             | 3             | -2          | 2026-01-05
                100001     | G1              | P1        | 2             | -             | -           | 2026-01-05
                100002     | G1              | P2        | 1             | -             | -1          | 2026-01-05
                100001     | G2              | P1        | 1             | -             | -1          | 2026-01-05
                """,
            ),
            "core_interventions": table(
                CORE_INTERVENTIONS,
                """
                intervention_key | school_urn | map_source
                100001:G1        | 100001     | provision_map
                100001:G2        | 100001     | insight
                """,
            ),
        },
    ).sort("target_number")
    columns = ("intervention_key", "pupil_key", "target_number", "target_weight", "start_level")
    assert filled.select(columns).rows() == [("100001:G1", pupil(1), 1, 3, -2), ("100001:G1", pupil(1), 2, None, None)]


def test_engagement_is_taken_over_as_observed() -> None:
    given = table(
        OBSERVATIONS,
        """
        school_urn | pupil_key | observed_date | engagement_area | engagement_direction
        100001     | P1        | 2026-01-05    | PERSISTENCE     | LESS
        100002     | P1        | 2026-01-05    | PERSISTENCE     | PROGRESS
        """,
    )
    filled = fill("core_engagement", {"clean_engagement__observations": given}).sort("school_urn")
    assert filled.rows() == given.sort("school_urn").select(CORE_ENGAGEMENT.column_names).rows()


@pytest.mark.parametrize(
    ("column", "written", "code"),
    [
        ("engagement_direction", "More", "PROGRESS"),
        ("engagement_direction", "progress made", "PROGRESS"),
        ("engagement_direction", "+", "PROGRESS"),
        ("engagement_direction", "Same", "SAME"),
        ("engagement_direction", "No change", "SAME"),
        ("engagement_direction", "About the same", "SAME"),
        ("engagement_direction", "less", "LESS"),
        ("engagement_direction", "Regression", "LESS"),
        ("engagement_direction", "7", "7"),  # a score is no direction: the rule on codes names it
        ("engagement_area", "Exploring", "EXPLORATION"),
        ("engagement_area", "realization", "REALISATION"),
        ("engagement_area", "INITIATION", "INITIATION"),
        ("engagement_area", "Curiosity", "Curiosity"),
    ],
)
def test_each_way_of_writing_is_one_code(column: str, written: str, code: str) -> None:
    read = read_distinct(pl.Series([written]), OBSERVATIONS.by_name[column])
    assert read["value"].to_list() == [code]


@pytest.mark.parametrize("contract", [RAW_PROVISION_MAP__TARGETS, RAW_ENGAGEMENT__OBSERVATIONS])
def test_the_blank_workbook_s_headers_are_recognised_as_this_table_and_no_other(contract) -> None:
    """Whatever the sheet is called, and without the columns that may be left out."""
    needed = [c for c in delivered_columns(contract) if c.required or c.name in contract.source.signature]
    for names in (header_row(contract), [column.header_names()[-1] for column in needed]):
        sheet = SheetRows("", "Sheet1", tuple(names), 1, columns={}, row_numbers=[])
        assert recognise(sheet, RAW).table is contract


def test_the_wording_of_a_target_is_never_taken_in() -> None:
    """No column of the target tables could hold it, and a column that brings it is one nobody declared."""
    accepted = accepted_headers(RAW_PROVISION_MAP__TARGETS)
    for wording in ("Target", "Target Text", "Goal", "Outcome", "Description", "Notes", "Comment"):
        assert normal_header(wording) not in accepted
    texts = {c.name for c in CORE_INTERVENTION_TARGETS.columns if c.kind.value == "text"}
    assert texts == {"intervention_key", "pupil_key", "school_urn"}
