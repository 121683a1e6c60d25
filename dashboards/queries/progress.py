"""The ladder: released figures, and the lists with names of the staff app."""

from __future__ import annotations

from dashboards.queries import Query

_NAME = "surname, forename, nc_year"
_BY_NAME = "surname, forename, pupil_key, subject"


def by_school() -> Query:
    """One row per school in the file, and the trust, and subject."""
    return Query(
        "select school_urn, subject, sen_count, placed_count, below_age_count, age_related_count, off_ladder_count, "
        "off_ladder_rate, steps_unseen_count, compared_count, moved_up_count, not_up_count, small_step_count, "
        "moved_up_rate, hidden_columns from mart_progress__school "
        "order by school_urn, case subject when 'Reading' then 1 when 'Writing' then 2 else 3 end"
    )


def rungs() -> Query:
    """The trust's pupils on each rung, by subject."""
    return Query(
        "select subject, ladder_rung, pupils_count, hidden_columns from mart_progress__rung "
        "order by subject, ladder_rung"
    )


def groups() -> Query:
    """Moves by starting point, need and pathway over the trust."""
    return Query(
        "select subject, group_kind, progress_group, compared_count, moved_up_count, not_up_count, small_step_count, "
        "moved_up_rate, moved_down_count, hidden_columns from mart_progress__group "
        "order by group_kind, progress_group = 'Age-related', progress_group, "
        "case subject when 'Reading' then 1 when 'Writing' then 2 else 3 end"
    )


def engagement() -> Query:
    """Pupils with progress in each area of engagement, in each school of the file that has ten on the profile."""
    return Query(
        "select school_urn, engagement_area, profile_count, progress_count, hidden_columns "
        "from mart_progress__engagement order by school_urn, engagement_area"
    )


def tests() -> Query:
    """What each assessment can show, by need; those without SEN last."""
    return Query(
        "select assessment_name, subject, scale, need_group, pupils_count, at_lowest_rate, at_highest_rate, "
        "compared_count, movable_rate, changed_rate, between_weeks, noise_points, hidden_columns "
        "from mart_progress__test order by assessment_name, subject, scale, need_group = 'No SEN', need_group"
    )


def test_name(row: dict[str, object]) -> str:
    """A row of a test as a question names it."""
    return f"{row['assessment_name']}: {row['need_group']}"


def systems() -> Query:
    """Systems in use in each school and subject. Staff app only."""
    return Query(
        "select school_urn, subject, ladder_system, recorded_pupils_count, placed_pupils_count, "
        "below_only_pupils_count, unknown_code_pupils_count, at_floor_pupils_count from mart_progress__system "
        "order by school_urn, ladder_system = 'NONE', ladder_system, subject"
    )


def pupils(school_urn: str) -> Query:
    """A school's pupils with SEN on the ladder or not, by name. Staff app only."""
    return Query(
        f"select pupil_key, {_NAME}, subject, sen_provision, sen_type, pathway, ladder_standing, "  # noqa: S608
        "unplaced_reason, ladder_system, mark, assessed_date, ladder_rung, ladder_step, reached_date, earlier_mark, "
        "earlier_date, earlier_rung, movement, is_further_within_rung, unknown_mark, floor_assessment, "
        "system_fit from mart_progress__pupil "
        f"where school_urn = ? order by {_BY_NAME}",
        (school_urn,),
    )


def unseen() -> Query:
    """Pupils of all schools whose steps nobody can see, by school and name. Staff app only."""
    return Query(
        f"select school_urn, {_NAME}, subject, sen_type, mark, ladder_system, floor_assessment, system_fit "  # noqa: S608
        "from mart_progress__pupil where system_fit in ('AT_THE_FLOOR', 'UNKNOWN_CODE') or unplaced_reason = "
        f"'BELOW_ONLY' order by school_urn, {_BY_NAME}"
    )


def evidence(school_urn: str) -> Query:
    """A school's engagement profile of the last year: dated evidence by pupil, the newest first. Staff app only."""
    return Query(
        f"select pupil_key, {_NAME}, observed_date, engagement_area, engagement_direction "  # noqa: S608
        "from mart_progress__evidence where school_urn = ? and observed_date > "
        "(select data_date - interval 365 day from mart_release__about) "
        "order by surname, forename, pupil_key, observed_date desc, engagement_area",
        (school_urn,),
    )


def year_6() -> Query:
    """Year 6 by SEN group, each school of the file and the trust."""
    return Query(
        "select school_urn, sen_group, first_year, last_year, cohort_count, expected_count, reached_expected_rate, "
        "compared_count, kept_pace_count, kept_pace_rate, hidden_columns from mart_progress__year_6 "
        "order by school_urn, sen_group desc"
    )


def benchmarks() -> Query:
    """Published key stage 2 figures by SEN group, England first, the newest last."""
    return Query(
        "select sen_group, area, period, value, publication, method_version, licence from mart_progress__benchmarks "
        "order by sen_group desc, area = 'England' desc, area, period"
    )
