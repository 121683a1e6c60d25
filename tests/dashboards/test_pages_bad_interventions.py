"""What schools get wrong, from their files to the page: each fault has its sentence, and no page breaks."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from dashboards.access import Role
from tests.dashboards.conftest import Open, said
from tests.dashboards.test_pages import at
from tests.end_to_end.conftest import orchard
from tests.support.bad_interventions import CASES, SCHOOLS, WRONG_ORDER, write_trust

NO_NUMBER = re.compile(r"\bnan\b|\binf(inity)?\b|\bNone\b(?! (has|stands|is|of))|Traceback")


@pytest.fixture(scope="module")
def bad_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("bad") / "home"
    write_trust(home)
    done = orchard("refresh", "--home", str(home))
    assert done.returncode == 1, done.stdout + done.stderr
    assert not NO_NUMBER.search(done.stdout + done.stderr)
    return home


def test_every_fault_has_its_sentence_on_its_page(bad_home: Path, open_app: Open) -> None:
    test = at(open_app("staff", Role.SEND_LEAD, home=bad_home), "intervention")
    assert set(test.selectbox(key="name").options) == {case.intervention for case in CASES} - {WRONG_ORDER}
    for case in CASES:
        if case.intervention != WRONG_ORDER:
            test = test.selectbox(key="name").set_value(case.intervention).run()
            page = said(test)
            assert case.says in page, case.intervention
            assert not test.exception, case.intervention
            assert not NO_NUMBER.search(page), case.intervention


def test_the_other_pages_stand(bad_home: Path, open_app: Open) -> None:
    for app, role in (("staff", Role.SEND_LEAD), ("board", Role.GOVERNOR), ("board", Role.TRUSTEE)):
        test = open_app(app, role, home=bad_home)
        assert not test.exception
        assert not NO_NUMBER.search(said(test))


def test_what_was_set_aside_is_in_the_school_s_list(bad_home: Path) -> None:
    """Groups that end before they start with everything that hangs on them, and tests that were sent twice."""
    with (bad_home / "CURRENT" / "mend" / f"{SCHOOLS[0]}.csv").open(encoding="utf-8-sig", newline="") as file:
        told = "\n".join(",".join(row) for row in csv.reader(file))
    assert "groups.csv" in told
    assert "members.csv" in told
    assert "assessments.csv" in told
