"""The list of the ladder: what is shipped holds together, a trust's own row comes first, odd files are refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from expectations.errors import SettingsError
from expectations.tables.progress import RUNGS
from pipelines.ladder_codes import ladder_codes
from pipelines.reference_data import key_stage_2, read_reference
from tests.support.homes import make_home

HEAD = "ladder_system,mark_code,valid_from_date,valid_until_date,code_placing,ladder_rung,ladder_step\n"


def own(tmp_path: Path, lines: str, head: str = HEAD) -> pl.DataFrame:
    (tmp_path / "ladder.csv").write_text(head + lines, encoding="utf-8")
    return ladder_codes(make_home(tmp_path).model_copy(update={"ladder_file": Path("ladder.csv")}))


def test_what_is_shipped_has_the_statutory_codes_in_their_order(tmp_path: Path) -> None:
    shipped = ladder_codes(make_home(tmp_path))
    statutory = shipped.filter(ladder_system="STATUTORY", code_placing="PLACED").sort("ladder_rung_number")
    assert statutory["mark_code"].to_list() == list(RUNGS)
    ranked = read_reference("pre_key_stage.csv").filter(pl.col("rank").is_not_null())
    assert ranked.sort(pl.col("rank").cast(pl.Int64))["code"].to_list() == list(RUNGS)
    assert shipped.filter(code_placing="BELOW_ONLY")["ladder_rung"].is_null().all(), "no place is made up"


def test_a_trusts_own_row_comes_first_and_its_framework_is_added(tmp_path: Path) -> None:
    found = own(tmp_path, "bands,below,2015-09-01,,PLACED,pk6,0\nOwn Steps,level 3,2024-09-01,,PLACED,PK3,2\n")
    assert found.filter(mark_code="BELOW")["ladder_rung"].to_list() == ["PK6"]
    added = found.filter(ladder_system="OWN STEPS").row(0, named=True)
    assert (added["mark_code"], added["ladder_rung_number"], added["ladder_step"]) == ("LEVEL 3", 3, 2)
    assert added["valid_from_date"] == dt.date(2024, 9, 1)


@pytest.mark.parametrize(
    "line",
    [
        "X,1,soon,,PLACED,PK1,0",
        "X,1,2024-09-01,,PLACED,PK9,0",
        "X,1,2024-09-01,,PLACED,PK1,",
        "X,1,2024-09-01,,PERHAPS,PK1,0",
        "X,1,2024-09-01,,BELOW_ONLY,PK1,0",
        "X,1,2024-09-01,2024-08-31,PLACED,PK1,0",
        "X,,2024-09-01,,PLACED,PK1,0",
        "X,1,2024-09-01,,PLACED,PK1,0\nX,1,2025-09-01,,PLACED,PK2,0",
        "X,1,2024-09-01,2025-09-01,PLACED,PK1,0\nX,1,2025-09-01,,PLACED,PK2,0",
    ],
)
def test_a_row_that_cannot_be_right_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(SettingsError):
        own(tmp_path, line + "\n")


def test_versions_that_follow_each_other_are_taken(tmp_path: Path) -> None:
    found = own(tmp_path, "X,1,2024-09-01,2025-08-31,PLACED,PK1,0\nX,1,2025-09-01,,PLACED,PK2,0\n")
    assert found.filter(ladder_system="X")["ladder_rung"].to_list() == ["PK1", "PK2"]


def test_a_file_that_is_not_there_or_lacks_columns_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="ladder_file names no file"):
        ladder_codes(make_home(tmp_path).model_copy(update={"ladder_file": Path("none.csv")}))
    with pytest.raises(SettingsError, match="ladder_step"):
        own(tmp_path, "", head=HEAD.replace(",ladder_step", ""))


def test_published_figures_are_per_cents_of_the_two_groups_and_name_their_method() -> None:
    found = key_stage_2()
    assert set(found["sen_group"]) == {"SEN support", "EHC plan"}
    assert found["value"].is_between(0, 100).all()
    england = found.filter(sen_group="EHC plan", area="England", period="2022/23").row(0, named=True)
    assert england["value"] == 8.23
    assert "test" in england["method_version"]
