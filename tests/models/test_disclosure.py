"""The door to aggregate marts: hand-computed tables, a plain twin of each rule, and an attack on single sums."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import product

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from expectations.contract import (
    Amount,
    Column,
    Count,
    Kind,
    Label,
    Partition,
    Rate,
    Sensitivity,
    Table,
    Unit,
    Worded,
)
from expectations.derive import conform, schema
from expectations.errors import DisclosureError
from expectations.tables import ALL
from expectations.vocabulary import HIDDEN_COLUMNS, SCHOOL_URN, TRUST
from models.disclosure import OUTSIDE_TRUST, Thresholds, refuse_unreleased, refuse_what_follows, release
from models.links import nearly_all

NULL = "hidden: small group"


def figure(name: str, role, kind: Kind = Kind.INTEGER, unit: Unit | None = None) -> Column:
    return Column(name, kind, "A figure.", unit=unit, null=NULL, release=role)


TABLE = Table(
    name="mart_example__school",
    grain="One row per school.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn",),
    columns=(
        SCHOOL_URN,
        figure("pupils_count", Count(), unit=Unit.PUPILS),
        figure("met_count", Count(of="pupils_count")),
        figure("met_rate", Rate("pupils_count", "met_count"), Kind.NUMBER, Unit.RATE),
        figure("gain_points", Rate("pupils_count"), Kind.NUMBER, Unit.POINTS),
        figure("cost_pence", Amount("pupils_count", "largest_pence", "second_pence"), Kind.MONEY, Unit.PENCE),
        Column("verdict", Kind.TEXT, "A code.", null="nothing to say", release=Worded()),
        HIDDEN_COLUMNS,
    ),
)
PARTS = Table(
    name="mart_parts__school",
    grain="One row per school.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn",),
    columns=(
        SCHOOL_URN,
        figure("all_count", Count()),
        *(figure(f"{part}_count", Count(of="all_count")) for part in ("met", "unmet", "unknown")),
        figure("highest_rate", Rate("all_count", "met_count"), Kind.NUMBER, Unit.RATE),
        HIDDEN_COLUMNS,
    ),
    partitions=(Partition("all_count", ("met_count", "unmet_count", "unknown_count")),),
)


def school_row(urn: str = "100001", pupils: int | None = 40, met: int | None = 20, **changes) -> dict:
    row = {
        "school_urn": urn, "pupils_count": pupils, "met_count": met,
        "met_rate": met / pupils if met is not None and pupils else None, "gain_points": 3.5,
        "cost_pence": 100_000, "largest_pence": 20_000, "second_pence": 10_000, "verdict": "AHEAD",
    }  # fmt: skip
    return row | changes


def parts_row(urn: str, met: int, unmet: int, unknown: int) -> dict:
    whole = met + unmet + unknown
    return {
        "school_urn": urn, "all_count": whole, "met_count": met, "unmet_count": unmet, "unknown_count": unknown,
        "highest_rate": (met + unknown) / whole if whole else None,
    }  # fmt: skip


def frame_of(table: Table, *rows: dict) -> pl.DataFrame:
    types = {name: kind for name, kind in schema(table).items() if name != HIDDEN_COLUMNS.name}
    extra = {name: pl.Int64 for name in rows[0] if name not in types}
    return pl.DataFrame(list(rows), schema=types | extra)


def hidden_in(table: Table, *rows: dict, thresholds: Thresholds = Thresholds()) -> list[set[str]]:  # noqa: B008
    released = release(frame_of(table, *rows), table, thresholds)
    return [set(filter(None, names.split(","))) for names in released[HIDDEN_COLUMNS.name]]


class TestCounts:
    @pytest.mark.parametrize(
        ("pupils", "is_hidden"), [(0, False), (1, True), (4, True), (5, False), (9, False), (10, False), (None, False)]
    )
    def test_rule_1_a_few_are_hidden_nobody_is_not(self, pupils, is_hidden):
        [hidden] = hidden_in(TABLE, school_row(pupils=pupils, met=None))
        assert ("pupils_count" in hidden) is is_hidden

    @pytest.mark.parametrize(("pupils", "is_hidden"), [(0, False), (1, True), (9, True), (10, False)])
    def test_outside_the_trust_the_limit_is_ten(self, pupils, is_hidden):
        [hidden] = hidden_in(TABLE, school_row(pupils=pupils, met=None), thresholds=OUTSIDE_TRUST)
        assert ("pupils_count" in hidden) is is_hidden

    @pytest.mark.parametrize(
        ("pupils", "met", "is_hidden"),
        [(40, 0, False), (40, 4, True), (40, 5, False), (40, 35, False), (40, 36, True), (40, 39, True),
         (40, 40, False), (10, 0, False), (10, 5, False), (10, 10, False), (10, 6, True), (9, 0, True), (9, 9, True),
         (9, 5, True), (0, 0, False), (3, 0, True)],
    )  # fmt: skip
    def test_rule_3_the_others_may_not_be_few_either(self, pupils, met, is_hidden):
        [hidden] = hidden_in(TABLE, school_row(pupils=pupils, met=met))
        assert ("met_count" in hidden) is is_hidden


THINGS = replace(TABLE, columns=(*TABLE.columns, figure("outcomes_count", Count(behind="pupils_count"))))


class TestThings:
    @pytest.mark.parametrize(
        ("pupils", "outcomes", "is_hidden"),
        [(2, 12, True), (4, 0, True), (5, 12, False), (0, 0, False), (40, 3, True), (None, 12, True)],
    )
    def test_things_of_a_few_people_are_hidden_however_many_they_are(self, pupils, outcomes, is_hidden):
        [hidden] = hidden_in(THINGS, school_row(pupils=pupils, met=None, outcomes_count=outcomes))
        assert ("outcomes_count" in hidden) is is_hidden

    @pytest.mark.parametrize(("met", "is_hidden"), [(4, True), (5, False), (0, False), (38, False)])
    def test_things_of_nearly_all_are_shown_and_those_of_few_of_a_large_group_are_not(self, met, is_hidden):
        things = figure("outcomes_count", Count(behind="pupils_count", base="met_count"))
        table = replace(TABLE, columns=(*TABLE.columns, things))
        shown = release(frame_of(table, school_row(pupils=40, met=met, outcomes_count=60)), table)
        assert (shown["outcomes_count"].item() is None) is is_hidden
        assert met != 38 or shown["met_count"].item() is None  # all but two: their number is hidden, their things not
        refuse_unreleased(table, shown)

    def test_things_are_hidden_with_their_people_and_the_last_look_knows(self):
        rows = [school_row("100001", pupils=3, met=None, outcomes_count=30),
                school_row("100002", pupils=30, met=None, outcomes_count=90)]  # fmt: skip
        shown = release(frame_of(THINGS, *rows), THINGS)
        assert shown["outcomes_count"].to_list() == [None, None]
        refuse_unreleased(THINGS, shown)
        bare = shown.with_columns(
            outcomes_count=pl.lit(30, pl.Int64), hidden_columns=pl.lit("cost_pence,gain_points,pupils_count")
        )
        with pytest.raises(DisclosureError, match="small group"):
            refuse_unreleased(THINGS, bare)


class TestRates:
    @pytest.mark.parametrize(("pupils", "is_hidden"), [(0, True), (9, True), (10, False), (None, True)])
    def test_rule_2_means_and_effects_need_ten(self, pupils, is_hidden):
        [hidden] = hidden_in(TABLE, school_row(pupils=pupils, met=None))
        assert ("gain_points" in hidden) is is_hidden

    @pytest.mark.parametrize(("told", "is_hidden"), [(0, True), (9, True), (10, False), (None, True), (12, True)])
    def test_rule_2_is_of_the_pupils_whom_the_figure_rests_on(self, told, is_hidden):
        # Of 40 pupils the attendance of 9 is told; of 12 told, 75% would leave 3.
        share = figure("full_rate", Rate("pupils_count", base="told_count"), Kind.NUMBER, Unit.RATE)
        table = replace(TABLE, columns=(*TABLE.columns, share))
        shown = release(frame_of(table, school_row(full_rate=0.5 if told != 12 else 0.75, told_count=told)), table)
        assert (shown["full_rate"].item() is None) is is_hidden
        assert "told_count" not in shown.columns
        refuse_unreleased(table, shown)

    def test_a_hidden_numerator_hides_its_rate_and_not_the_mean(self):
        [hidden] = hidden_in(TABLE, school_row(met=3))
        assert hidden == {"met_count", "met_rate"}

    def test_a_share_that_is_a_few_people_is_hidden_even_without_a_numerator(self):
        share = figure("share_rate", Rate("pupils_count"), Kind.NUMBER, Unit.RATE)
        table = replace(TABLE, columns=(*TABLE.columns, share))
        for rate, is_hidden in [(2 / 40, True), (38 / 40, True), (5 / 40, False), (2.5 / 40, False), (0.0, False)]:
            [hidden] = hidden_in(table, school_row() | {"share_rate": rate})
            assert ("share_rate" in hidden) is is_hidden

    def test_a_mean_does_not_give_away_a_group_hidden_for_its_complement(self):
        # 24 of 26 have both scores: the 2 without are protected by hiding the 24; the effect of 24 pupils stays.
        table = replace(
            TABLE,
            columns=(
                SCHOOL_URN, figure("started_count", Count()), figure("both_count", Count(of="started_count")),
                figure("effect_sd", Rate("both_count"), Kind.NUMBER, Unit.SD),
                figure("share_rate", Rate("both_count"), Kind.NUMBER, Unit.RATE), HIDDEN_COLUMNS,
            ),
        )  # fmt: skip
        row = {"school_urn": "100001", "started_count": 26, "both_count": 24, "effect_sd": 0.2, "share_rate": 0.51}
        assert hidden_in(table, row) == [{"both_count", "share_rate"}]


class TestAmounts:
    @pytest.mark.parametrize(
        ("change", "is_hidden"),
        [({}, False), ({"pupils": 9}, True), ({"pupils": 10}, False), ({"pupils": None}, True),
         ({"largest_pence": 60_000, "second_pence": 29_999}, False),
         ({"largest_pence": 60_000, "second_pence": 30_000}, True),
         ({"largest_pence": 89_000, "second_pence": 0}, False), ({"largest_pence": 90_000, "second_pence": 0}, True),
         ({"largest_pence": 87_000, "second_pence": 2_500}, False), ({"largest_pence": None}, True),
         ({"cost_pence": 0, "largest_pence": 0, "second_pence": 0}, False),
         ({"cost_pence": 0, "largest_pence": 0, "second_pence": 0, "pupils": 9}, True),
         ({"cost_pence": 0, "largest_pence": 0, "second_pence": 0, "pupils": 0}, False),
         ({"cost_pence": -100_000}, False), ({"cost_pence": -100_000, "largest_pence": -95_000}, True)],
    )  # fmt: skip
    def test_rule_4(self, change, is_hidden):
        [hidden] = hidden_in(TABLE, school_row(**({"met": None} | change)))
        assert ("cost_pence" in hidden) is is_hidden

    @pytest.mark.parametrize(("second", "is_hidden"), [(8_999, False), (9_001, True)])
    def test_the_rest_must_be_a_tenth_of_the_largest(self, second, is_hidden):
        # Dominance switched off: 90,000 + 8,999 leaves 9,001 of 108,000, a hair above a tenth of the largest.
        thresholds = Thresholds(dominance_rate=2.0)
        row = school_row(cost_pence=108_000, largest_pence=90_000, second_pence=second)
        [hidden] = hidden_in(TABLE, row, thresholds=thresholds)
        assert ("cost_pence" in hidden) is is_hidden

    def test_contributions_never_leave(self):
        released = release(frame_of(TABLE, school_row()), TABLE)
        assert released.columns == list(TABLE.column_names)


class TestSums:
    def test_one_hidden_part_takes_the_next_smallest_with_it(self):
        assert hidden_in(PARTS, parts_row("100001", 3, 20, 9)) == [{"met_count", "unknown_count", "highest_rate"}]

    def test_two_hidden_parts_that_sum_to_a_few_take_a_third(self):
        assert hidden_in(PARTS, parts_row("100001", 1, 20, 2)) == [
            {"met_count", "unmet_count", "unknown_count", "highest_rate"}
        ]

    def test_parts_that_are_nobody_are_no_cover_so_the_whole_goes(self):
        plain_counts = (column.but(release=Count()) for column in PARTS.columns[2:5])
        table = replace(PARTS, columns=(*PARTS.columns[:2], *plain_counts, *PARTS.columns[5:]))
        row = parts_row("100001", 4, 0, 0) | {"highest_rate": None}
        assert hidden_in(table, row) == [{"all_count", "met_count"}]

    def test_rate_that_would_tell_a_part_is_hidden(self):
        # met 3 is hidden, unmet 12 covers it; (met + unknown) / all would give 12 away. "Numerator" unknown is shown.
        named = tuple(
            c.but(release=Rate("all_count", "unknown_count")) if c.name == "highest_rate" else c for c in PARTS.columns
        )
        assert hidden_in(replace(PARTS, columns=named), parts_row("100001", 3, 12, 30)) == [
            {"met_count", "unmet_count", "highest_rate"}
        ]

    def test_one_hidden_school_takes_the_next_smallest_with_it(self):
        rows = [school_row("100001", pupils=3, met=None), school_row("100002", pupils=30, met=None, cost_pence=200_000),
                school_row("100003", pupils=20, met=None), school_row(TRUST, pupils=53, met=None)]  # fmt: skip
        first, second, third, trust = hidden_in(TABLE, *rows)
        assert first == {"pupils_count", "gain_points", "cost_pence"}
        assert third == {"pupils_count", "gain_points", "cost_pence"}
        assert (second, trust) == (set(), set())

    def test_without_the_trusts_row_too_because_its_total_may_stand_elsewhere(self):
        rows = [school_row("100001", pupils=3, met=None), school_row("100002", pupils=30, met=None)]
        assert ["pupils_count" in hidden for hidden in hidden_in(TABLE, *rows)] == [True, True]

    def test_two_small_schools_with_a_few_together_take_a_third(self):
        rows = [school_row(urn, pupils=n, met=None) for urn, n in
                [("100001", 1), ("100002", 2), ("100003", 20), ("100004", 30), (TRUST, 53)]]  # fmt: skip
        assert ["pupils_count" in hidden for hidden in hidden_in(TABLE, *rows)] == [True, True, True, False, False]

    def test_nobody_in_the_trust_is_no_news_and_stays_shown(self):
        rows = [parts_row("100001", 0, 8, 0), parts_row("100002", 0, 30, 0), parts_row(TRUST, 0, 38, 0)]
        first, second, trust = hidden_in(PARTS, *rows)
        assert "met_count" in first
        assert "met_count" not in second | trust

    def test_two_small_schools_without_the_trusts_row_take_a_third(self):
        # The trust's number may stand in another mart of the same file: it less the 20 and the 30 would tell 3.
        rows = [school_row(urn, pupils=n, met=None) for urn, n in
                [("100001", 1), ("100002", 2), ("100003", 20), ("100004", 30)]]  # fmt: skip
        assert ["pupils_count" in hidden for hidden in hidden_in(TABLE, *rows)] == [True, True, True, False]
        assert ["pupils_count" in hidden for hidden in hidden_in(TABLE, *rows[:2])] == [True, True]

    def test_small_schools_that_are_together_nobody_are_covered_too(self):
        # None of 8 and none of 7 are hidden; the trust's 12 less the other school's 12 would tell both.
        rows = [parts_row("100001", 0, 8, 0), parts_row("100002", 0, 7, 0), parts_row("100003", 12, 30, 0),
                parts_row(TRUST, 12, 45, 0)]  # fmt: skip
        first, second, third, _ = hidden_in(PARTS, *rows)
        assert "met_count" in first & second & third

    def test_groups_of_rows_are_kept_apart_by_the_rest_of_the_key(self):
        year = Column("academic_year", Kind.INTEGER, "Year.", release=Label())
        table = replace(TABLE, key=("school_urn", "academic_year"), columns=(year, *TABLE.columns))
        rows = [school_row(urn, pupils=n, met=None) | {"academic_year": y} for urn, n, y in
                [("100001", 3, 2024), ("100002", 30, 2024), ("100001", 20, 2025), ("100002", 30, 2025)]]  # fmt: skip
        released = release(frame_of(table, *rows), table).filter(pl.col("academic_year") == 2025)
        assert released[HIDDEN_COLUMNS.name].to_list() == ["", ""]

    def test_hidden_and_missing_stay_different(self):
        released = release(
            frame_of(TABLE, school_row(pupils=40, met=None), school_row("100002", pupils=3, met=3)), TABLE
        )
        missing, hidden = released.to_dicts()
        assert missing["met_count"] is None
        assert "met_count" not in missing[HIDDEN_COLUMNS.name]
        assert hidden["met_count"] is None
        assert "met_count" in hidden[HIDDEN_COLUMNS.name].split(",")
        assert hidden["verdict"] == "AHEAD"


COUNTS = st.integers(0, 14)
PART_ROWS = st.lists(st.tuples(COUNTS, COUNTS, COUNTS), min_size=1, max_size=4)


def with_trust(parts: list[tuple[int, int, int]]) -> list[dict]:
    rows = [parts_row(str(100001 + at), *counts) for at, counts in enumerate(parts)]
    return [*rows, parts_row(TRUST, *(sum(column) for column in zip(*parts, strict=True)))]


def plainly_small(row: dict) -> set[str]:
    """Rules R1 to R3 of the PARTS table, written out."""
    small = set()
    whole = row["all_count"]
    if whole in (1, 2, 3, 4):
        small.add("all_count")
    for name in ("met_count", "unmet_count", "unknown_count"):
        x = row[name]
        if x in (1, 2, 3, 4) or whole - x in (1, 2, 3, 4) or (0 < whole < 10 and x in (0, whole)):
            small.add(name)
    if row["highest_rate"] is not None and (whole < 10 or "met_count" in small):
        small.add("highest_rate")
    return small


def answers(whole: int | None, parts: list[int | None], biggest: int) -> list[set[int]]:
    """For each hidden part, every value that fits the sum, trying them all."""
    unknown = [at for at, part in enumerate(parts) if part is None]
    shown = sum(part for part in parts if part is not None)
    fits: list[set[int]] = [set() for _ in unknown]
    for guess in product(range(biggest + 1), repeat=len(unknown)):
        if whole is None or shown + sum(guess) == whole:
            for slot, value in zip(fits, guess, strict=True):
                slot.add(value)
    return fits


class TestGenerated:
    @settings(deadline=None, max_examples=200)
    @given(PART_ROWS)
    def test_everything_the_plain_rules_hide_is_hidden(self, parts):
        rows = with_trust(parts)
        for row, hidden in zip(rows, hidden_in(PARTS, *rows), strict=True):
            assert plainly_small(row) <= hidden

    @settings(deadline=None, max_examples=200)
    @given(PART_ROWS)
    def test_nothing_is_hidden_where_no_group_is_small(self, parts):
        rows = with_trust([(a + 10, b + 10, c + 10) for a, b, c in parts])
        assert hidden_in(PARTS, *rows) == [set()] * len(rows)

    @settings(deadline=None, max_examples=60)
    @given(st.lists(st.tuples(*[st.integers(0, 7)] * 3), min_size=2, max_size=3))
    def test_no_small_count_can_be_worked_out_from_one_sum(self, parts):
        true = with_trust(parts)
        shown = release(frame_of(PARTS, *true), PARTS).to_dicts()
        names = ("met_count", "unmet_count", "unknown_count")
        sums = [(row["all_count"], [row[name] for name in names], [t[name] for name in names])
                for row, t in zip(shown, true, strict=True)]  # fmt: skip
        for name in ("all_count", *names):
            sums.append((shown[-1][name], [row[name] for row in shown[:-1]], [row[name] for row in true[:-1]]))
        for whole, seen, truth in sums:
            secrets = [value for value, part in zip(truth, seen, strict=True) if part is None]
            for value, fits in zip(secrets, answers(whole, seen, 21), strict=True):
                assert value in fits
                assert len(fits) > 1 or whole == 0  # nobody in the trust is nobody in each school

    @settings(deadline=None, max_examples=150)
    @given(PART_ROWS, st.randoms())
    def test_the_order_of_rows_changes_nothing_and_says_nothing(self, parts, random):
        rows = with_trust(parts)
        shuffled = random.sample(rows, len(rows))
        assert_frame_equal(release(frame_of(PARTS, *rows), PARTS), release(frame_of(PARTS, *shuffled), PARTS))

    @settings(deadline=None, max_examples=200)
    @given(PART_ROWS, st.sampled_from([Thresholds(), OUTSIDE_TRUST]))
    def test_what_the_door_releases_passes_the_last_look(self, parts, thresholds):
        released = release(frame_of(PARTS, *with_trust(parts)), PARTS, thresholds)
        refuse_unreleased(PARTS, released, thresholds)
        one_school = released.filter(pl.col("school_urn").is_in(["100001", TRUST]))
        refuse_unreleased(PARTS, one_school, thresholds)

    @settings(deadline=None, max_examples=200)
    @given(PART_ROWS)
    def test_a_frame_that_went_round_the_door_is_refused(self, parts):
        rows = with_trust(parts)
        frame = frame_of(PARTS, *rows).with_columns(pl.lit("").alias(HIDDEN_COLUMNS.name))
        if any(plainly_small(row) for row in rows):
            with pytest.raises(DisclosureError):
                refuse_unreleased(PARTS, frame)
        else:
            refuse_unreleased(PARTS, frame.select(PARTS.column_names))

    @settings(deadline=None, max_examples=100)
    @given(PART_ROWS, st.data())
    def test_uncovering_any_first_hidden_cell_is_refused(self, parts, data):
        rows = with_trust(parts)
        released = release(frame_of(PARTS, *rows), PARTS).to_dicts()
        small = [(at, name) for at, row in enumerate(rows) for name in sorted(plainly_small(row)) if "rate" not in name]
        if not small:
            return
        at, name = data.draw(st.sampled_from(small))
        names = set(released[at][HIDDEN_COLUMNS.name].split(",")) - {name}
        released[at] |= {name: rows[at][name], HIDDEN_COLUMNS.name: ",".join(sorted(names))}
        whole = released[at]["all_count"]
        if rows[at][name] in (1, 2, 3, 4) or whole is not None:
            with pytest.raises(DisclosureError):
                refuse_unreleased(PARTS, pl.DataFrame(released, schema=schema(PARTS)))


WORDS = replace(
    TABLE,
    columns=(*TABLE.columns, Column("rule", Kind.TEXT, "A code.", null=NULL, release=Worded(("pupils_count",)))),
)


class TestWords:
    def test_words_are_hidden_with_the_count_they_tell_of_and_do_not_point_at_the_small_one(self):
        rows = [school_row("100001", pupils=3, met=None, rule="NOTHING"),
                school_row("100002", pupils=30, met=None, rule="RATE"),
                school_row("100003", pupils=40, met=None, rule="RATE")]  # fmt: skip
        shown = release(frame_of(WORDS, *rows), WORDS)
        assert shown["rule"].to_list() == [None, None, "RATE"]
        assert ["rule" in names.split(",") for names in shown[HIDDEN_COLUMNS.name]] == [True, True, False]
        refuse_unreleased(WORDS, shown)

    def test_words_beside_their_hidden_count_are_refused_at_the_last_look(self):
        shown = release(frame_of(WORDS, school_row(pupils=3, met=None, rule="NOTHING")), WORDS)
        names = shown[HIDDEN_COLUMNS.name].item().replace(",rule", "")
        with pytest.raises(DisclosureError, match="small group"):
            refuse_unreleased(WORDS, shown.with_columns(rule=pl.lit("NOTHING"), hidden_columns=pl.lit(names)))

    def test_words_that_must_stand_cannot_be_hidden_and_are_refused(self):
        rule = Column("rule", Kind.TEXT, "A code.", release=Worded(("pupils_count",)))
        table = replace(TABLE, columns=(*TABLE.columns, rule))
        with pytest.raises(DisclosureError, match="not optional"):
            release(frame_of(table, school_row(rule="NOTHING")), table)

    @pytest.mark.parametrize(
        ("name", "column"),
        [("mart_destinations__school", "small_number_rule"), ("mart_destinations__school", "is_band_first"),
         ("mart_impact__intervention", "small_number_rule"), ("mart_value_for_money__school", "reason")],
    )  # fmt: skip
    def test_codes_written_from_a_count_name_it(self, name, column):
        assert ALL[name].by_name[column].release.of


class TestRefusals:
    @pytest.mark.parametrize("sensitivity", [Sensitivity.PUPIL, Sensitivity.INTERNAL, Sensitivity.OPEN])
    def test_only_an_aggregate_table_goes_through(self, sensitivity):
        table = replace(TABLE, sensitivity=sensitivity)
        with pytest.raises(DisclosureError, match="not declared as an aggregate"):
            release(frame_of(TABLE, school_row()), table)
        with pytest.raises(DisclosureError, match="not declared as an aggregate"):
            refuse_unreleased(table, release(frame_of(TABLE, school_row()), TABLE))

    def test_a_column_without_a_role_is_refused(self):
        table = replace(TABLE)
        object.__setattr__(table, "columns", (*TABLE.columns[:-1], HIDDEN_COLUMNS.but(release=None)))
        with pytest.raises(DisclosureError, match="no disclosure role"):
            release(frame_of(TABLE, school_row()), table)

    @pytest.mark.parametrize(
        ("column", "message"),
        [(figure("x_count", Count(of="nobody_count")), "no column nobody_count"),
         (figure("x_rate", Rate("nobody_count"), Kind.NUMBER), "no column nobody_count"),
         (figure("x_rate", Rate("pupils_count", "nobody_count"), Kind.NUMBER), "no column nobody_count"),
         (figure("x_pence", Amount("nobody_count"), Kind.MONEY), "no column nobody_count"),
         (figure("x_pence", Amount("pupils_count"), Kind.MONEY), "names no largest contributions"),
         (figure("x_pence", Amount("pupils_count", "largest_pence"), Kind.MONEY), "names no largest contributions"),
         (figure("x_count", Count(), Kind.TEXT), "not an optional number"),
         (figure("x_count", Count()).but(null=None), "not an optional number")],
    )  # fmt: skip
    def test_a_declaration_that_cannot_be_followed_is_refused(self, column, message):
        table = replace(TABLE, columns=(*TABLE.columns, column))
        with pytest.raises(DisclosureError, match=message):
            release(frame_of(TABLE, school_row()), table)

    def test_figures_need_a_place_to_list_what_is_hidden(self):
        table = replace(TABLE, columns=TABLE.columns[:-1])
        with pytest.raises(DisclosureError, match="no column hidden_columns"):
            release(frame_of(TABLE, school_row()), table)

    @pytest.mark.parametrize("column", ["largest_pence", "met_count"])
    def test_a_missing_column_is_refused(self, column):
        with pytest.raises(DisclosureError, match=column):
            release(frame_of(TABLE, school_row()).drop(column), TABLE)

    def test_an_undeclared_column_may_hold_true_values_and_is_refused(self):
        frame = frame_of(TABLE, school_row()).with_columns(true_count=pl.lit(3))
        with pytest.raises(DisclosureError, match="true_count"):
            release(frame, TABLE)

    @pytest.mark.parametrize(
        "change", [{"met": 41, "met_rate": None}, {"pupils": -1, "met": None}, {"gain_points": float("nan")},
                   {"gain_points": float("inf")}],
    )  # fmt: skip
    def test_impossible_figures_are_refused(self, change):
        with pytest.raises(DisclosureError):
            release(frame_of(TABLE, school_row(**change)), TABLE)

    def test_two_rows_of_one_school_are_refused(self):
        with pytest.raises(DisclosureError, match="key is not unique"):
            release(frame_of(TABLE, school_row(), school_row()), TABLE)

    def test_a_released_frame_is_not_released_twice(self):
        released = release(frame_of(PARTS, parts_row("100001", 3, 20, 9)), PARTS)
        with pytest.raises(DisclosureError, match="released before"):
            release(released, PARTS)

    def test_a_shown_figure_listed_as_hidden_is_refused(self):
        released = release(frame_of(PARTS, parts_row("100001", 13, 20, 9)), PARTS)
        with pytest.raises(DisclosureError, match="listed as hidden"):
            refuse_unreleased(PARTS, released.with_columns(pl.lit("met_count").alias(HIDDEN_COLUMNS.name)))
        with pytest.raises(DisclosureError, match="listed as hidden"):
            refuse_unreleased(PARTS, released.with_columns(pl.lit("no_such_count").alias(HIDDEN_COLUMNS.name)))

    def test_no_error_quotes_a_figure(self):
        frame = frame_of(TABLE, school_row(pupils=7919, met=3)).with_columns(pl.lit("").alias(HIDDEN_COLUMNS.name))
        with pytest.raises(DisclosureError) as caught:
            refuse_unreleased(TABLE, frame.select(TABLE.column_names))
        assert "met_count" in str(caught.value)
        assert not any(character.isdigit() for character in str(caught.value))


MARTS = [table for table in ALL.values() if table.sensitivity is Sensitivity.AGGREGATE]


class TestDeclaredMarts:
    """Every aggregate mart that is declared can pass through the door."""

    @pytest.mark.parametrize("table", MARTS, ids=lambda table: table.name)
    def test_an_empty_night_is_released(self, table):
        roles = [column.release for column in table.columns]
        amounts = [(role.largest, role.second) for role in roles if isinstance(role, Amount)]
        bases = [(role.base,) for role in roles if isinstance(role, Rate) and role.base]
        extra = {name: pl.Int64 for names in amounts + bases for name in names}
        frame = pl.DataFrame(schema=schema(table) | extra)
        released = release(frame, table)
        assert released.schema == pl.Schema(schema(table))
        refuse_unreleased(table, released)

    def test_a_school_with_few_plans(self):
        table = ALL["mart_pupils__school"]
        rows = [
            {"school_urn": urn, "data_date": dt.date(2025, 11, 14), "pupils_count": n, "sen_support_count": k,
             "ehc_plan_count": e, "no_sen_count": n - k - e, "sen_support_rate": k / n, "ehc_plan_rate": e / n}
            for urn, n, k, e in [("100001", 200, 30, 3), ("100002", 300, 40, 8), ("100003", 120, 0, 120),
                                 (TRUST, 620, 70, 131)]
        ]  # fmt: skip
        released = release(frame_of(table, *rows), table)
        small, cover, special, trust = released.to_dicts()
        assert (small["ehc_plan_count"], small["sen_support_count"], small["no_sen_count"]) == (None, 30, None)
        assert cover["ehc_plan_count"] is None  # otherwise the trust's total less the others gives the 3
        assert (special["ehc_plan_count"], special["ehc_plan_rate"]) == (120, 1.0)
        assert trust[HIDDEN_COLUMNS.name] == ""
        refuse_unreleased(table, released)


def destinations_of(sen: int, no_sen: int) -> pl.DataFrame:
    """One school's leavers: all, with SEN, without; with and without a plan among those with SEN."""
    table = ALL["mart_destinations__school"]
    sizes = {"All leavers": sen + no_sen, "SEN": sen, "No SEN": no_sen, "EHC plan": 12, "SEN support": sen - 12}
    rows = [
        {
            "school_urn": "999001",
            "leaver_stage": "Year 11",
            "sen_group": group,
            "data_date": dt.date(2026, 11, 20),
            "first_academic_year": 2022,
            "last_academic_year": 2024,
            "leavers_count": size,
            "sustained_count": size,
            "not_sustained_count": 0,
            "unknown_count": 0,
            "september_count": size,
            "small_number_rule": "RATE",
            "is_band_first": False,
        }
        for group, size in sizes.items()
    ]
    frame = pl.DataFrame(rows)
    blank = [name for name in table.column_names if name not in frame.columns and name != HIDDEN_COLUMNS.name]
    return frame.with_columns(pl.lit(None, schema(table)[name]).alias(name) for name in blank)


