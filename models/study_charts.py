"""The plots of the simulation study: which figures stand in which, and each in words for those who do not see it.

How a plot is drawn is ``models/study_plots.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from models.study import ImpactStudy
from models.study_plots import Axis, Series, draw_dots, draw_lines

CLAIMED_BY_CHANCE = 0.025
"""Share of studies without an effect whose 95% range lies above zero, by chance."""


def draw_charts(study: ImpactStudy) -> dict[str, str]:
    """SVG text by file name."""
    numbers = [str(at.treated_count) for at in study.with_effect]
    effect, harder = study.with_effect, study.without_effect
    claims = (
        Series("Bare gain, paired t-test", tuple(at.raw.above_zero_rate for at in harder)),
        Series("Ours, harder", tuple(at.ahead_rate for at in harder)),
        Series("Ours, norms hold", tuple(at.ahead_rate for at in study.norms_hold)),
    )
    coverage = (
        Series("Ours", tuple(at.ours.coverage_rate for at in effect)),
        Series("Bare gain", tuple(at.raw.coverage_rate for at in effect)),
    )
    errors = (
        Series("Ours, average miss", tuple(at.ours.bias for at in effect)),
        Series("Bare gain, average miss", tuple(at.raw.bias for at in effect)),
        Series("Ours, typical error", tuple(at.ours.rmse for at in effect)),
    )
    return {
        "impact_study_claims.svg": draw_lines(
            "No effect: how often it is called a success", _in_words(numbers, claims, _percent), numbers,
            Axis("Share of studies, by number of pupils; line at 2.5%", 0, 1, True, CLAIMED_BY_CHANCE), claims,
        ),
        "impact_study_coverage.svg": draw_lines(
            "How often the range holds the truth", _in_words(numbers, coverage, _percent), numbers,
            Axis("Share of studies, by number of pupils; line at 95%", 0, 1, True, 0.95), coverage,
        ),
        "impact_study_error.svg": draw_lines(
            "How far estimates miss a true effect", _in_words(numbers, errors, _points), numbers,
            Axis("Points, by number of pupils", -4, 12, mark=0), errors,
        ),
        "impact_study_best.svg": _plot_best(study),
    }  # fmt: skip


def _plot_best(study: ImpactStudy) -> str:
    places, kinds = ("True effects differ", "No intervention does anything"), (study.trusts, study.null_trusts)
    series = (
        Series("Looks like", tuple(one.best_apparent for one in kinds)),
        Series("Drawn in", tuple(one.best_drawn_in for one in kinds)),
        Series("True effect", tuple(one.best_true for one in kinds)),
    )
    axis = Axis("Points of the best of fifteen", 0, 8, mark=0)
    return draw_dots("The best of fifteen interventions", _in_words(places, series, _points), places, axis, series)


def _in_words(places: Sequence[str], series: Sequence[Series], say: Callable[[float], str]) -> str:
    """The plot in words, for those who do not see it."""
    return " ".join(
        f"{one.name}: {', '.join(f'{place}: {say(v)}' for place, v in zip(places, one.values, strict=True))}."
        for one in series
    )


def _percent(value: float) -> str:
    return f"{value:.1%}"


def _points(value: float) -> str:
    return f"{value:.1f}"
