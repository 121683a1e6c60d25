"""The truth about moderation: planted drift beside what the ratings show, agreement, and answers. Plain rules only."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from statistics import mean

from seeds.trust.moderation import DRIFT, QUESTIONS, Rating, Round, version_of
from seeds.trust.world import World

Record = dict[str, object]


def drift_truth_rows(world: World) -> Iterator[Record]:
    """One record per round and school of raters: drift planted, and the mean difference from the other schools."""
    for one in world.rounds:
        for school in world.schools:
            apart = [found for case in _cases(one) if (found := _apart(case, school.urn)) is not None]
            if apart:
                yield {
                    "round_name": one.name, "school_urn": school.urn, "planted_bands": DRIFT[school.index % len(DRIFT)],
                    "rated_count": len(apart), "drift_bands": round(mean(apart), 6),
                }  # fmt: skip


def _cases(one: Round) -> list[list[Rating]]:
    counted = [rating for rating in one.ratings if not rating.is_own]
    return [[r for r in counted if r.case == number] for number in sorted({r.case for r in counted})]


def _apart(case: list[Rating], urn: str) -> float | None:
    """A school's mean less the mean of the other schools' means; nothing where either did not rate."""
    schools = sorted({rating.school.urn for rating in case})
    means = {one: mean(rating.band for rating in case if rating.school.urn == one) for one in schools}
    others = [value for one, value in means.items() if one != urn]
    return means[urn] - mean(others) if urn in means and others else None


def agreement_truth_rows(world: World) -> Iterator[Record]:
    """One record per round: pupils rated twice, shares of pairs alike and within one band, cases two bands apart."""
    for one in world.rounds:
        bands = [[rating.band for rating in case] for case in _cases(one)]
        pairs = [list(combinations(case, 2)) for case in bands if len(case) > 1]
        yield {
            "round_name": one.name,
            "round_date": one.day,
            "matrix_version": one.version,
            "rated_count": len(pairs),
            "exact_rate": round(mean(mean(a == b for a, b in case) for case in pairs), 6),
            "adjacent_rate": round(mean(mean(abs(a - b) <= 1 for a, b in case) for case in pairs), 6),
            "discussed_count": sum(max(case) - min(case) >= 2 for case in bands),
        }


def practice_truth_rows(world: World) -> Iterator[Record]:
    """One record per school and question: the answer that counts, and whether it meets the trust's policy."""
    for school in world.schools:
        for code, _, _, policy in QUESTIONS:
            given = [
                a for a in world.answers
                if (a.school.urn, a.code, a.version) == (school.urn, code, version_of(code))
            ]  # fmt: skip
            words = max(given, key=lambda answer: answer.day).words if given else None
            stands = "NOT_ANSWERED" if words is None else "MEETS" if words == policy else "GAP"
            yield {
                "school_urn": school.urn, "question_code": code, "practice_answer": words,
                "policy_standing": stands if policy else "NO_POLICY",
            }  # fmt: skip
