"""What happened beside similar pupils, in words: a difference always with its range, never a bare rise (METHODS A).

Every scale has its own words: points of a standardised test, places for ranks, sessions for attendance, months of
reading age in years. How sure we are, what was delivered and what it cost stand in ``impact``.
"""

from __future__ import annotations

from dashboards.figures import Row, is_hidden, known
from dashboards.queries.estimates import Estimate, estimate_of, own_estimate_of
from dashboards.wording.impact import COMPARED_WITH, REASON_WORDS, reason_sentence, yardstick_words
from dashboards.wording.numbers import count_words, counted, rounded, sentence, signed, span, whole

CANNOT_TELL = "This cannot tell us whether it works."
NOT_MEASURED = ("NO_TEST", "NO_SCORES", "NOT_FINISHED", "NO_ENTRIES", "NO_EXITS")


def points_words(points: float) -> str:
    """A difference in words: 3 points higher, 1 point lower, about the same."""
    size = rounded(abs(points))
    if size == 0:
        return "about the same"
    return f"{whole(abs(points))} point{'' if size == 1 else 's'} {'higher' if points > 0 else 'lower'}"


def range_words(lower: float, upper: float) -> str:
    """The likely range, in points; with a tenth where a whole number would hide that it is clear of zero."""
    is_blurred = lower * upper > 0 and rounded(lower) * rounded(upper) == 0
    return span(lower, upper, "0.1" if is_blurred else "1")


def estimate_words(estimate: Estimate) -> str:
    """What a dot says: 3 points higher, likely range −1 to +7."""
    alone = "" if estimate.is_drawn_in else ", its own pupils alone"
    return f"{points_words(estimate.points)}, likely range {range_words(estimate.lower, estimate.upper)}{alone}"


def result_sentence(row: Row) -> str:
    """What can be said of one intervention: the difference with its range, or why there is none."""
    if row["reason"] in NOT_MEASURED:
        return f"{REASON_WORDS[row['reason']]} No difference can be given."
    if row["small_number_rule"] in ("TOO_FEW", None):  # hidden with the number of pupils
        return _too_few(row)
    if row["small_number_rule"] == "CANNOT_TELL_SMALL":
        return _small_group(row)
    if row["design"] not in COMPARED_WITH:
        return f"No difference can be given. {reason_sentence(row)}".strip()
    main = _difference(row)
    if not main:
        return _without_figures(row)
    if _is_only_drawn_in(row):
        return f"{main} Its own pupils alone do not show it clearly, so nothing is claimed."
    if row["grade"] == "D":
        return f"{main} Nothing is claimed from it, because the evidence is too thin. {reason_sentence(row)}".strip()
    if row["verdict"] == "CANNOT_TELL":
        return f"{main} The range is too wide to say whether it works."
    return main


def _is_only_drawn_in(row: Row) -> bool:
    """True where the drawn-in range is clear of zero, its own is not, and so the verdict claims nothing."""
    shown, own = estimate_of(row), own_estimate_of(row)
    if row["verdict"] in ("AHEAD", "BEHIND") or shown is None or own is None or row.get("outcome_unit") == "SD":
        return False
    return shown.lower * shown.upper > 0 >= own.lower * own.upper


def _difference(row: Row) -> str:
    """The difference on its own scale, with its range; nothing where it is hidden or not there."""
    match row.get("outcome_unit"):
        case "RANKS" | "MONTHS":
            return superiority_sentence(row)
        case "SESSIONS_PER_100":
            return _sessions(row)
        case "PER_100_PUPILS_A_YEAR":
            return _suspensions(row)
        case "SD":
            return _standardised_by_hand(row)
        case _:
            estimate = estimate_of(row)
            if estimate is None:
                return ""
            said, likely = points_words(estimate.points), range_words(estimate.lower, estimate.upper)
            return f"{_pupils_in(row)} scored {said} at the end (likely range {likely})."


def _pupils_in(row: Row) -> str:
    return f"{COMPARED_WITH[row['design']]}, pupils in {row['intervention_name']}"


def superiority_sentence(row: Row) -> str:
    """Ranks have no points to subtract: how often the pupil who took part is ahead (METHODS A7)."""
    if not known(row, "superiority_rate", "superiority_low_rate", "superiority_high_rate"):
        return ""
    rate, low, high = (whole(row[f"superiority_{end}rate"] * 100) for end in ("", "low_", "high_"))
    return (
        f"If you picked one pupil from each group, the intervention pupil would be ahead {rate} times in 100 "
        f"(likely range {low} to {high}; 50 is no difference)."
    )


def short_words(row: Row) -> str:
    """A few words for a chart's row that has no dot in points, because its outcome is of another kind."""
    unit = row.get("outcome_unit")
    if unit in ("RANKS", "MONTHS") and superiority_sentence(row):
        rate, low, high = (whole(row[f"superiority_{end}rate"] * 100) for end in ("", "low_", "high_"))
        return f"ahead {rate} times in 100 ({low} to {high})"
    estimate = estimate_of(row)
    if unit == "SESSIONS_PER_100" and estimate is not None:
        likely = _fewer_range(estimate.lower, estimate.upper)
        return f"{_fewer(estimate.points).removesuffix(' sessions')} in 100 ({likely})"
    if unit == "PER_100_PUPILS_A_YEAR" and estimate is not None:
        said = _fewer(estimate.points, "suspension")
        each = "" if said.startswith("about") else " for 100 pupils a year"
        return f"{said}{each} ({_fewer_range(estimate.lower, estimate.upper)})"
    if unit == "SD" and known(row, *_SD):
        return f"{_sd(row['effect_size_sd'])} SD ({_sd(row['lower_sd'])} to {_sd(row['upper_sd'])})"
    return ""


