"""The ladder for a school or the trust: who has a place, who moved up, engagement by area; in words, charts, tables."""

from __future__ import annotations

import streamlit as st

from dashboards.charts.ladder import can_be_drawn, ladder_chart, places_chart
from dashboards.figures import Row, shown, spoken
from dashboards.markup import tag
from dashboards.queries import progress
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.shared_by_school import Figure, show_by_school
from dashboards.views.visits import Visit
from dashboards.wording import chart_titles as titles
from dashboards.wording import progress as words
from dashboards.wording.numbers import percent, whole
from expectations.vocabulary import TRUST

SUBJECTS = ["Reading", "Writing", "Mathematics"]
_LEGEND = (("deep", "below age-related"), ("tint", "age-related"), ("hatched", "not on the ladder"))
_BY_SCHOOL: tuple[Figure, ...] = (
    ("#Pupils with SEN", "sen_count", whole),
    ("#Below age-related", "below_age_count", whole),
    ("#Age-related", "age_related_count", whole),
    ("#Not on the ladder", "off_ladder_count", whole),
    ("#Compared", "compared_count", whole),
    ("#Moved up", "moved_up_count", whole),
    ("#Not up", "not_up_count", whole),
    ("#Small step within", "small_step_count", whole),
    ("#% moved up", "moved_up_rate", percent),
)


def rows_of(visit: Visit, urn: str) -> list[Row]:
    """A school's rows or the trust's, by subject."""
    return [row for row in visit.read(progress.by_school()) if row["school_urn"] == urn]


def show_places(visit: Visit, urn: str, name: str) -> int:
    """Who has a place on the ladder, subject by subject. Returns the hidden cells."""
    rows = rows_of(visit, urn)
    page.section("Where pupils stand", "Pupils with SEN support or a plan, on one ladder.")
    drawn = [row for row in rows if can_be_drawn(row)]
    is_drawn = bool(drawn) and len(drawn) == len(rows)
    if is_drawn:
        said = "; ".join(
            f"{row['subject']}: "
            + ", ".join(f"{words.PLACES[column].lower()} {row[column]}" for column in words.PLACES)
            for row in drawn
        )
        page.chart(places_chart(drawn), alt=f"Pupils with SEN by place on the ladder. {said}.", key=f"chart-{name}",
                   title=titles.places_title(drawn))  # fmt: skip
        page.legend(*_LEGEND)
    page.reading(*(words.standing_sentence(row) for row in rows))
    _explain(words.HOW_COUNTED, words.ABOUT_AGE, words.ABOUT_OFF)
    return page.table(_places_table(rows), name, visit, fold=page.SAME_AS_TABLE if is_drawn else "")


def show_moves(visit: Visit, urn: str, name: str) -> int:
    """Who moved up a rung in a year, beside the trust. Returns the hidden cells."""
    page.section("Who moved up", "Of pupils who stood below age-related about a year ago: each from their own start.")
    trusts = {row["subject"]: row for row in rows_of(visit, TRUST)}
    if urn == TRUST:
        groups = [row for row in visit.read(progress.groups()) if row["group_kind"] == "ALL"]
        page.reading(*(words.held_sentence(row) for row in groups))
        return 0
    rows = rows_of(visit, urn)
    page.reading(*(words.moved_sentence(row, trusts.get(row["subject"])) for row in rows))
    page.paragraphs(words.ABOUT_AGE, class_="small")
    school = visit.schools()[urn]["school_name"]
    both = ((school, rows), ("Trust", list(trusts.values())))
    named = [(f"{where}: {row['subject'].lower()}", row) for where, found in both for row in found]
    return page.table(_moves_table("Moves in a year", named), name, visit)


def show_ladder(visit: Visit, name: str) -> int:
    """How many of the trust's pupils stand on each rung. Returns the hidden cells."""
    rows = visit.read(progress.rungs())
    page.section(
        "The trust’s ladder", "How many pupils with SEN stand on each rung; the line is where age-related begins."
    )
    if not rows:
        page.paragraphs("No pupil has a place on the ladder yet.")
        return 0
    said = "; ".join(f"{row['subject']} {row['ladder_rung']}: {spoken(row, 'pupils_count', whole)}" for row in rows)
    page.chart(ladder_chart(rows, SUBJECTS), alt=f"Pupils on each rung of the ladder. {said}.", key=f"chart-{name}")
    page.paragraphs(
        ", ".join(f"{code}: {said.lower()}" for code, said in words.RUNG_WORDS.items()) + ".", class_="small"
    )
    return page.table(_rung_table(rows), name, visit, fold=page.SAME_AS_TABLE)


