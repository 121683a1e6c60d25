"""Making papers of a release: one visit a school, as a governor of that school would look, so that no paper can hold

what its readers may not see.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from dashboards.access import Identity, Role, files_for
from dashboards.papers.blocks import Paper
from dashboards.papers.frozen import before, freeze, refuse_frozen, set_paper
from dashboards.papers.nutshell import nutshell
from dashboards.papers.trustees import trustees_pack
from dashboards.papers.visit_form import visit_form
from dashboards.releases import Release
from dashboards.views.visits import Visit
from expectations.errors import SettingsError
from expectations.vocabulary import TRUST


def visit_of(release: Release, owner: str) -> Visit:
    """A look at the release as a governor of the school, or for TRUST as a trustee."""
    identity = Identity(Role.TRUSTEE) if owner == TRUST else Identity(Role.GOVERNOR, (owner,))
    (database,) = files_for(identity, release.folder)
    return Visit(identity, release, database)


def papers_of(visit: Visit, owner: str, home: Path) -> list[Paper]:
    """Every paper of a school (or TRUST), compared with the papers frozen before."""
    about = visit.about()
    earlier = before(home, owner, about["release_number"], about["data_date"])
    if owner == TRUST:
        return [trustees_pack(visit, earlier)]
    return [nutshell(visit, owner, earlier), visit_form(visit, owner, earlier)]


def owners_of(release: Release) -> list[str]:
    """The schools of a release, and the trust."""
    return [*visit_of(release, TRUST).schools(), TRUST]


def make(release: Release, home: Path, owners: Iterable[str], out: Path, meeting: dt.date | None = None) -> int:
    """Write the papers of the owners into ``out``, a folder for each; freeze them for a meeting if one is named.

    Returns how many papers. Raises ``SettingsError`` for a school that the release does not hold and for a meeting
    that has its papers, before anything is written.
    """
    owners, known, made = list(owners), owners_of(release), 0
    for owner in owners:
        if owner not in known:
            raise SettingsError("The release has no such school", owner, "Name one of its schools by URN.")
        if meeting:
            refuse_frozen(home, owner, meeting)
    for owner in owners:
        papers = papers_of(visit_of(release, owner), owner, home)
        for paper in papers:
            set_paper(paper, out / _folder_name(owner))
        if meeting:
            freeze(home, papers, meeting)
        made += len(papers)
    return made


def _folder_name(owner: str) -> str:
    return "trust" if owner == TRUST else owner