def test_groups_that_sum_to_another_group_do_not_give_a_hidden_one_away() -> None:
    table = ALL["mart_destinations__school"]
    shown = release(destinations_of(sen=42, no_sen=3), table)
    leavers = dict(zip(shown["sen_group"], shown["leavers_count"], strict=True))
    assert leavers["No SEN"] is None
    assert leavers["SEN"] is None or leavers["All leavers"] is None
    open_shown = release(destinations_of(sen=42, no_sen=30), table)
    assert open_shown["leavers_count"].null_count() == 0


def test_september_rates_of_two_groups_do_not_tell_the_third() -> None:
    # 40 of 46 and 29 of 34 in place: without SEN and all leavers together would tell 11 of the 12 with SEN.
    table = ALL["mart_destinations__school"]
    placed = {"All leavers": 40, "SEN": 11, "No SEN": 29, "EHC plan": 11}
    frame = destinations_of(sen=12, no_sen=34).with_columns(
        september_count=pl.col("sen_group").replace_strict(placed, default=0, return_dtype=pl.Int64)
    )
    rate = (pl.col("september_count") / pl.col("leavers_count")).fill_nan(None)
    shown = release(frame.with_columns(september_rate=rate), table)
    seen = {row["sen_group"]: row["september_rate"] for row in shown.to_dicts()}
    assert seen["SEN"] is None
    assert seen["All leavers"] is None or seen["No SEN"] is None
    refuse_unreleased(table, shown)


