"""The pages of who is here and included: sentences of each state, hidden cells keyed, names for staff alone."""

from __future__ import annotations

import re

from dashboards.access import Role
from tests.dashboards.conftest import Open, said
from tests.dashboards.test_pages import at
from tests.dashboards.test_pages_cycles import tables
from tests.support.releases import ASH, ELM, OAK

NAMES = ("Quince", "Sorrel", "Tansy", "Umber", "Hollowbank")


def governor(open_app: Open, urn: str) -> str:
    test = at(open_app("board", Role.GOVERNOR).selectbox(key="school").set_value(urn).run(), "included")
    assert not test.exception
    return said(test)


def test_a_governor_reads_absence_as_half_days_and_whose_figure_is_hidden(open_app: Open) -> None:
    page = governor(open_app, ELM)
    assert (
        "Pupils with SEN support missed 7.9% of their half-days this school year, 6.6% a year before: about 30 more "
        "half-days missed than last year’s rate would give." in page
    )
    assert "about the same as in these half-terms a year before (5.1%)" in page
    assert "33% of pupils with SEN support missed a tenth or more of their half-days (likely range 22% to 47%)" in page
    assert "Suspensions of pupils with an EHC plan are not shown: a number is small." in page
    found = tables(page)["Absence this school year so far"]
    assert [row[0] for row in found][:3] == ["No SEN", "SEN support", "EHC plan"]
    assert not any("SEN, all together" in row[0] for row in found), "apart or together, never both"
    hidden = len(re.findall(r"hidden: small number</span></span></td>", page))
    assert f"{hidden} figures are hidden on this page" in page
    assert not any(name in page for name in NAMES)


def test_both_together_where_one_is_small(open_app: Open) -> None:
    page = governor(open_app, OAK)
    assert "Pupils with SEN missed 10.2% of their half-days" in page
    assert "SEN, all together" in page
    assert "How many pupils are on a part-time timetable is not shown: the number is small." in page
    assert "7 pupils are in alternative provision." in page


def test_how_much_is_recorded_comes_before_how_pupils_take_part(open_app: Open) -> None:
    page = governor(open_app, ELM)
    assert page.index("91% of the record is filled in") < page.index("74% is taught in full, 22% adapted and 4% not")
    half = governor(open_app, OAK)
    assert "42% of the record is filled in" in half
    assert "less than half, so nothing can be said" in half
    none = governor(open_app, ASH)
    assert (
        "Nothing is recorded of how pupils with SEN took part in the curriculum in the summer term of 2025/26" in none
    )


def test_nobody_is_said_as_nobody(open_app: Open) -> None:
    page = governor(open_app, ASH)
    assert "Nobody is on a part-time timetable." in page
    assert "Nobody is in alternative provision. Nobody was permanently excluded in the last twelve months." in page


def test_trustees_see_special_and_mainstream_apart_and_no_name(open_app: Open) -> None:
    page = said(at(open_app("board", Role.TRUSTEE), "included"))
    found = tables(page)
    mainstream = found["Mainstream schools: absence and suspensions"]
    assert [row[:2] for row in mainstream] == [
        ["Elm Primary School", "SEN support"], ["Elm Primary School", "EHC plan"], ["Oak Academy", "SEN, all together"],
    ]  # fmt: skip
    assert [row[0] for row in found["Special schools: absence and suspensions"]] == ["Ash School"]
    assert "15 pupils are on a part-time timetable; 8 of them past the planned end or review." in page
    assert "Across the trust most pupils miss Art and design: 9% of those of whom it is recorded." in page
    assert not any(name in page for name in NAMES)


def test_the_senco_sees_the_own_pupils_the_latest_timetable_first(open_app: Open) -> None:
    test = at(open_app("staff", Role.SENCO).selectbox(key="school").set_value(ELM).run(), "included")
    page = said(test)
    assert (
        "2 pupils with SEN missed a tenth or more of their half-days this school year; 1 part-time timetable is past "
        "the planned end or review; 1 pupil in alternative provision." in page
    )
    found = tables(page)
    (late,) = found["The longest past first"]
    assert late[0] == "Quince, Quin"
    assert "Past its planned end by 4 weeks. Review overdue by" in late[-1]
    assert [row[0] for row in found["Pupils with SEN, the most half-days missed first"]] == [
        "Sorrel, Sal", "Quince, Quin",
    ]  # fmt: skip
    assert "40 of 70: half or more" in page
    assert "7 of 70" in page
    assert "6 of 70" not in page, "below a tenth"
    access = found["Pupils with SEN in the newest whole term recorded"]
    assert [(row[0], row[-2], row[-1]) for row in access] == [
        ("Sorrel, Sal", "Not taught: Languages. 1 subject not recorded", "Music: 40 minutes a week"),
        ("Tansy, Tam", "13 subjects not recorded", "Not recorded"),
    ]
    assert "Umber" not in page


def test_the_send_lead_sees_every_school_or_the_one_chosen(open_app: Open) -> None:
    test = at(open_app("staff", Role.SEND_LEAD), "included")
    assert "Umber, Una" in said(test)
    own = said(test.selectbox(key="here-of").set_value(ELM).run())
    assert "Umber, Una" not in own
    assert "Quince, Quin" in own
