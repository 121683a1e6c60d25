"""Where an action stands, by hand: each status, each threshold day, the newest note, notes after the data date."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from expectations.errors import SettingsError
from expectations.tables import ALL
from expectations.vocabulary import TRUST
from models.questions_strategy import ask_of_strategy
from pipelines.reference_data import strategy_plan
from pipelines.settings import School, Settings
from tests.support.filling import fill
from tests.support.frames import rows
from tests.support.released_strategy import released_strategy

TODAY = dt.date(2026, 11, 20)
RUN = rows(ALL["core_run"], data_date=TODAY, academic_year=2026)
PLAN = rows(ALL["core_strategy_plan"], action_id=["1.1.01"], priority_number=[1], priority_name=["Leadership"])


def settings(home: Path, own: str | None = None) -> Settings:
    school = School(urn="999001", name="Elm", phase="Primary", laestab="9990001")
    return Settings(home=home, trust_name="T", schools=(school,), strategy_file=Path(own) if own else None)


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def standing(**told: Any) -> tuple[str, int | None]:
    status = {"action_id": "1.1.01", "action_status": "UNDER_WAY", "noted_date": ago(3), "due_date": ago(-3)} | told
    frames = {
        "core_strategy_plan": PLAN,
        "core_run": RUN,
        "core_strategy_status": rows(ALL["core_strategy_status"], **status),
    }
    (found,) = fill("model_strategy__actions", frames).to_dicts()
    return found["standing"], found["overdue_days"]


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ({}, ("ON_COURSE", None)),
        ({"action_status": "NOT_STARTED"}, ("ON_COURSE", None)),
        ({"due_date": TODAY}, ("ON_COURSE", None)),
        ({"due_date": ago(1)}, ("LATE", 1)),
        ({"due_date": ago(1), "noted_date": ago(200)}, ("LATE", 1)),
        ({"due_date": None}, ("UNDATED", None)),
        ({"noted_date": ago(120)}, ("ON_COURSE", None)),
        ({"noted_date": ago(121)}, ("STALE", None)),
        ({"action_status": "BLOCKED"}, ("BLOCKED", None)),
        ({"action_status": "BLOCKED", "due_date": ago(40)}, ("BLOCKED", 40)),
        ({"action_status": "DONE", "due_date": ago(40), "noted_date": ago(300)}, ("DONE", None)),
        ({"action_status": "STOPPED", "due_date": ago(40)}, ("STOPPED", None)),
    ],
)
def test_an_action_stands_where_its_day_and_its_newest_status_put_it(
    told: dict[str, Any], wanted: tuple[str, int | None]
) -> None:
    assert standing(**told) == wanted


def test_an_action_without_a_row_was_never_reported() -> None:
    none = rows(ALL["core_strategy_status"], action_id=[])
    frames = {"core_strategy_plan": PLAN, "core_run": RUN, "core_strategy_status": none}
    (found,) = fill("model_strategy__actions", frames).to_dicts()
    assert (found["standing"], found["noted_date"]) == ("NOT_REPORTED", None)


def test_the_newest_note_up_to_the_data_date_counts_and_an_action_outside_the_plan_is_left_out() -> None:
    notes = rows(
        ALL["clean_registers__strategy_status"],
        action_id=["1.1.01", "1.1.01", "1.1.01", "9.1.01"],
        action_status=["NOT_STARTED", "UNDER_WAY", "DONE", "DONE"],
        noted_date=[ago(90), ago(0), ago(-1), ago(5)],
    )
    frames = {"clean_registers__strategy_status": notes, "core_strategy_plan": PLAN, "core_run": RUN}
    (found,) = fill("core_strategy_status", frames).to_dicts()
    assert (found["action_id"], found["action_status"]) == ("1.1.01", "UNDER_WAY")


def test_the_priorities_add_up_to_the_plan_and_every_action_is_in_one_group() -> None:
    found = released_strategy(TODAY)["mart_strategy__priority"].sort("priority_number").to_dicts()
    groups = [name for name in found[0] if name.endswith("_count") and name not in ("actions_count", "evidenced_count")]
    assert [row["actions_count"] for row in found] == [9, 5, 4]
    for row in found:
        assert sum(row[name] for name in groups) == row["actions_count"]
    for name in (*groups, "actions_count", "evidenced_count"):
        assert found[0][name] == found[1][name] + found[2][name]
    assert (found[1]["done_count"], found[1]["evidenced_count"]) == (2, 1)


def test_what_is_stuck_silent_or_unevidenced_is_asked_of_the_trust() -> None:
    found = ask_of_strategy(released_strategy(TODAY)["mart_strategy__priority"])
    assert {code: frame["about"].to_list() for code, frame in found.items()} == {
        "STRATEGY_BLOCKED": ["Leadership"],
        "STRATEGY_SILENT": ["The whole plan"],
        "STRATEGY_UNEVIDENCED": ["The whole plan"],
    }
    assert {urn for frame in found.values() for urn in frame["school_urn"]} == {TRUST}
    calm = rows(ALL["mart_strategy__priority"], priority_number=[0, 1], actions_count=[20, 20], done_count=[0, 0],
                evidenced_count=[0, 0], blocked_count=[0, 0], late_count=[0, 0], stale_count=[1, 1],
                not_reported_count=[0, 0])  # fmt: skip
    assert all(frame.is_empty() for frame in ask_of_strategy(calm).values())


def test_the_shipped_plan_has_every_action_and_a_trust_may_have_its_own(tmp_path: Path) -> None:
    shipped = strategy_plan(settings(tmp_path))
    assert shipped.height == 138
    assert shipped["priority_number"].unique().sort().to_list() == [1, 2, 3, 4, 5]
    own = tmp_path / "plan.csv"
    own.write_text("action_id,priority_number,priority_name,strand,plan_year,action\n1.1.01,1,A,B,aim,C\n")
    assert strategy_plan(settings(tmp_path, "plan.csv")).height == 1
    own.write_text("action_id,priority_number,priority_name,strand,plan_year,action\n1.1.01,first,A,B,aim,C\n")
    with pytest.raises(SettingsError, match="no number"):
        strategy_plan(settings(tmp_path, "plan.csv"))
    own.write_text("action_id,priority_name\n1.1.01,A\n")
    with pytest.raises(SettingsError, match=r"lacks columns: .*strand"):
        strategy_plan(settings(tmp_path, "plan.csv"))
    with pytest.raises(SettingsError, match="names no file"):
        strategy_plan(settings(tmp_path, "none.csv"))