def roll_of(pupils: int, support: int) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "school_urn": ["999001"],
            "data_date": [dt.date(2026, 11, 20)],
            "pupils_count": [pupils],
            "sen_support_count": [support],
            "ehc_plan_count": [0],
            "no_sen_count": [pupils - support],
            "sen_support_rate": [support / pupils],
            "ehc_plan_rate": [0.0],
        }
    )


@pytest.mark.parametrize(("pupils", "support"), [(400, 5), (400, 6), (313, 52), (1000, 5), (40, 20)])
def test_rates_leave_in_whole_per_cent_and_pass_the_last_look(pupils: int, support: int) -> None:
    table = ALL["mart_pupils__school"]
    shown = release(roll_of(pupils, support), table)
    assert shown["sen_support_rate"].item() == pytest.approx(round(support / pupils + 1e-12, 2))
    refuse_unreleased(table, shown)


def test_a_rounded_share_of_a_group_under_ten_is_still_refused() -> None:
    table = ALL["mart_pupils__school"]
    shown = release(roll_of(100, 50), table).with_columns(
        pupils_count=pl.lit(9, pl.Int64), sen_support_count=None, no_sen_count=None, ehc_plan_count=None,
        hidden_columns=pl.lit("ehc_plan_count,no_sen_count,sen_support_count"), ehc_plan_rate=None,
    )  # fmt: skip
    with pytest.raises(DisclosureError, match="small group"):
        refuse_unreleased(table, conform(shown, table))


