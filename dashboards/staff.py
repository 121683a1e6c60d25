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
    send_lead_names,
    send_lead_progress,
    send_lead_register,
    send_lead_value,
    shared_about,
)
from dashboards.views.opening import Leaf, open_app

_ABOUT = Leaf("About the data", "about", shared_about.show)
_MEND = Leaf("Please mend", "mend", senco_mend.show)
PAGES = {
    Role.SEND_LEAD: (
        Leaf("Interventions", "interventions", send_lead_interventions.show),
        Leaf("One intervention", "intervention", send_lead_intervention.show),
        Leaf("Compare schools", "compare", send_lead_compare.show),
        Leaf("Value for money", "value", send_lead_value.show),
        Leaf("Plan and review by school", "cycles-by-school", send_lead_cycles.show),
        Leaf("Here and included", "included", send_lead_inclusion.show),
        Leaf("Ladder and assessments", "ladder", send_lead_progress.show),
        Leaf("Moderation room", "moderation", send_lead_moderation.show),
        Leaf("EHC plan clock", "clock", send_lead_clock.show),
        Leaf("Promised and delivered", "delivery", send_lead_delivery.show),
        Leaf("Deployment and what-if", "deployment", send_lead_deployment.show),
        Leaf("Commissioning", "commissioning", send_lead_commissioning.show),
        Leaf("Leavers", "leavers", send_lead_leavers.show),
        Leaf("Register health", "register-health", send_lead_register.show),
        Leaf("Names to settle", "names", send_lead_names.show),
        _MEND,
        _ABOUT,
    ),
    Role.SENCO: (
        Leaf("Today", "today", senco_today.show),
        Leaf("Register", "register", senco_register.show),
        Leaf("One pupil", "pupil", senco_pupil.show),
        Leaf("Data conflicts", "conflicts", senco_conflicts.show),
        Leaf("Plan and review", "cycles", senco_cycles.show),
        Leaf("Here and included", "included", senco_inclusion.show),
        Leaf("Groups to review", "groups", senco_groups.show),
        Leaf("Outcomes and milestones", "outcomes", senco_outcomes.show),
        Leaf("Ladder and engagement", "ladder", senco_progress.show),
        Leaf("Referrals", "referrals", senco_referrals.show),
        Leaf("Leavers to call", "calls", senco_leavers.show),
        Leaf("Rate cases", "rate", senco_rating.show),
        Leaf("Inspection pack", "inspection", senco_inspection.show),
        Leaf("What governors see", "preview", senco_preview.show),
        _MEND,
        _ABOUT,
    ),
    Role.CENTRAL: (Leaf("Last night", "night", central_night.show), _ABOUT),
}

if __name__ == "__main__":
    open_app("staff", "Orchard for staff", PAGES)
