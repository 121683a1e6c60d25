"""Moderation in the journal: the SEND lead opens and closes rounds, SENCOs rate cases. Lines are only ever added.

What a rater is handed holds no school, no status and nobody else's rating; it is left out here, not on the page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboards.access import Identity, Role
from dashboards.journal import LONGEST_SUBJECT, Journal
from expectations.banding import join_codes
from expectations.errors import OrchardError

if TYPE_CHECKING:
    from sqlalchemy import Connection

LONGEST_NAME = 80
_ROUNDS = (
    "select r.round_number, r.round_name, r.matrix_version, r.is_own_school_rated, r.opened_at, "
    "(select min(c.closed_at) from moderation_closings c where c.round_number = r.round_number) as closed_at "
    "from moderation_rounds r order by r.round_number"
)
_ADD_ROUND = (
    "insert into moderation_rounds (round_number, round_name, matrix_version, is_own_school_rated, opened_at, "
    "opened_by) values (:round_number, :round_name, :matrix_version, :is_own_school_rated, :opened_at, :opened_by)"
)
_ADD_CASE = (
    "insert into moderation_cases (round_number, case_number, school_urn, pupil_key, year_band, need_codes, "
    "score_strands, support_given) values (:round_number, :case_number, :school_urn, :pupil_key, :year_band, "
    ":need_codes, :score_strands, :support_given)"
)
_CASE_COLUMNS = (
    "round_number", "case_number", "school_urn", "pupil_key", "year_band", "need_codes", "score_strands",
    "support_given",
)  # fmt: skip
_ADD_CLOSING = (
    "insert into moderation_closings (round_number, closed_at, closed_by) "
    "values (:round_number, :closed_at, :closed_by)"
)
_PACKS = (
    "select case_number, year_band, need_codes, score_strands, support_given from moderation_cases "
    "where round_number = :round_number and (school_urn <> :urn or :is_own_school_rated) order by case_number"
)
_ADD_RATING = (
    "insert into moderation_ratings (round_number, case_number, rater_school_urn, criteria_ticked, rated_at, rated_by) "
    "values (:round_number, :case_number, :rater_school_urn, :criteria_ticked, :rated_at, :rated_by)"
)
_OWN = (
    "select case_number, criteria_ticked from moderation_ratings where round_number = :round_number "
    "and rater_school_urn = :urn and rated_by = :who order by rating_number"
)
_PROGRESS = (
    "select rater_school_urn, rated_by, count(distinct case_number) as cases from moderation_ratings "
    "where round_number = :round_number group by rater_school_urn, rated_by"
)
_SIZES = (
    "select school_urn, count(*) as cases from moderation_cases where round_number = :round_number group by school_urn"
)


@dataclass(frozen=True)
class Round:
    """One round: its number and name, the version of the matrix, who may rate whom, since when and until when."""

    round_number: int
    round_name: str
    matrix_version: str
    is_own_school_rated: bool
    opened_at: str
    closed_at: str | None

    @property
    def is_open(self) -> bool:
        """Raters may still rate."""
        return self.closed_at is None


@dataclass(frozen=True)
class Pack:
    """What a rater reads of one case."""

    case_number: int
    year_band: str
    need_codes: str
    score_strands: str
    support_given: str


@dataclass(frozen=True)
class Progress:
    """How far one rater has come: the rater's school, cases rated, and cases that the school's raters are handed."""

    school_urn: str
    rated_count: int
    cases_count: int


def rounds(journal: Journal) -> list[Round]:
    """Every round, the oldest first. Raises ``OrchardError`` when the journal cannot be read."""
    with journal.reading() as connection:
        return _rounds(connection)


def _rounds(connection: Connection) -> list[Round]:
    from sqlalchemy import text

    return [
        Round(number, name, version, bool(is_own), opened, closed)
        for number, name, version, is_own, opened, closed in connection.execute(text(_ROUNDS))
    ]


def open_round(
    journal: Journal,
    identity: Identity | None,
    subject: str,
    cases: Sequence[Mapping[str, Any]],
    *,
    round_name: str,
    matrix_version: str,
    is_own_school_rated: bool,
    now: dt.datetime,
) -> int:
    """Keep the sample as a new round that raters can rate at once; its number.

    ``cases``: rows of MART_MODERATION__SAMPLE, kept as they are, so that every rater reads the same. Raises
    ``OrchardError`` for everyone but the SEND lead, while a round is open, and for a sample that is not the next one.
    """
    from sqlalchemy import text

    _refuse_all_but_lead(identity)
    with journal.writing() as connection:
        known = _rounds(connection)
        if any(one.is_open for one in known):
            raise OrchardError("A round is open already", "", "Close it first.")
        number = max((one.round_number for one in known), default=0) + 1
        if not cases or {case["round_number"] for case in cases} != {number}:
            raise OrchardError(
                "There is no sample for a new round yet", "", "It is drawn every night. Open the round tomorrow."
            )
        line = {
            "round_number": number,
            "round_name": round_name[:LONGEST_NAME],
            "matrix_version": matrix_version,
            "is_own_school_rated": is_own_school_rated,
            "opened_at": _stamp(now),
            "opened_by": _who(subject),
        }
        connection.execute(text(_ADD_ROUND), line)
        connection.execute(text(_ADD_CASE), [{name: case[name] for name in _CASE_COLUMNS} for case in cases])
    return number


def close_round(journal: Journal, identity: Identity | None, subject: str, round_number: int, now: dt.datetime) -> None:
    """End a round: it enters the figures on the next night. Raises ``OrchardError`` for everyone but the SEND lead."""
    from sqlalchemy import text

    _refuse_all_but_lead(identity)
    with journal.writing() as connection:
        _open_one(connection, round_number)
        line = {"round_number": round_number, "closed_at": _stamp(now), "closed_by": _who(subject)}
        connection.execute(text(_ADD_CLOSING), line)


def packs_for(journal: Journal, identity: Identity | None, chosen: Round) -> list[Pack]:
    """The cases that a SENCO is to rate: none of the own school, unless the round's design says so."""
    from sqlalchemy import text

    with journal.reading() as connection:
        return [Pack(*row) for row in connection.execute(text(_PACKS), _about(identity, chosen))]


