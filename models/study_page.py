"""The result page of the simulation study: Markdown with tables, and the plots that lie beside it.

Words and layout only: every figure is of ``models/study.py``, the plots are ``models/study_charts.py``. The page is
shown in the app as it stands, so it is plain Markdown without pictures; the plots are named in it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from textwrap import fill

from models.evidence import WEAK_NUMBER
from models.study import EFFECT_POINTS, RETESTS, SELECTED_COUNT, SELECTED_CUT, ImpactStudy
from models.study_charts import CLAIMED_BY_CHANCE, draw_charts
from models.study_estimates import Accuracy
from models.study_fifteen import TRUST_MEAN_POINTS, TRUST_NUMBERS, TRUST_SD_POINTS
from models.study_trusts import (
    BEND_POINTS,
    FEWEST_PER_TREATED,
    MOST_PER_TREATED,
    RETEST,
    SCHOOL_SD_POINTS,
    SCREEN_POINTS,
    TREATED_ERROR,
)

PAGE = "impact_study.md"
FEWEST_TOLD = 20
"""Studies below which a share among them is not told."""
NO_FIGURE = "–"


def write_files(study: ImpactStudy) -> dict[str, str]:
    """The page and its plots: content by file name."""
    return {PAGE: _page(study), **draw_charts(study)}


def _page(study: ImpactStudy) -> str:
    sections = (
        _opening, _without_effect, _with_effect, _ways, _best, _retests, _known_to_teachers, _again,
    )  # fmt: skip
    return "\n\n".join(_wrap(section(study)) for section in sections) + "\n"


def _wrap(section: str) -> str:
    """Paragraphs and points of a section with lines of one length; headings and tables as they are."""
    blocks = []
    for block in re.split(r"\n\n|\n(?=- )", section):
        is_fixed, hang = block.startswith(("#", "|")), "  " if block.startswith("- ") else ""
        told = " ".join(block.split())
        blocks.append(block if is_fixed else fill(told, 120, subsequent_indent=hang, break_on_hyphens=False))
    return "\n\n".join(blocks).replace("\n\n- ", "\n- ").replace(":\n- ", ":\n\n- ")


def _opening(study: ImpactStudy) -> str:
    usual, chance = (_rate(_error(rate, study.repeats)) for rate in (0.95, CLAIMED_BY_CHANCE))
    return f"""# Can the impact figures be trusted? A test with made-up pupils

## The question

If we knew the true effect of an intervention, would our figures find it? In a real trust nobody knows it. So we made
pupils up, with an effect that we chose ourselves, and sent them through the very calculations that run every night.

## How it was done

Each study is one intervention with 6 to 60 pupils, and {FEWEST_PER_TREATED} to {MOST_PER_TREATED} times as many
others to compare with, in 2 to 5 schools. The test has mean 100 and standard deviation 15; two sittings agree to
{RETEST:g}. We made it hard on purpose:

- All pupils scored below {SCREEN_POINTS:g}, and places went to the lower of them, so scores rise by themselves.
- Low pupils rise more than the test's norms say: {BEND_POINTS:g} points more at one standard deviation from the
  middle, and four times that at two.
- Pupils who take part vary {TREATED_ERROR:g} times as much at the end, and schools grow differently (standard
  deviation {SCHOOL_SD_POINTS:g} points).
- Pupils with free school meals, and those who are absent, fall behind.

