"""Settings: one sentence for each fault, secrets kept, ports and thresholds from one place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from expectations.errors import SettingsError
from pipelines.settings import load_settings, thresholds_of

GOOD = """
trust_name = "Sample"
[[schools]]
urn = "999001"
name = "One"
phase = "Primary"
laestab = "9990001"
"""


def home_with(tmp_path: Path, text: str) -> Path:
    (tmp_path / "orchard.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_home_without_settings_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="orchard sample") as told:
        load_settings(tmp_path)
    assert told.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("trust_name = ", "not valid TOML"),
        ("trust_name = 'x'", "schools"),
        (GOOD + GOOD.split("\n", 2)[2], "URN stands twice"),
        (GOOD.replace("Primary", "Nursery"), "phase"),
        ("minimum_count = 1\n" + GOOD, "minimum_count"),
        ("unheard_of = 1\n" + GOOD, "unheard_of"),
    ],
)
def test_each_wrong_setting_is_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        load_settings(home_with(tmp_path, text))


@pytest.mark.parametrize(
    "address",
    ["board.example", "ftp://board.example", "https://me@board.example", "https://board.example/?a=1", "https:"],
)
def test_an_address_of_the_board_app_is_one_that_people_type(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingsError, match="board_address"):
        load_settings(home_with(tmp_path, f'board_address = "{address}"\n{GOOD}'))


def test_the_address_of_the_board_app_ends_without_a_stroke(tmp_path: Path) -> None:
    assert load_settings(home_with(tmp_path, f'board_address = "https://board.example/"\n{GOOD}')).board_address == (
        "https://board.example"
    )


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORCHARD_MINIMUM_COUNT", "10")
    assert thresholds_of(load_settings(home_with(tmp_path, GOOD))).minimum_count == 10


def test_the_pupil_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    settings = load_settings(home_with(tmp_path, GOOD))
    first = settings.pupil_key_secret().get_secret_value()
    assert settings.pupil_key_secret().get_secret_value() == first
    assert len(first) == 64
    assert first not in repr(settings.pupil_key_secret())
    secret = tmp_path / "secrets" / "pupil_key"
    assert secret.stat().st_mode & 0o777 == 0o600
    secret.chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        settings.pupil_key_secret()


def test_a_night_speaks_for_londons_date_unless_the_settings_fix_one(tmp_path: Path) -> None:
    late = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
    assert load_settings(home_with(tmp_path, GOOD)).date_of(late) == dt.date(2026, 7, 1)
    fixed = load_settings(home_with(tmp_path, "data_date = 2026-11-20\n" + GOOD))
    assert fixed.date_of(late) == dt.date(2026, 11, 20)


def test_funding_is_named_in_pounds_by_year_and_read_to_the_penny(tmp_path: Path) -> None:
    assert load_settings(home_with(tmp_path, GOOD)).funding.bands_pence() == {}
    text = GOOD + '[funding]\nelement_2 = { 2026 = 6500 }\n[funding.bands."Band 1"]\n2024 = 1500\n2025 = 1530.15\n'
    told = load_settings(home_with(tmp_path, text))
    assert told.funding.element_2_pence() == {2026: 650_000}
    assert told.funding.bands_pence() == {"Band 1": {2024: 150_000, 2025: 153_015}}
    assert told.funding.overhead_rate == 0.0


@pytest.mark.parametrize("line", ["2025 = 1530.155", "2025 = -1", "1999 = 1", "2025 = 'TBC'"])
def test_a_band_with_a_wrong_amount_or_year_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(SettingsError, match=r"funding\.bands\.Band 1"):
        load_settings(home_with(tmp_path, f'{GOOD}[funding.bands."Band 1"]\n{line}\n'))


def test_other_funding_makes_the_night_compute_afresh(tmp_path: Path) -> None:
    before = load_settings(home_with(tmp_path, GOOD)).fingerprint()
    assert load_settings(home_with(tmp_path, f"{GOOD}[funding]\noverhead_rate = 0.1\n")).fingerprint() != before
