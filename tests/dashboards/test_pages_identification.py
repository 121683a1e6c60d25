"""Who our pupils are: what a governor and a trustee read, a funnel without hidden schools, names for the SENCO."""

from __future__ import annotations

import pytest

from dashboards.access import Role
from dashboards.charts.funnel import dots_of, funnel_alt, funnel_chart
from dashboards.figures import Row
from dashboards.wording import identification as words
from tests.dashboards.conftest import Open, said
from tests.dashboards.test_pages import at
from tests.dashboards.test_pages_cycles import senco, tables
from tests.support.releases import ASH, ELM, NAMES, OAK


def governor(open_app: Open, urn: str) -> str:
    test = at(open_app("board", Role.GOVERNOR).selectbox(key="school").set_value(urn).run(), "pupils")
    assert not test.exception
    return said(test)


def test_a_governor_reads_the_count_beside_a_school_like_it(open_app: Open) -> None:
    page = governor(open_app, OAK)
    assert "At Oak Academy 84 pupils have SEN support; a school like it would have 58 to 83" in page
    assert "outside the range, yet not further than chance takes some schools" in page
    assert "How many pupils at Oak Academy have an EHC plan is not shown" in page
    assert "England, January 2025: 13.4%" in page
    assert "How many pupils on no register have two low scores" in page
    assert "Oak Academy over-identifies" not in page


def test_a_governor_reads_what_is_worth_a_conversation_and_never_a_verdict(open_app: Open) -> None:
    page = governor(open_app, ELM)
    assert "That is more than 998 in 1,000 such schools would have by chance: worth a conversation, no verdict." in page
    assert "Worth a conversation: Girls. More are missing than chance explains." in page
    assert (
        "Girls: 12 fewer on the register than if listed like other pupils with like scores (likely range 4 to 20"
        in page
    )
    assert "Persistently absent pupils: 3 more on the register" in page
    assert "9 more to 4 fewer" in page
    assert "7 pupils on no register" in page
    assert "Last year: 11%" in page
    found = tables(page)
    assert "hidden: small number" in found["Groups of pupils and the register"][2][1]
    for word in ("over-identif", "over identif", "best", "worst"):
        assert word not in page.lower()


def test_a_special_school_is_compared_with_nobody(open_app: Open) -> None:
    page = governor(open_app, ASH)
    assert "A special school is not compared: every pupil there has a plan." in page
    assert "A special school is not compared with the trust or with England." in page
    assert "Who may be missing" not in page
    assert "England and the authority" not in page


def test_a_trustee_sees_mainstream_schools_beside_their_like_and_special_schools_apart(open_app: Open) -> None:
    test = at(open_app("board", Role.TRUSTEE), "identification")
    assert not test.exception
    page = said(test)
    assert "2 mainstream schools are compared. By chance alone almost none of them would lie beyond" in page
    assert "estimated from eight schools on" in page
    found = tables(page)
    assert [row[0] for row in found["Mainstream schools beside their like"]] == [NAMES[ELM], NAMES[OAK]]
    assert [row[0] for row in found["Special schools: on roll and identified"]] == [NAMES[ASH]]
    assert "so the trust is not judged by it" in page
    assert "Another measure than the share of pupils in schools" in page
    plans = found["EHC plans maintained in January"]
    assert plans[0][:3] == ["2025", "England", "638,745"]
    assert {row[3] for row in plans} == {"SEN2 person level return", "SEN2 aggregate return"}


def test_only_the_senco_reads_names_of_those_on_no_register(open_app: Open) -> None:
    listed = tables(said(senco(open_app, ELM, "register")))["Pupils on no register"]
    assert listed == [
        ["Hawthorn, Hal", "Year 4", "Two low scores in a row", "3%"],
        ["Medlar, Mo", "Year 2", "Half of all sessions missed", "61%"],
        ["Rowan, Ro", "Year 6", "Two low scores in a row, and half of all sessions missed", "50%"],
    ]
    assert "No pupil without SEN has two low scores" in said(senco(open_app, OAK, "register"))
    assert "Hawthorn" not in governor(open_app, ELM)


