"""Who may open what: the whole matrix, and every way in which an entitlement can be wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dashboards.access import (
    APP_ROLES,
    Entitlement,
    Identity,
    Role,
    directory_file,
    files_for,
    identities_from,
    mend_list_for,
    read_entitlements,
)
from expectations.errors import OrchardError

HERE = Path("release")
TODAY = dt.date(2026, 11, 21)
ISSUER = "https://id.example"


def entitled(
    role: Role, urn: str = "", first: str = "2026-09-01", last: str = "2027-08-31", sub: str = "a1"
) -> Entitlement:
    return Entitlement("https://id.example", sub, role, urn, dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def names(identity: Identity | None) -> list[str]:
    return [path.name for path in files_for(identity, HERE)]


def test_the_matrix_of_roles_and_files() -> None:
    """One line a role: what it opens, and nothing else."""
    assert names(None) == []
    assert names(Identity(Role.GOVERNOR)) == names(Identity(Role.SENCO)) == []
    assert names(Identity(Role.GOVERNOR, ("999001",))) == ["agg_999001.duckdb"]
    assert names(Identity(Role.GOVERNOR, ("999001", "999002"))) == ["agg_999001.duckdb", "agg_999002.duckdb"]
    assert names(Identity(Role.TRUSTEE, ("999001",))) == ["agg_trust.duckdb"]
    assert names(Identity(Role.SENCO, ("999001",))) == ["pupil_999001.duckdb"]
    assert names(Identity(Role.SEND_LEAD)) == names(Identity(Role.CENTRAL)) == ["pupil_trust.duckdb"]


@pytest.mark.parametrize("role", Role)
def test_no_board_role_names_a_file_with_pupils(role: Role) -> None:
    files = names(Identity(role, ("999001", "999002")))
    assert files
    assert all(name.startswith("agg_" if role in APP_ROLES["board"] else "pupil_") for name in files)


@pytest.mark.parametrize("urn", ["../999001", "99900", "trust", "999001/..", "TRUST", ""])
def test_a_school_that_is_no_urn_names_no_file(urn: str) -> None:
    assert names(Identity(Role.GOVERNOR, (urn,))) == []
    assert mend_list_for(Identity(Role.SENCO, (urn,)), urn, "csv", HERE) is None or urn == "trust"


def test_an_identity_is_narrowed_to_its_own_schools_only() -> None:
    governor = Identity(Role.GOVERNOR, ("999001", "999002"))
    assert governor.at("999002") == Identity(Role.GOVERNOR, ("999002",))
    with pytest.raises(OrchardError, match="not yours"):
        governor.at("999003")


def test_mend_lists_are_for_the_schools_senco_and_the_trusts_staff() -> None:
    senco = Identity(Role.SENCO, ("999001",))
    assert mend_list_for(senco, "999001", "xlsx", HERE) == HERE / "mend" / "999001.xlsx"
    assert mend_list_for(senco, "999002", "xlsx", HERE) is None
    assert mend_list_for(senco, "trust", "csv", HERE) is None
    assert mend_list_for(Identity(Role.SEND_LEAD), "999002", "csv", HERE) == HERE / "mend" / "999002.csv"
    assert mend_list_for(Identity(Role.GOVERNOR, ("999001",)), "999001", "csv", HERE) is None
    assert mend_list_for(None, "999001", "csv", HERE) is None
    assert mend_list_for(senco, "999001", "exe", HERE) is None


def test_only_the_sample_has_a_list_of_all_schools() -> None:
    assert directory_file(HERE, is_sample=True) == HERE / "agg_trust.duckdb"
    assert directory_file(HERE, is_sample=False) is None


def test_entitlements_make_one_identity_a_role_with_all_its_schools() -> None:
    given = [entitled(Role.TRUSTEE), entitled(Role.GOVERNOR, "999001"), entitled(Role.GOVERNOR, "999002"),
             entitled(Role.SENCO, "999003", sub="b2")]  # fmt: skip
    assert identities_from(ISSUER, "a1", given, TODAY) == (
        Identity(Role.GOVERNOR, ("999001", "999002")),
        Identity(Role.TRUSTEE),
    )


@pytest.mark.parametrize(("first", "last", "is_held"), [
    ("2026-11-21", "2026-11-21", True), ("2026-11-22", "2027-01-01", False), ("2025-01-01", "2026-11-20", False),
])  # fmt: skip
def test_an_entitlement_holds_from_its_first_to_its_last_day(first: str, last: str, is_held: bool) -> None:
    assert bool(identities_from(ISSUER, "a1", [entitled(Role.TRUSTEE, first=first, last=last)], TODAY)) is is_held


@pytest.mark.parametrize(("issuer", "subject"), [
    (ISSUER, "A1"), (ISSUER, ""), ("https://else.example", "a1"), (f"{ISSUER}/", "a1"), ("", "a1"),
    (ISSUER, "other@example.org"),
])  # fmt: skip
def test_a_person_is_the_provider_and_its_subject_to_the_letter(issuer: str, subject: str) -> None:
    assert identities_from(issuer, subject, [entitled(Role.TRUSTEE)], TODAY) == ()


HEADER = "issuer,subject,role,school_urn,from,to,approved_by\n"
GOOD = HEADER + "https://id.example,a1,governor,999001,2026-09-01,2027-08-31,chair\n"


def write(folder: Path, content: str, mode: int = 0o640) -> Path:
    path = folder / "entitlements.csv"
    path.write_text(content, encoding="utf-8")
    path.chmod(mode)
    return path


def test_the_entitlements_file_is_read_line_by_line(tmp_path: Path) -> None:
    assert read_entitlements(write(tmp_path, GOOD)) == (entitled(Role.GOVERNOR, "999001"),)


@pytest.mark.parametrize("content", [
    GOOD.replace("governor", "headteacher"), GOOD.replace("999001", "everywhere"), GOOD.replace("999001", ""),
    GOOD.replace("2027-08-31", "31/08/2027"), GOOD.replace("a1", " "), "issuer,subject\nx,y\n", GOOD + "https://id.example\n",
    GOOD.replace("2027-08-31", "2026-08-31"), GOOD.replace("chair", ""), GOOD.replace("governor", "trustee"), "",
    GOOD.replace("chair", "chair,999002"), GOOD.replace("subject,role", "role,subject"),
    GOOD.replace("999001", "999001;999002"), GOOD.replace("a1", '"a1'), GOOD.replace("a1", "a1\x00"),
    GOOD.replace("approved_by", "approved"),
])  # fmt: skip
def test_one_wrong_line_denies_everybody(tmp_path: Path, content: str) -> None:
    with pytest.raises(OrchardError, match="missing or broken"):
        read_entitlements(write(tmp_path, content))


def test_a_file_that_others_can_write_denies_everybody(tmp_path: Path) -> None:
    with pytest.raises(OrchardError, match="written by others"):
        read_entitlements(write(tmp_path, GOOD, 0o666))


def test_no_file_denies_everybody(tmp_path: Path) -> None:
    with pytest.raises(OrchardError, match="missing"):
        read_entitlements(tmp_path / "entitlements.csv")
