"""Published trials: our estimators give the published figures. Nothing is fetched.

From the small summaries in ``tests/support/trial_summaries.py`` always; from the full files where the shared data lie
beside the repository, and skipped with a sentence where they do not. What the source of a figure is stands beside it;
"memory" marks one that was not read in a text at hand but that the data reproduce to every digit.
"""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from models.adjustment import Method, adjusted_difference
from models.balancing import balance_or_baseline
from models.jackknife import delete_schools
from models.pooling import pool_effects, shrink_effects
from models.scores import Reason, hedges_g
from tests.support import plain_pooling
from tests.support.trial_summaries import BAUMANN_POST_TEST_3, STAR_ARMS, STAR_SCHOOLS, pupils_of

TRIALS = Path("shared") / "data" / "trials"

# Stock and Watson, Introduction to Econometrics, table 13.1: the README of the shared data
STAR_SMALL, STAR_SMALL_ERROR, STAR_REGULAR, STAR_NUMBER = 13.90, 2.45, 918.04, 5786
# The same, table 13.3: in standard deviations of the test, small class 0.19 (0.03); SD 73.75: memory
STAR_SMALL_SD, STAR_TEST_SD = 0.19, 73.75
# The same, table 13.2, with the teacher's experience and school effects, three arms: 15.93 (2.24): memory
STAR_WITHIN_SCHOOLS, STAR_WITHIN_SCHOOLS_ERROR = 15.93, 2.24
# Finn and Achilles as cited in Ehrenberg and others 2001: "a fifth of a standard deviation"
A_FIFTH = 0.20
# Baumann, Seifert-Kessell and Jones 1992; Moore and McCabe: the README of the shared data
BAUMANN_MEANS, BAUMANN_F = {"Basal": 41.05, "DRTA": 46.73, "Strat": 44.27}, 4.48
# Bangert-Drowns, Hurley and Wilkinson 2004 in metafor's documentation: REML; the README of the shared data
WRITING_MEAN, WRITING_ERROR, WRITING_TAU_SQUARED, WRITING_Q = 0.222, 0.046, 0.050, 107.11


