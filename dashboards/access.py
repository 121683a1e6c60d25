"""Who may see what. ``files_for`` is the only place that names a database file; it names none by default.

Rules are pure functions of an ``Identity``; ``visitor`` asks Streamlit who is looking. Holds no page.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from expectations.errors import OrchardError
from expectations.vocabulary import TRUST

_URN = re.compile(r"[0-9]{6}")


class Role(StrEnum):
    """Who looks."""

    GOVERNOR = "governor"
    TRUSTEE = "trustee"
    SEND_LEAD = "send_lead"
    SENCO = "senco"
    CENTRAL = "central"


ROLE_WORDS = {
    Role.GOVERNOR: "Governor",
    Role.TRUSTEE: "Trustee",
    Role.SEND_LEAD: "SEND lead",
    Role.SENCO: "SENCO",
    Role.CENTRAL: "Central team",
}
APP_ROLES: Mapping[str, tuple[Role, ...]] = {
    "board": (Role.GOVERNOR, Role.TRUSTEE),
    "staff": (Role.SEND_LEAD, Role.SENCO, Role.CENTRAL),
}
ONE_SCHOOL = frozenset({Role.GOVERNOR, Role.SENCO})
"""Roles that see their own schools only, one at a time."""


@dataclass(frozen=True)
class Identity:
    """A role, and the schools it is held in; no schools for a role of the whole trust."""

    role: Role
    school_urns: tuple[str, ...] = ()

    def at(self, school_urn: str) -> Identity:
        """The same role in one school. Raises ``OrchardError`` for a school it is not held in."""
        if school_urn not in self.school_urns:
            raise OrchardError("This school is not yours to see", "", "Choose one of your own schools.")
        return Identity(self.role, (school_urn,))


def files_for(identity: Identity | None, release: Path) -> tuple[Path, ...]:
    """Every database file that an identity may open, in the order of its schools; none for nobody."""
    if identity is None:
        return ()
    urns = tuple(urn for urn in identity.school_urns if _URN.fullmatch(urn))
    match identity.role:
        case Role.GOVERNOR:
            return tuple(release / f"agg_{urn}.duckdb" for urn in urns)
        case Role.TRUSTEE:
            return (release / "agg_trust.duckdb",)
        case Role.SENCO:
            return tuple(release / f"pupil_{urn}.duckdb" for urn in urns)
        case Role.SEND_LEAD | Role.CENTRAL:
            return (release / "pupil_trust.duckdb",)


def mend_list_for(identity: Identity | None, owner: str, ending: str, release: Path) -> Path | None:
    """A school's "please mend" list (or the trust's, ``trust``): the SENCO's own school, the SEND lead's any."""
    if identity is None or ending not in ("xlsx", "csv") or not (_URN.fullmatch(owner) or owner == "trust"):
        return None
    is_own = identity.role is Role.SENCO and owner in identity.school_urns
    return release / "mend" / f"{owner}.{ending}" if is_own or identity.role in (Role.SEND_LEAD, Role.CENTRAL) else None


def calendar_for(identity: Identity | None, school_urn: str, release: Path) -> Path | None:
    """A school's calendar of statutory days: for its own SENCO and the SEND lead, for nobody else."""
    if identity is None or not _URN.fullmatch(school_urn):
        return None
    is_own = identity.role is Role.SENCO and school_urn in identity.school_urns
    return release / "calendar" / f"{school_urn}.ics" if is_own or identity.role is Role.SEND_LEAD else None


def frozen_papers_for(identity: Identity | None, owner: str, release: Path) -> Path | None:
    """The home folder of the frozen papers of a school (or TRUST), if the identity may open them: governors and SENCOs

    of the school; trustees, the SEND lead and the central team all.
    """
    if identity is None or not (_URN.fullmatch(owner) or owner == TRUST):
        return None
    may = owner in identity.school_urns if identity.role in ONE_SCHOOL else True
    return release.parents[1] if may else None


def directory_file(release: Path, is_sample: bool) -> Path | None:
    """The file that lists all schools for the sample's role switch; none over real data."""
    return release / "agg_trust.duckdb" if is_sample else None


@dataclass(frozen=True)
class Entitlement:
    """One line of the entitlements file: who may hold which role, where, from when to when."""

    issuer: str
    subject: str
    role: Role
    school_urn: str
    from_date: dt.date
    to_date: dt.date


def identities_from(
    issuer: str, subject: str, entitlements: Iterable[Entitlement], today: dt.date
) -> tuple[Identity, ...]:
    """The identities that a person holds today, one a role, each with all its schools; none unless a line says so.

    The provider and its subject make the person; an e-mail address can be given to somebody else and never does.
    """
    mine = [e for e in entitlements if (e.issuer, e.subject) == (issuer, subject) and e.from_date <= today <= e.to_date]
    held: dict[Role, list[str]] = {}
    for entitlement in mine:
        urns = held.setdefault(entitlement.role, [])
        if entitlement.role in ONE_SCHOOL and entitlement.school_urn not in urns:
            urns.append(entitlement.school_urn)
    return tuple(Identity(role, tuple(held[role])) for role in Role if role in held)


COLUMNS = ("issuer", "subject", "role", "school_urn", "from", "to", "approved_by")


def read_entitlements(path: Path) -> tuple[Entitlement, ...]:
    """The entitlements file, read at every rerun. Raises ``OrchardError`` when anything about it is wrong: deny all.

    CSV with the columns of ``COLUMNS``. Only its owner may write it.
    """
    try:
        if path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise OrchardError("The entitlements file can be written by others", path.name, "Run chmod 640 on it.")
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _entitlements(file.read())
    except (OSError, ValueError, KeyError, TypeError, AttributeError, csv.Error):
        raise OrchardError("The entitlements file is missing or broken", path.name, "Mend it; nobody sees anything "
                           "until then.") from None  # fmt: skip


@lru_cache(maxsize=4)
def _entitlements(content: str) -> tuple[Entitlement, ...]:
    """Every line. What a text says is kept by the whole of it: the file is read anew, so a change counts at once."""
    rows = csv.DictReader(io.StringIO(content, newline=""), strict=True)
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise ValueError("other columns")
    return tuple(_entitlement(row) for row in rows)


def _entitlement(row: Mapping[str, str]) -> Entitlement:
    """One line; every doubt about it is a ``ValueError``: a line that grants less than it seems is as bad as more."""
    if None in row or not all(cell.isprintable() for cell in row.values()):
        raise ValueError("a line has more cells than the head, or a sign that nobody sees")
    role, urn = Role(row["role"].strip()), row["school_urn"].strip()
    if role in ONE_SCHOOL and not _URN.fullmatch(urn):
        raise ValueError("a role of one school names no school")
    if role not in ONE_SCHOOL and urn:
        raise ValueError("a role of the whole trust names a school")
    if not all(row[name].strip() for name in ("issuer", "subject", "approved_by")):
        raise ValueError("a line names nobody, or nobody approved it")
    first, last = (dt.date.fromisoformat(row[name].strip()) for name in ("from", "to"))
    if last < first:
        raise ValueError("a line ends before it begins")
    return Entitlement(row["issuer"].strip(), row["subject"].strip(), role, urn, first, last)
