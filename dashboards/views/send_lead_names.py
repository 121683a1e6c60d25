"""Names to settle: what schools call groups that the trust's catalogue does not know. The SEND lead says what each is.

The one page that writes, and it writes to the journal alone; the figures follow on the next night.
"""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import dataclass

import streamlit as st

from dashboards import journal as journals
from dashboards.access import Role
from dashboards.figures import Row
from dashboards.journal import Decision, Journal
from dashboards.markup import tag, visible
from dashboards.queries import catalogue
from dashboards.server_settings import home_folder
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.signing_in import subject
from dashboards.views.visits import Visit, is_role
from dashboards.wording.apdr import short_date
from dashboards.wording.numbers import counted, grouped, listed
from expectations.errors import OrchardError

NOT_AN_INTERVENTION = "Not an intervention"
LONGEST_SHOWN = 80
"""Characters of a school's name for a group that are shown."""
WHY = (
    "Schools run groups under these names, and the trust’s catalogue knows none of them. Until a name is settled its "
    "groups are in no figure that governors or trustees see."
)
HOW_TO = (
    "Say once what a name stands for. It holds for every school that uses the name, from the next night on. Settle a "
    "name again to change it."
)
WRITTEN = (
    "Recorded. The schools’ own pages follow on the next night. The board’s figures follow then too where ten or more "
    "pupils move; otherwise with the next half-term, so that no change points at a child."
)


@dataclass(frozen=True)
class Waiting:
    """One name over all schools that use it: as given, in how many groups, how many pupils, and what is nearest."""

    alias: str
    given_name: str
    school_urns: tuple[str, ...]
    groups_count: int
    pupils_count: int
    start_date: dt.date
    nearest: tuple[str, ...]


def show(visit: Visit) -> None:
    """The names that wait, a form to settle one, and what has been settled."""
    if not is_role(visit, Role.SEND_LEAD):
        raise OrchardError("Only the SEND lead settles names", "", "Ask the SEND lead.")
    waiting = gather(visit.read(catalogue.names_to_settle()))
    journal = journals.open_journal(journals.address(home_folder(sys.argv[1:])))
    names = [row["intervention_name"] for row in visit.read(catalogue.catalogue())]
    decided = in_force(journal.decisions(), names)
    open_names = [name for name in waiting.values() if name.alias not in decided]
    page.masthead(visit, "For the SEND lead", "Names to settle",
                  [("Names waiting", grouped(len(open_names))),
                   ("Groups left out", grouped(sum(name.groups_count for name in open_names))),
                   ("Places in them", grouped(sum(name.pupils_count for name in open_names)))])  # fmt: skip
    if open_names:
        page.paragraphs(WHY)
        page.table(_waiting_table(visit, open_names), "names-to-settle", visit)
    else:
        page.paragraphs("Every name that schools use is in the trust’s catalogue, or settled.")
    _settle(visit, journal, waiting, decided, names)
    if decided:
        page.section("Settled", "The latest decision on each name, from the journal.")
        page.table(_settled_table(decided, waiting), "names-settled", visit)


def in_force(decisions: dict[str, Decision], names: list[str]) -> dict[str, Decision]:
    """The decisions that count: one for an intervention that the catalogue no longer has is to be taken again."""
    return {alias: one for alias, one in decisions.items() if one.intervention_name in (None, *names)}


def gather(rows: list[Row]) -> dict[str, Waiting]:
    """Each name once, with all schools that use it; the queue's order is kept."""
    by_alias: dict[str, list[Row]] = {}
    for row in rows:
        by_alias.setdefault(row["alias"], []).append(row)
    return {
        alias: Waiting(
            alias,
            found[0]["given_name"],
            tuple(row["school_urn"] for row in found),
            sum(row["groups_count"] for row in found),
            sum(row["pupils_count"] for row in found),
            min(row["start_date"] for row in found),
            tuple(name for name in (found[0][f"{place}_name"] for place in ("nearest", "second", "third")) if name),
        )
        for alias, found in by_alias.items()
    }


