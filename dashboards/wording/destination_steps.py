"""Leavers step by step in words: from intention to two years on; why some are not traced; beside others."""

from __future__ import annotations

from dashboards.figures import Row, is_hidden, known, shown
from dashboards.markup import Content, join
from dashboards.wording.destinations import GROUP_WORDS, IN_A_PLACE, IN_EDUCATION, few_words, place_words
from dashboards.wording.flow import Step
from dashboards.wording.numbers import counted, listed, percent, published_percent, sentence, signed, whole

REASON_WORDS = {
    "NO_ANSWER": "asked, and no answer",
    "LAPSED": "the authority’s record has lapsed",
    "NOT_LISTED": "not in the authority’s extract, and no contact on record",
    "NEVER_CONTACTED": "no contact on record",
}
ROUTES_NOTE = (
    "Day services, residential care, home and voluntary work are routes of their own: not in education or work, and "
    "not “NEET” either. Leavers not traced are in no route."
)
DEFINITION = (
    "Sustained: in education in every month from October to March, in work in five of the six, or six months of an "
    "apprenticeship, where the authority’s record covers these months. Elsewhere two days stand for them, 30 September "
    "and 31 March: then what happened between is not known."
)
SERIES_WORDS = {
    "KS4_WITH_NCCIS": "state-funded mainstream schools, key stage 4, as published with the 2021/22 figures",
    "16_18_WITH_NCCIS": "state school sixth forms, 16 to 18, as published with the 2021/22 figures",
}
SERIES_NOTE = (
    "Those not traced count as not sustained here, as they do in the published figures. Only the published series "
    "with our definition is set beside ours. The Department has since restated its figures without the authorities’ "
    "records; that is another series and is not mixed in. For Year 6 and special-school leavers nothing is published "
    "to compare with."
)
_STEPS = (
    ("intended_count", "meant to go into education, training or work", "No intention is recorded for the others, or it "
     "is another."),
    ("september_count", "were in education, training or work in September", "The others were not, or nobody knows."),
    ("sustained_count", "stayed for two terms", "The others did not, or are not traced."),
)  # fmt: skip


def steps_of(row: Row) -> list[Step]:
    """The leavers of a stage from intention to two years on. A hidden number has no share."""
    steps = [Step("left", shown(row, "leavers_count", whole), _share(row, "leavers_count"), "")]
    steps += [
        Step(
            _of_stage(label, row),
            shown(row, column, whole),
            _share(row, column),
            why,
            _untraced(row) if place == 2 else 0.0,
        )
        for place, (column, label, why) in enumerate(_STEPS)
    ]
    if row.get("later_leavers_count") == 0:
        return steps
    asked = join((shown(row, "later_positive_count", whole), " of ", shown(row, "later_leavers_count", whole)))
    why = "Of those who left two years ago or longer. The others were not, or are not traced."
    return [
        *steps,
        Step(f"were {place_words(row)} two years on", asked, _later_share(row), why, _later_untraced(row)),
    ]


def _of_stage(label: str, row: Row) -> str:
    """A step's words at the age of those who left."""
    if place_words(row) == IN_A_PLACE:
        return label
    return label.replace("go into education, training or work", "go on in education").replace(IN_A_PLACE, IN_EDUCATION)


def _share(row: Row, column: str) -> float | None:
    if not known(row, column, "leavers_count") or not row["leavers_count"]:
        return None
    return min(1.0, float(row[column]) / float(row["leavers_count"]))


def _untraced(row: Row) -> float:
    return _share(row, "unknown_count") or 0.0


def _later_untraced(row: Row) -> float:
    return row["later_high_rate"] - row["later_low_rate"] if known(row, "later_low_rate", "later_high_rate") else 0.0


def _later_share(row: Row) -> float | None:
    return row["later_low_rate"] if known(row, "later_low_rate") else None


def later_sentence(row: Row) -> str:
    """Two years on, as a band where some are not traced."""
    if not known(row, "later_leavers_count"):
        return "Two years on: not shown, because some of the numbers are small."
    asked = row["later_leavers_count"]
    if asked == 0:
        return "Two years on: no leaver left long enough ago."
    whole_group = f"{counted(asked, 'leaver')} who left two years ago or longer"
    if not known(row, "later_positive_count"):
        return f"Two years on: {whole_group}. Where they are is not shown: some of the numbers are small."
    positive = row["later_positive_count"]
    if not known(row, "later_unknown_count"):
        return f"Two years on: at least {whole(positive)} of {whole_group} were {place_words(row)}."
    lost = row["later_unknown_count"]
    band = whole(positive) if lost == 0 else f"{whole(positive)} to {whole(positive + lost)}"
    traced = "all were traced" if lost == 0 else f"{lost:,} not traced"
    return f"Two years on: {band} of {whole_group} were {place_words(row)} ({traced})."