def on_roll(*schools: tuple[str, int, int, int]) -> pl.DataFrame:
    """Schools of so many pupils on SEN support, with a plan, with neither; and the trust."""
    total = (TRUST, *(sum(column) for column in list(zip(*schools, strict=True))[1:]))
    table = ALL["mart_pupils__school"]
    rows = [
        {"school_urn": urn, "data_date": dt.date(2026, 11, 20), "pupils_count": k + e + n, "sen_support_count": k,
         "ehc_plan_count": e, "no_sen_count": n, "sen_support_rate": k / (k + e + n), "ehc_plan_rate": e / (k + e + n)}
        for urn, k, e, n in (*schools, total)
    ]  # fmt: skip
    return release(pl.DataFrame(rows).select(name for name in table.column_names if name != HIDDEN_COLUMNS.name), table)


FOLLOWER = Table(
    name="mart_follower__school",
    grain="One row per school.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn",),
    columns=(
        SCHOOL_URN,
        figure("plan_count", Count(follows="mart_pupils__school.ehc_plan_count")),
        figure("asked_count", Count(of="plan_count")),
        figure("answered_count", Count(of="asked_count")),
        HIDDEN_COLUMNS,
    ),
)


def followed(*schools: tuple[str, int, int, int], leader: pl.DataFrame) -> dict[str, set[str]]:
    rows = [*schools, (TRUST, *(sum(column) for column in list(zip(*schools, strict=True))[1:]))]
    frame = pl.DataFrame(rows, schema=["school_urn", "plan_count", "asked_count", "answered_count"], orient="row")
    shown = release(frame, FOLLOWER, Thresholds(), {ALL["mart_pupils__school"]: leader})
    assert refuse_what_follows({FOLLOWER: shown, ALL["mart_pupils__school"]: leader}).tables_count == 2
    return {row["school_urn"]: set(filter(None, row["hidden_columns"].split(","))) for row in shown.to_dicts()}


