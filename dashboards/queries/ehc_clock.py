"""The statutory clock of EHC plans: released figures by school, year and week; for staff, what is due of whom."""

from __future__ import annotations

from dashboards.queries import Query

_DUE = (
    "select item_key, pupil_key, school_urn, surname, forename, nc_year, plan_reference, request_date, kind, step, "
    "owed_by, due_date, left_days, is_exception, is_from_year_9, data_rule from mart_ehc_clock__due"
)


def by_school() -> Query:
    """One row per school in the file, and the trust."""
    return Query(
        "select school_urn, data_date, plans_count, reviews_due_count, reviews_in_time_count, reviews_in_time_rate, "
        "wilson_low_rate, wilson_high_rate, reports_due_count, reports_in_time_count, reports_in_time_rate, "
        "decisions_due_count, decisions_in_time_count, decisions_in_time_rate, amended_due_count, "
        "amended_in_time_count, amended_in_time_rate, adulthood_due_count, adulthood_covered_count, "
        "adulthood_covered_rate, overdue_reviews_count, due_soon_count, open_requests_count, open_late_count, "
        "transfers_count, transfers_unreviewed_count, transfers_late_count, hidden_columns from mart_ehc_clock__school "
        "order by school_urn"
    )


def by_year() -> Query:
    """The trust's requests by calendar year, oldest first."""
    return Query(
        "select calendar_year, issued_count, exception_count, regular_count, issued_in_time_count, "
        "regular_in_time_count, issued_in_time_rate, regular_in_time_rate, decided_count, decided_in_time_count, "
        "decided_in_time_rate, caseload_count, hidden_columns from mart_ehc_clock__year order by calendar_year"
    )


def curve() -> Query:
    """The trust's likely share issued, by weeks since the request."""
    return Query(
        "select elapsed_weeks, cases_count, issued_rate, hidden_columns from mart_ehc_clock__curve "
        "order by elapsed_weeks"
    )


def forecast() -> Query:
    """What is likely to come: one row."""
    return Query(
        "select data_date, cases_count, by_20_rate, expected_rate, expected_low_rate, expected_high_rate, "
        "next_caseload_count, next_caseload_low_count, next_caseload_high_count, hidden_columns "
        "from mart_ehc_clock__forecast"
    )


def published(measure: str) -> Query:
    """A published figure by area and year, the newest first; also one that is not used, with the rule."""
    return Query(
        "select measure, area, period, value, unit, publication, method_version, licence, data_rule "
        "from mart_ehc_clock__benchmarks where measure = ? order by period desc, area = 'England' desc, area",
        (measure,),
    )


def due(school_urn: str) -> Query:
    """What is due in a school, the longest overdue first; what has no day last."""
    return Query(
        f"{_DUE} where school_urn = ? order by due_date nulls last, surname, forename, item_key",
        (school_urn,),
    )


def open_requests() -> Query:
    """Open requests of every school in the file, the next step that is longest overdue first."""
    return Query(f"{_DUE} where kind = 'REQUEST' order by due_date nulls last, request_date, school_urn, item_key")


def ahead_by_school() -> Query:
    """Reviews to be held by school: overdue, and due within 14, 30, 60 and 90 days; exact numbers."""
    return Query(
        "select school_urn, count(*) filter (left_days < 0) as overdue_reviews_count, "
        "count(*) filter (left_days between 0 and 14) as due_14_count, "
        "count(*) filter (left_days between 0 and 30) as due_30_count, "
        "count(*) filter (left_days between 0 and 60) as due_60_count, "
        "count(*) filter (left_days between 0 and 90) as due_90_count "
        "from mart_ehc_clock__due where step in ('HOLD_REVIEW', 'ENTER_REVIEW') group by school_urn order by school_urn"
    )


def adulthood(school_urn: str) -> Query:
    """Reviews of the last twelve months in year 9 and above, by name, with what they say of adulthood."""
    return Query(
        "select pupil_key, surname, forename, nc_year, meeting_date, due_date, is_held, is_adulthood_covered "
        "from mart_ehc_clock__review where school_urn = ? and is_from_year_9 and is_held "
        "order by is_adulthood_covered nulls first, surname, forename, plan_key, review_number",
        (school_urn,),
    )


def late_reviews(school_urn: str) -> Query:
    """Reviews of the last twelve months of which a step was late, newest first, with whose step it was."""
    return Query(
        "select pupil_key, surname, forename, nc_year, due_date, meeting_date, is_held, meeting_late_days, "
        "papers_late_days, report_late_days, decision_late_days, amended_late_days from mart_ehc_clock__review "
        "where school_urn = ? and greatest(meeting_late_days, report_late_days, decision_late_days, "
        "amended_late_days, papers_late_days) > 0 order by due_date desc, surname, forename, plan_key, review_number",
        (school_urn,),
    )


def transfers(school_urn: str) -> Query:
    """Pupils with a plan who change phase this year: those without a review first, then by the day of the plan."""
    return Query(
        "select pupil_key, surname, forename, nc_year, transfer_stage, is_move_certain, transfer_due_date, "
        "review_by_date, meeting_date, decision_date, amended_plan_date, transfer_standing, transfer_late_days, "
        "owed_by, exists (select 1 from mart_ehc_clock__due d where d.pupil_key = t.pupil_key and d.step = "
        "'SEND_REPORT') as is_report_due from mart_ehc_clock__transfer t where school_urn = ? "
        "order by meeting_date is not null, amended_plan_date is not null, transfer_due_date, surname, "
        "forename, plan_key",
        (school_urn,),
    )
