"""The pages of outcomes and section F: pressing first, the own school only, hidden cells keyed, a shortfall is owed."""

from __future__ import annotations

import re

import pytest

from dashboards.access import Role
from tests.dashboards.conftest import Open, said
from tests.dashboards.test_pages import at
from tests.dashboards.test_pages_cycles import senco, tables
from tests.support.releases import ASH, ELM, OAK, PUPIL_CANARY


def governor(open_app: Open, urn: str) -> str:
    test = open_app("board", Role.GOVERNOR).selectbox(key="school").set_value(urn).run()
    return said(at(test, "plans"))


def asked_on(page: str) -> list[str]:
    """Every question on a page, in its order."""
    return re.findall(r'<p class="ask"><b>Ask</b>\s*([^<]+)</p>', page)


def test_the_senco_sees_overdue_milestones_then_what_nothing_shows_then_what_is_owed(open_app: Open) -> None:
    page = said(senco(open_app, ELM, "outcomes"))
    order = ("Milestones overdue</h2>", "Outcomes that nothing shows", "what is owed", "Plan by plan", "To mend in")
    places = [page.index(title) for title in order]
    assert places == sorted(places)
    found = tables(page)
    assert found["Milestones overdue, the longest first"] == [
        ["Birch, Bea", "Year 4", "1 · Cognition and learning", "2", "2 Nov 2026", "2 weeks", "Under way"]
    ]
    unseen = found["Outcomes without evidence, or said to be what the record does not show, the soonest due first"]
    assert [row[-1] for row in unseen] == [
        "The tracker says: no evidence", "Said to be on track; a milestone is overdue",
    ]  # fmt: skip
    assert found["Lines of section F behind, specialists’ visits first"] == [
        ["Birch, Bea", "Year 4", "2 · Speech and language therapy", "8", "0", "7", "2024/25"]
    ]
    assert len(found["Outcomes of plans by pupil"]) == 2, "an outcome of two years ago is not current"
    assert [row[-1] for row in found["To mend in the tracker"]] == [
        "The pupil has two active plans here: end the one that is over", "No sessions are recorded this year",
    ]  # fmt: skip
    assert "Cedar" not in page


def test_what_cannot_be_right_is_told_and_what_is_in_order_takes_a_line(open_app: Open) -> None:
    page = said(senco(open_app, OAK, "outcomes"))
    assert "No milestone is overdue." in page
    assert "Every outcome that is met or on track has evidence." in page
    assert [row[-1] for row in tables(page)["To mend in the tracker"]] == [
        "The target date lies before the plan began",
        "The register does not show an EHC plan: one of the two is wrong",
    ]
    page = said(senco(open_app, ASH, "outcomes"))
    assert "No line of section F is behind." in page
    assert not tables(page)


def test_a_governor_reads_all_five_groups_and_what_is_owed_since_when(open_app: Open) -> None:
    page = governor(open_app, ELM)
    assert (
        "Of 60 outcomes, 15 are met, 18 on track with recent evidence, 8 off track, 10 without evidence; 9 are said to "
        "be met or on track without anything on record that bears it out."
    ) in page
    assert "9 pupils have a milestone that is overdue: 14 milestones in all." in page
    assert "It fell below 90% this school year, 2026/27." in page
    assert "300 of the 2,200 recorded hours due by now were not delivered" in page
    assert "Which promised provision is not being delivered, and since when?" in page
    assert "owed to children" in page
    assert "efficien" not in page.lower()
    assert PUPIL_CANARY not in page


