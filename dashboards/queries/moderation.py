"""Moderation: agreement by round, a school's own drift, practice; drift of every school, cases, the sample (staff)."""

from __future__ import annotations

from dashboards.queries import Query


def rounds() -> Query:
    """Every closed round, the newest first."""
    return Query(
        "select round_name, round_date, data_date, academic_year, matrix_version, has_new_matrix, schools_count, "
        "rated_count, round_standing, exact_rate, adjacent_rate, alpha, alpha_lower, alpha_upper, gwet_ac2, agreement, "
        "hidden_columns from mart_moderation__round order by round_date desc, round_name"
    )


def own_drift(school_urn: str) -> Query:
    """A school's difference from the others in the rounds of which it may be told, the newest first."""
    return Query(
        "select round_name, round_date, rated_count, drift_bands, drift_lower, drift_upper, hidden_columns "
        "from mart_moderation__school where school_urn = ? order by round_date desc, round_name",
        (school_urn,),
    )


def drift(round_name: str) -> Query:
    """Every school of the file in one round, the band and each descriptor. Staff app."""
    return Query(
        "select school_urn, descriptor, raters_count, rated_count, drift_bands, drift_lower, drift_upper, exact_rate, "
        "adjacent_rate from mart_moderation__drift where round_name = ? order by descriptor, school_urn",
        (round_name,),
    )


def items(round_name: str) -> Query:
    """Cases of one round to discuss, the widest apart first. Staff app."""
    return Query(
        "select case_number, school_urn, surname, forename, ratings_count, lowest_band_number, highest_band_number, "
        "bands_given, widest_descriptor from mart_moderation__item where round_name = ? "
        "order by highest_band_number - lowest_band_number desc, case_number",
        (round_name,),
    )


def matrix(matrix_version: str) -> Query:
    """The criteria of one version, by descriptor and band."""
    return Query(
        "select matrix_version, matrix_title, band_rule, descriptor, band_number, band_name, criterion_code, "
        "criterion_text, is_example from mart_moderation__matrix where matrix_version = ? "
        "order by descriptor, band_number, criterion_code",
        (matrix_version,),
    )


def versions() -> Query:
    """Every version of the matrix, the newest first."""
    return Query(
        "select distinct matrix_version, matrix_title, start_date, end_date, is_example from mart_moderation__matrix "
        "order by start_date desc, matrix_version"
    )


def sample() -> Query:
    """The sample that the next round would be opened with. Staff app."""
    return Query(
        "select round_number, case_number, school_urn, pupil_key, sen_provision, sen_type, year_band, need_codes, "
        "score_strands, support_given from mart_moderation__sample order by case_number"
    )


def practice() -> Query:
    """How each school of the file moderates, by question."""
    return Query(
        "select school_urn, question_code, practice_question, practice_answer, answered_date, common_answer, "
        "common_schools_count, answered_schools_count, policy_answer, practice_standing, policy_standing, "
        "policy_gaps_count from mart_moderation__practice order by question_code, school_urn"
    )