def _settle(
    visit: Visit, journal: Journal, waiting: dict[str, Waiting], decided: dict[str, Decision], names: list[str]
) -> None:
    """Choose a name, then what it stands for; the nearest of the trust's names come first."""
    aliases = [*waiting, *(alias for alias in decided if alias not in waiting)]
    if not aliases:
        return
    page.section("Settle a name", HOW_TO)
    labels = _labels(aliases, waiting)
    alias = st.selectbox("Name that schools use", aliases, format_func=labels.__getitem__, key="name-to-settle")
    if alias in decided:
        page.paragraphs(f"Settled so far: {meaning(decided[alias])}.")
    near = [name for name in (waiting[alias].nearest if alias in waiting else ()) if name in names]
    offered = [*near, *(name for name in names if name not in near), NOT_AN_INTERVENTION]
    with st.form("settle-name", clear_on_submit=True):
        chosen = st.selectbox("It stands for", offered, index=None, format_func=visible, key="stands-for",
                              placeholder="Choose, or type to search")  # fmt: skip
        is_sent = st.form_submit_button("Settle this name", type="primary")
    if is_sent and chosen is None:
        st.html(tag("p", "Choose what the name stands for; nothing is recorded yet.", class_="warning", role="alert"))
    elif is_sent:
        _record(visit, journal, alias, None if chosen == NOT_AN_INTERVENTION else chosen, aliases, names)
    elif st.session_state.pop("settled", False):
        st.html(tag("p", WRITTEN, class_="banner", role="status"))


def _record(
    visit: Visit, journal: Journal, alias: str, meant: str | None, aliases: list[str], names: list[str]
) -> None:
    """Write the decision and show the page anew; an error is told where the form stands."""
    now = dt.datetime.now(dt.UTC)
    try:
        journal.settle_name(visit.identity, subject(), alias, meant, aliases=aliases, names=names, now=now)
    except OrchardError as error:
        st.html(tag("p", f"{error.what}. {error.next_step}", class_="warning", role="alert"))
        return
    st.session_state["settled"] = True
    st.rerun()


def shortened(name: str) -> str:
    """A school's free text as it is shown: without control characters, and never longer than a line or two."""
    plain = " ".join(visible(name).split())
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[:LONGEST_SHOWN]}…"


def _labels(aliases: list[str], waiting: dict[str, Waiting]) -> dict[str, str]:
    """What the list of names shows. The browser sends a label back: no two are alike, and none changes when settled."""
    labels: dict[str, str] = {}
    for alias in aliases:
        name = shortened(waiting[alias].given_name if alias in waiting else alias)
        label, number = name, 1
        while label in labels.values():
            number += 1
            label = f"{name} ({number})"
        labels[alias] = label
    return labels


def meaning(decision: Decision) -> str:
    """What a name was settled to be."""
    return decision.intervention_name or NOT_AN_INTERVENTION


def _waiting_table(visit: Visit, names: list[Waiting]) -> TableTwin:
    schools = visit.schools()
    return TableTwin(
        "Names that the catalogue does not know",
        headings("Name as the school gives it", "Schools", "#Groups", "#Places", "First day", "Nearest names"),
        tuple(
            (
                shortened(name.given_name),
                listed([schools[urn]["school_name"] if urn in schools else urn for urn in name.school_urns]),
                grouped(name.groups_count),
                grouped(name.pupils_count),
                short_date(name.start_date),
                " · ".join(name.nearest) or "none near enough",
            )
            for name in names
        ),
        "Places: a pupil in groups of one name in two schools counts in both.",
    )


def _settled_table(decided: dict[str, Decision], waiting: dict[str, Waiting]) -> TableTwin:
    newest = sorted(decided.values(), key=lambda decision: decision.decided_at, reverse=True)
    return TableTwin(
        "Settled names",
        headings("Name", "Stands for", "Settled on", "In the figures"),
        tuple(
            (
                shortened(waiting[one.alias].given_name if one.alias in waiting else one.alias),
                meaning(one),
                short_date(dt.date.fromisoformat(one.decided_at[:10])),
                "from the next night"
                if one.alias in waiting
                else "left out"
                if one.intervention_name is None
                else "yes",
            )
            for one in newest
        ),
        f"{counted(len(newest), 'name')} settled so far.",
    )
