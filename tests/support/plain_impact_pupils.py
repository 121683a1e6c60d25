"""Who took part and who could be compared, in plain Python: one pupil at a time, from the words of METHODS A2.

Tests compare the SQL of ``model_impact__*`` with this on generated trusts. Nothing here may be used by a model.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
SCORED = ("STANDARDISED", "AGE", "POINTS", "BAND", "PRE_KEY_STAGE")
FAR = dt.date(2200, 1, 1)


@dataclass
class Trust:
    """Rows of the core tables, and who started what."""

    today: dt.date
    half_terms: list[Row]
    schools: list[Row]
    pupils: list[Row]
    enrolments: list[Row]
    scores: list[Row]
    attendance: list[Row]
    suspensions: list[Row]
    starts: list[Row]
    index: dict[tuple[int, str], int] = field(default_factory=dict)
    terms: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        ordered = sorted(self.half_terms, key=lambda h: h["half_term_index"])
        self.index = {(h["academic_year"], h["half_term"]): h["half_term_index"] for h in ordered}
        self.terms = [h for h in ordered if h["half_term"] != "Entry"]


def people(trust: Trust) -> dict[tuple[Any, ...], Row]:
    """Rows of MODEL_IMPACT__PUPILS by key, with the figures that follow from dates and scores."""
    treated = [row for start in trust.starts if start["start_rank"] == 1 for row in _treated(trust, start)]
    rows = [*treated, *_compared(trust, treated)]
    for row in rows:
        row["nc_year_number"] = _nc_year(trust, row["pupil_key"], row["academic_year"])
        row["exit_assessment_name"] = None if row["exit_name"] == row["assessment_name"] else row["exit_name"]
    names = ("intervention_name", "assessment_name", "subject", "is_treated", "pupil_key")
    return {tuple(row[name] for name in names): row for row in rows}


def _academic_year(day: dt.date) -> int:
    return day.year if day.month >= 9 else day.year - 1


def _nc_year(trust: Trust, pupil: str, academic_year: int) -> int:
    born = next(p["birth_date"] for p in trust.pupils if p["pupil_key"] == pupil)
    return academic_year - _academic_year(born) - 5


def _spells(trust: Trust, pupil: str, school: str) -> list[tuple[dt.date, dt.date]]:
    return [
        (e["entry_date"], e["leaving_date"] or FAR)
        for e in trust.enrolments
        if e["pupil_key"] == pupil and e["school_urn"] == school
    ]


def _treated(trust: Trust, start: Row) -> list[Row]:
    rows = []
    if start["assessment_name"] and start["subject"]:
        exit_name = start["exit_assessment_name"] or start["assessment_name"]
        window = (start["started_date"] - dt.timedelta(42), start["started_date"])
        after = (
            max(start["end_date"], start["started_date"] + dt.timedelta(1)),
            max(start["end_date"] + dt.timedelta(42), start["started_date"]),
        )
        row = _tested(trust, start, start["assessment_name"], exit_name, window, after)
        rows += [row] if row else []
    if start["outcome_domain"] in ("Attendance", "Behaviour"):
        ended = [h for h in trust.terms if h["end_date"] < start["started_date"]]
        later = [h for h in trust.terms if h["start_date"] > max(start["end_date"], start["started_date"])]
        rows.append(_rated(trust, start, ended[-1], later[1]))
    return rows


def _row_of(trust: Trust, start: Row, name: str, exit_name: str, subject: str, scale: str) -> Row:
    return {
        "intervention_name": start["intervention_name"], "assessment_name": name, "exit_name": exit_name,
        "subject": subject, "scale": scale, "is_treated": True, "pupil_key": start["pupil_key"],
        "school_urn": start["school_urn"], "academic_year": _academic_year(start["started_date"]), "start": start,
        "before_sessions_count": None, "after_sessions_count": None,
    }  # fmt: skip


def _tested(
    trust: Trust,
    start: Row,
    name: str,
    exit_name: str,
    before: tuple[dt.date, dt.date],
    after: tuple[dt.date, dt.date],
) -> Row | None:
    subject, pupil = start["subject"], start["pupil_key"]
    mine = _scores(trust, pupil, name, subject)
    near = [s for s in mine if before[0] <= s["assessed_date"] <= before[1]]
    scale = near[-1]["scale"] if near else _usual_scale(trust, name, subject, start["school_urn"])
    if scale is None:
        return None
    row = _row_of(trust, start, name, exit_name, subject, scale)
    exits = [
        s
        for s in _scores(trust, pupil, exit_name, subject)
        if after[0] <= s["assessed_date"] <= after[1] and s["scale"] == scale
    ]
    entry, exit_score = (near[-1] if near else None), (exits[0] if exits else None)
    return row | _figures(trust, entry, _previous(mine, entry, start["started_date"]), exit_score) | _due(
        trust, start, entry, exit_score, after[1]
    )  # fmt: skip


def _scores(trust: Trust, pupil: str, name: str, subject: str) -> list[Row]:
    """Oldest first, one a day: of the school where the pupil was on roll, the later half-term, the lower URN."""
    mine: dict[dt.date, list[Row]] = defaultdict(list)
    for score in trust.scores:
        is_mine = (score["pupil_key"], score["assessment_name"], score["subject"]) == (pupil, name, subject)
        is_known = score["score"] is not None and score["assessed_date"] <= trust.today
        if is_mine and is_known and score["scale"] in SCORED:
            mine[score["assessed_date"]].append(score)

    def preference(score: Row) -> tuple[bool, int, str]:
        spells = _spells(trust, pupil, score["school_urn"])
        is_there = any(first <= score["assessed_date"] <= last for first, last in spells)
        return not is_there, -_index(trust, score), score["school_urn"]

    return [min(same, key=preference) for _, same in sorted(mine.items())]


def _index(trust: Trust, score: Row) -> int:
    return trust.index[score["academic_year"], score["half_term"]]


def _usual_scale(trust: Trust, name: str, subject: str, school: str) -> str | None:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for pupil in {s["pupil_key"] for s in trust.scores}:
        for score in _scores(trust, pupil, name, subject):
            counts[score["school_urn"], score["scale"]] += 1
    whole: dict[str, int] = defaultdict(int)
    for (_, scale), count in counts.items():
        whole[scale] += count
    here = {scale: count for (urn, scale), count in counts.items() if urn == school}
    ranked = sorted(here or whole, key=lambda scale: (-here.get(scale, 0), -whole[scale], scale))
    return ranked[0] if ranked else None


def _previous(mine: list[Row], entry: Row | None, started: dt.date) -> Row | None:
    if entry is None:
        return None
    earlier = [
        s
        for s in mine
        if s["scale"] == entry["scale"]
        and s["assessed_date"] < entry["assessed_date"]
        and (s["academic_year"], _place(s)) < (entry["academic_year"], _place(entry))
        and (started - s["assessed_date"]).days < 365
    ]
    return earlier[-1] if earlier else None


def _place(score: Row) -> int:
    return ("Entry", "Autumn1", "Autumn2", "Spring1", "Spring2", "Summer1", "Summer2").index(score["half_term"])


def _figures(trust: Trust, entry: Row | None, previous: Row | None, after: Row | None) -> Row:
    used = [score["score"] for score in (entry, previous) if score]
    return {
        "entry_half_term": entry and entry["half_term"],
        "entry_index": entry and _index(trust, entry),
        "entry_date": entry and entry["assessed_date"],
        "entry_score": entry and entry["score"],
        "baseline_score": sum(used) / len(used) if used else None,
        "baseline_scores_count": len(used),
        "exit_half_term": after and after["half_term"],
        "exit_index": after and _index(trust, after),
        "exit_date": after and after["assessed_date"],
        "exit_score": after and after["score"],
    }


def _due(trust: Trust, start: Row, entry: Row | None, after: Row | None, last_day: dt.date) -> Row:
    is_due = after is not None or last_day < trust.today
    reason = None
    if not is_due:
        reason = "NOT_DUE"
    elif entry is None:
        reason = "NO_ENTRY"
    elif after is None:
        reason = _why_no_exit(trust, start["pupil_key"], start["school_urn"], last_day)
    return {"is_exit_due": is_due, "missing_reason": reason}


def _why_no_exit(trust: Trust, pupil: str, school: str, last_day: dt.date) -> str:
    spells = _spells(trust, pupil, school)
    return "LEFT" if spells and max(last for _, last in spells) < last_day else "NO_TEST"


def _rated(trust: Trust, start: Row, before: Row, after: Row) -> Row:
    """``before`` and ``after``: the second half-term of each pair."""
    subject = start["outcome_domain"]
    name, scale = {"Attendance": ("Attendance", "ATTENDANCE"), "Behaviour": ("Suspensions", "INCIDENTS")}[subject]
    entry, after_rate = (_rate(trust, start["pupil_key"], subject, term) for term in (before, after))
    row = _row_of(trust, start, name, name, subject, scale)
    row |= _figures(trust, entry, None, after_rate) | _due(trust, start, entry, after_rate, after["end_date"])
    return row | {
        "before_sessions_count": entry and entry["possible"],
        "after_sessions_count": after_rate and after_rate["possible"],
    }


def _rate(trust: Trust, pupil: str, subject: str, last: Row) -> Row | None:
    """Missed sessions or suspensions per 100 possible ones over a half-term and the one before it, in all schools."""
    if last["end_date"] > trust.today:
        return None
    place = trust.terms.index(last)
    possible = missed = incidents = 0
    schools: list[tuple[int, str]] = []
    for term in trust.terms[max(0, place - 1) : place + 1]:
        here = [
            a
            for a in trust.attendance
            if (a["pupil_key"], a["academic_year"], a["half_term"]) == (pupil, term["academic_year"], term["half_term"])
        ]
        if term is last:
            schools = sorted((-a["possible_sessions_count"], a["school_urn"]) for a in here)
        possible += sum(a["possible_sessions_count"] for a in here)
        missed += sum(
            min(a["authorised_sessions_count"] + a["unauthorised_sessions_count"], a["possible_sessions_count"])
            for a in here
        )
        days = {s["start_date"] for s in trust.suspensions if s["pupil_key"] == pupil}
        incidents += sum(term["start_date"] <= day <= term["end_date"] for day in days) if here else 0
    if not schools or possible < 40:
        return None
    rate = 100 * float(missed if subject == "Attendance" else incidents) / possible
    told = {"score": rate, "possible": possible, "school_urn": schools[0][1], "assessed_date": last["end_date"]}
    return told | {"academic_year": last["academic_year"], "half_term": last["half_term"]}


_PAIR = ("intervention_name", "assessment_name", "exit_name", "subject", "scale", "entry_index", "exit_index")


def _compared(trust: Trust, treated: list[Row]) -> list[Row]:
    pairs: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in treated:
        if row["entry_score"] is not None and row["exit_score"] is not None:
            pairs[tuple(row[name] for name in _PAIR)].append(row)
    found: dict[tuple[str, ...], list[tuple[Any, Row]]] = defaultdict(list)
    for pair, rows in pairs.items():
        for born in trust.pupils:
            row = _candidate(trust, dict(zip(_PAIR, pair, strict=True)), rows, born["pupil_key"])
            if row:
                text = f"{row['pupil_key']}|{row['entry_index']}|{row['exit_index']}"
                digest = hashlib.md5(text.encode()).hexdigest()
                order = (digest, row["entry_index"], row["exit_index"], row["exit_name"], row["scale"])
                of = (row["intervention_name"], row["assessment_name"], row["subject"], row["pupil_key"])
                found[of].append((order, row))
    return [min(rows, key=lambda ranked: ranked[0])[1] for rows in found.values()]


def _candidate(trust: Trust, pair: Row, treated: list[Row], pupil: str) -> Row | None:
    starts = [row["start"] for row in treated]
    first, last = min(s["started_date"] for s in starts), max(s["end_date"] for s in starts)
    year = min(row["academic_year"] for row in treated)
    entries = [
        s
        for s in _series(trust, pair, pair["assessment_name"], pupil)
        if s["index"] == pair["entry_index"]
        and any(a <= s["assessed_date"] and last <= b for a, b in _spells(trust, pupil, s["school_urn"]))
        and _held(trust, pair, s["school_urn"], pupil)
    ]
    if not entries or _had_similar(trust, pair, starts, pupil, first, last):
        return None
    entry, school = entries[-1], entries[-1]["school_urn"]
    if not any(_is_like(trust, row, pupil, school, year) for row in treated):
        return None
    exits = [
        s
        for s in _series(trust, pair, pair["exit_name"], pupil)
        if s["index"] == pair["exit_index"]
        and s["school_urn"] == school
        and s["assessed_date"] > entry["assessed_date"]
    ]
    is_rate = pair["scale"] in ("ATTENDANCE", "INCIDENTS")
    series = [] if is_rate else _scores(trust, pupil, pair["assessment_name"], pair["subject"])
    after = exits[0] if exits else None
    reason = None if after else _why_no_exit(trust, pupil, school, max(row["exit_date"] for row in treated))
    told = {"is_treated": False, "pupil_key": pupil, "school_urn": school, "academic_year": year, "is_exit_due": True}
    sessions = {"before_sessions_count": entry.get("possible"), "after_sessions_count": (after or {}).get("possible")}
    figures = _figures(trust, entry, _previous(series, entry, first), after)
    return pair | told | sessions | {"missing_reason": reason} | (figures | {k: pair[k] for k in _PAIR[5:]})


def _series(trust: Trust, pair: Row, name: str, pupil: str) -> list[Row]:
    """The pupil's scores of a test on the pair's scale, or rates; oldest first, each with its half-term's index."""
    if pair["scale"] in ("ATTENDANCE", "INCIDENTS"):
        asked = [t for t in trust.terms if t["half_term_index"] in (pair["entry_index"], pair["exit_index"])]
        found = [_rate(trust, pupil, pair["subject"], term) for term in asked]
    else:
        found = [s for s in _scores(trust, pupil, name, pair["subject"]) if s["scale"] == pair["scale"]]
    return [s | {"index": _index(trust, s)} for s in found if s]


