"""The ladder in words. Directions only: a step is never added to another, and engagement is never a score."""

from __future__ import annotations

from dashboards.figures import Row, is_hidden, known
from dashboards.wording.numbers import counted, grouped, percent, rounded, sentence, whole

RUNG_WORDS = {
    "EM": "Engagement model",
    "PK1": "Pre-key stage 1",
    "PK2": "Pre-key stage 2",
    "PK3": "Pre-key stage 3",
    "PK4": "Pre-key stage 4",
    "PK5": "Pre-key stage 5",
    "PK6": "Pre-key stage 6",
    "WTS": "Working towards the expected standard",
    "EXS": "At the expected standard",
    "GDS": "At greater depth",
}
PLACES = {
    "below_age_count": "Below age-related",
    "age_related_count": "Age-related",
    "off_ladder_count": "Not on the ladder",
}
KIND_WORDS = {
    "START": "By starting point",
    "NEED": "By need",
    "PATHWAY": "By pathway in the special schools",
}
SYSTEM_WORDS = {
    "STATUTORY": "Engagement model and pre-key stage codes",
    "BANDS": "Bands (below, towards, within, above)",
    "POINTS": "Points or raw scores",
    "TEST": "Tests only",
    "NONE": "Nothing in the last year",
}
AREA_WORDS = {
    "EXPLORATION": "Exploration",
    "REALISATION": "Realisation",
    "ANTICIPATION": "Anticipation",
    "PERSISTENCE": "Persistence",
    "INITIATION": "Initiation",
}
DIRECTION_WORDS = {"PROGRESS": "Progress", "SAME": "The same", "LESS": "Less"}
MOVEMENT_WORDS = {
    "UP": "Moved up",
    "HELD": "Held",
    "DOWN": "Moved down",
    "NOTHING_BEFORE": "Nothing to compare with",
    "OTHER_SYSTEM": "Another system then",
}
_FIT_WORDS = {
    "AT_THE_FLOOR": "At the floor of {test}, and no steps are recorded",
    "NO_STEPS": "Recorded in {system}: it cannot show a step",
    "UNKNOWN_CODE": "The code “{mark}” is not in the ladder’s list",
    "NOT_RECORDED": "Nothing recorded in the last year",
    "TOO_YOUNG": "Reception or nursery",
}
_FIT_STEPS = {
    "AT_THE_FLOOR": "Record pre-key-stage standards or small steps; do not give the test again",
    "NO_STEPS": "Add pre-key-stage standards or small steps for this pupil",
    "UNKNOWN_CODE": "Correct the code, or have it added to the list",
    "NOT_RECORDED": "Record where the pupil stands this half-term",
}
HOW_COUNTED = (
    "One ladder: the engagement model, pre-key stage 1 to 6, then working towards, expected and greater depth. A "
    "school’s own small steps lie between, where the trust’s list says so; a code that the list does not know is "
    "told, and never guessed. Moved up: on a higher rung than about a year before (10 to 14 months), in the same "
    "system. Small steps within a rung stand apart: only a school that records them can show them."
)
ABOUT_AGE = (
    "Up to pre-key stage 6 a standard is the same at any age, so a pupil who takes no step is held. From working "
    "towards on the standard grows with the child: staying there is keeping up, so they are not counted as held."
)
ABOUT_ENGAGEMENT = (
    "The engagement model is not a score. The five areas are not added up, and a pupil may have progress in several."
)
ABOUT_OFF = (
    "Not on the ladder: recorded only as points, as “below”, in tests, with a code that the list does not know, or not "
    "at all (reception and nursery are here too). It says something of the record, nothing of the child."
)
ABOUT_UNKNOWN = (
    "A step whose code is not in the list that holds on its day, perhaps of the version before. Nobody guesses what it "
    "means; correct it in the record, or ask the trust to add it to the list."
)
ABOUT_TESTS = (
    "At an end: more than 15% of pupils have the lowest or highest value there is. Pupils there may move on without "
    "the value moving, so no average may be used: only who is ahead. Changed: in a standardised test by more than "
    "chance (13 points), elsewhere at all. Chance: how far one sitting is off, at most."
)


