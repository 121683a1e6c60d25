"""The case sample: the suggested pupils by rule, a side each, nothing of others."""

from __future__ import annotations

import io
from pathlib import Path

from pypdf import PdfReader

from dashboards.access import Identity, Role, files_for
from dashboards.papers import blocks
from dashboards.papers.case_sample import case_sample, suggested
from dashboards.papers.write_pdf import pdf
from dashboards.queries import case_sample as asked
from dashboards.releases import find_release
from dashboards.views.visits import Visit
from dashboards.wording import case_sample as words
from tests.support.releases import ELM, PUPIL_CANARY


def pupil(key: str, year: str, provision: str) -> dict[str, str]:
    return {"pupil_key": key, "nc_year": year, "sen_provision": provision}


def test_three_of_each_provision_of_as_many_years_as_there_are() -> None:
    rows = [
        pupil("a", "1", "E"),
        pupil("b", "1", "E"),
        pupil("c", "1", "E"),
        pupil("d", "2", "E"),
        pupil("e", "3", "K"),
    ]
    found = suggested(reversed(rows))
    assert [row["pupil_key"] for row in found] == ["a", "d", "b", "e"]
    assert suggested([]) == []


def test_a_side_for_each_pupil_with_what_is_on_record(sample_home: Path) -> None:
    release, identity = find_release(sample_home), Identity(Role.SENCO, (ELM,))
    visit = Visit(identity, release, files_for(identity, release.folder)[0])
    pupils = visit.read(asked.pupils(ELM))
    assert len(pupils) == 2
    paper = case_sample(visit, ELM, pupils)
    names = [block.title for block in paper.blocks if isinstance(block, blocks.Masthead)]
    assert names == ["Birch, Bea", f"{PUPIL_CANARY}, Ada"]
    assert all(block.kicker == words.KICKER for block in paper.blocks if isinstance(block, blocks.Masthead))
    assert len(PdfReader(io.BytesIO(pdf(paper))).pages) == 2
    assert "names children" in paper.foot
    assert not paper.figures, "nothing of it is kept to compare with"
