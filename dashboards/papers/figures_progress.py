"""Progress from the own starting point, and steps below the expected standard (figures 9 and 10)."""

from __future__ import annotations

from collections.abc import Callable

from dashboards.figures import known, shown
from dashboards.markup import MISSING
from dashboards.papers.figures import Figure, Line, Reading
from dashboards.queries import progress
from dashboards.views.visits import Visit
from dashboards.wording.numbers import percent, whole
from dashboards.wording.papers import published_tenth
from expectations.vocabulary import TRUST

_LADDER, _FROM_LADDER = "mart_progress__school", "Assessments"
_SUBJECTS = {"reading": "Reading", "writing": "Writing", "maths": "Mathematics"}
_GROUP = "SEN support"


def _year_6(count: str, rate: str, base: str) -> Callable[[Visit, str], Reading]:
    """Year 6 on SEN support of three years together; nothing of a school that has no year 6."""

    def read(visit: Visit, owner: str) -> Reading:
        rows = {row["school_urn"]: row for row in visit.read(progress.year_6()) if row["sen_group"] == _GROUP}
        mine, trust = rows.get(owner, {}), rows.get(TRUST, {})
        if not mine or (known(mine, base) and not mine[base]):
            return Reading()
        return Reading(shown(mine, count, whole), shown(mine, rate, percent),
                       trust=shown(trust, rate, percent) if owner != TRUST else MISSING)  # fmt: skip

    return read


def reached(visit: Visit, owner: str) -> Reading:
    """Year 6 at the expected standard in reading, writing and mathematics, beside England."""
    told = _year_6("expected_count", "reached_expected_rate", "cohort_count")(visit, owner)
    published = [row for row in visit.read(progress.benchmarks())
                 if row["sen_group"] == _GROUP and row["area"] == "England"]  # fmt: skip
    if not told.is_told or not published:
        return told
    newest = max(published, key=lambda row: str(row["period"]))
    return Reading(told.number, told.share, told.last_year, told.trust,
                   f"{published_tenth(newest['value'])} ({newest['period']})")  # fmt: skip


kept_pace = _year_6("kept_pace_count", "kept_pace_rate", "compared_count")
_MOVED = tuple(
    Line(
        f"up_{stem}",
        f"{subject}: up a step in a year",
        _FROM_LADDER,
        _LADDER,
        "moved_up_count",
        "moved_up_rate",
        f"{subject}: moved up a step in a year",
        where={"subject": subject},
        worth=0.1,
    )
    for stem, subject in _SUBJECTS.items()
)
_BELOW = tuple(
    Line(
        f"below_{stem}",
        f"{subject}: below their age",
        _FROM_LADDER,
        _LADDER,
        "below_age_count",
        where={"subject": subject},
        alone=f"Below their age in {subject.lower()}",
        worth=10,
    )
    for stem, subject in _SUBJECTS.items()
)
PROGRESS = Figure(
    9,
    "Progress from own start",
    (
        *_MOVED,
        Line("year_6", "Year 6, SEN support: as expected", _FROM_LADDER, of=reached, optional=True),
        Line("kept_pace", "Year 6, SEN support: kept pace", _FROM_LADDER, of=kept_pace, optional=True),
    ),
)
STEPS = Figure(
    10,
    "Below the standard",
    (
        *_BELOW,
        Line(
            "off_ladder",
            "Reading: no step on record",
            _FROM_LADDER,
            _LADDER,
            "off_ladder_count",
            "off_ladder_rate",
            "Pupils with SEN and no step in reading on record",
            where={"subject": "Reading"},
            worth=0.1,
        ),
        Line(
            "engagement",
            "On an engagement profile",
            _FROM_LADDER,
            "mart_progress__engagement",
            "profile_count",
            alone="Pupils on an engagement profile",
            where={"engagement_area": "EXPLORATION"},
            optional=True,
            worth=5,
        ),
    ),
)
