"""Whose file it is to mend: by the kind of file, in whole words."""

import pytest

from dashboards.wording import mending as words


@pytest.mark.parametrize(
    ("label", "owner"),
    [
        ("EHC plan tracker: milestones", words.OWN), ("SEND register", words.OWN), ("Referrals to agencies", words.OWN),
        ("Attendance", words.OFFICE), ("School Census SEN needs", words.OFFICE), ("Moves off the roll", words.OFFICE),
        ("Insight assessments", words.ASSESSMENT), ("Small steps", words.ASSESSMENT),
        ("Insight provision map", words.OWN), (None, words.OWN),
    ],
)  # fmt: skip
def test_each_file_is_of_whoever_keeps_it(label: str | None, owner: str) -> None:
    assert words.owner_of(label) == owner


def test_the_title_says_whose_and_how_much() -> None:
    assert words.title_words(words.OWN, 1) == "Your own files: 1 thing to mend"
    assert words.title_words(words.OFFICE, 1204) == "For the school office: 1,204 things to mend"
