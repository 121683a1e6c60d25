"""The SEND lead's pages of impact and what governors and trustees read of it: filters, order, deep links, words."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dashboards.access import Role
from tests.dashboards.conftest import Open, said
from tests.dashboards.test_pages import at
from tests.support.released_impact import NUMBERS
from tests.support.releases import ELM

NAMES = [line.split("|")[0].strip() for line in NUMBERS.strip().splitlines()[1:]]


def names_in(page: str, caption: str) -> list[str]:
    """The interventions of a table, from top to bottom."""
    table = page[page.index(f"<caption>{caption}") :]
    cells = re.findall(r'<th scope="row" role="rowheader">(?:<a [^>]*>)?([^<]+)', table[: table.index("</table>")])
    return [name for name in cells if name in NAMES]


def test_the_catalogue_is_in_order_of_name_or_area_and_filtered_by_both(open_app: Open) -> None:
    test = at(open_app("staff", Role.SEND_LEAD), "interventions")
    assert names_in(said(test), "Catalogue of interventions: the result") == sorted(NAMES)
    test = test.selectbox(key="order").set_value("by area of need").run()
    by_area = names_in(said(test), "Catalogue of interventions: delivery")
    assert by_area[0] == "Behind Blocks"
    assert by_area[-2:] == ["Breakfast Club", "Calm Corner"]
    test = test.selectbox(key="subject").set_value("Reading").run()
    assert "Behind Blocks" not in names_in(said(test), "Catalogue of interventions: the result")
    test = test.selectbox(key="area").set_value("Social, emotional and mental health").run()
    assert "No intervention is both of this area and this subject." in said(test)
    assert not test.exception


def test_the_catalogue_says_averages_scales_in_words_and_chance(open_app: Open) -> None:
    page = said(at(open_app("staff", Role.SEND_LEAD), "interventions"))
    assert "Reading: the average over 6 interventions is +1.2 points (0 to +3)." in page
    assert "missed 2.4 fewer sessions in every 100" in page
    assert "would be ahead 58 times in 100" in page
    assert "With seven comparisons, even one that looks unusual may be chance." in page
    assert "not a ranking" in page.lower()


def test_a_link_leads_to_one_intervention(open_app: Open) -> None:
    test = at(open_app("staff", Role.SEND_LEAD), "interventions")
    test.query_params["name"] = "Phonics Steps"
    page = said(at(test, "intervention"))
    assert "<h1>Phonics Steps</h1>" in page
    assert "The grade is held at B by being seen in few schools or only once and too few records" in page
    assert "who lack a score before or after did 22 points worse than the rest." in page
    assert "would have ended at about 85 without it" in page
    assert 'href="compare?name=Phonics+Steps"' in page
    schools = page[page.index("<caption>In each school") :]
    assert schools.index("Ash School") < schools.index("Elm Primary School") < schools.index("Oak Academy")
    for part in ("What teachers thought", "What pupils said", "Targets", "Engagement", "Evidence from elsewhere"):
        assert f"<h3>{part}</h3>" in page
    assert page.index("Small print</h2>") < page.index("In months, which we trust least: about 3 months")


@pytest.mark.parametrize("name", ["<b>x</b>", "' or 1=1 --", "Nobody's"])
@pytest.mark.parametrize(("address", "first"), [("intervention", "Behind Blocks"), ("compare", "Phonics Steps")])
def test_a_link_with_an_invented_name_gives_the_one_most_worth_a_look(
    open_app: Open, address: str, name: str, first: str
) -> None:
    test = at(open_app("staff", Role.SEND_LEAD), "interventions")
    test.query_params["name"] = name
    test = at(test, address)
    assert not test.exception
    assert f"<h1>{first}</h1>" in said(test)
    assert name not in said(test)


@pytest.mark.parametrize("name", NAMES)
def test_every_intervention_opens_in_depth_and_by_school(open_app: Open, name: str) -> None:
    test = at(open_app("staff", Role.SEND_LEAD), "interventions")
    for address in ("intervention", "compare"):
        test = at(test, address)
        test = test.selectbox(key="name").set_value(name).run()
        assert not test.exception
        assert f"<h1>{name}</h1>" in said(test)
        assert not re.search(r"\bNone\b(?! (has|stands|is|of))|\bnan\b|\binf\b", said(test))


def test_schools_are_compared_by_name_special_apart(open_app: Open) -> None:
    test = at(open_app("staff", Role.SEND_LEAD), "compare").selectbox(key="name").set_value("Phonics Steps").run()
    page = said(test)
    assert page.index("Elm Primary School</th>") < page.index("Oak Academy</th>") < page.index("Special schools<")
    assert "+2.9 (0 to +6)" in page
    assert "Two of 3 schools can be compared on the result." in page
    assert "fewer than ten pupils with both scores" in page
    assert "Which school gets better results for this need" in page
    assert "Not a ranking" in page


def test_a_governor_reads_three_and_three_each_with_its_question(open_app: Open) -> None:
    page = said(at(open_app("board", Role.GOVERNOR).selectbox(key="school").set_value(ELM).run(), "works"))
    best, doubtful = page.index("Best evidenced</h3>"), page.index("To question</h3>")
    end = page.index('class="legend"')
    assert page[best:doubtful].count("<li>") == 3
    above, cards = page[:best], page[doubtful:end].split("<li>")[1:]
    names = [card[card.index("<h3>") + 4 : card.index("</h3>")] for card in cards]
    assert len(names) == 3
    assert all(('class="ask"' in card) is not (f"<h3>{name}: " in above)
               for name, card in zip(names, cards, strict=True))  # fmt: skip
    assert "Here 21 pupils started it. 95% of the sessions due took place." in page[best:doubtful]


def test_a_few_pupils_get_words_and_no_points(open_app: Open) -> None:
    page = said(at(open_app("board", Role.GOVERNOR).selectbox(key="school").set_value(ELM).run(), "works"))
    talk = page[page.rindex("<h3>Small Group Talk</h3>") :]
    assert "Seven pupils took part and had both scores. With so few" in talk[: talk.index("</li>")]
    assert not re.search(r"\d+ points?", talk[: talk.index("</li>")])


def test_trustees_read_pupils_and_money_by_verdict(open_app: Open) -> None:
    page = said(at(open_app("board", Role.TRUSTEE), "works"))
    assert "Of 310 places that pupils took in interventions, 97 (31%) in interventions whose pupils ended ahead" in page
    assert "went to interventions of which we cannot yet say whether they work" in page
    assert "Over pupils, not averaged over schools" in page
    hidden = "Not in these sums, because the group is small or nothing is recorded: the pupils of 1 intervention"
    assert hidden in page


def _links(test: Any) -> list[str]:
    return re.findall(r'href="([^"]+)"', said(test))


def test_links_stay_in_the_app(open_app: Open) -> None:
    test = at(open_app("staff", Role.SEND_LEAD), "interventions")
    assert _links(test)
    ours = r"intervention\?name=[\w+%.-]+|find\?[\w+%.=&;-]+"
    assert all(re.fullmatch(ours, link) for link in _links(test)), _links(test)
