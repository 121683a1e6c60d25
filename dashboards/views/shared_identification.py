"""Who is identified, as governors and trustees see it: beside a school like it, groups, published shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboards.figures import Row, known, shown
from dashboards.markup import Content
from dashboards.queries import identification
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.visits import Visit
from dashboards.wording import identification as words
from dashboards.wording.numbers import percent, whole

TABLES = (
    "mart_identification__school",
    "mart_identification__group",
    "mart_pupils__school",
    "mart_match__school",
    "mart_needs__support",
    "mart_moderation__round",
    "mart_moderation__practice",
)
"""The figures of these pages: their exceptions are asked about here. A school's own drift is its governors' alone."""
_PROVISIONS = (("support", "sen_support_count", "SEN support"), ("plan", "ehc_plan_count", "EHC plan"))


def show_like(visit: Visit, row: Row, name: str) -> int:
    """A school beside a school like it: sentences, the table, how to read it; hidden cells."""
    page.section("Beside a school like ours", "How many pupils a school with the same years would identify.")
    said = [words.expected_sentence(row, name), words.verdict_sentence(row), words.expected_sentence(row, name, "plan")]
    if not any(said):
        page.reading("A special school is not compared: every pupil there has a plan.")
        return 0
    page.reading(*said)
    hidden = page.table(_like_table([row], {row["school_urn"]: name}), "like", visit, fold=page.SAME_AS_TABLE)
    if known(row, "support_expected"):
        page.paragraphs(words.how_to_read(row), class_="small")
    return hidden


def _like_table(rows: Sequence[Row], names: dict[str, str]) -> TableTwin:
    cells = tuple(
        (names[row["school_urn"]], what, shown(row, count, whole), shown(row, f"{stem}_expected", whole),
         _if_known(row, stem, "low_95", words.range_words), _if_known(row, stem, "low_998", _outer_words),
         _if_known(row, stem, "ratio", words.ratio_words), words.reference_words(row, stem))
        for row in rows
        for stem, count, what in _PROVISIONS
    )  # fmt: skip
    labels = headings("School", "Provision", "#Here", "#Expected", "#95 in 100", "#998 in 1,000",
                      "#Here over expected", "~Expected by")  # fmt: skip
    return TableTwin("Identified and expected", labels, cells)


def _outer_words(row: Row, stem: str) -> str:
    return f"{whole(row[f'{stem}_low_998'])} to {whole(row[f'{stem}_high_998'])}"


def _if_known(row: Row, stem: str, name: str, words_of: Callable[[Row, str], str]) -> Content:
    """A cell of several figures: its words, or the sign of the one that stands for them."""
    column = f"{stem}_{name}"
    return words_of(row, stem) if known(row, column) else shown(row, column, whole)


def range_cell(row: Row, stem: str) -> Content:
    """The range of 95 in 100 schools like it, or its sign."""
    return _if_known(row, stem, "low_95", words.range_words)


def show_groups(visit: Visit, urn: str, row: Row, key: str) -> int:
    """Groups that may be missing from the register, and pupils on no register who are worth a look."""
    page.section("Who may be missing from the register", "As a number of pupils, beside pupils of like scores.")
    rows = visit.read(identification.groups(urn))
    page.reading(words.unlisted_sentence(row))
    if not rows:
        return 0
    page.reading(words.groups_sentence(rows), *map(words.group_sentence, rows))
    cells = tuple(
        (row["pupil_group"], *(shown(row, name, words.fewer_words)
                               for name in ("fewer_mean", "fewer_low", "fewer_high", "usual_mean")))
        for row in rows
    )  # fmt: skip
    labels = headings("Group", "#On the register", "#At one end", "#At the other", "#As in the trust’s other schools")
    twin = TableTwin("Groups of pupils and the register", labels, cells, words.ABSENT_RULE)
    hidden = page.table(twin, f"{key}-groups", visit, fold=page.SAME_AS_TABLE)
    page.paragraphs(words.GROUPS_HOW, class_="small")
    return hidden


def show_shares(visit: Visit, phase: str, key: str) -> None:
    """Published shares by year for a phase: England, the authority, its neighbours."""
    rows = visit.read(identification.census_share(phase))
    if not rows:
        return
    pupils = "all state-funded schools" if phase == "All schools" else f"state-funded {phase.lower()} schools"
    kind = "" if phase == "All schools" else f": {phase.lower()} schools"
    page.section(f"England and the authority{kind}", f"Shares of pupils in {pupils}, by year.")
    page.reading(words.share_sentence(rows, "K"), words.share_sentence(rows, "E"))
    areas = list(dict.fromkeys(row["area"] for row in rows))
    found = {(row["census_year"], row["area"], row["sen_provision"]): words.share_words(row) for row in rows}
    years = list(dict.fromkeys(row["census_year"] for row in rows))
    cells = tuple(
        (str(year), *(found.get((year, area, code), "–") for code in ("K", "E") for area in areas)) for year in years
    )
    named = [f"#{area}: {what}" for what in ("SEN support", "EHC plan") for area in areas]
    source = f"{words.SHARE_NOTE} {rows[0]['publication']}, {rows[0]['released']}. {rows[0]['method_version']}."
    twin = TableTwin(f"Published shares of pupils in {pupils}", headings("January", *named), cells, source)
    page.table(twin, f"{key}-shares", visit, fold="Show every year")


def newest_share(rows: Sequence[Row], provision: str) -> str | None:
    """England's newest share of a provision: England, January 2025: 14.2%."""
    england = [row for row in rows if row["sen_provision"] == provision and row["area_kind"] == "ENGLAND"]
    return f"England, January {england[0]['census_year']}: {words.share_words(england[0])}" if england else None


def last_year(row: Row, stem: str) -> Content:
    """The share a year before, or its sign."""
    return shown(row, f"year_before_{stem}_rate", percent)
