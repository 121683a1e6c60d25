"""Whole files that must not be taken: login pages, half copies, wrong folders, old formats, traps in archives."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from seeds.trust.deliveries import Delivery
from seeds.trust.sheets import Sheet
from seeds.trust.world import World
from seeds.trust.write_census import xml_text
from seeds.trust.write_text import text_of
from seeds.trust.writing import archive_bytes

_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_LOGIN_PAGE = (
    "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><form>Please sign in</form></body></html>\n"
)
_ENTITIES = (
    '<?xml version="1.0"?>\n<!DOCTYPE Message [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>\n'
    "<Message><Header>&b;</Header></Message>\n"
)
_DINNERS = "Class,Menu,Portions\r\nAsh,Pasta,24\r\nBirch,Curry,19\r\n"
_HEADER_ONLY = "UPN,MIS ID,Surname,Forename,Start Date,Category,Sessions Missed\r\n"
_RENAMED = (
    "UPN,MIS ID,Surname,Academic Year,Term,Max Sessions,Authorised Absence,Unauthorised Absence\r\n"
    ",001003,Null,2025,Autumn1,74,1,0\r\n"
)


@dataclass(frozen=True)
class BadFile:
    """One file with what must become of it: a state of the ledger (or LEFT ALONE) and its rule."""

    path: str
    data: bytes
    state: str
    rule: str
    why: str


def list_bad_files(world: World, deliveries: list[Delivery]) -> list[BadFile]:
    """The trust's bad files, spread over the first schools."""
    one, two, three = (school.urn for school in world.schools[:3])
    mixed = _DINNERS.encode("utf-8") + "Caf\u00e9,\u00a3,1\r\n".encode("cp1252") + "Zo\u00eb,Pie,2\r\n".encode()
    suspensions = _HEADER_ONLY + ",001003,Null,Ada,03/03/2025,SUSP,2\r\n"
    outward = archive_bytes([("../Pupils.csv", b"Insight Pupil ID\r\n")])
    refused = [
        (f"{two}/leavers and destinations.csv", _LOGIN_PAGE.encode(), "FORMAT", "a login page under a table's name"),
        (f"{three}/attendance copy.csv", _cut_short(three, deliveries), "TRUNCATED", "a copy that stopped in mid-row"),
        ("999999/suspensions.csv", suspensions.encode(), "UNKNOWN_SCHOOL", "a folder of no school of the trust"),
        (f"{two}/old tracker.xls", _OLD_EXCEL, "FORMAT", "an Excel file of the old kind"),
        (f"{three}/attendance.csv", b"", "EMPTY", "nothing in it"),
        (f"{three}/suspensions_summer.csv", _HEADER_ONLY.encode(), "EMPTY", "a header and no rows"),
        (f"{one}/insight_backup.zip", outward, "UNSAFE", "a name that points outside"),
        (f"{one}/dinner_money.csv", _DINNERS.encode(), "UNRECOGNISED", "no table that we know"),
        (f"{two}/class_lists.csv", mixed, "ENCODING", "two encodings in one file"),
        (f"{one}/census_test.xml", _ENTITIES.encode(), "UNSAFE", "XML that declares entities"),
        (f"{three}/attendance_renamed.csv", _RENAMED.encode(), "MISSING_COLUMN", "a required column under a new name"),
        *_wrong_folder(world, deliveries),
    ]  # fmt: skip
    left = BadFile(
        f"{two}/attendance_new.csv.part", b"UPN,MIS ID,Sur", "LEFT ALONE", "", "a file that is still being written"
    )
    return [*(BadFile(path, data, "REFUSED", rule, why) for path, data, rule, why in refused), left]


def write_bad_files(drop: Path, files: list[BadFile]) -> None:
    """Write them beside the good ones."""
    for file in files:
        path = drop / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)


def _cut_short(urn: str, deliveries: list[Delivery]) -> bytes:
    """The first rows of a school's attendance, cut within the last row."""
    full = next(
        d.sheets[0] for d in deliveries if d.folder == urn and d.sheets[0].table == "raw_attendance__half_terms"
    )
    short = Sheet(
        full.table,
        full.name,
        full.fields,
        full.headers,
        [row for row in full.rows[:40] if len(row) == len(full.headers)],
    )
    return text_of(short).rstrip("\r\n").rpartition(",")[0].rpartition(",")[0].encode("utf-8")


def _wrong_folder(world: World, deliveries: list[Delivery]) -> list[tuple[str, bytes, str, str]]:
    """A census return of one school in the folder of the next."""
    census = next((d for d in reversed(deliveries) if d.census is not None), None)
    if census is None or census.census is None:
        return []
    other = next(s.urn for s in world.schools if s.urn != census.folder)
    text = xml_text(census.census, census.sheets[0]).replace("<SoftwareCode>Sample<", "<SoftwareCode>Sample again<")
    return [(f"{other}/{census.file_name}", text.encode("utf-8"), "WRONG_SCHOOL", "another school's census return")]
