"""The staff app: the SEND lead, SENCOs (their own school, pupil rows) and the central team."""

from dashboards.access import Role
from dashboards.views import (
    central_night,
    senco_conflicts,
    senco_cycles,
    senco_groups,
    senco_inclusion,
    senco_inspection,
    senco_leavers,
    senco_mend,
    senco_outcomes,
    senco_preview,
    senco_progress,
    senco_pupil,
    senco_questions,
    senco_rating,
    senco_referrals,
    senco_register,
    senco_today,
    send_lead_clock,
    send_lead_commissioning,
    send_lead_compare,
    send_lead_cycles,
    send_lead_delivery,
    send_lead_deployment,
    send_lead_inclusion,
    send_lead_intervention,
    send_lead_interventions,
    send_lead_leavers,
    send_lead_moderation,
    send_lead_morning,
    send_lead_names,
    send_lead_progress,
    send_lead_register,
    send_lead_sign_off,
    send_lead_value,
    shared_about,
    shared_find,
)
from dashboards.views.opening import Leaf, open_app

_INTERVENTIONS, _PUPILS, _PLANS = "Interventions", "Pupils", "EHC plans"
_REGISTERS, _RESOURCES, _SUPPORT = "Registers", "Staff and money", "Support"
_OTHERS, _DATA = "Governors and visits", "Data and help"
_MEND = Leaf("Please mend", "mend", senco_mend.show, _DATA)
_FIND = Leaf("Find a figure", "find", shared_find.show, _DATA)
_ABOUT = Leaf("About the data", "about", shared_about.show, _DATA)
PAGES = {
    Role.SEND_LEAD: (
        Leaf("This morning", "morning", send_lead_morning.show),
        Leaf("Nutshell sign-off", "sign-off", send_lead_sign_off.show),
        Leaf("Interventions", "interventions", send_lead_interventions.show, _INTERVENTIONS),
        Leaf("One intervention", "intervention", send_lead_intervention.show, _INTERVENTIONS),
        Leaf("Compare schools", "compare", send_lead_compare.show, _INTERVENTIONS),
        Leaf("Value for money", "value", send_lead_value.show, _INTERVENTIONS),
        Leaf("Names to settle", "names", send_lead_names.show, _INTERVENTIONS),
        Leaf("Plan and review by school", "cycles-by-school", send_lead_cycles.show, _PUPILS),
        Leaf("Here and included", "included", send_lead_inclusion.show, _PUPILS),
        Leaf("Ladder and assessments", "ladder", send_lead_progress.show, _PUPILS),
        Leaf("Leavers", "leavers", send_lead_leavers.show, _PUPILS),
        Leaf("Moderation room", "moderation", send_lead_moderation.show, _REGISTERS),
        Leaf("Register health", "register-health", send_lead_register.show, _REGISTERS),
        Leaf("EHC plan clock", "clock", send_lead_clock.show, _PLANS),
        Leaf("Promised and delivered", "delivery", send_lead_delivery.show, _PLANS),
        Leaf("Deployment and what-if", "deployment", send_lead_deployment.show, _RESOURCES),
        Leaf("Commissioning", "commissioning", send_lead_commissioning.show, _RESOURCES),
        _MEND,
        _FIND,
        _ABOUT,
    ),
    Role.SENCO: (
        Leaf("Today", "today", senco_today.show),
        Leaf("Register", "register", senco_register.show),
        Leaf("One pupil", "pupil", senco_pupil.show),
        Leaf("Plan and review", "cycles", senco_cycles.show, _SUPPORT),
        Leaf("Groups to review", "groups", senco_groups.show, _SUPPORT),
        Leaf("Outcomes and milestones", "outcomes", senco_outcomes.show, _SUPPORT),
        Leaf("Referrals", "referrals", senco_referrals.show, _SUPPORT),
        Leaf("Here and included", "included", senco_inclusion.show, _PUPILS),
        Leaf("Ladder and engagement", "ladder", senco_progress.show, _PUPILS),
        Leaf("Leavers to call", "calls", senco_leavers.show, _PUPILS),
        Leaf("Questions to answer", "questions", senco_questions.show, _OTHERS),
        Leaf("What governors see", "preview", senco_preview.show, _OTHERS),
        Leaf("Inspection pack", "inspection", senco_inspection.show, _OTHERS),
        Leaf("Rate cases", "rate", senco_rating.show, _OTHERS),
        Leaf("Data conflicts", "conflicts", senco_conflicts.show, _DATA),
        _MEND,
        _FIND,
        _ABOUT,
    ),
    Role.CENTRAL: (
        Leaf("Last night", "night", central_night.show),
        Leaf("Find a figure", "find", shared_find.show),
        Leaf("About the data", "about", shared_about.show),
    ),
}

if __name__ == "__main__":
    open_app("staff", "Orchard for staff", PAGES)
