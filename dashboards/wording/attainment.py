"""Year 6 in words: never only a gap, each group beside its own in England, and the difference of the two measures."""

from __future__ import annotations

from dashboards.figures import Row, is_hidden, known
from dashboards.wording.numbers import counted, percent, year_name
from dashboards.wording.papers import published_tenth

ABOUT = (
    "Here: teachers’ last judgement in year 6, at the expected standard or above in reading, writing and mathematics. "
    "England: two tests and one judgement, so the two are read beside each other and not subtracted. Schools that "
    "record points only have nobody here."
)
FEW = 10


def years_lead(row: Row) -> str:
    """Which years stand together."""
    first, last = row["first_year"], row["last_year"]
    years = year_name(first) if first == last else f"{year_name(first)} to {year_name(last)} together"
    return f"{years}: one year has too few pupils to say anything of it."


def newest(benchmarks: list[Row], sen_group: str) -> Row | None:
    """England's newest figure of the group."""
    mine = [row for row in benchmarks if row["sen_group"] == sen_group and row["area"] == "England"]
    return mine[-1] if mine else None


def newest_of_each(benchmarks: list[Row]) -> list[Row]:
    """The newest figure of each group and area; they come oldest first."""
    return list({(row["sen_group"], row["area"]): row for row in benchmarks}.values())


def attainment_sentence(row: Row, england: Row | None) -> str:
    """How many reached the expected standard in all three; words for a small group."""
    group = row["sen_group"]
    beside = f" In England {published_tenth(england['value'])} did in {england['period']}." if england else ""
    if not known(row, "cohort_count") or row["cohort_count"] < FEW:
        return (
            f"{group}: fewer than ten pupils over these years, so no share is told; ask what each of them can do now."
        )
    pupils = counted(row["cohort_count"], "pupil")
    if is_hidden(row, "expected_count"):
        return f"{group}: of {pupils}, how many reached it is not shown: a number is small.{beside}"
    share = f" ({percent(row['reached_expected_rate'])})" if known(row, "reached_expected_rate") else ""
    return f"{group}: {row['expected_count']:,} of {pupils}{share} reached the expected standard in all three.{beside}"


def progress_sentence(row: Row) -> str:
    """From the own starting point: at least where they stood two years before."""
    group = row["sen_group"]
    if not known(row, "compared_count") or row["compared_count"] < FEW:
        return ""
    pupils = counted(row["compared_count"], "pupil")
    if not known(row, "kept_pace_count"):
        return f"{group}: of {pupils} who can be compared, how many kept pace is not shown: a number is small."
    return (
        f"{group}: {row['kept_pace_count']:,} of {pupils} who can be compared stood in year 6 at least where they "
        "stood two years before, in each subject."
    )