There were {study.repeats} studies for each row. Simulation leaves an error of its own: a share of 95% is known to
about {usual} either way and one of 2.5% to about {chance} (one standard error). Points are points of the test."""


def _error(rate: float, repeats: int) -> float:
    return math.sqrt(rate * (1 - rate) / repeats)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    rule = f"|---|{'---:|' * (len(headings) - 1)}"
    first, *others = (f"| {' | '.join(cells)} |" for cells in (headings, *rows))
    return "\n".join((first, rule, *others))


def _rate(value: float) -> str:
    return f"{value:.1%}"


def _points(value: float) -> str:
    told = f"{value:+.1f}"
    return "0.0" if told in {"+0.0", "-0.0"} else told.replace("-", "−")


def _size(value: float) -> str:
    return f"{value:.1f}"


def _without_effect(study: ImpactStudy) -> str:
    rows = [
        (
            str(hold.treated_count), _points(harder.raw.bias), _rate(harder.raw.above_zero_rate),
            _rate(hold.ahead_rate), _rate(hold.behind_rate), _rate(harder.ahead_rate), _rate(harder.behind_rate),
        )
        for hold, harder in zip(study.norms_hold, study.without_effect, strict=True)
    ]  # fmt: skip
    headings = (
        "Pupils", "Bare gain, points", "Bare gain called a success", "Ahead, norms hold", "Behind, norms hold",
        "Ahead, harder", "Behind, harder",
    )  # fmt: skip
    return f"""## No effect at all: who is called ahead?

The intervention did nothing. The bare gain, last score before against first score after, rises all the same, and a
paired t-test calls it a success far too often. Ours may say "ahead" in {_rate(CLAIMED_BY_CHANCE)} of studies, and
"behind" in as many, by chance. Below {WEAK_NUMBER} pupils the rule is to say "cannot tell", so neither is ever said.
"Norms hold" leaves out that low pupils rise more than the norms say; "harder" is the full list above.

{_table(headings, rows)}

Plot: `impact_study_claims.svg`."""


def _with_effect(study: ImpactStudy) -> str:
    rows = [
        (
            str(at.treated_count), _points(at.ours.bias), _points(at.raw.bias), _size(at.ours.rmse), _size(at.raw.rmse),
            _rate(at.ours.coverage_rate), _rate(at.raw.coverage_rate), _size(at.ours.half_width), _rate(at.ahead_rate),
        )
        for at in study.with_effect
    ]  # fmt: skip
    headings = (
        "Pupils", "Off by, ours", "Off by, bare gain", "Typical error, ours", "Typical error, bare gain",
        "Range holds the truth, ours", "Range holds the truth, bare gain", "Half of our range", "Called ahead",
    )  # fmt: skip
    return f"""## A true effect of {EFFECT_POINTS:g} points

"Off by" is the average miss (bias); the typical error is the root of the mean squared miss. The range should hold the
truth in 95% of studies. This is the harder world. Where a true effect is not called ahead, the page says "cannot
tell", not that there is none.

{_table(headings, rows)}

Plots: `impact_study_error.svg`, `impact_study_coverage.svg`."""


def _ways(study: ImpactStudy) -> str:
    rows = [
        (
            str(at.treated_count), _rate(at.compared.count / at.repeats), _points_if(at.compared),
            _coverage_if(at.compared), _points_if(at.by_norms), _coverage_if(at.by_norms),
        )
        for at in study.with_effect
    ]  # fmt: skip
    headings = (
        "Pupils", "Similar pupils found", "Off by, compared", "Range holds the truth, compared", "Off by, norms",
        "Range holds the truth, norms",
    )  # fmt: skip
    return f"""## Compared with similar pupils, or with the norms

Where weights cannot make the others similar enough, the test's norms stand in. The comparison stays true when low
pupils rise more than the norms say. The norms cannot: they give part of that rise to the intervention. That is why an
estimate by norms is C at best, and is called ahead only if it would be at every likely agreement of two sittings.

{_table(headings, rows)}

{NO_FIGURE}: fewer than {FEWEST_TOLD} of the studies."""


def _points_if(accuracy: Accuracy) -> str:
    return _points(accuracy.bias) if accuracy.count >= FEWEST_TOLD else NO_FIGURE


def _coverage_if(accuracy: Accuracy) -> str:
    return _rate(accuracy.coverage_rate) if accuracy.count >= FEWEST_TOLD else NO_FIGURE


def _best(study: ImpactStudy) -> str:
    kinds = (("True effects differ", study.trusts), ("No intervention does anything", study.null_trusts))
    headings = ("", "True effects differ", "No intervention does anything")
    rows = [(name, *(told(one) for _, one in kinds)) for name, told in _BEST_ROWS]
    return f"""## The best of fifteen

