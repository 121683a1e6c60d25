"""The staff app: the SEND lead, SENCOs (their own school, pupil rows) and the central team."""

from dashboards.access import Role
from dashboards.views import central_night, senco_mend, senco_register, send_lead_interventions, shared_about
from dashboards.views.opening import Leaf, open_app

_ABOUT = Leaf("About the data", "about", shared_about.show)
_MEND = Leaf("Please mend", "mend", senco_mend.show)
PAGES = {
    Role.SEND_LEAD: (Leaf("Interventions", "interventions", send_lead_interventions.show), _MEND, _ABOUT),
    Role.SENCO: (_MEND, Leaf("Register", "register", senco_register.show), _ABOUT),
    Role.CENTRAL: (Leaf("Last night", "night", central_night.show), _ABOUT),
}

if __name__ == "__main__":
    open_app("staff", "Orchard for staff", PAGES)