def show_groups(visit: Visit, name: str) -> int:
    """Moves by starting point, need and pathway over the trust. Returns the hidden cells."""
    rows, hidden = visit.read(progress.groups()), 0
    page.paragraphs(words.ABOUT_AGE, class_="small")
    for kind, title in words.KIND_WORDS.items():
        mine = [row for row in rows if row["group_kind"] == kind]
        if mine:
            named = [(f"{row['progress_group']}: {row['subject'].lower()}", row) for row in mine]
            fold = f"Show who moved up {title[:1].lower()}{title[1:]}"
            hidden += page.table(_moves_table(title, named), f"{name}-{kind.lower()}", visit, fold)
    return hidden


def show_schools(visit: Visit, name: str) -> int:
    """School by school in one subject at a time. Returns the hidden cells."""
    page.section("School by school", "In order of name, special and mainstream apart. Not a ranking.")
    subject = st.selectbox("Subject", SUBJECTS, key=f"{name}-subject")
    found = {row["school_urn"]: row for row in visit.read(progress.by_school()) if row["subject"] == subject}
    return show_by_school(visit, f"The ladder in {subject.lower()}", found, _BY_SCHOOL, name)


def show_engagement(visit: Visit, urn: str, name: str) -> int:
    """Pupils with progress in each area of engagement, in words. Nothing for a school without ten on the profile."""
    rows = [row for row in visit.read(progress.engagement()) if urn in (TRUST, row["school_urn"])]
    if not rows:
        return 0
    page.section("Engagement", words.ABOUT_ENGAGEMENT)
    hidden = 0
    for school in dict.fromkeys(row["school_urn"] for row in rows):
        mine = [row for row in rows if row["school_urn"] == school]
        label = f"{visit.schools()[school]['school_name']}: " if urn == TRUST else ""
        page.reading(label + words.engagement_sentence(mine))
        hidden += page.table(_engagement_table(mine), f"{name}-{school}", visit, fold=page.SAME_AS_TABLE)
    return hidden


def _explain(*sentences: str) -> None:
    st.html(tag("details", tag("summary", "How this is counted"), *(tag("p", said) for said in sentences)))


def _places_table(rows: list[Row]) -> TableTwin:
    columns = ("sen_count", *words.PLACES, "steps_unseen_count")
    labels = headings("Subject", "#Pupils with SEN", *(f"#{said}" for said in words.PLACES.values()),
                      "#Recorded as “below” only")  # fmt: skip
    cells = tuple((row["subject"], *(shown(row, column, whole) for column in columns)) for row in rows)
    return TableTwin("Places on the ladder", labels, cells)


def _moves_table(title: str, named: list[tuple[str, Row]]) -> TableTwin:
    columns = ("compared_count", "moved_up_count", "not_up_count", "small_step_count")
    labels = headings("Who", "#Compared", "#Moved up a rung", "#Not up", "#Small step within", "#% moved up")
    cells = tuple(
        (who, *(shown(row, column, whole) for column in columns), shown(row, "moved_up_rate", percent))
        for who, row in named
    )
    return TableTwin(title, labels, cells)


def _rung_table(rows: list[Row]) -> TableTwin:
    found = {(row["subject"], row["ladder_rung"]): row for row in rows}
    cells = tuple(
        (said, *(shown(found[subject, code], "pupils_count", whole) if (subject, code) in found else "0"
                 for subject in SUBJECTS))
        for code, said in reversed(words.RUNG_WORDS.items())
    )  # fmt: skip
    return TableTwin("Pupils on each rung", headings("Rung", *(f"#{subject}" for subject in SUBJECTS)), cells)


def _engagement_table(rows: list[Row]) -> TableTwin:
    cells = tuple(
        (
            words.AREA_WORDS[row["engagement_area"]],
            shown(row, "profile_count", whole),
            shown(row, "progress_count", whole),
        )
        for row in rows
    )
    labels = headings("Area", "#Pupils on the profile", "#With progress recorded in half a year")
    return TableTwin("Engagement by area", labels, cells)
