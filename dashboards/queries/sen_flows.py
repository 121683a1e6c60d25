"""Flows of the register and primary need: released figures; for staff, who it was."""

from __future__ import annotations

from dashboards.queries import Query

_FLOWS = "joined_count, arrived_count, left_count, plan_count, ended_count, back_count, need_changed_count"
_WHO = "pupil_key, surname, forename, nc_year"
_NEEDS = (
    "slcn_count, asd_count, mld_count, spld_count, severe_count, semh_count, sensory_count, physical_count, "
    "down_count, other_count, unspecified_count, untold_count, communication_count, cognition_count, "
    "sensory_physical_count, unclear_count, slcn_rate, asd_rate, communication_rate, cognition_rate, semh_rate, "
    "sensory_physical_rate, unclear_rate, hidden_columns"
)


def by_year() -> Query:
    """One row per school in the file, and the trust: the last whole academic year."""
    return Query(
        f"select school_urn, academic_year, {_FLOWS}, hidden_columns from mart_sen_flows__year "  # noqa: S608
        "order by school_urn"
    )


def by_term() -> Query:
    """The trust's flows by term of that year."""
    return Query(
        f"select academic_year, term, {_FLOWS}, hidden_columns from mart_sen_flows__term order by term"  # noqa: S608
    )


def of_pupils(school_urn: str) -> Query:
    """A school's flows of this year and the last, the newest first."""
    return Query(
        f"select {_WHO}, flow, flow_date, from_code, to_code, academic_year, half_term from mart_sen_flows__pupil "  # noqa: S608
        "where school_urn = ? order by flow_date desc, surname, forename, pupil_key, flow",
        (school_urn,),
    )


def gaps(school_urn: str) -> Query:
    """On the register with no provision, the longest first; and in a group without being on it, most groups first."""
    return Query(
        f"select {_WHO}, gap, sen_provision, since_date, groups_count from mart_sen_flows__gap "  # noqa: S608
        "where school_urn = ? order by gap, case when gap = 'NO_PROVISION' then 0 else -groups_count end, since_date, "
        "surname, forename, pupil_key",
        (school_urn,),
    )


def needs_of_support() -> Query:
    """Main need of pupils with SEN support: each school in the file, and the trust."""
    return Query(f"select school_urn, sen_support_count, {_NEEDS} from mart_needs__support order by school_urn")  # noqa: S608


def needs_of_plans() -> Query:
    """Main need of pupils with a plan: each school in the file, and the trust."""
    return Query(f"select school_urn, ehc_plan_count, {_NEEDS} from mart_needs__plan order by school_urn")  # noqa: S608


def needs_by_year() -> Query:
    """The trust's codes of need by spring census, oldest first."""
    return Query(
        "select calendar_year, is_down_coded, typed_count, other_count, down_count, unspecified_count, other_rate, "
        "unspecified_rate, hidden_columns from mart_needs__year order by calendar_year"
    )


def england(measure: str) -> Query:
    """A published figure for England, the newest first."""
    return Query(
        "select measure, area, period, value, unit, source from mart_release__benchmarks "
        "where measure = ? and area = 'England' order by period desc",
        (measure,),
    )
