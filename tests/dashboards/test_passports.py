"""Every figure that a page can show has its passport whole: meaning, source, date, method, and when it is hidden."""

from __future__ import annotations

from functools import cache
from importlib import resources

import pytest

from dashboards.places import tables_with_pages
from dashboards.views.shared_about import BOARD_TABLES, STAFF_TABLES
from dashboards.wording import passports as words
from expectations.contract import Count, Sensitivity
from expectations.derive import passports
from expectations.tables import ALL
from pipelines.definitions import defs
from tests.dashboards.conftest import Open, said
from tests.support.releases import OAK

STARTS = {
    "the SEND register": ("SEND register",),
    "the School Census": ("School Census",),
    "Insight": ("Insight",),
    "Insight assessments": ("Insight assessments",),
    "the EHC plan tracker": ("EHC plan tracker",),
    "section F in the EHC plan tracker": ("EHC plan tracker: provision",),
    "the record of sessions given": ("EHC plan tracker: provision",),
    "the provision map": ("Provision map", "Insight provision map"),
    "the money workbook": ("Money",),
    "attendance, suspensions and other lists of the school": (
        "Attendance", "Suspensions", "Part-time", "Alternative", "Curriculum",
    ),
    "the list of moves off the roll": ("Moves off the roll",),
    "the leavers’ list": ("Leavers and destinations",),
    "the NCCIS extract": ("NCCIS",),
    "small steps": ("Small steps",),
    "the engagement profile": ("Engagement profile",),
    "the record of assess, plan, do, review": ("Assess, plan, do, review",),
    "referrals to agencies": ("Referrals",),
    "the trust’s registers": ("Trust registers",),
    "marks given in moderation": ("Trust registers: moderation",),
}  # fmt: skip
"""A source as a passport names it: how the labels of its raw tables begin."""


@cache
def parents() -> dict[str, set[str]]:
    graph = defs.resolve_asset_graph()
    return {key.to_user_string(): {parent.to_user_string() for parent in graph.get(key).parent_keys}
            for key in graph.get_all_asset_keys()}  # fmt: skip


def labels_behind(table: str) -> set[str]:
    """Labels of every raw table that the night reads on its way to a published one."""
    seen, waiting = set[str](), [table]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += parents().get(name, ())
    return {source.label for name in seen if name in ALL and (source := ALL[name].source)}


@pytest.mark.parametrize("subject", sorted(words.SOURCES))
def test_a_subject_rests_on_the_files_that_its_passport_names(subject: str) -> None:
    tables = [t for t in BOARD_TABLES | STAFF_TABLES
              if words.subject_of(t) == subject and t not in words.PUBLISHED_TABLES]  # fmt: skip
    behind = set().union(*map(labels_behind, tables))
    for source in words.SOURCES[subject]:
        assert any(label.startswith(STARTS[source]) for label in behind), source


def test_every_figure_has_every_part_of_its_passport() -> None:
    methods = {path.name.removesuffix(".md") for path in (resources.files("models") / "methods").iterdir()}
    described = {(row["table_name"], row["column_name"]): row for row in passports(tuple(ALL.values())).to_dicts()}
    for table in {*BOARD_TABLES, *STAFF_TABLES, *tables_with_pages()}:
        assert words.source_words(table).endswith(".")
        assert words.method_of(table) in methods, table
        for column in ALL[table].column_names:
            assert described[table, column]["meaning"], (table, column)
            assert words.hidden_words(table, column), (table, column)
        is_known = words.subject_of(table) in words.SOURCES or table in words.PUBLISHED_TABLES
        assert is_known or words.subject_of(table) in ("deliveries", "questions", "trail"), table


def test_the_rule_is_that_of_the_contract_and_an_unknown_figure_has_none() -> None:
    for table in (ALL[name] for name in BOARD_TABLES if ALL[name].sensitivity is Sensitivity.AGGREGATE):
        for column in table.columns:
            is_count = isinstance(column.release, Count)
            assert (words.hidden_words(table.name, column.name) == words.HIDDEN_RULES[Count]) == is_count
    assert words.hidden_words("mart_pupils__register", "surname") == words.FOR_STAFF
    assert words.hidden_words("mart_weather__day", "rain") == words.hidden_words("mart_pupils__school", "rain") == ""


def test_a_tile_opens_its_passport_whole(open_app: Open) -> None:
    from streamlit.util import calc_hash

    test = open_app("board").selectbox(key="school").set_value(OAK).run()
    test._page_hash = calc_hash("school")
    page = said(test.run())
    passport = page.split("About this figure", 2)[1]
    for part in ("What it counts", "Comes from", "Data to", "When hidden", "Published as"):
        assert f"<dt>{part}</dt>" in passport, part
    assert "From the SEND register, the School Census and Insight." in passport