_SCALE_WORDS = {
    "STANDARDISED": "standardised", "AGE": "in months of age", "POINTS": "in points", "BAND": "in bands",
    "PRE_KEY_STAGE": "in pre-key stage codes", "ENGAGEMENT": "engagement", "STEPS": "in small steps",
}  # fmt: skip


def assessment_words(row: Row) -> str:
    """An assessment in a subject with its scale: one name may be kept in several."""
    scale = _SCALE_WORDS.get(row["scale"], row["scale"].lower())
    return f"{row['assessment_name']}, {row['subject'].lower()}, {scale}"


def system_words(code: str | None) -> str:
    """A system by name; a school's own small steps keep theirs."""
    return SYSTEM_WORDS.get(code or "NONE", (code or "").capitalize())


def standing_sentence(row: Row) -> str:
    """How many pupils with SEN have a place on the ladder, and how many nobody can place."""
    subject = row["subject"]
    if not known(row, "sen_count", "placed_count", "off_ladder_count"):
        return f"{subject}: not shown how many pupils have a place; a number is small. Read the trust’s instead."
    pupils, off = row["sen_count"], row["off_ladder_count"]
    if pupils == 0:
        return f"{subject}: no pupil has SEN support or a plan."
    if off == 0:
        return f"{subject}: all {counted(pupils, 'pupil')} with SEN have a place on the ladder."
    unseen = ""
    if known(row, "steps_unseen_count") and row["steps_unseen_count"]:
        unseen = f" Of these, {row['steps_unseen_count']:,} are recorded as “below” and nobody can say where."
    return f"{subject}: of {counted(pupils, 'pupil')} with SEN, {off:,} have no place on the ladder.{unseen}"


def moved_sentence(row: Row, trust: Row | None = None) -> str:
    """Moves of those who stood below age-related a year before; a small group in words."""
    subject = row["subject"]
    if is_hidden(row, "compared_count"):
        return f"{subject}: too few pupils below age-related to tell of here. The trust’s figure stands for them."
    compared = row.get("compared_count") or 0
    if compared == 0:
        return f"{subject}: no pupil below age-related can be compared with a year before."
    if not known(row, "moved_up_count"):
        return (
            f"{subject}: of {counted(compared, 'pupil')} below age-related a year ago, how many moved up is not shown: "
            "a number is small."
        )
    beside = ""
    if trust is not None and known(trust, "moved_up_rate") and known(row, "moved_up_rate"):
        beside = f" (trust {percent(trust['moved_up_rate'])})"
    elif trust is not None and known(trust, "moved_up_rate"):
        beside = f" (in the trust {percent(trust['moved_up_rate'])} did)"
    return (
        f"{subject}: {row['moved_up_count']:,} of {counted(compared, 'pupil')} below age-related a year ago moved up a "
        f"rung{beside}; {row['not_up_count']:,} did not.{_steps(row)}"
    )


def _steps(row: Row) -> str:
    """Small steps within a rung, where the school records them."""
    if not known(row, "small_step_count") or row["small_step_count"] == 0:
        return ""
    return f" Of these, {row['small_step_count']:,} took a small step within theirs."


def held_sentence(row: Row) -> str:
    """The trust by subject: up, held and down."""
    if not known(row, "compared_count", "moved_up_count", "not_up_count"):
        return ""
    compared, up = row["compared_count"], row["moved_up_count"]
    told = f"{row['subject']}: of {counted(compared, 'pupil')} below age-related a year ago {up:,} moved up a rung"
    if not known(row, "moved_down_count"):
        return f"{told}; {row['not_up_count']:,} were held or moved down."
    down = row["moved_down_count"]
    return f"{told}, {row['not_up_count'] - down:,} were held and {down:,} moved down."


def held_ask_sentence(row: Row) -> str:
    """The exception: fewer moved up than in the trust."""
    if not known(row, "compared_count", "moved_up_count", "not_up_count"):
        return ""
    return (
        f"In {row['subject'].lower()}, {row['not_up_count']:,} of {counted(row['compared_count'], 'pupil')} who stood "
        "below age-related a year ago have not moved up a rung: more than chance alone would make of the trust’s share."
    )


