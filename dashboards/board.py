"""The board app: what governors and trustees see. Released numbers only; it never names a file with pupil rows."""

from dashboards.access import Role
from dashboards.views import (
    board_questions,
    governor_inclusion,
    governor_leavers,
    governor_money,
    governor_nutshell,
    governor_plans,
    governor_progress,
    governor_pupils,
    governor_school,
    governor_visit,
    governor_works,
    shared_about,
    shared_find,
    trustee_destinations,
    trustee_identification,
    trustee_inclusion,
    trustee_money,
    trustee_pack,
    trustee_progress,
    trustee_risk,
    trustee_schools,
    trustee_strategy,
    trustee_trust,
    trustee_works,
)
from dashboards.views.opening import Leaf, open_app

# Groups of pages: each is one menu, for a role of many pages.
_PUPILS, _SUPPORT, _MEETING = "Pupils", "Support and outcomes", "Meetings and help"
_FIND = Leaf("Find a figure", "find", shared_find.show, _MEETING)
_ABOUT = Leaf("About the data", "about", shared_about.show, _MEETING)
PAGES = {
    Role.GOVERNOR: (
        Leaf("Nutshell", "nutshell", governor_nutshell.show),
        Leaf("Questions and answers", "questions", board_questions.show),
        Leaf("Our school", "school", governor_school.show),
        Leaf("Who our pupils are", "pupils", governor_pupils.show, _PUPILS),
        Leaf("Are they here and included", "included", governor_inclusion.show, _PUPILS),
        Leaf("Are they progressing", "progress", governor_progress.show, _PUPILS),
        Leaf("EHC plans", "plans", governor_plans.show, _SUPPORT),
        Leaf("What we run", "works", governor_works.show, _SUPPORT),
        Leaf("Money", "money", governor_money.show, _SUPPORT),
        Leaf("Leavers", "leavers", governor_leavers.show, _SUPPORT),
        Leaf("Visit form", "visit", governor_visit.show, _MEETING),
        _FIND,
        _ABOUT,
    ),
    Role.TRUSTEE: (
        Leaf("Trust on a page", "trust", trustee_trust.show),
        Leaf("Strategy", "strategy", trustee_strategy.show),
        Leaf("Schools", "schools", trustee_schools.show),
        Leaf("Identification and moderation", "identification", trustee_identification.show, _PUPILS),
        Leaf("Here and included", "included", trustee_inclusion.show, _PUPILS),
        Leaf("Are they progressing", "progress", trustee_progress.show, _PUPILS),
        Leaf("What we run", "works", trustee_works.show, _SUPPORT),
        Leaf("Value for money", "money", trustee_money.show, _SUPPORT),
        Leaf("Risk", "risk", trustee_risk.show, _SUPPORT),
        Leaf("Destinations", "destinations", trustee_destinations.show, _SUPPORT),
        Leaf("Questions and answers", "questions", board_questions.show, _MEETING),
        Leaf("Pack for the meeting", "pack", trustee_pack.show, _MEETING),
        _FIND,
        _ABOUT,
    ),
}

if __name__ == "__main__":
    open_app("board", "Orchard for the board", PAGES)
