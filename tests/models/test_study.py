"""The simulation study at a tiny size: made-up pupils as told, figures of known studies, one page, the same by seed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from typer.testing import CliRunner

from models.study import EFFECT_POINTS, NUMBERS, ImpactStudy, run_impact_study, study_number
from models.study_estimates import accuracy_of, estimate
from models.study_fifteen import TRUST_NUMBERS, study_fifteen
from models.study_page import NO_FIGURE, PAGE, write_files
from models.study_plots import Axis, Series, draw_dots, draw_lines
from models.study_trusts import SCREEN_POINTS, draw_pupils, draw_selected
from pipelines.cli import app

METHODS = Path(__file__).parents[2] / "models" / "methods"
PLOTS = ["impact_study_best.svg", "impact_study_claims.svg", "impact_study_coverage.svg", "impact_study_error.svg"]


@pytest.fixture(name="tiny", scope="module")
def _tiny() -> ImpactStudy:
    return run_impact_study(8, 3)


class TestPupils:
    @pytest.mark.parametrize("number", NUMBERS)
    def test_four_to_six_times_as_many_others_in_two_to_five_schools(self, number):
        cohort = draw_pupils(np.random.default_rng(1), number, 0.0)
        assert cohort.ours.height == number
        assert 4 * number <= cohort.theirs.height <= 6 * number
        assert 2 <= cohort.theirs["school_urn"].n_unique() <= 5
        for part in (cohort.ours, cohort.theirs):
            assert part["entry_score"].max() < SCREEN_POINTS
            assert part["exit_score"].is_finite().all()
        assert cohort.ours["entry_score"].mean() < cohort.theirs["entry_score"].mean()

    def test_the_effect_is_the_only_difference_it_makes(self):
        one, other = (draw_pupils(np.random.default_rng(5), 30, effect) for effect in (0.0, 4.0))
        assert (other.ours["exit_score"] - one.ours["exit_score"]).to_list() == [4.0] * 30
        assert other.theirs.equals(one.theirs)

    def test_low_scores_rise_by_themselves_as_far_as_the_retest_says(self):
        entry, leaving = draw_selected(np.random.default_rng(2), 40_000, 85.0)
        assert entry.max() < 85
        assert (leaving - entry).mean() == pytest.approx(0.2 * (100 - entry.mean()), abs=0.2)

    def test_without_the_bend_the_norms_hold_for_low_scores(self):
        def rise_beyond_norms(bend: float) -> float:
            """The mean over trusts whose schools grow differently: 40 of 5 schools leave an error of 0.15 points."""
            found = []
            for seed in range(40):
                rows = draw_pupils(np.random.default_rng(seed), 200, 0.0, bend_points=bend).ours
                rows = rows.filter(baseline_scores_count=1)
                found.append(float((rows["exit_score"] - (100 + 0.8 * (rows["entry_score"] - 100))).mean()))
            return float(np.mean(found))

        assert abs(rise_beyond_norms(0.0)) < 0.7
        assert rise_beyond_norms(1.5) > 1.0


class TestFigures:
    def test_accuracy_by_hand(self):
        # misses 1, -1, 3; one range of three does not hold the truth; the study without a figure is not counted
        found = accuracy_of([(0.0, (1.0, -1.0, 3.0)), (4.0, (3.0, 1.0, 5.0)), (0.0, (3.0, 2.0, 4.0)), (0.0, None)])
        assert (found.count, found.bias, found.half_width) == (3, pytest.approx(1.0), pytest.approx(5 / 3))
        assert found.rmse == pytest.approx((11 / 3) ** 0.5)
        assert (found.coverage_rate, found.above_zero_rate) == (pytest.approx(2 / 3), pytest.approx(2 / 3))

    def test_nothing_is_not_a_figure(self):
        found = accuracy_of([(0.0, None)])
        assert (found.count, found.bias, found.coverage_rate) == (0, 0.0, 0.0)

    @pytest.mark.parametrize("number", [6, 9])
    def test_below_ten_nothing_is_claimed_even_of_a_large_effect(self, number):
        at = study_number(number, 30.0, 8, 4)
        assert at.ours.above_zero_rate > 0.5
        assert (at.ahead_rate, at.behind_rate) == (0.0, 0.0)

    def test_a_large_effect_is_called_ahead_and_a_bare_gain_flatters(self):
        at = study_number(45, 12.0, 12, 4)
        assert at.ahead_rate == 1.0
        assert abs(at.ours.bias) < 2 < at.raw.bias

    def test_the_bare_gain_is_the_last_score_before_to_the_first_after(self):
        cohort = draw_pupils(np.random.default_rng(6), 20, 0.0)
        gains = (cohort.ours["exit_score"] - cohort.ours["entry_score"]).to_numpy()
        assert estimate(cohort, 0.0).raw[0] == pytest.approx(gains.mean())

    def test_fifteen_interventions_are_drawn_in(self):
        found = study_fifteen(6, (9, 9), 0.0, 0.0)
        assert found.trusts == 6
        assert 0 < abs(found.best_drawn_in) < found.best_apparent
        assert found.drawn_in_error < found.error
        assert found.careful_ahead_rate <= found.ahead_rate <= found.any_ahead_rate
        assert len(TRUST_NUMBERS) == 15

    def test_without_an_effect_ahead_is_as_rare_as_it_should_be(self):
        # The criterion at a size that can fail: three standard errors of 2.5% in 150 are 3.8 points.
        for number in (12, 30):
            at = study_number(number, 0.0, 150, 77, bend_points=0.0)
            assert at.ahead_rate <= 0.025 + 0.038, number
            assert at.raw.above_zero_rate > 0.2, number


class TestPage:
    def test_the_same_seed_gives_the_same_files_and_another_seed_does_not(self, tiny):
        assert write_files(run_impact_study(8, 3)) == write_files(tiny)
        assert study_number(12, 0.0, 8, 3) != study_number(12, 0.0, 8, 4)

    def test_every_number_of_pupils_has_its_row_in_each_table(self, tiny):
        page = write_files(tiny)[PAGE]
        tables = re.findall(r"(?:^\|.*\n)+", page, flags=re.MULTILINE)
        assert len(tables) == 5
        for table in tables[:3]:
            assert [int(row.split("|")[1]) for row in table.splitlines()[2:]] == list(NUMBERS)
        for table in tables:
            assert len({line.count("|") for line in table.splitlines()}) == 1
        assert f"A true effect of {EFFECT_POINTS:g} points" in page
        assert "nan" not in page.lower().replace("finance", "")
        assert max(len(line) for line in page.splitlines() if not line.startswith("|")) <= 120

    def test_a_share_of_few_studies_is_not_told(self, tiny):
        rare = replace(tiny.with_effect[0].by_norms, count=19, coverage_rate=0.123)
        changed = replace(tiny, with_effect=(replace(tiny.with_effect[0], by_norms=rare), *tiny.with_effect[1:]))
        page = write_files(changed)[PAGE]
        assert "12.3%" not in page
        assert NO_FIGURE in page

    def test_plots_are_drawings_that_tell_themselves_in_words(self, tiny):
        files = write_files(tiny)
        assert sorted(files) == [PAGE, *PLOTS]
        for name in PLOTS:
            root = ElementTree.fromstring(files[name])
            assert root.attrib["role"] == "img"
            texts = {element.tag.split("}")[1]: element.text for element in root if element.text}
            assert texts["title"]
            assert ": " in (texts["desc"] or "")
            assert name in files[PAGE]

    def test_eight_repeats_at_least(self):
        with pytest.raises(ValueError, match="fewest"):
            run_impact_study(7, 1)

    def test_the_command_writes_the_page_and_its_plots(self, tmp_path):
        told = CliRunner().invoke(
            app, ["study", "impact", "--out", str(tmp_path / "new"), "--repeats", "8", "--seed", "3"]
        )
        assert (told.exit_code, told.output.count("4 plots")) == (0, 1)
        assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [PAGE, *PLOTS]


class TestCommitted:
    def test_the_committed_page_is_one_that_the_command_writes(self, tiny):
        """The same words, headings and tables: only figures may differ from a small run."""

        def without_figures(page: str) -> list[str]:
            return re.sub(r"[+−]?\d[\d.,]*%?|–(?= \|)", "#", page).split()

        committed = (METHODS / PAGE).read_text(encoding="utf-8")
        assert without_figures(committed) == without_figures(write_files(tiny)[PAGE])
        assert {path.name for path in METHODS.glob("impact_study_*.svg")} == set(PLOTS)

    def test_the_committed_figures_meet_the_promise(self):
        """With norms that hold, "ahead" without an effect in at most 2.5% of studies and three errors of the study."""
        committed = (METHODS / PAGE).read_text(encoding="utf-8")
        repeats = int(re.search(r"There were (\d+) studies", committed).group(1))
        table = re.findall(r"(?:^\|.*\n)+", committed, flags=re.MULTILINE)[0]
        rows = [[cell.strip(" %") for cell in row.split("|")[1:-1]] for row in table.splitlines()[2:]]
        noise = 3 * (0.025 * 0.975 / repeats) ** 0.5
        assert repeats >= 500
        assert {row[0]: float(row[3]) for row in rows if float(row[3]) / 100 > 0.025 + noise} == {}
        assert all(float(row[2]) > float(row[3]) for row in rows)


class TestPlots:
    def test_heights_by_hand(self):
        # 0 stands at the foot (360 - 92), 10 at the top (44), 5 halfway; beyond an end stands at it
        axis = Axis("Points", 0, 10)
        assert [axis.height_of(value) for value in (0, 5, 10, 12, -3)] == [268, 156, 44, 44, 268]

    def test_lines_and_dots(self):
        series = [Series("A < B", (1.0, 2.0)), Series("C", (3.0, 4.0))]
        lines = draw_lines("T", "D", ["x", "y"], Axis("Share", 0, 1, True, 0.5), series)
        dots = draw_dots("T", "D", ["x", "y"], Axis("Points", 0, 4), series)
        assert (lines.count("<polyline"), dots.count("<polyline")) == (2, 0)
        assert "A &lt; B" in lines
        assert (">50%<" in lines, ">50%<" in dots) == (True, False)
        assert lines.count("<circle") == 3  # two points and the legend
