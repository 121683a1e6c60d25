"""What was planted in a sample trust beside what was found: one record an intervention, whatever its scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from seeds.trust.truth_of_impact import intervention_rows
from seeds.trust.world import World

RANKED = ("RANKS", "MONTHS")
LOWER_IS_BETTER = ("ATTENDANCE", "INCIDENTS")


@dataclass(frozen=True)
class Planted:
    """One intervention: what is true of it and what was found, both above 0 where pupils did better.

    ``found`` is the middle with its 95% range in ``unit``, and ``None`` without an estimate. Of ``RANKED`` units it is
    the share ahead, where 0.5 is no difference, and ``true_effect`` is only a direction.
    """

    name: str
    unit: str | None
    true_effect: float | None
    found: tuple[float, float, float] | None
    drawn_in: float | None
    row: dict[str, Any]

    @property
    def is_ranked(self) -> bool:
        """Only its direction can be found."""
        return self.unit in RANKED

    @property
    def standard_error(self) -> float | None:
        """Of the estimate, from its range as if it were normal; of small groups too large rather than too small."""
        return None if self.found is None else (self.found[2] - self.found[1]) / 2 / 1.96

    @property
    def is_inside(self) -> bool | None:
        """The true effect lies in the range; ``None`` where there is none, or it is on another scale."""
        if self.found is None or self.true_effect is None or self.is_ranked:
            return None
        return self.found[1] <= self.true_effect <= self.found[2]


def compare_with_truth(truth: pl.DataFrame, estimates: pl.DataFrame) -> list[Planted]:
    """``interventions_truth.csv`` beside MODEL_IMPACT__ESTIMATES, in order of name.

    What a small number of pupils does not allow to be told is not there either.
    """
    both = truth.join(estimates, on="intervention_name", suffix="_found").sort("intervention_name")
    return [_compare_one(row) for row in both.to_dicts()]


def _compare_one(row: dict[str, Any]) -> Planted:
    unit = row["outcome_unit"]
    stem = {"SD": "sd", "RANKS": "", "MONTHS": ""}.get(unit, "points")
    if unit in RANKED:
        names = ("superiority_rate", "superiority_low_rate", "superiority_high_rate")
    else:
        names = ("effect_size_sd" if stem == "sd" else "difference_points", f"lower_{stem}", f"upper_{stem}")
    low, middle, high = row[names[1]], row[names[0]], row[names[2]]
    found = None if low is None or middle is None or high is None else (middle, low, high)
    true = row["true_effect_sd"] if unit == "SD" else row["true_effect"]
    sign = -1 if row["scale"] in LOWER_IS_BETTER else 1
    drawn_in = None if unit in RANKED else row[f"shrunken_{stem}"]
    return Planted(row["intervention_name"], unit, None if true is None else sign * true + 0.0, found, drawn_in, row)


def truth_of(world: World) -> pl.DataFrame:
    """``interventions_truth.csv`` of a world that was never written."""
    rows = [{name: None if value == "" else value for name, value in row.items()} for row in intervention_rows(world)]
    return pl.DataFrame(rows, infer_schema_length=None)