A trust has {len(TRUST_NUMBERS)} interventions of {min(TRUST_NUMBERS)} to {max(TRUST_NUMBERS)} pupils. True effects
are {TRUST_MEAN_POINTS:g} points on average with a standard deviation of {TRUST_SD_POINTS:g}; or all are nothing. Those
of {WEAK_NUMBER} pupils or more that were compared with similar pupils are pooled, and each estimate is drawn towards
their mean. The one that looks best looks too good; drawn in, it does so far less. We call an intervention ahead only
if its own range and its drawn-in range both say so. There were {study.trusts.trusts} trusts of each kind.

{_table(headings, rows)}

Where true effects differ, the drawn-in range can be narrower than it should be: how far they differ is itself only
estimated from about a dozen figures, and often estimated as not at all. So drawing in takes claims away and is never
the reason for one.

Plot: `impact_study_best.svg`."""


_BEST_ROWS = (
    ("The best looks like, points", lambda one: _points(one.best_apparent)),
    ("Drawn in, points", lambda one: _points(one.best_drawn_in)),
    ("Its true effect, points", lambda one: _points(one.best_true)),
    ("Typical error of all, own estimate", lambda one: _size(one.error)),
    ("Typical error of all, drawn in", lambda one: _size(one.drawn_in_error)),
    ("Own range holds the truth, all", lambda one: _rate(one.covered_rate)),
    ("Drawn-in range holds the truth, all", lambda one: _rate(one.drawn_in_covered_rate)),
    ("Own range holds the truth, best", lambda one: _rate(one.best_covered_rate)),
    ("Drawn-in range holds the truth, best", lambda one: _rate(one.best_drawn_in_covered_rate)),
    ("Interventions called ahead, own range alone", lambda one: _rate(one.ahead_rate)),
    ("Interventions called ahead, as we do", lambda one: _rate(one.careful_ahead_rate)),
    ("Trusts with any called ahead, own range alone", lambda one: _rate(one.any_ahead_rate)),
    ("Trusts with any called ahead, as we do", lambda one: _rate(one.any_careful_ahead_rate)),
)


def _retests(study: ImpactStudy) -> str:
    rows = [
        (
            f"{at.retest:g}", _points(at.accuracy.bias), _rate(at.accuracy.coverage_rate),
            _rate(at.accuracy.above_zero_rate),
        )
        for at in study.retests
    ]  # fmt: skip
    headings = ("Assumed agreement", "Off by, points", "Range holds the truth", "Range above zero")
    return f"""## How much the norms hang on the test's reliability

{SELECTED_COUNT} pupils scored below {SELECTED_CUT:g} and got nothing. Two sittings truly agree to {RETEST:g}; we
assume {_listed(RETESTS)}. Assuming too much agreement takes off too little.

{_table(headings, rows)}"""


def _listed(values: Sequence[float]) -> str:
    told = [f"{value:g}" for value in values]
    return f"{', '.join(told[:-1])} or {told[-1]}"


def _known_to_teachers(study: ImpactStudy) -> str:
    at = study.known_to_teachers
    return f"""## What no calculation repairs

Suppose teachers choose by what they know of a pupil and no score shows. With {at.treated_count} pupils and no effect,
our estimate is then off by {_points(at.ours.bias)} points, and its range holds the truth in
{_rate(at.ours.coverage_rate)} of studies: the pupils look like the others on paper, and are not. "Similar" means
similar in what is recorded."""


def _again(study: ImpactStudy) -> str:
    return f"""## How to make this page again

`orchard study impact --out FOLDER --repeats {study.repeats} --seed {study.seed}` writes this page and its plots. The
same seed gives the same figures. Computed in `models/study.py`; the pupils are made in `models/study_trusts.py`."""