_SD = ("effect_size_sd", "lower_sd", "upper_sd")
_COUNTED = {"SESSIONS_PER_100": "session", "PER_100_PUPILS_A_YEAR": "suspension"}
"""Units of which fewer is better: what is counted."""


def _sd(size: float) -> str:
    return signed(size, "0.01")


def _standardised_by_hand(row: Row) -> str:
    """Different tests before and after: no points can be subtracted, only places beside the comparison pupils."""
    if not known(row, *_SD):
        return ""
    return (
        f"{_pupils_in(row)} stood {_sd(row['effect_size_sd'])} standard deviations from them at the end (likely range "
        f"{_sd(row['lower_sd'])} to {_sd(row['upper_sd'])}). The tests before and after differ, so there are no points."
    )


def _sessions(row: Row) -> str:
    """Attendance: sessions in every 100 possible ones. A difference above 0 is how many fewer."""
    estimate = estimate_of(row)
    if estimate is None:
        return ""
    said, likely = _fewer(estimate.points), _fewer_range(estimate.lower, estimate.upper)
    return f"{_pupils_in(row)} missed {said} in every 100 (likely range {likely})."


def _suspensions(row: Row) -> str:
    """Suspensions of 100 such pupils in a school year. A difference above 0 is how many fewer."""
    estimate = estimate_of(row)
    if estimate is None:
        return ""
    said, likely = _fewer(estimate.points, "suspension"), _fewer_range(estimate.lower, estimate.upper)
    return f"{_pupils_in(row)} had {said} for every 100 pupils in a school year (likely range {likely})."


def _fewer(difference: float, what: str = "session") -> str:
    size = rounded(abs(difference), "0.1")
    if size == 0:
        return f"about as many {what}s"
    return f"{size.normalize():f} {'fewer' if difference > 0 else 'more'} {what}{'' if size == 1 else 's'}"


def _fewer_range(lower: float, upper: float) -> str:
    """Both ends in words: 0.9 to 3.9 fewer, 1 more to 6 fewer."""
    (low, low_way), (high, high_way) = (_end(end) for end in (lower, upper))
    return f"{low} to {high} {high_way}" if low_way == high_way else f"{low} {low_way} to {high} {high_way}"


def _end(sessions: float) -> tuple[str, str]:
    return f"{rounded(abs(sessions), '0.1').normalize():f}", "fewer" if sessions >= 0 else "more"


def own_sentence(row: Row) -> str:
    """Where the shown figure was drawn towards the average: what its own pupils alone came to."""
    shown, own = estimate_of(row), own_estimate_of(row)
    if shown is None or own is None or not shown.is_drawn_in or row.get("outcome_unit") == "SD":
        return ""
    return (
        f"Its own pupils alone came to {_size_words(row, own.points)} ({likely_words(row, own.lower, own.upper)}). A "
        "figure of few pupils swings widely by luck, so it is drawn towards the average of its subject, the more so "
        "the fewer they are."
    )


def _size_words(row: Row, points: float) -> str:
    """A difference in the row's unit, standing alone: 3 points higher, no difference."""
    unit = row.get("outcome_unit")
    size = rounded(abs(points), "0.1" if unit in _COUNTED else "1")
    if size == 0:
        return "no difference"
    return _fewer(points, _COUNTED[unit]) if unit in _COUNTED else points_words(points)


def likely_words(row: Row, lower: float, upper: float) -> str:
    """A likely range in the row's unit: −1 to +7, or 1 more to 6 fewer."""
    return _fewer_range(lower, upper) if row.get("outcome_unit") in _COUNTED else range_words(lower, upper)


def _without_figures(row: Row) -> str:
    names = ("difference_points", "superiority_rate")
    is_small = any(is_hidden(row, name) for name in names)
    why = "it rests on a small number of pupils" if is_small else "it is not available"
    return f"No difference is shown, because {why}. {reason_sentence(row)}".strip()


def _too_few(row: Row) -> str:
    if known(row, "started_count"):
        started = sentence(f"{count_words(row['started_count'])} pupils started")
        return f"{started}, but fewer than six have a score both before and after. That is too few to say anything."
    return "Fewer than six pupils have a score both before and after. That is too few to say anything."


def _small_group(row: Row) -> str:
    if not known(row, "both_scores_count"):
        return f"Fewer than ten pupils have a score both before and after. {CANNOT_TELL}"
    number = count_words(row["both_scores_count"])
    took_part = sentence(f"{number} pupils took part and had both scores.")
    own = own_estimate_of(row)
    if own is None or row.get("outcome_unit", "POINTS") != "POINTS":
        return f"{took_part} With so few the difference could be almost anything, so none is shown. {CANNOT_TELL}"
    return (
        f"{took_part} They ended {_beside(own.points)} {yardstick_words(row['design'])}, but with {number} pupils the "
        f"true difference could be anything from {_off(own.lower)} to {_off(own.upper)}. {CANNOT_TELL}"
    )


def _beside(points: float) -> str:
    size = rounded(abs(points))
    return "level with" if size == 0 else f"{counted(int(size), 'point')} {'above' if points > 0 else 'below'}"


def _off(points: float) -> str:
    size = rounded(abs(points))
    return "no difference" if size == 0 else f"{whole(abs(points))} {'above' if points > 0 else 'below'}"


def here_sentence(row: Row) -> str:
    """How many of a school's own pupils stand beside the trust's result; nothing where their number is hidden."""
    if not known(row, "school_started_count"):
        return ""
    return f"Here {counted(row['school_started_count'], 'pupil')} started it."
