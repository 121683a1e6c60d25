"""Sentences on how interventions are run: tests before and after, how soon support comes, who has none."""

from __future__ import annotations

from dashboards.figures import Row, known
from dashboards.wording.numbers import counted, percent, rounded, year_name


def tested_sentence(row: Row) -> str:
    """Of those due, how many were tested before and after, from a row of the protocol; nothing where it is hidden."""
    if not known(row, "both_starts_count", "exit_due_starts_count", "both_rate"):
        return ""
    both, due = row["both_starts_count"], row["exit_due_starts_count"]
    said = f"In {year_name(row['academic_year'])}, {both:,} of {counted(due, 'start')} whose end test was due have "
    return f"{said}a score before and after ({percent(row['both_rate'])}): of the others nobody can say what it did."


def unserved_sentence(row: Row) -> str:
    """How many pupils with a low score are in no running intervention; nothing where it is hidden."""
    if not known(row, "unserved_count", "low_score_count"):
        return ""
    pupils = counted(row["low_score_count"], "pupil")
    return (
        f"Of {pupils} on roll with a low latest test score, {row['unserved_count']:,} are in no running intervention."
    )


def wait_sentence(row: Row) -> str:
    """How long pupils waited from the first concern to support; nothing where it is hidden."""
    if not known(row, "slow_count", "told_count"):
        return ""
    pupils = counted(row["told_count"], "pupil")
    said = f"Of {pupils} with a first concern more than twelve weeks ago, {row['slow_count']:,} had no intervention "
    mean = f" Those who began waited {rounded(row['mean_wait_days'])} days on average." if known(
        row, "mean_wait_days") else ""  # fmt: skip
    return f"{said}within twelve weeks.{mean}"