POINTS: list[Row] = [
    {"expected_number": at, "ratio_low_95": 0.7, "ratio_high_95": 1.3, "ratio_low_998": 0.5, "ratio_high_998": 1.5}
    for at in (10, 40, 80)
]


def compared(urn: str, expected: float, ratio: float | None, verdict: str | None, hidden: str = "") -> Row:
    return {"school_urn": urn, "support_expected": expected, "support_ratio": ratio, "support_verdict": verdict,
            "sen_support_count": None if hidden else 40, "hidden_columns": hidden}  # fmt: skip


def test_the_dot_of_a_hidden_school_is_nowhere_in_the_picture() -> None:
    """R7: no mark, no name, no trace in the axes; the same picture as without the school."""
    shown = [compared(ELM, 30, 1.2, "WITHIN"), compared(OAK, 60, 0.4, "BELOW")]
    hidden = compared("999009", 75, None, None, "sen_support_count,support_ratio,support_verdict")
    names = {ELM: NAMES[ELM], OAK: NAMES[OAK], "999009": "Hidden School"}
    dots = dots_of([*shown, hidden], names)
    assert [dot.name for dot in dots] == [NAMES[ELM], NAMES[OAK]]
    picture, without = funnel_chart(POINTS, dots).to_json(), funnel_chart(POINTS, dots_of(shown, names)).to_json()
    assert picture == without
    assert "Hidden School" not in str(picture) + funnel_alt(dots)


def test_the_funnel_names_the_schools_beyond_the_lines_and_is_drawn_without_any() -> None:
    dots = dots_of([compared(ELM, 30, 2.6, "ABOVE"), compared(OAK, 60, 1.0, "WITHIN")], {ELM: "Elm", OAK: "Oak"})
    figure = funnel_chart(POINTS, dots)
    assert [piece.text for piece in figure.layout.annotations] == ["95 in 100", "998 in 1,000", "Elm"]
    assert figure.layout.yaxis.range[1] > 2.6
    assert funnel_alt(dots).endswith(
        "Elm: 40 pupils, 30 expected, beyond the outer lines; Oak: 40 pupils, 60 expected."
    )
    assert "No school is drawn" in funnel_alt([])
    assert funnel_chart(POINTS, []).layout.yaxis.range[1] == 2.0


@pytest.mark.parametrize(
    ("low", "high", "said_so"),
    [(4, 20, "4 to 20 fewer"), (-20, -4, "4 to 20 more"), (-10, 4, "10 more to 4 fewer"), (0.2, 14, "none to 14 fewer"),
     (-6, 0, "6 more to none"), (0, 0, "none to none")],
)  # fmt: skip
def test_a_range_of_pupils_in_words(low: float, high: float, said_so: str) -> None:
    assert words.fewer_between(low, high) == said_so


@pytest.mark.parametrize(
    ("phi", "is_wider", "part"),
    [(None, False, "estimated from eight schools on"), (0.8, False, "no more than chance (phi 0.8"),
     (2.3, True, "the lines were widened")],
)  # fmt: skip
def test_the_spread_of_the_schools_is_said(phi: float | None, is_wider: bool, part: str) -> None:
    point = {"compared_schools_count": 9, "false_alarms_mean": 0.018, "phi": phi, "is_wider_than_chance": is_wider}
    assert part in words.funnel_sentence([point])
    assert words.funnel_sentence([]) == "No mainstream schools can be compared."


def test_a_hidden_count_gets_words_and_the_way_to_who_knows() -> None:
    row: Row = {"support_low_95": 21.0, "support_high_95": 39.0, "support_reference": "TRUST",
                "sen_support_count": None, "hidden_columns": "sen_support_count,support_verdict"}  # fmt: skip
    sentence = words.expected_sentence(row, "Yew Primary")
    assert sentence.startswith("How many pupils at Yew Primary have SEN support is not shown")
    assert "A school like it would have 21 to 39" in sentence
    assert sentence.endswith("The SENCO sees the names.")
    assert words.verdict_sentence(row) == ""