def test_a_number_that_another_table_hides_is_hidden_here_with_what_is_nearly_all_of_it() -> None:
    # Three with a plan in the second school are hidden, and so are the 12 here: the trust's 40 - 25 - 12 would tell.
    leader = on_roll(("100001", 30, 12, 285), ("100002", 40, 3, 200), ("100003", 50, 25, 180))
    assert "ehc_plan_count" in leader.filter(school_urn="100001")["hidden_columns"].item()
    hidden = followed(("100001", 12, 11, 6), ("100002", 3, 0, 0), ("100003", 25, 20, 10), leader=leader)
    assert {"plan_count", "asked_count"} <= hidden["100001"]
    row = {"plan_count": 12, "asked_count": 11, "answered_count": 6}
    assert nearly_all(row, "plan_count", FOLLOWER, Thresholds()) == {"plan_count", "asked_count"}


def test_a_number_that_another_table_shows_covers_nothing_here() -> None:
    # 29 of 30 were asked: hidden, for one was not. Hiding the 30 would be no cover: it stands in the other table.
    leader = on_roll(("100001", 60, 30, 200), ("100002", 40, 30, 200))
    hidden = followed(("100001", 30, 29, 29), ("100002", 30, 20, 10), leader=leader)
    assert {"asked_count", "answered_count"} <= hidden["100001"]


def test_what_follows_names_a_released_count_of_schools() -> None:
    found = [(table, column) for table in ALL.values() for column in table.columns
             if isinstance(column.release, Count) and column.release.follows]  # fmt: skip
    assert found
    for table, column in found:
        leader, name = column.release.follows.split(".")
        assert isinstance(ALL[leader].by_name[name].release, Count)
        assert set(ALL[leader].key) <= set(table.key) | {"academic_year"}