def test_a_page_asks_what_rests_on_its_figures_whatever_its_rank_and_asks_it_once(open_app: Open) -> None:
    page = governor(open_app, ELM)
    assert asked_on(page) == [
        "Which promised provision is not being delivered, and since when?",
        "Which outcomes have no evidence, and who will gather it before the next review?",
        "Which milestones are overdue, what stands in the way, and what is the new day?",
    ], "the third is the ninth of the school"  # fmt: skip
    page = said(at(open_app("board", Role.TRUSTEE), "risk"))
    assert asked_on(page) == [
        "Which milestones are overdue, what stands in the way, and what is the new day?",
        "How long do pupils wait for this service, and what do we do meanwhile?",
        "Which promised provision is not being delivered, and since when?",
    ], "the third is the ninth of the trust"  # fmt: skip


def test_a_governor_of_few_plans_reads_why_nothing_is_shown(open_app: Open) -> None:
    page = governor(open_app, OAK)
    assert "How many outcomes there are is not shown" in page
    assert "Not shown: the number of plans is small." in page
    assert 'class="ask"' not in page
    first = tables(page)["Outcomes of EHC plans"]
    assert set(first[0][1:]) == {"chidden: small number"}


def test_a_school_that_delivers_and_has_no_milestones_is_not_blamed(open_app: Open) -> None:
    page = governor(open_app, ASH)
    assert "Milestones are not in use yet." in page
    assert "It is no measure of the support." in page
    assert "None of the 90 plans has a line that is behind." in page
    assert asked_on(page) == []
    assert "Nothing in these figures stands out." in page


def test_trustees_see_kinds_of_provision_schools_apart_and_areas(open_app: Open) -> None:
    page = said(at(open_app("board", Role.TRUSTEE), "risk"))
    assert (
        "Furthest behind across the trust: Speech and language therapy, 61% of what is due, and below 90% in every"
        in page
    )
    assert (
        "The visits of therapists and specialist teachers have been below 90% in every school year since 2024/25."
        in page
    )
    found = tables(page)
    kinds = found["Section F by kind of provision, the whole trust"]
    assert [row[0] for row in kinds] == [
        "Physiotherapy",
        "Speech and language therapy",
        "Support and teaching in class",
    ]
    assert [row[0] for row in found["Mainstream schools: section F this year"]] == [
        "Elm Primary School", "Oak Academy", "The trust, special schools included",
    ]  # fmt: skip
    assert [row[0] for row in found["By area of need"]] == ["Cognition and learning", "Not stated"]
    assert [row[0] for row in found["Preparation for adulthood"]] == ["Employment"]
    assert found["Special schools: the tracker in use"][0][-1] == "Milestones are not in use yet."
    assert PUPIL_CANARY not in page


def test_the_send_lead_sees_which_lines_lack_most_across_schools(open_app: Open) -> None:
    page = said(at(open_app("staff", Role.SEND_LEAD), "delivery"))
    found = tables(page)
    lines = found["Lines of section F, the largest share missing first"]
    assert [(row[0], row[1], row[5]) for row in lines] == [
        ("Birch, Bea", "Elm Primary School", "7"), ("Cedar, Cy", "Oak Academy", "1"),
    ]  # fmt: skip
    kinds = found["Section F by school and kind of provision"]
    assert ["Elm Primary School", "Mentoring", "1", "0", "1", *["–not available"] * 2, "–"] in kinds
    assert ["Elm Primary School", "Speech and language therapy", "1", "1", "1", "0%", "4", "2024/25"] in kinds


@pytest.mark.parametrize("role", [Role.GOVERNOR, Role.TRUSTEE])
def test_the_exception_stands_on_the_first_page_too(open_app: Open, role: Role) -> None:
    test = open_app("board", role)
    page = said(test.selectbox(key="school").set_value(ELM).run() if role is Role.GOVERNOR else test)
    wanted = {
        Role.GOVERNOR: "87% of the sessions promised in section F, due so far and recorded took place: 92% of the "
        "school’s own support and 58% of the visits of therapists and specialist teachers. "
        "It fell below 90% this school year, 2026/27.",
        Role.TRUSTEE: "9 pupils have a milestone that is overdue: 14 milestones in all.",
    }
    assert wanted[role] in page
