"""What to ask about the statutory clock: reviews that are ours, the authority's decisions, open requests, transfers."""

from __future__ import annotations

import polars as pl

from models.asking import Found, Trigger, exceptions

KEPT_BELOW = 0.90
"""Share in time below which the school's own steps, and what reviews cover, are worth a question."""
DECIDED_BELOW = 0.70
"""The authority's decisions: England decided 44% within four weeks in 2024, so fewer authorities keep to it."""
QUIET_MONTHS = (9, 10)
"""The autumn reviews for a change of school are only under way: before November nothing is asked of those to come."""
_MART = "mart_ehc_clock__school"

FIRST = (
    Trigger("REVIEWS_OVERDUE", "EHC_PLANS", _MART, "overdue_reviews_count",
            "Annual reviews are overdue: not held by their day, or not in the tracker; the most first."),
    Trigger("TRANSFERS_UNREVIEWED", "EHC_PLANS", _MART, "transfers_unreviewed_count",
            "From November on pupils who must change school have not been reviewed for it."),
)  # fmt: skip
"""What is overdue or must be there by a day that is near."""
LATER = (
    Trigger("REVIEWS_LATE", "EHC_PLANS", _MART, "reviews_in_time_rate",
            "Of ten or more annual reviews of the last 12 months fewer than 90% were held by their day."),
    Trigger("REPORTS_LATE", "EHC_PLANS", _MART, "reports_in_time_rate",
            "Of ten or more reports of reviews fewer than 90% were sent to the authority within two weeks."),
    Trigger("OPEN_PAST_20_WEEKS", "EHC_PLANS", _MART, "open_late_count",
            "Requests are open past 20 weeks; the authority's step."),
    Trigger("DECISIONS_LATE", "EHC_PLANS", _MART, "decisions_in_time_rate",
            "Of ten or more decisions after a review the authority made fewer than 70% within four weeks."),
    Trigger("ADULTHOOD_MISSING", "EHC_PLANS", _MART, "adulthood_covered_rate",
            "Of ten or more reviews in year 9 and above fewer than 90% say that they covered adulthood."),
)  # fmt: skip
"""What was late in the year behind."""


def ask_of_ehc_clock(mart_ehc_clock__school: pl.DataFrame) -> Found:
    """The exceptions of each school and of the trust; a hidden figure raises none."""
    count, rows = pl.col, mart_ehc_clock__school
    is_season = ~pl.col("data_date").dt.month().is_in(QUIET_MONTHS)

    def more(column: str, when: pl.Expr = pl.lit(True)) -> pl.DataFrame:  # noqa: B008
        return exceptions(rows, (count(column) > 0) & when, None, count(column))

    def fewer(column: str, below: float) -> pl.DataFrame:
        return exceptions(rows, pl.col(column) < below, None, -pl.col(column))

    return {
        "REVIEWS_OVERDUE": more("overdue_reviews_count"),
        "REVIEWS_LATE": fewer("reviews_in_time_rate", KEPT_BELOW),
        "REPORTS_LATE": fewer("reports_in_time_rate", KEPT_BELOW),
        "TRANSFERS_UNREVIEWED": more("transfers_unreviewed_count", is_season),
        "OPEN_PAST_20_WEEKS": more("open_late_count"),
        "DECISIONS_LATE": fewer("decisions_in_time_rate", DECIDED_BELOW),
        "ADULTHOOD_MISSING": fewer("adulthood_covered_rate", KEPT_BELOW),
    }
