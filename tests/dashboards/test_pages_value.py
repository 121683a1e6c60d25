"""Value for money on the pages: questions first, proposals with their rule, two options with plane and curve."""

from __future__ import annotations

from dashboards.access import Role
from tests.dashboards.conftest import Open, said
from tests.dashboards.test_pages import at
from tests.support.releases import ELM


def test_trustees_read_questions_first_then_what_is_proposed(open_app: Open) -> None:
    test = at(open_app("board", Role.TRUSTEE), "money")
    page = said(test)
    assert not test.exception
    order = [page.index(part) for part in ("Ask about</h2>", "Go on, adapt or stop</h2>",
             "What would we buy as a trust?</h2>", "What each intervention costs</h2>", "Targets met")]  # fmt: skip
    assert order == sorted(order)
    assert "Behind Blocks: the rules propose to stop it" in page
    assert "What would have happened without it? What would we buy as a trust?" in page
    assert "Stop: Behind Blocks." in page
    assert "The SEND lead decides" in page
    assert "chance that Paired Pages is better value than Phonics Steps" in page
    assert "for each target met" in page
    assert "not a ranking" in page


def test_the_send_lead_sees_two_options_in_depth(open_app: Open) -> None:
    test = at(open_app("staff", Role.SEND_LEAD), "value")
    page = said(test)
    assert not test.exception
    assert "Measured by Reading Test (Reading)" in page
    assert 'href="intervention?name=Phonics+Steps"' in page
    assert "If only the cost counted, there is more than a 9 in 10 chance that Paired Pages" in page
    assert "Show the same as a table" in page
    assert "<caption>Chance that Paired Pages is better value" in page
    assert page.index("What would change it") < page.index("Questions for commissioning")
    assert "The intervention with most pupils" not in page.split("Questions for commissioning")[0]
    test = test.selectbox(key="pair-0").set_value("Phonics Steps or Word Workshop").run()
    assert "Each extra point with Phonics Steps cost about £149" in said(test)


def test_pairs_without_a_plane_say_why(open_app: Open) -> None:
    test = at(open_app("staff", Role.SEND_LEAD), "value")
    same = said(test.selectbox(key="pair-0").set_value("Paired Pages or Word Workshop").run())
    assert "Both cost the same for every pupil, so what they achieve decides." in same
    apart = test.selectbox(key="pair-0").set_value("Tiny Tutors or Word Workshop").run()
    assert not apart.exception
    assert "two years apart in age" in said(apart)
    assert "The chance that Tiny Tutors" not in said(apart)


def test_a_governor_reads_what_is_proposed_for_the_trust(open_app: Open) -> None:
    page = said(at(open_app("board", Role.GOVERNOR).selectbox(key="school").set_value(ELM).run(), "works"))
    assert "Proposed for the trust: stop." in page
    assert "The SEND lead decides" in page