def unseen_sentence(row: Row) -> str:
    """The exception: pupils whose steps nobody records."""
    if not known(row, "off_ladder_count", "sen_count"):
        return ""
    return (
        f"In {row['subject'].lower()}, {row['off_ladder_count']:,} of {counted(row['sen_count'], 'pupil')} with SEN "
        "have no place on the ladder, so nobody can see whether they took a step. "
        "Any in reception or younger are among them."
    )


def floor_sentence(row: Row) -> str:
    """The exception: a test of which many pupils with one need have the lowest value."""
    if not known(row, "at_lowest_rate", "pupils_count"):
        return ""
    need = row["need_group"][:1].lower() + row["need_group"][1:]
    return (
        f"{percent(row['at_lowest_rate'])} of {counted(row['pupils_count'], 'pupil')} whose need is {need} have the "
        f"lowest value there is in {row['assessment_name']} ({row['subject'].lower()}): it cannot show a step that "
        "they take."
    )


def engagement_sentence(rows: list[Row]) -> str:
    """Pupils with recorded progress, area by area, in words."""
    if not rows or not known(rows[0], "profile_count"):
        return ""
    told = [
        f"{area.lower()} {grouped(row['progress_count'])}"
        for code, area in AREA_WORDS.items()
        for row in rows
        if row["engagement_area"] == code and known(row, "progress_count")
    ]
    few = " In the other areas a number is small." if len(told) < len(AREA_WORDS) else ""
    pupils = counted(rows[0]["profile_count"], "pupil")
    if not told:
        return f"{sentence(pupils)} have an engagement profile; how many made progress is not shown."
    return (
        f"{sentence(pupils)} have an engagement profile. With progress recorded in a half-year: {', '.join(told)}.{few}"
    )


def ends_sentence(rows: list[Row]) -> str:
    """How many assessments cannot show the steps of how many needs; bands told apart from tests."""
    if not rows:
        return "In no assessment do more than 15% of the pupils with one need sit at an end of the scale."
    bands = sum(row["scale"] == "BAND" for row in rows)
    tests = len(rows) - bands
    told = f"In {counted(tests, 'test and need', 'tests and needs')} more than 15% of pupils sit at an end of the scale"
    also = f"; in {counted(bands, 'subject and need', 'subjects and needs')} more than 15% are only “below” in bands"
    return f"{told}{also if bands else ''}. Their steps do not show there."


def end_words(row: Row) -> str:
    """Whether pupils sit at an end of the test, and what follows."""
    is_low, is_high = ((row.get(name) or 0) > 0.15 for name in ("at_lowest_rate", "at_highest_rate"))
    if is_low and is_high:
        return "Too many at both ends"
    if is_low:
        return "Cannot see their steps"
    if is_high:
        return "Too easy to show more"
    return "" if known(row, "at_lowest_rate", "at_highest_rate") else "–"


def method_words(row: Row) -> str:
    """How a change may be told."""
    is_at_end = end_words(row) not in ("", "–")
    return "Points" if row["scale"] == "STANDARDISED" and not is_at_end else "Who is ahead"


def points_words(value: float) -> str:
    """Points to one decimal."""
    return f"±{rounded(value, '0.1')}"


def weeks_words(value: float) -> str:
    """Weeks, whole."""
    return whole(value)


def fit_words(row: Row) -> str:
    """Why a pupil's steps cannot be seen."""
    said = _FIT_WORDS.get(row["system_fit"], "On the ladder")
    system = "bands" if row["ladder_system"] == "BANDS" else system_words(row["ladder_system"]).lower()
    if row.get("unplaced_reason") == "BELOW_ONLY" and row["system_fit"] == "NO_STEPS":
        return f"Recorded as “{row['mark']}” only"
    return said.format(test=row["floor_assessment"] or "a test", system=system, mark=row["mark"])


def fit_step(code: str) -> str:
    """What to use instead."""
    return _FIT_STEPS.get(code, "")


def place_words(rung: str | None, step: int | None) -> str:
    """A place on the ladder: the rung, and the small step within it."""
    if rung is None:
        return "–"
    return f"{rung}, step {step}" if step else rung
