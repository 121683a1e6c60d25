"""How schools write the codes of closed lists: the spellings that cleaning understands, by column name.

Keys are folded (lower case, "&" as "and", "+" as "plus", letters and digits only); a closed list's own values are
understood in any case and spacing and are not repeated here. The lists themselves stand in ``vocabulary.py`` or
beside their table.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from expectations.vocabulary import AREAS_OF_NEED, SUBJECTS

_SEN_TYPES_WRITTEN = {
    "specificlearningdifficulty": "SPLD",
    "dyslexia": "SPLD",
    "moderatelearningdifficulty": "MLD",
    "severelearningdifficulty": "SLD",
    "profoundandmultiplelearningdifficulty": "PMLD",
    "socialemotionalandmentalhealth": "SEMH",
    "speechlanguageandcommunicationneeds": "SLCN",
    "speechlanguageandcommunication": "SLCN",
    "hearingimpairment": "HI",
    "visualimpairment": "VI",
    "visionimpairment": "VI",
    "multisensoryimpairment": "MSI",
    "physicaldisability": "PD",
    "autism": "ASD",
    "autisticspectrumdisorder": "ASD",
    "autismspectrumdisorder": "ASD",
    "asc": "ASD",
    "downsyndrome": "DS",
    "other": "OTH",
    "otherdifficultydisability": "OTH",
    "nospecialistassessment": "NSA",
}
_NC_YEARS_WRITTEN = {
    **{f"{word}{year}": str(year) for year in range(1, 15) for word in ("year", "yr", "y", "yeargroup")},
    **{f"0{year}": str(year) for year in range(1, 10)},
    **dict.fromkeys(("0", "reception", "rec", "yearr", "yr", "year0", "y0"), "R"),
    "nursery1": "N1",
    "nursery2": "N2",
    "nursery": "N2",
}
_TERMS_WRITTEN = {
    **{
        f"{word}{part}": f"{term}{part}"
        for term in ("Autumn", "Spring", "Summer")
        for part in (1, 2)
        for word in (term[:3].lower(), f"{term.lower()}term", f"{term.lower()}half", f"{term.lower()}halfterm")
    },
    **{
        f"{term.lower()}{word}half": f"{term}{part}"
        for term in ("Autumn", "Spring", "Summer")
        for part, word in ((1, "first"), (2, "second"), (1, "1st"), (2, "2nd"))
    },
    "baseline": "Entry",
    "onentry": "Entry",
}
_OUTCOMES_WRITTEN = {
    "achieved": "Met", "notachieved": "Not met", "unmet": "Not met", "noevidenceyet": "No evidence",
}  # fmt: skip
_SUBJECTS_WRITTEN = {**{s.lower(): s for s in SUBJECTS}, "maths": "Mathematics", "math": "Mathematics"}
SPELLINGS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "sex": {"female": "F", "girl": "F", "male": "M", "boy": "M", "unknown": "U", "notknown": "U"},
        "nc_year": _NC_YEARS_WRITTEN,
        "half_term": _TERMS_WRITTEN,
        "census_term": {"autumn": "AUT", "spring": "SPR", "summer": "SUM"},
        "sen_provision": {
            "none": "N",
            "nosen": "N",
            "no": "N",
            "nospecialeducationalneed": "N",
            "nspecialeducationalneed": "N",
            "sensupport": "K",
            "support": "K",
            "ksensupport": "K",
            "schoolsupport": "K",
            "ehcp": "E",
            "ehc": "E",
            "ehcplan": "E",
            "plan": "E",
            "eehcp": "E",
            "eehcplan": "E",
            "educationhealthandcareplan": "E",
            "statement": "S",
            "schoolaction": "A",
            "schoolactionplus": "P",
        },
        "sen_type": _SEN_TYPES_WRITTEN,
        "second_sen_type": _SEN_TYPES_WRITTEN,
        "third_sen_type": _SEN_TYPES_WRITTEN,
        "area_of_need": {
            "semh": AREAS_OF_NEED[2],
            "candi": AREAS_OF_NEED[0],
            "candl": AREAS_OF_NEED[1],
            **dict.fromkeys(
                (
                    "sensoryandphysical",
                    "sensoryphysical",
                    "sensoryandorphysical",
                    "sensoryandphysicalneeds",
                    "physicalandsensory",
                ),
                AREAS_OF_NEED[3],
            ),
        },
        "subject": _SUBJECTS_WRITTEN,
        "staff_grade": {
            "talevel2": "TA2",
            "teachingassistantlevel2": "TA2",
            "talevel3": "TA3",
            "teachingassistantlevel3": "TA3",
            "higherlevelteachingassistant": "HLTA",
            "sendco": "SENCO",
        },
        "status": _OUTCOMES_WRITTEN,
        "last_review_status": _OUTCOMES_WRITTEN,
        "earlier_review_status": _OUTCOMES_WRITTEN,
        "milestone_status": {
            **dict.fromkeys(("achieved", "done", "complete", "completed", "yes"), "Met"),
            **dict.fromkeys(("notachieved", "unmet", "missed"), "Not met"),
            **dict.fromkeys(("inprogress", "ongoing", "started", "working"), "Under way"),
            **dict.fromkeys(("notyetstarted", "notyet", "todo", "planned"), "Not started"),
        },
        "evidence_kind": {
            **dict.fromkeys(("observed", "adultobservation"), "Observation"),
            **dict.fromkeys(("work", "pupilswork", "photo", "photograph", "video"), "Work sample"),
            **dict.fromkeys(("test", "testscore", "assessmentscore"), "Assessment"),
            **dict.fromkeys(("report", "therapistreport", "professionaladvice"), "Professional report"),
            **dict.fromkeys(("pupilsview", "pupilvoice"), "Pupil view"),
            **dict.fromkeys(("parentsview", "parentvoice", "family"), "Parent view"),
        },
        "preparation_area": {
            **dict.fromkeys(("education", "educationandemployment", "employmentandeducation"), "Employment"),
            **dict.fromkeys(("independence", "living"), "Independent living"),
            **dict.fromkeys(
                ("community", "friendsrelationshipsandcommunity", "communityinclusion"), "Community participation"
            ),
            **dict.fromkeys(("goodhealth", "healthandwellbeing"), "Health"),
        },
        "category": {
            **dict.fromkeys(("suspension", "suspended", "fixedterm", "fixedtermexclusion", "fixedperiod"), "SUSP"),
            **dict.fromkeys(("permanent", "permanentexclusion", "permanentlyexcluded"), "PERM"),
            **dict.fromkeys(("lunchtime", "lunchtimesuspension", "lunchtimeexclusion"), "LNCH"),
        },
        "cycle_outcome": {
            **dict.fromkeys(("achieved", "fullymet", "fullyachieved", "targetmet", "yes"), "MET"),
            **dict.fromkeys(
                ("partiallymet", "partlyachieved", "partiallyachieved", "partmet", "partial"), "PARTLY_MET"
            ),
            **dict.fromkeys(("notachieved", "unmet", "targetnotmet", "notyetmet", "no"), "NOT_MET"),
        },
        "cycle_next_step": {
            **dict.fromkeys(("continuecycle", "nextcycle", "repeat", "maintain"), "CONTINUE"),
            **dict.fromkeys(("changeprovision", "adapt", "adjust", "newprovision"), "CHANGE"),
            **dict.fromkeys(("end", "ended", "removefromregister", "nofurtheraction", "exit"), "STOP"),
            **dict.fromkeys(("referral", "refertospecialist", "referon", "specialistreferral"), "REFER"),
            **dict.fromkeys(
                ("ehcna", "ehcassessment", "ehcnarequest", "requestehcna", "statutoryassessment", "requestassessment"),
                "REQUEST_EHC_ASSESSMENT",
            ),
        },
        "engagement_area": {
            **dict.fromkeys(("explore", "exploring"), "EXPLORATION"),
            **dict.fromkeys(("realise", "realising", "realization", "realizing"), "REALISATION"),
            **dict.fromkeys(("anticipate", "anticipating"), "ANTICIPATION"),
            **dict.fromkeys(("persist", "persisting", "persistance"), "PERSISTENCE"),
            **dict.fromkeys(("initiate", "initiating"), "INITIATION"),
        },
        "engagement_direction": {
            **dict.fromkeys(
                ("more", "moreengaged", "progressmade", "progressing", "improved", "improving", "up", "plus"),
                "PROGRESS",
            ),
            **dict.fromkeys(("nochange", "aboutthesame", "thesame", "unchanged", "maintained", "asbefore"), "SAME"),
            **dict.fromkeys(("lessengaged", "declined", "declining", "regressed", "regression", "down"), "LESS"),
        },
        "licence_kind": {
            **dict.fromkeys(("perform", "consumable", "singleuse", "perrecordform"), "PER_PUPIL"),
            **dict.fromkeys(("kit", "onceonly", "onetime", "perset"), "PER_SCHOOL"),
            **dict.fromkeys(("annual", "yearly", "annualsubscription", "subscription"), "PER_YEAR"),
        },
        "price_unit": {
            **dict.fromkeys(("perhour", "hourly", "hours"), "HOUR"),
            **dict.fromkeys(("pervisit", "visits", "session", "halfday"), "VISIT"),
            **dict.fromkeys(("perreport", "reports", "assessment"), "REPORT"),
        },
        "referral_decision": {
            **dict.fromkeys(("yes", "accept", "triagedaccepted", "takenon"), "ACCEPTED"),
            **dict.fromkeys(("no", "decline", "rejected", "notaccepted", "refused"), "DECLINED"),
        },
        "referral_closed_reason": {
            **dict.fromkeys(("complete", "discharged", "finished", "caseclosed"), "COMPLETED"),
            **dict.fromkeys(
                ("doesnotmeetcriteria", "criterianotmet", "belowthreshold", "notwithincriteria"), "DECLINED_CRITERIA"
            ),
            **dict.fromkeys(("moreinformationneeded", "incomplete", "informationmissing"), "DECLINED_INFORMATION"),
            **dict.fromkeys(("nocapacity", "waitinglistclosed", "servicefull"), "DECLINED_CAPACITY"),
            **dict.fromkeys(("familywithdrew", "withdrawnbyfamily", "parentdeclined", "notneeded"), "WITHDRAWN"),
            **dict.fromkeys(("leftschool", "movedschool", "movedaway", "left"), "MOVED"),
        },
        "funding_kind": {
            "placefunding": "PLACE",
            "places": "PLACE",
            "notionalsen": "NOTIONAL",
            "notionalsenbudget": "NOTIONAL",
        },
    }
)