def own_ratings(journal: Journal, identity: Identity | None, subject: str, chosen: Round) -> dict[int, str]:
    """What this rater ticked last, by case. Nobody else's."""
    from sqlalchemy import text

    with journal.reading() as connection:
        asked = _about(identity, chosen) | {"who": _who(subject)}
        return {row[0]: row[1] for row in connection.execute(text(_OWN), asked)}


def rate_case(
    journal: Journal,
    identity: Identity | None,
    subject: str,
    round_number: int,
    case_number: int,
    codes: Collection[str],
    *,
    criteria: Collection[str],
    now: dt.datetime,
) -> None:
    """Add one rating: the criteria that were ticked. An earlier rating of the same case stays and no longer counts.

    ``criteria``: the codes of the round's version. Raises ``OrchardError`` for a case that is not this rater's, a round
    that is closed, nothing ticked or anything else than a criterion, and when the journal cannot be written.
    """
    from sqlalchemy import text

    if not codes or not set(codes) <= set(criteria):
        raise OrchardError("Tick what holds of the pupil", "", "At least one criterion; nothing is recorded yet.")
    with journal.writing() as connection:
        chosen = _open_one(connection, round_number)
        about = _about(identity, chosen)
        if case_number not in {row[0] for row in connection.execute(text(_PACKS), about)}:
            raise OrchardError("This case is not yours to rate", "", "Choose one of the list.")
        line = {
            "round_number": round_number,
            "case_number": case_number,
            "rater_school_urn": about["urn"],
            "criteria_ticked": join_codes(codes),
            "rated_at": _stamp(now),
            "rated_by": _who(subject),
        }
        connection.execute(text(_ADD_RATING), line)


def progress(journal: Journal, identity: Identity | None, chosen: Round) -> list[Progress]:
    """How far each rater has come, by school; never what was ticked. For the SEND lead alone."""
    from sqlalchemy import text

    _refuse_all_but_lead(identity)
    with journal.reading() as connection:
        asked = {"round_number": chosen.round_number}
        sizes = {row[0]: row[1] for row in connection.execute(text(_SIZES), asked)}
        everything = sum(sizes.values())
        return [
            Progress(urn, rated, everything - (0 if chosen.is_own_school_rated else sizes.get(urn, 0)))
            for urn, _, rated in connection.execute(text(_PROGRESS), asked)
        ]


def _open_one(connection: Connection, round_number: int) -> Round:
    found = [one for one in _rounds(connection) if one.round_number == round_number and one.is_open]
    if not found:
        raise OrchardError("This round is closed", "", "Nothing is recorded. Ask the SEND lead.")
    return found[0]


def _about(identity: Identity | None, chosen: Round) -> dict[str, Any]:
    """The round and the school of a rater. Raises ``OrchardError`` for everyone but a SENCO in one school."""
    if identity is None or identity.role is not Role.SENCO or len(identity.school_urns) != 1:
        raise OrchardError("Only SENCOs rate cases", "", "Ask the SEND lead.")
    return {
        "round_number": chosen.round_number,
        "urn": identity.school_urns[0],
        "is_own_school_rated": chosen.is_own_school_rated,
    }


def _refuse_all_but_lead(identity: Identity | None) -> None:
    if identity is None or identity.role is not Role.SEND_LEAD:
        raise OrchardError("Only the SEND lead runs moderation", "", "Ask the SEND lead.")


def _stamp(now: dt.datetime) -> str:
    return now.astimezone(dt.UTC).isoformat(timespec="seconds")


def _who(subject: str) -> str:
    return subject[:LONGEST_SUBJECT] or "unknown"
