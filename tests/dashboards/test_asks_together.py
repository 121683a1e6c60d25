"""One exception for all the schools that have it; a title with its year; the figure that its sentence tells."""

from __future__ import annotations

from dashboards.papers.blocks import Exceptional, Exceptions, Fact, Link, Masthead
from dashboards.papers.exceptions import told_figure
from dashboards.tables import TableTwin, headings
from dashboards.views.shared_papers import on_screen
from dashboards.views.trustee_identification import words_together
from dashboards.wording import cost_effectiveness, identification
from dashboards.wording.papers import more_words, on_screen_words, pages_words
from dashboards.wording.questions import Ask, titled

TRUST = "The trust"


def test_two_schools_keep_their_own_sentences_and_more_are_named() -> None:
    two = [("Elm", "At this school 88."), ("Oak", "At this school 15.")]
    assert identification.together_sentence(two, TRUST) == "Elm: at this school 88. Oak: at this school 15."
    three = [*two, ("Ash", "9."), (TRUST, "187 in all.")]
    assert identification.together_sentence(three, TRUST) == "187 in all. In 3 schools: Elm, Oak and Ash."
    assert identification.together_sentence([(TRUST, "187 in all.")], TRUST) == "187 in all."


def test_the_most_pressing_anywhere_comes_first_and_none_is_lost() -> None:
    grew, none = Ask("The register grew", "29%.", "Why?"), Ask("No provision", "23 pupils.", "Who?")
    together = words_together([("Elm", grew), ("Elm", none), ("Oak", none)], [4, 9, 2])
    assert [(ask.title, ask.said) for ask in together] == [
        ("No provision", "Elm: 23 pupils. Oak: 23 pupils."),
        ("The register grew", "Elm: 29%."),
    ]


def test_a_year_stands_after_what_stands_out_and_a_name_before() -> None:
    assert titled("Support not delivered", "2026") == "Support not delivered, 2026/27"
    assert titled("Leavers not traced", "Special school leaver") == "Special schools: leavers not traced"
    assert titled("Behind similar pupils", "Page Steps") == "Page Steps: behind similar pupils"
    assert titled("Annual reviews overdue", None) == "Annual reviews overdue"


def test_the_better_one_of_each_pair_is_told_once_with_all_it_is_better_than() -> None:
    def pair(first: str, second: str, rate: float) -> dict[str, object]:
        return {"intervention_name": first, "other_intervention_name": second, "better_value_rate": rate}

    rows = [pair("A", "B", 0.95), pair("A", "C", 0.97), pair("B", "D", 0.02)]
    assert cost_effectiveness.likely_pairs_sentence(rows) == (
        "At £100 for one point, likely the better value: A rather than B and C; D rather than B."
    )


def test_the_figure_of_a_difference_is_the_one_its_sentence_tells() -> None:
    row = {"difference_points": -3.8, "lower_points": -7.0, "upper_points": -0.5, "pooling": "POOLED",
           "shrunken_points": -3.0, "shrunken_lower_points": -5.6, "shrunken_upper_points": -0.4,
           "dose_rate": 0.6}  # fmt: skip
    assert told_figure(row, "difference_points") == -3.0
    assert told_figure(row | {"pooling": "ALONE"}, "difference_points") == -3.8
    assert told_figure(row, "dose_rate") == 0.6


def test_a_paper_on_a_screen_leads_to_its_pages_and_leaves_no_room_to_write_in() -> None:
    def item(more: str) -> Exceptional:
        return Exceptional("Late", "3", "3 late.", "Why?", "", more)

    listed = [
        Masthead("Visit", "Elm", (Fact("School", "Primary"), Fact("Date", "…………………"))),
        Exceptions((item(more_words("EHC plans")), item("More in the office."))),
    ]
    head, asks = on_screen(listed, "100001", {"role": "GOVERNOR", "school": "100001"})
    assert isinstance(head, Masthead)
    assert head.facts == (Fact("School", "Primary"),)
    assert isinstance(asks, Exceptions)
    assert [one.more for one in asks.items] == [
        Link("More: EHC plans", "plans?role=GOVERNOR&school=100001"), "More in the office."
    ]  # fmt: skip
    assert on_screen_words(pages_words(["Money", "Leavers"])) == "More: Money; Leavers"
    assert on_screen(listed, "TRUST", {"role": "TRUSTEE"})[1] == listed[1], "no trustees’ page has that name"


def test_a_table_of_few_columns_is_no_wider_than_text() -> None:
    few = TableTwin("Few", headings("Who", "#A", "#B", "#C"), (("x", "1", "2", "3"),))
    assert '<table class="few"' in few.html()
    many = TableTwin("Many", headings("Who", "#A", "#B", "#C", "#D"), (("x", "1", "2", "3", "4"),))
    assert 'class="few"' not in many.html()
    wordy = TableTwin("Wordy", headings("Who", "~Said"), (("x", "y"),))
    assert 'class="cards-when-narrow"' in wordy.html()
