"""Which spoilers each raw table gets. Declarations only."""

from __future__ import annotations

from seeds.trust.spoilers import (
    FAR_DAY,
    LONG,
    MONTH_FIRST,
    NO_SUCH_DAY,
    NOBODY,
    PADDED,
    SHORT,
    TOTAL,
    TWICE,
    UPN,
    UPN_IN_PLACE,
    Spoiler,
    above,
    bad,
    conflict,
    flag,
    formula,
    on_new,
    order,
    orphan,
    put,
)  # fmt: skip

_ABOVE = above("authorised_sessions_count", "possible_sessions_count")
_PLAN, _GROUP = "EHCP-X{}", "GX{}"

SPOILERS: dict[str, tuple[Spoiler, ...]] = {
    "raw_insight__pupils": (
        UPN, bad("KIND", "birth_date", MONTH_FIRST), PADDED, TWICE, flag("CODE", "sex", "X"),
        order("leaving_date", "entry_date"),
        bad("DATE_RANGE", "birth_date", FAR_DAY), conflict("forename"), LONG, bad("REQUIRED", "surname", None),
        flag("KIND", "is_eal", "perhaps"), bad("KIND", "birth_date", NO_SUCH_DAY), PADDED, SHORT,
    ),
    "raw_insight__assessments": (
        bad("REQUIRED", "mark", None, how="place"), TWICE, UPN_IN_PLACE, NOBODY, conflict("mark"), PADDED,
        bad("RANGE", "academic_year", 1925, how="place"), bad("CODE", "half_term", "Autumn3", "Winter", how="place"),
        LONG,
        flag("KIND", "assessed_date", "31/06/2025"), bad("KIND", "academic_year", "last year", how="place"), SHORT,
        flag("CODE", "nc_year", "Y99"), bad("REQUIRED", "mark_scheme", None, how="place"), PADDED,
    ),
    "raw_insight__provisions": (
        bad("KIND", "start_date", MONTH_FIRST), NOBODY, TWICE, bad("RANGE", "planned_sessions_count", -5), LONG,
        conflict("session_minutes"),
    ),
    "raw_send_register__pupils": (
        bad("KIND", "birth_date", MONTH_FIRST), UPN, formula("birth_date"), bad("CODE", "sen_provision", "Q"), TWICE,
        order("status_end_date", "status_date"), flag("CODE", "sen_type", "XYZ"), conflict("sen_type", "OTH", "MLD"),
        PADDED,
        bad("REQUIRED", "sen_provision", None), LONG, bad("KIND", "status_date", NO_SUCH_DAY), TOTAL,
    ),
    "raw_school_census__pupils": (
        UPN, flag("CODE", "sex", "X"), bad("KIND", "birth_date", "2020-02-31", "2019-Feb-30 00:00:00"), PADDED, LONG,
        flag("CODE", "nc_year", "Z9"), UPN,
    ),
    "raw_school_census__sen_needs": (
        bad("CODE", "sen_type", "ZZZ"), orphan("pupil_on_roll_id", "99{}"), TWICE, bad("RANGE", "sen_type_rank", "0.0"),
    ),
    "raw_ehc_tracker__plans": (
        on_new(bad("KIND", "plan_start_date", MONTH_FIRST), "plan_reference", _PLAN), flag("CODE", "sen_type", "??"),
        on_new(order("cease_date", "plan_start_date"), "plan_reference", _PLAN),
        on_new(NOBODY, "plan_reference", _PLAN), TWICE,
        on_new(formula("funding_band"), "plan_reference", _PLAN),
    ),
    "raw_ehc_tracker__provision": (
        bad("KIND", "fixed_pence", "TBC"), bad("CODE", "staff_grade", "Volunteer"), orphan("plan_reference", _PLAN),
        TWICE,
        bad("RANGE", "hours_per_week", 99), bad("RANGE", "delivered_sessions_count", -4), formula("hours_per_week"),
        bad("REQUIRED", "group_size_count", None), conflict("planned_sessions_count"),
    ),
    "raw_ehc_tracker__outcomes": (
        bad("CODE", "status", "Nearly"), bad("KIND", "due_date", NO_SUCH_DAY), orphan("plan_reference", _PLAN), TWICE,
        flag("KIND", "evidence_date", "last week"), bad("RANGE", "outcome_number", 0),
    ),
    "raw_ehc_tracker__milestones": (
        Spoiler("UNKNOWN_REFERENCE", "outcome_number", put("outcome_number", 59)),
        bad("KIND", "target_date", NO_SUCH_DAY),
        bad("CODE", "milestone_status", "Nearly there"), TWICE, bad("RANGE", "milestone_number", 0),
        flag("CODE", "evidence_kind", "Hearsay"), bad("REQUIRED", "target_date", None), formula("target_date"),
    ),
    "raw_ehc_tracker__reviews": (
        order("decision_date", "meeting_date"), bad("KIND", "review_due_date", "soon"),
        orphan("plan_reference", _PLAN), TWICE,
        flag("KIND", "papers_sent_date", MONTH_FIRST),
    ),
    "raw_ehc_tracker__requests": (
        order("assess_decision_date", "request_date"), NOBODY, TWICE, flag("KIND", "is_exception", "pending"),
    ),
    "raw_provision_map__groups": (
        on_new(bad("KIND", "planned_sessions_count", "TBC"), "group_reference", _GROUP),
        flag("RANGE", "wave_number", 7),
        on_new(bad("KIND", "resource_pence", "tbc"), "group_reference", _GROUP), TWICE,
        on_new(bad("CODE", "staff_grade", "Parent helper"), "group_reference", _GROUP),
        on_new(order("end_date", "start_date"), "group_reference", _GROUP),
        on_new(formula("planned_sessions_count"), "group_reference", _GROUP),
    ),
    "raw_provision_map__pupils": (
        orphan("group_reference", _GROUP), NOBODY, bad("RANGE", "attended_sessions_count", -2),
        flag("RANGE", "teacher_judgement", 5), TWICE, UPN,
    ),
    "raw_provision_map__sessions": (
        bad("KIND", "session_date", MONTH_FIRST), orphan("group_reference", _GROUP), TWICE,
        bad("KIND", "is_delivered", "perhaps"),
        bad("REQUIRED", "is_delivered", None),
    ),
    "raw_provision_map__targets": (
        bad("KIND", "target_number", "one"), flag("KIND", "is_scored_by_deliverer", "perhaps"), TWICE,
        orphan("group_reference", _GROUP), bad("KIND", "set_date", NO_SUCH_DAY), NOBODY, UPN,
        bad("REQUIRED", "set_date", None), conflict("start_level", -2, -1), order("scored_date", "set_date"),
        bad("RANGE", "target_number", 0), formula("target_number"),
    ),
    "raw_engagement__observations": (
        bad("KIND", "observed_date", MONTH_FIRST), bad("CODE", "engagement_area", "Curiosity"), TWICE, UPN,
        bad("CODE", "engagement_direction", "7"), NOBODY, conflict("engagement_direction", "Less", "Same"), LONG,
        bad("REQUIRED", "engagement_area", None), PADDED, SHORT, TOTAL,
    ),
    "raw_small_steps__records": (
        bad("KIND", "recorded_date", MONTH_FIRST), NOBODY, TWICE, UPN, bad("REQUIRED", "step_code", None),
        flag("CODE", "pathway", "Rainbow"), bad("KIND", "recorded_date", NO_SUCH_DAY), PADDED, LONG, SHORT, TOTAL,
    ),
    "raw_attendance__half_terms": (
        bad("KIND", "possible_sessions_count", "TBC", how="place"), TWICE, NOBODY, UPN_IN_PLACE,
        Spoiler("ABOVE", "authorised_sessions_count", _ABOVE, "place"),
        conflict("authorised_sessions_count"), bad("RANGE", "unauthorised_sessions_count", -3, how="place"), PADDED,
        LONG,
        bad("CODE", "half_term", "Winter1", how="place"), TOTAL, SHORT,
    ),
    "raw_attendance__suspensions": (
        bad("KIND", "start_date", MONTH_FIRST), bad("CODE", "category", "ISOL"), TWICE,
        flag("RANGE", "missed_sessions_count", -2),
        NOBODY,
    ),
    "raw_money__staff_rates": (bad("CODE", "staff_grade", "Volunteer"), bad("KIND", "gross_pay_pence", "TBC")),
    "raw_money__resources": (
        bad("KIND", "amount_pence", "TBC"), bad("KIND", "amount_pence", "1.200,50"),
        bad("RANGE", "amount_pence", "(250.00)"),
        bad("FORM", "funded_school_urn", "99A101"), TOTAL,
    ),
    "raw_money__agency_invoices": (
        on_new(bad("KIND", "invoice_date", NO_SUCH_DAY), "invoice_number", "INV-X{}"), TWICE,
        on_new(bad("KIND", "amount_pence", "1e9"), "invoice_number", "INV-X{}"),
        on_new(formula("amount_pence"), "invoice_number", "INV-X{}"),
    ),
    "raw_money__top_up": (
        orphan("plan_reference", _PLAN), bad("KIND", "top_up_pence", "to follow"),
        bad("RANGE", "top_up_pence", "-1,200.00"), TWICE,
    ),
    "raw_money__support_staff": (
        bad("CODE", "staff_grade", "Volunteer"), bad("RANGE", "weekly_contracted_hours", -5),
        bad("KIND", "staff_count", "2 or 3"), TWICE,
    ),
    "raw_money__school_funding": (bad("CODE", "funding_kind", "GRANT"),),
    "raw_apdr__cycles": (
        bad("KIND", "assessed_date", NO_SUCH_DAY), order("planned_date", "assessed_date"), TWICE,
        flag("CODE", "area_of_need", "Behaviour"), NOBODY, bad("RANGE", "cycle_number", 0), PADDED, LONG,
        bad("REQUIRED", "assessed_date", None), order("review_due_date", "assessed_date"), UPN,
        conflict("group_reference", "G-OLD", "G-NEW"), formula("assessed_date"),
        flag("KIND", "is_parent_view_recorded", "perhaps"), TOTAL, SHORT,
    ),
    "raw_registers__diagnostic_tests": (
        flag("KIND", "list_price_pence", "TBC"), bad("CODE", "licence_kind", "Free"), TWICE,
    ),
    "raw_registers__test_stock": (
        bad("RANGE", "bought_units", -20), orphan("test_name", "Test {}"),
        Spoiler("ABOVE", "used_units", above("used_units", "bought_units")), TWICE,
        bad("KIND", "bought_units", "a few"), formula("bought_units"),
    ),
    "raw_registers__licences": (
        Spoiler("ABOVE", "active_users_count", above("active_users_count", "seats_count")), TWICE,
        bad("KIND", "yearly_price_pence", "TBC"),
    ),
    "raw_registers__leadership": (
        bad("CODE", "senco_award", "Soon"), TWICE,
        Spoiler("ABOVE", "open_recommendations_count", put("open_recommendations_count", 400)),
    ),
    "raw_registers__website": (
        bad("KIND", "published_date", NO_SUCH_DAY), bad("CODE", "website_item", "Prospectus"), TWICE,
    ),
    "raw_registers__agencies": (TWICE, bad("CODE", "price_unit", "Day")),
    "raw_registers__agency_prices": (
        orphan("service", "Service {}"), bad("KIND", "unit_price_pence", "TBC"), order("end_date", "start_date"),
    ),
    "raw_registers__matrix_versions": (TWICE,),
    "raw_registers__practice_questions": (TWICE,),
    "raw_registers__strategy_status": (
        bad("CODE", "action_status", "Nearly done"), TWICE, flag("CODE", "blocked_by", "Weather"),
        bad("KIND", "noted_date", NO_SUCH_DAY),
    ),
    "raw_referrals__referrals": (
        order("seen_date", "referral_date"), orphan("service", "Service {}"), NOBODY, TWICE,
        bad("REQUIRED", "referral_date", None), UPN, LONG, bad("KIND", "referral_date", NO_SUCH_DAY),
        order("closed_date", "referral_date"), formula("referral_date"), PADDED, SHORT, TOTAL,
    ),
    "raw_registers__moderation_marks": (
        bad("KIND", "case_number", "third"), TWICE, flag("RANGE", "band_given_number", 12),
        bad("FORM", "rater_school_urn", "99A101"), bad("REQUIRED", "round_date", None),
        bad("FORM", "rater_code", "Dr A."),
    ),
    "raw_registers__matrix_criteria": (orphan("matrix_version", "BANDS-X{}"), TWICE),
    "raw_registers__practice_answers": (
        orphan("question_code", "Q{}"), bad("RANGE", "question_version", 0), TWICE,
        bad("KIND", "answered_date", NO_SUCH_DAY),
    ),
    "raw_leavers__pupils": (
        bad("KIND", "leaving_date", MONTH_FIRST), flag("CODE", "intended_code", "College"), TWICE, NOBODY, TOTAL,
        bad("REQUIRED", "leaving_date", None), order("september_contact_date", "leaving_date"),
        conflict("intended_code", "L99", "810"), bad("DATE_RANGE", "leaving_date", FAR_DAY),
        flag("CODE", "nc_year", "15"),
    ),
    "raw_attendance__moves": (
        bad("KIND", "leaving_date", MONTH_FIRST), TWICE, NOBODY, conflict("move_code", "L99", "L90"), UPN,
        bad("REQUIRED", "leaving_date", None), bad("DATE_RANGE", "leaving_date", FAR_DAY), PADDED, TOTAL,
    ),
    "raw_inclusion__part_time": (
        bad("KIND", "start_date", MONTH_FIRST), bad("RANGE", "weekly_sessions_count", 10), TWICE, NOBODY,
        order("planned_end_date", "start_date"), PADDED, bad("KIND", "weekly_sessions_count", "mornings"),
    ),
    "raw_inclusion__placements": (
        bad("KIND", "start_date", NO_SUCH_DAY), TWICE, NOBODY, PADDED, order("end_date", "start_date"),
        bad("REQUIRED", "provider_name", None), UPN,
    ),
    "raw_inclusion__curriculum": (
        bad("CODE", "curriculum_subject", "Circle games"), TWICE, NOBODY, conflict("access", "FULL", "NOT"), PADDED,
        bad("CODE", "school_term", "MID"), flag("CODE", "access", "SOMETIMES"), UPN,
        flag("RANGE", "weekly_missed_minutes", 9000), TOTAL,
    ),
    "raw_nccis__activities": (
        bad("FORM", "activity_code", "AB1"), NOBODY, TWICE, order("end_date", "start_date"), UPN,
        flag("KIND", "ascertained_date", "about October"), bad("REQUIRED", "upn", None),
        conflict("young_persons_id", "YP999001"), flag("CODE", "intended_code", "999"),
    ),
}  # fmt: skip
