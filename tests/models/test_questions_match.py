"""Questions about the register: each trigger at its threshold, and that a hidden figure raises none."""

from __future__ import annotations

import pytest

from tests.models.test_questions import frame, triggers


@pytest.mark.parametrize(("without", "is_asked"), [(5, True), (4, False), (None, False)])
def test_pupils_without_provision_are_asked_about_from_five(without: int | None, is_asked: bool) -> None:
    school = frame("mart_match__school", no_provision_count=[without])
    assert triggers(mart_match__school=school) == ["NO_PROVISION"] * is_asked


@pytest.mark.parametrize(("age", "is_asked"), [("MOST", True), ("SOME", False), ("NONE", False), (None, False)])
def test_conflicts_are_asked_about_where_most_stay_open(age: str | None, is_asked: bool) -> None:
    school = frame("mart_match__school", no_provision_count=0, conflicts_count=9, conflicts_age=[age])
    assert triggers(mart_match__school=school) == ["OLD_CONFLICTS"] * is_asked


@pytest.mark.parametrize(("share", "is_asked"), [(0.15, True), (0.14, False), (None, False)])
def test_needs_that_are_not_told_are_asked_about_from_fifteen_in_a_hundred(share: float | None, is_asked: bool) -> None:
    needs = frame("mart_needs__support", unclear_rate=[share])
    assert triggers(mart_needs__support=needs) == ["NEED_UNCLEAR"] * is_asked
