"""Made-up pupils for the simulation study: chosen for a low score, in schools that differ, with a known true effect.

Holds the world that is simulated and nothing that is measured in it; measuring is ``models/study.py``. Every draw comes
from the generator that is given. The world is made harder than the methods assume: exit scores bend with ability, those
who take part vary more, schools grow differently, and pupils are picked for the very score that stands before.
"""

from __future__ import annotations

import math

import numpy as np
import polars as pl

from models.estimation import NORM_MEAN, NORM_SD
from models.outcomes import Cohort
from models.scores import Floats

RETEST = 0.8
"""True correlation of two sittings of the test."""
ABILITY_SD, ERROR_SD = NORM_SD * math.sqrt(RETEST), NORM_SD * math.sqrt(1 - RETEST)
BEND_POINTS = 1.5
"""Points that a pupil a standard deviation from the middle, either way, gains beyond one in the middle."""
SCHOOL_SD_POINTS = 2.0
"""Spread of growth between schools."""
TREATED_ERROR = 1.4
"""How much more those who took part vary at the end."""
SCREEN_POINTS = 92.0
"""Only pupils whose latest score is below this are thought of: they are in the study, on either side."""
PICKING_SD_POINTS = 16.0
"""Places go to the lowest of them, but not by score alone: how far from it. 0 would leave nobody comparable."""
FEWEST_PER_TREATED, MOST_PER_TREATED = 4, 6


def draw_pupils(
    draw: np.random.Generator,
    treated_count: int,
    effect_points: float,
    *,
    bend_points: float = BEND_POINTS,
    is_known_to_teachers: bool = False,
) -> Cohort:
    """Pupils of one intervention and 4 to 6 times as many others, all with both scores, as ``compare`` reads them.

    Scores are whole numbers on a test with mean 100 and SD 15. Those who took part end ``effect_points`` higher than
    they would have. Places go to low scores; with ``is_known_to_teachers`` to low ability, of which scores tell a part.
    Without ``bend_points`` the test's norms hold for low scores too.
    """
    size = treated_count + int(draw.integers(FEWEST_PER_TREATED * treated_count, MOST_PER_TREATED * treated_count + 1))
    ability, earlier, latest = _screened(draw, size)
    school = np.arange(size) % _schools_for(treated_count)  # the pupils are in no order, so this is by lot
    is_fsm = draw.random(size) < _share(-0.6 - (ability - NORM_MEAN) / 20)
    has_plan = draw.random(size) < _share(-2.2 - (ability - NORM_MEAN) / 12)
    absence = draw.beta(1.5, 18, size)
    has_two = draw.random(size) < 0.7
    treated, seen = np.zeros(size, dtype=np.bool_), ability if is_known_to_teachers else latest
    treated[np.argsort(seen + draw.normal(0, PICKING_SD_POINTS, size), kind="stable")[:treated_count]] = True
    bend = bend_points * (np.square((ability - NORM_MEAN) / NORM_SD) - RETEST)  # 0 over all pupils
    grown = ability + bend - 1.5 * (is_fsm - 0.4) - 12 * (absence - 0.08)
    grown += draw.normal(0, SCHOOL_SD_POINTS, size)[school]
    error = draw.normal(0, ERROR_SD, size) * np.where(treated, TREATED_ERROR, 1)
    leaving = np.round(grown + error + effect_points * treated)
    pupils = pl.DataFrame(
        {
            "pupil_key": [f"pupil {at:05}" for at in range(size)],
            "is_treated": treated,
            "school_urn": [f"{at:06}" for at in school],
            "academic_year": ["2025/26"] * size,
            "entry_score": latest,
            "baseline_score": np.where(has_two, (earlier + latest) / 2, latest),
            "baseline_scores_count": np.where(has_two, 2, 1),
            "exit_score": leaving,
            "is_exit_due": [True] * size,
            "age_months": np.round(draw.normal(110, 10, size)).astype(np.int64),
            "is_fsm": is_fsm,
            "has_ehc_plan": has_plan,
            "absence_rate": absence,
        }
    )
    ours, theirs = pupils.filter("is_treated"), pupils.filter(~pl.col("is_treated"))
    return Cohort("Reading test", None, "Reading", "STANDARDISED", ours, theirs, ours, theirs)


def draw_selected(draw: np.random.Generator, count: int, cut: float) -> tuple[Floats, Floats]:
    """Entry and exit scores of pupils chosen because one score was below ``cut``; nothing happened in between."""
    ability, _, entry = _screened(draw, count, cut)
    return entry, np.round(ability + draw.normal(0, ERROR_SD, count))


def _screened(draw: np.random.Generator, size: int, cut: float = SCREEN_POINTS) -> tuple[Floats, Floats, Floats]:
    """Ability, earlier and latest score of the first ``size`` pupils of many whose latest score is below ``cut``."""
    found = np.empty((3, 0))
    while found.shape[1] < size:
        ability = draw.normal(NORM_MEAN, ABILITY_SD, 4 * size)
        scores = np.round(ability + draw.normal(0, ERROR_SD, (2, ability.size)))
        found = np.concatenate([found, np.vstack([ability, scores])[:, scores[1] < cut]], axis=1)
    return found[0, :size], found[1, :size], found[2, :size]


def _schools_for(treated_count: int) -> int:
    return max(2, min(5, treated_count // 6))


def _share(log_odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-log_odds)))