def _held(trust: Trust, pair: Row, school: str, pupil: str) -> bool:
    """Somebody of the pupil's year group in the school has a score of the test at the end in that half-term."""
    return any(
        s["index"] == pair["exit_index"] and s["school_urn"] == school
        for p in trust.pupils
        if _nc_year(trust, p["pupil_key"], 2025) == _nc_year(trust, pupil, 2025)
        for s in _series(trust, pair, pair["exit_name"], p["pupil_key"])
    )


def _is_like(trust: Trust, treated: Row, pupil: str, school: str, year: int) -> bool:
    special = {s["school_urn"]: s["is_special"] for s in trust.schools}
    mine, theirs = (
        _nc_year(trust, pupil, year),
        _nc_year(trust, treated["pupil_key"], treated["academic_year"]),
    )
    if special[school] != special[treated["school_urn"]] or abs(mine - theirs) > 2:
        return False
    return bool(special[school]) or (mine >= 7) == (theirs >= 7)


def _had_similar(trust: Trust, pair: Row, starts: list[Row], pupil: str, first: dt.date, last: dt.date) -> bool:
    domain = max((s["outcome_domain"] for s in starts if s["outcome_domain"]), default=pair["subject"])
    area = max((s["area_of_need"] for s in starts if s["area_of_need"]), default=None)
    for start in trust.starts:
        if start["pupil_key"] != pupil or start["started_date"] > last:
            continue
        is_like = start["subject"] == pair["subject"] or (start["outcome_domain"] or start["subject"]) == domain
        if not start["subject"] and not start["outcome_domain"]:
            is_like = area is not None and start["area_of_need"] == area
        if start["intervention_name"] == pair["intervention_name"] or (start["end_date"] >= first and is_like):
            return True
    return False