@pytest.fixture(name="trials")
def _trials(repository: Path) -> Path:
    folder = repository.parent / TRIALS
    if not folder.is_dir():
        pytest.skip(f"The shared trials are not beside the repository (../{TRIALS.as_posix()}): not compared in full.")
    return folder


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def star_schools() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scores, whether in a small class, and school, with the sums of every school."""
    scores, treated, schools = [], [], []
    for at, (n1, s1, q1, n0, s0, q0) in enumerate(STAR_SCHOOLS):
        for is_small, cell in ((True, (n1, s1, q1)), (False, (n0, s0, q0))):
            found = pupils_of(cell)
            scores += found
            treated += [is_small] * len(found)
            schools += [at] * len(found)
    return np.array(scores), np.array(treated), np.array(schools)


class TestSummaries:
    def test_a_cell_gives_back_its_three_figures(self):
        for cell in [*STAR_ARMS["reading"].values(), (3, 30, 308), (1, 7, 49), (0, 0, 0)]:
            scores = pupils_of(cell)
            assert (len(scores), sum(scores)) == (cell[0], pytest.approx(cell[1]))
            assert sum(score * score for score in scores) == pytest.approx(cell[2], rel=1e-12)

    def test_schools_add_up_to_arms(self):
        totals = [sum(column) for column in zip(*STAR_SCHOOLS, strict=True)]
        assert tuple(totals[:3]) == STAR_ARMS["reading and mathematics"]["small"]
        assert tuple(totals[3:]) == STAR_ARMS["reading and mathematics"]["regular"]


class TestStar:
    def test_difference_of_small_classes_as_published(self):
        arms = {name: np.array(pupils_of(cell)) for name, cell in STAR_ARMS["reading and mathematics"].items()}
        small, regular = arms["small"], arms["regular"]
        assert sum(arm.size for arm in arms.values()) == STAR_NUMBER
        assert regular.mean() == pytest.approx(STAR_REGULAR, abs=0.005)
        assert small.mean() - regular.mean() == pytest.approx(STAR_SMALL, abs=0.005)
        error = math.sqrt(small.var() / small.size + regular.var() / regular.size)
        assert error == pytest.approx(STAR_SMALL_ERROR, abs=0.006)

    @pytest.mark.parametrize(
        ("test", "g"), [("reading and mathematics", 0.186), ("reading", 0.184), ("mathematics", 0.159)]
    )
    def test_hedges_g_is_near_a_fifth(self, test, g):
        arms = STAR_ARMS[test]
        result = hedges_g(pupils_of(arms["small"]), pupils_of(arms["regular"]))
        assert result.g == pytest.approx(g, abs=0.0005)
        assert result.lower < A_FIFTH < result.upper
        if test == "reading and mathematics":
            assert round(result.g, 2) == STAR_SMALL_SD

    def test_within_schools_as_published(self):
        # Ours compares two arms without the teacher's experience: a tenth of a point from the published three-arm model
        scores, treated, schools = star_schools()
        result = adjusted_difference(scores, treated, np.empty((scores.size, 0)), schools)
        assert (result.method, result.school_count) == (Method.WITHIN_SCHOOLS, 78)
        assert result.points == pytest.approx(STAR_WITHIN_SCHOOLS, abs=0.15)
        assert result.standard_error == pytest.approx(STAR_WITHIN_SCHOOLS_ERROR, abs=0.05)
        assert result.effect_size == pytest.approx(0.2145, abs=0.0005)

    def test_leaving_schools_out_tells_that_classes_were_treated_not_pupils(self):
        scores, treated, schools = star_schools()
        table = np.empty((scores.size, 0))
        within, without = (f(scores, treated, table, schools) for f in (adjusted_difference, delete_schools))
        assert without.standard_error == pytest.approx(4.368, abs=0.001)
        assert without.standard_error > 1.8 * within.standard_error
        assert without.lower > 0  # and even so the effect is clear of zero

    def test_schools_pooled_agree_with_schools_as_effects(self):
        effects, variances = [], []
        for n1, s1, q1, n0, s0, q0 in STAR_SCHOOLS:
            if min(n1, n0) > 1:
                small, regular = (np.array(pupils_of(cell)) for cell in ((n1, s1, q1), (n0, s0, q0)))
                effects.append(small.mean() - regular.mean())
                variances.append(small.var(ddof=1) / n1 + regular.var(ddof=1) / n0)
        result = pool_effects(effects, variances)
        assert (result.reason_code, result.count) == (Reason.OK, 78)
        assert result.lower < STAR_WITHIN_SCHOOLS < result.upper
        assert result.tau > 20  # schools differ by far more than chance
        shrunken = shrink_effects(effects, variances, result)
        assert max(one.effect for one in shrunken) < max(effects)

    def test_full_file(self, trials):
        rows = [r for r in read(trials / "star_kindergarten.csv") if r["score_k"] and r["experiencek"]]
        scores = np.array([float(r["score_k"]) for r in rows])
        schools = np.array([r["schoolidk"] for r in rows])
        arms = np.array([r["stark"] for r in rows])
        experience = np.array([float(r["experiencek"]) for r in rows])
        # the published model itself: three arms, experience, schools
        design = np.column_stack(
            [arms == "small", arms == "regular+aide", experience, schools[:, None] == np.unique(schools)]
        ).astype(float)
        published = np.linalg.lstsq(design, scores, rcond=None)[0][0]
        assert published == pytest.approx(STAR_WITHIN_SCHOOLS, abs=0.005)
        assert scores.std(ddof=1) == pytest.approx(STAR_TEST_SD, abs=0.15)
        two = arms != "regular+aide"
        ours = adjusted_difference(scores[two], arms[two] == "small", experience[two, None], schools[two])
        assert ours.points == pytest.approx(published, abs=0.25)
        assert ours.standard_error == pytest.approx(STAR_WITHIN_SCHOOLS_ERROR, abs=0.05)

    def test_balancing_a_trial_changes_little(self, trials):
        # Pupils were drawn by lot, so making them alike on birth and free meals must leave the answer where it is.
        rows = [r for r in read(trials / "star_kindergarten.csv")
                if r["score_k"] and r["lunchk"] and r["birth"] and r["stark"] != "regular+aide"]  # fmt: skip
        scores = np.array([float(r["score_k"]) for r in rows])
        treated = np.array([r["stark"] == "small" for r in rows])
        schools = np.array([r["schoolidk"] for r in rows])
        born = [int(r["birth"][:4]) + int(r["birth"][-1]) / 4 for r in rows]
        table = np.column_stack([born, [r["lunchk"] == "free" for r in rows]]).astype(float)
        balance = balance_or_baseline(table[~treated], table[treated].mean(axis=0), int(treated.sum()))
        assert (balance.reason_code, balance.covariate_count) == (Reason.OK, 2)
        result = adjusted_difference(scores, treated, table, schools, balance.weights)
        assert result.points == pytest.approx(STAR_WITHIN_SCHOOLS, abs=0.5)


class TestBaumann:
    def test_means_and_f_as_published(self):
        groups = {name: np.array(pupils_of(cell)) for name, cell in BAUMANN_POST_TEST_3.items()}
        assert {name: round(group.mean(), 2) for name, group in groups.items()} == BAUMANN_MEANS
        grand = np.concatenate(list(groups.values())).mean()
        between = sum(group.size * (group.mean() - grand) ** 2 for group in groups.values()) / 2
        within = sum(group.var() * group.size for group in groups.values()) / 63
        assert between / within == pytest.approx(BAUMANN_F, abs=0.005)

    def test_hedges_g_by_hand(self):
        # (46.73 - 41.05) over the pooled SD of the two groups, corrected with J(42)
        basal, strategy = (np.array(pupils_of(BAUMANN_POST_TEST_3[name])) for name in ("Basal", "DRTA"))
        pooled = math.sqrt((strategy.var(ddof=1) + basal.var(ddof=1)) / 2)
        by_hand = (1 - 3 / (4 * 42 - 1)) * (46.7273 - 41.0455) / pooled
        result = hedges_g(strategy, basal)
        assert result.g == pytest.approx(by_hand, abs=5e-4)
        assert result.lower > 0

    def test_full_file(self, trials):
        rows = read(trials / "baumann_reading.csv")
        post, pre = (np.array([float(r[name]) for r in rows]) for name in ("posttest_3", "pretest_1"))
        group = np.array([r["group"] for r in rows])
        assert {g: round(post[group == g].mean(), 2) for g in BAUMANN_MEANS} == BAUMANN_MEANS
        two = group != "Strat"
        bare = hedges_g(post[group == "DRTA"], post[group == "Basal"])
        summary = (BAUMANN_POST_TEST_3[name] for name in ("DRTA", "Basal"))
        assert bare.g == pytest.approx(hedges_g(*map(pupils_of, summary)).g, abs=1e-9)
        adjusted = adjusted_difference(post[two], group[two] == "DRTA", pre[two, None], np.ones(int(two.sum())))
        # drawn by lot: adjusting for the pre-test leaves the difference near 46.73 - 41.05 and narrows the range
        assert adjusted.points == pytest.approx(46.73 - 41.05, abs=1.0)
        assert adjusted.lower > 0


class TestWritingToLearn:
    def test_pooled_as_published(self, trials):
        rows = read(trials / "writing_to_learn_meta.csv")
        effects, variances = ([float(r[name]) for r in rows] for name in ("yi", "vi"))
        by_likelihood = plain_pooling.restricted_likelihood(effects, variances)
        mean, error, _ = plain_pooling.weighted_mean(effects, variances, by_likelihood)
        assert (round(mean, 3), round(error, 3)) == (WRITING_MEAN, WRITING_ERROR)
        assert round(by_likelihood, 3) == WRITING_TAU_SQUARED
        result = pool_effects(effects, variances)
        assert (result.count, round(result.heterogeneity_q, 2)) == (48, WRITING_Q)
        # Paule and Mandel's spread is larger than the likelihood's; the mean moves by less than a fifth of its error
        assert result.mean == pytest.approx(WRITING_MEAN, abs=0.2 * WRITING_ERROR)
        assert result.tau**2 == pytest.approx(plain_pooling.paule_mandel(effects, variances), abs=1e-9)
        assert result.lower > 0 > result.prediction_lower
