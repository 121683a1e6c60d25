"""Plan and review by school: cycles, the trust's protocol and the time to support. Released figures only.

Special and mainstream schools apart, in order of name: these are things to ask about, not a ranking.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboards.figures import Row, shown
from dashboards.queries import apdr, groups
from dashboards.views import page
from dashboards.views.senco_cycles import show_how_counted
from dashboards.views.shared_by_school import Figure, show_by_school
from dashboards.views.visits import Visit
from dashboards.wording.numbers import percent, whole, year_name
from expectations.vocabulary import TRUST

CYCLES: tuple[Figure, ...] = (
    ("#SEN support", "sen_support_count", whole),
    ("#Cycle under way", "open_count", whole),
    ("#Between cycles", "between_count", whole),
    ("#Without a cycle", "no_cycle_count", whole),
    ("#Same provision again", "unchanged_count", whole),
    ("#Reviewed in time", "reviewed_in_time_rate", percent),
    ("#Pupil’s view", "pupil_view_rate", percent),
    ("#Parent’s view", "parent_view_rate", percent),
)
OVERDUE: tuple[Figure, ...] = (
    ("#Pupils overdue", "overdue_count", whole),
    ("#Assessment", "assess_overdue_count", whole),
    ("#Plan", "plan_overdue_count", whole),
    ("#Start", "do_overdue_count", whole),
    ("#Review", "review_overdue_count", whole),
)
PROTOCOL: tuple[Figure, ...] = (
    ("#Starts", "starts_count", whole),
    ("#Score before", "baseline_rate", percent),
    ("#Score after", "exit_rate", percent),
    ("#Sessions recorded", "dose_recorded_rate", percent),
    ("#Attended 80%", "full_dose_starts_rate", percent),
    ("#Judged in time", "reviewed_rate", percent),
)
TIMELINESS: tuple[Figure, ...] = (
    ("#First concerns", "concern_count", whole),
    ("#Mean days to support", "mean_wait_days", whole),
    ("#None in 12 weeks", "slow_rate", percent),
    ("#Low scores", "low_score_count", whole),
    ("#Low scores, no support", "unserved_rate", percent),
)
NOT_IN_INSIGHT = (
    "0% of sessions and of judgements at one school: Insight’s own map holds neither. The provision map workbook does."
)
NO_SUPPORT = "Special schools without anybody on SEN support are left out: their pupils’ EHC plans have annual reviews."


def show(visit: Visit) -> None:
    """Are we doing what we said?"""
    cycles = {row["school_urn"]: row for row in visit.read(apdr.by_school())}
    trust = cycles.get(TRUST, {})
    hidden = page.masthead(visit, "For the SEND lead", "Are we doing what we said?",
                  [("On SEN support", shown(trust, "sen_support_count", whole)),
                   ("With a step overdue", shown(trust, "overdue_count", whole)),
                   ("Reviewed in time", shown(trust, "reviewed_in_time_rate", percent))])  # fmt: skip
    page.paragraphs(
        "Schools stand in order of name, special and mainstream apart. Not a ranking: ask what lies behind."
    )
    supporting = {urn: row for urn, row in cycles.items() if row["sen_support_count"] != 0 or urn == TRUST}
    hidden += _part(visit, "Assess, plan, do, review", "Of pupils on SEN support.", supporting, CYCLES, "cycles")
    page.paragraphs(NO_SUPPORT if _lack_support(visit, cycles) else "")
    page.ask("Which pupils have been on the same provision twice, and what will be different?")
    hidden += _part(visit, "What is overdue", "Pupils with a step overdue, by step.", supporting, OVERDUE, "overdue")
    show_how_counted()
    hidden += _protocol(visit)
    page.ask("Where no score was taken at the end, what would help the school to take it?")
    timely = {row["school_urn"]: row for row in visit.read(groups.timeliness())}
    hidden += _part(visit, "From concern to support", "Concerns of the last two years, of pupils on roll.", timely,
                    TIMELINESS, "timeliness")  # fmt: skip
    page.key(hidden)


def _lack_support(visit: Visit, cycles: Mapping[str, Row]) -> bool:
    """True when special schools are among those that have nobody on SEN support."""
    return any(
        school["is_special"] and cycles.get(urn, {}).get("sen_support_count") == 0
        for urn, school in visit.schools().items()
    )


def _protocol(visit: Visit) -> int:
    """The protocol in one year of starts: at first the newest in which tests at the end have fallen due."""
    rows = visit.read(groups.compliance())
    years = list(dict.fromkeys(row["academic_year"] for row in rows))
    tested = [row["academic_year"] for row in rows if row["school_urn"] == TRUST and row["exit_due_starts_count"]]
    lead = "Of starts in one year: a score before, sessions, a score after, a judgement. An end test not due yet is –."
    page.section("The protocol of interventions", lead if rows else "No figures yet.")
    if not rows:
        return 0
    first = years.index(tested[0]) if tested else 0
    year = st.selectbox("Starts in", years, index=first, format_func=year_name, key="protocol-year")
    found = {row["school_urn"]: row for row in rows if row["academic_year"] == year}
    hidden = show_by_school(visit, "The protocol", found, PROTOCOL, "protocol")
    page.paragraphs(NOT_IN_INSIGHT, class_="small")
    return hidden


def _part(visit: Visit, title: str, lead: str, found: Mapping[str, Row], figures: tuple[Figure, ...], name: str) -> int:
    """One subject under its heading; the cells of it that are hidden."""
    page.section(title, lead if found else "No figures yet.")
    return show_by_school(visit, title, found, figures, name)