def reasons_sentence(row: Row) -> str:
    """Why some are not traced: the reasons that may be shown, and that there are others."""
    if not known(row, "unknown_count") or row["unknown_count"] == 0:
        return ""
    columns = {reason: f"{reason.lower()}_count" for reason in REASON_WORDS}
    if not has_reasons(row):
        return ""
    told = [reason for reason, column in columns.items() if known(row, column) and row[column]]
    said = [f"{whole(row[columns[reason]])} {REASON_WORDS[reason]}" for reason in told]
    hidden = any(not known(row, column) for column in columns.values())
    if not said:
        return "Why they are not traced is not shown: the numbers of each reason are small."
    return f"Why: {'; '.join(said)}{'; the rest for reasons too small to show' if hidden else ''}."


def few_sentence(row: Row) -> str:
    """What a school with too few leavers for a rate can be asked instead."""
    if few_words(row) == "" or row["small_number_rule"] is None:
        return ""
    return (
        "With so few, a number would point at one of them. Ask the SENCO, who sees every name: is each of them traced, "
        "and when is the next call?"
    )


def has_reasons(row: Row) -> bool:
    """True where reasons are told, shown or hidden: of the trust, not of one school."""
    return any(row.get(f"{reason.lower()}_count") is not None or is_hidden(row, f"{reason.lower()}_count")
               for reason in REASON_WORDS)  # fmt: skip


def trend_sentence(row: Row) -> str:
    """Whether the years show a direction; nothing is drawn from few years or few leavers."""
    return {
        "RISING": "Over the years the share that stays has risen by more than chance would explain.",
        "FALLING": "Over the years the share that stays has fallen by more than chance would explain.",
        "WITHIN_CHANCE": "From year to year the share that stays differs by no more than chance would explain.",
        "TOO_FEW": "No trend is told: that needs four years with 30 leavers or more in each.",
    }.get(row.get("trend") or "", "")


def compared_sentence(row: Row) -> str:
    """One comparison: with the published series, or of leavers with SEN with those without."""
    who = GROUP_WORDS.get(row["sen_group"], f"Leavers with {row['sen_group']}")
    own, other = percent(row["own_rate"]), row["other_rate"]
    if row["comparison"] == "NO_SEN":
        span = f"{signed(row['difference_low_rate'] * 100)} to {signed(row['difference_high_rate'] * 100)} points"
        said = f"{who}: {own} stayed for two terms, without SEN {percent(other)} (likely range {span})."
    else:
        national = f"{published_percent(round(other * 100, 1))} in England in {row['series_period']}"
        said = f"{who}: {own} here, {national}."
    return f"{said} {verdict_words(row)}"


def verdict_words(row: Row) -> str:
    """What a comparison says beyond chance."""
    return (_GAP if row["comparison"] == "NO_SEN" else _VERDICTS).get(row["verdict"], "")


_GAP = {
    "BELOW": "More than chance would explain.",
    "ABOVE": "More than chance would explain.",
    "WITHIN_CHANCE": "That may be chance.",
}
_VERDICTS = {
    "ABOVE": "More than chance would explain.",
    "BELOW": "Fewer than chance would explain, even if all who are not traced had stayed.",
    "WITHIN_CHANCE": "The difference may be chance.",
    "UNTRACED": "Fewer, but those not traced could make up for it: trace them first.",
}


def series_sentence(rows: list[Row]) -> str:
    """Which published series stand beside ours."""
    codes = list(dict.fromkeys(row["series_code"] for row in rows if row["series_code"]))
    named = [SERIES_WORDS.get(code, code) for code in codes]
    return f"England: {listed(named)}. {SERIES_NOTE}" if named else SERIES_NOTE


def route_cell(row: Row) -> Content:
    """How many took a route."""
    return shown(row, "route_leavers_count", whole)


def outcome_words(code: str) -> str:
    """Sustained, not sustained, not traced."""
    return sentence({"SUSTAINED": "sustained", "NOT_SUSTAINED": "not sustained"}.get(code, "not traced"))
