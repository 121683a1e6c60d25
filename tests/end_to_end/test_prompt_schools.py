"""Some schools of the sample answer a first concern at once: the night tells which, and asks the others."""

from __future__ import annotations

import polars as pl
import pytest

from tests.end_to_end.conftest import Trust

TWELVE_WEEKS = 84


@pytest.fixture(scope="module")
def schools(trust: Trust) -> pl.DataFrame:
    waits = trust.work(
        f"""
        select c.school_urn, avg(cast(c.waited_days > {TWELVE_WEEKS} as double)) as slow_share, count(*) as told
        from model_interventions__concerns c cross join core_run r
        where c.concern_date < r.data_date - interval {TWELVE_WEEKS} day group by c.school_urn
        """
    )
    low = trust.work(
        "select school_urn, avg(cast(not is_supported as double)) as unserved_share "
        "from model_interventions__low_scores group by school_urn"
    )
    truth = trust.truth("prompt_truth").with_columns(pl.col("school_urn").cast(pl.String))
    return truth.join(waits, on="school_urn").join(low, on="school_urn")


def test_prompt_schools_are_found_prompt_and_the_others_slow(schools: pl.DataFrame) -> None:
    prompt, others = schools.filter("is_prompt"), schools.filter(~pl.col("is_prompt"))
    assert (prompt.height, others.height) == (2, 2)
    assert schools["told"].min() >= 10  # type: ignore[operator]
    assert prompt["slow_share"].max() < 0.5 < others["slow_share"].min()  # type: ignore[operator]
    assert prompt["unserved_share"].max() < others["unserved_share"].min()  # type: ignore[operator]


def test_only_the_others_are_asked_why_support_comes_late_or_not_at_all(trust: Trust, schools: pl.DataFrame) -> None:
    asked = trust.work("select school_urn from mart_questions__school where trigger in ('SLOW_START', 'UNSERVED')")
    prompt = set(schools.filter("is_prompt")["school_urn"])
    assert prompt.isdisjoint(asked["school_urn"])
    assert set(asked["school_urn"]) & set(schools.filter(~pl.col("is_prompt"))["school_urn"])


def test_an_end_test_that_is_still_open_waits_in_the_list_of_the_school(trust: Trust) -> None:
    truth = trust.truth("interventions_truth").filter(intervention_name="Sentence Sprint")
    due = trust.work("select pupil_key, exit_standing from mart_interventions__exit where exit_standing = 'DUE'")
    assert due.height == truth["started_count"].item() == 10
