"""Please mend: what a school's files need, by file and row, with what to do next. No pupil is named."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboards import access
from dashboards.access import Role
from dashboards.figures import Row
from dashboards.markup import tag, visible
from dashboards.queries import deliveries
from dashboards.tables import Stacked, TableTwin, csv_of, headings
from dashboards.views import page
from dashboards.views.visits import Visit, is_role
from dashboards.wording import mending as words
from dashboards.wording.numbers import counted, grouped
from dashboards.wording.release import NOT_RECOGNISED, state_words
from expectations.vocabulary import TRUST

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HOW_TO = "Mend these in your own system and send the file again. A row that waits is in no figure until then."
ROWS_SHOWN = 24
"""Row numbers named for one problem; a longer list is no help on a page, and the download has all of it."""


def show(visit: Visit) -> None:
    """The list of one school: the SENCO's own, or the one the SEND lead chooses."""
    owner, name = _owner(visit)
    rows, files = visit.read(deliveries.mend_rows(owner)), visit.read(deliveries.files_not_taken(owner))
    aside = sum(1 for row in rows if row["is_row_set_aside"])
    page.masthead(visit, name, "Please mend", [("Rows waiting", grouped(aside)),
                  ("Values left blank", grouped(len(rows) - aside)), ("Files not taken", str(len(files)))])  # fmt: skip
    if not rows and not files:
        page.paragraphs("Nothing to mend: every file was taken, and every row in it.")
        return
    page.paragraphs(HOW_TO)
    _downloads(visit, owner)
    if files:
        page.section("Files not taken", "The last good file stays in use until these are mended.")
        page.table(_files_table(files), "files-not-taken", visit)
    if rows:
        _by_owner(visit, owner, rows)


def _owner(visit: Visit) -> tuple[str, str]:
    schools = visit.schools()
    if visit.school_urn:
        return visit.school_urn, schools[visit.school_urn]["school_name"]
    names = {urn: school["school_name"] for urn, school in schools.items()} | {TRUST: "The trust’s own files"}
    listed = {row["school_urn"]: row["items_count"] for row in visit.read(deliveries.schools_with_lists())}
    chosen = st.selectbox(
        "Whose list", list(names), key="mend-owner",
        format_func=lambda urn: f"{visible(names[urn])} ({counted(listed.get(urn, 0), 'item')})",
    )  # fmt: skip
    return chosen, names[chosen]


def _downloads(visit: Visit, owner: str) -> None:
    """The release's own lists, which the school may also get by post."""
    if not is_role(visit, Role.SENCO, Role.SEND_LEAD):
        return
    with st.container(horizontal=True, key="mend-downloads"):
        for ending, mime, label in (("xlsx", _XLSX, "Whole list (Excel)"), ("csv", "text/csv", "Whole list (CSV)")):
            name = "trust" if owner == TRUST else owner
            content = _list_bytes(visit, owner, name, ending)
            if content:
                file_name = f"please-mend-{name}-release-{visit.release.number}.{ending}"
                st.download_button(label, content, file_name, mime, key=f"mend-{ending}", on_click="ignore")


def _list_bytes(visit: Visit, owner: str, name: str, ending: str) -> bytes | None:
    """The list that was published; its CSV is made from the same rows where the release has none."""
    path = access.mend_list_for(visit.identity, name, ending, visit.release.folder)
    if path is not None and path.is_file():
        return path.read_bytes()
    return _whole_list(visit.read(deliveries.mend_rows(owner))).encode() if path and ending == "csv" else None


def _whole_list(rows: list[Row]) -> str:
    labels = ("File", "Sheet", "Row", "Column", "What is wrong", "What to do next", "Meanwhile")
    return csv_of(
        labels,
        (
            (row["file_name"], row["sheet"] or "", str(row["row_number"] or ""), row["column_label"] or "Whole row",
             row["what"], row["next_step"], "Row waits" if row["is_row_set_aside"] else "Value left blank")
            for row in rows
        ),
    )  # fmt: skip


def _files_table(files: list[Row]) -> TableTwin:
    return TableTwin(
        "Files not taken",
        headings("File", "What it is", "Became", "~What is wrong, and what to do"),
        tuple(
            (row["file_name"], row["source_label"] or NOT_RECOGNISED, state_words(row["state"]), wrong_and_next(row))
            for row in files
        ),
    )


def wrong_and_next(row: Row) -> Stacked:
    """What is wrong with a file, and under it what to do."""
    return Stacked(row["what"] or "It was not taken", row["next_step"] or "")


def _by_owner(visit: Visit, owner: str, rows: list[Row]) -> None:
    """A school's own lists first, then what it can hand on, each with its list; the trust's own files together."""
    if owner == TRUST:
        page.section("Rows and values", "By file. Row numbers are those you see when you open the file.")
        _by_file(rows, is_open=True)
        return
    for whose in (words.OWN, words.OFFICE, words.ASSESSMENT):
        theirs = [row for row in rows if words.owner_of(row["source_label"]) == whose]
        if not theirs:
            continue
        page.section(words.title_words(whose, len(theirs)), words.LEADS[whose])
        if whose != words.OWN:
            file = f"please-mend-{owner}-{whose.lower()}-release-{visit.release.number}.csv"
            st.download_button("This list to send on (CSV)", _whole_list(theirs).encode(), file, "text/csv",
                               key=f"mend-for-{whose.lower()}", on_click="ignore")  # fmt: skip
        _by_file(theirs, is_open=whose == words.OWN)


def _by_file(rows: list[Row], *, is_open: bool) -> None:
    """Each file in a fold, the one with most to mend first; in it, each problem once with all its rows."""
    files: dict[str, list[Row]] = {}
    for row in rows:
        files.setdefault(row["file_name"], []).append(row)
    ordered = sorted(files.items(), key=lambda item: (-len(item[1]), item[0]))
    for place, (name, listed) in enumerate(ordered):
        title = tag("summary", tag("strong", name), f" · {listed[0]['source_label'] or NOT_RECOGNISED} · ",
                    counted(len(listed), "thing to mend", "things to mend"))  # fmt: skip
        table = _problems_table(name, listed).html()
        st.html(tag("details", title, table, open="" if is_open and place == 0 else None, class_="file"))


def _problems_table(name: str, rows: list[Row]) -> TableTwin:
    problems: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        problem = tuple(row[key] for key in ("sheet", "column_label", "what", "next_step", "is_row_set_aside"))
        problems.setdefault(problem, []).append(row)
    has_sheets = any(row["sheet"] for row in rows)
    cells = tuple(
        (column or "Whole row", *((sheet or "",) if has_sheets else ()), Stacked(what, next_step),
         _row_numbers(found), "Rows wait" if waits else "Values left blank")
        for (sheet, column, what, next_step, waits), found in sorted(problems.items(), key=lambda item: -len(item[1]))
    )  # fmt: skip
    sheet = ("Sheet",) if has_sheets else ()
    labels = headings("Column", *sheet, "~What is wrong, and what to do", "~Rows", "Meanwhile")
    return TableTwin(f"To mend in {name}", labels, cells)


def _row_numbers(rows: list[Row]) -> str:
    """Row numbers as a person looks for them: the first ones, and how many more."""
    numbers = [str(row["row_number"]) for row in rows if row["row_number"] is not None]
    if not numbers:
        return "whole file"
    more = f" and {len(numbers) - ROWS_SHOWN} more" if len(numbers) > ROWS_SHOWN else ""
    return ", ".join(numbers[:ROWS_SHOWN]) + more
