"""Makers of delivered files, good and bad, for the tests of reading. Names, UPNs and schools are made up."""

from __future__ import annotations

import csv
import datetime as dt
import io
import struct
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import openpyxl
import xlsxwriter

REGISTER_HEADER = (
    "UPN", "MIS ID", "Surname", "Forename", "Date of Birth", "Year Group", "SEN Status", "Primary Need", "Status From",
)  # fmt: skip
CANARY = "Zzyzxcanary"
"""A word that stands for a pupil's value: it must be in no message."""


def register_rows(count: int) -> list[list[str]]:
    """So many rows of a SEND register, each different."""
    return [
        [f"B8012{place:08d}", str(1000 + place), f"{CANARY}{place}", f"Ana{place}", f"2014-03-{place % 28 + 1:02d}",
         str(place % 6 + 1), "KE"[place % 2], "SLCN", "2024-09-02"]
        for place in range(count)
    ]  # fmt: skip


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    """A CSV as a spreadsheet program writes it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def write_bytes(path: Path, data: bytes | str) -> Path:
    """The file, written; text as UTF-8."""
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def write_workbook(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    """A workbook with the given sheets, as openpyxl writes it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def write_shared_text_workbook(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    """The same workbook with its texts in the shared part, as spreadsheet programs write them."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        dates = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, dt.date):
                        sheet.write_datetime(place, column, cell, dates)
                    else:
                        sheet.write(place, column, cell)
    return path


def change_part(path: Path, part: str, old: str, new: str) -> Path:
    """The same workbook with some text of one part replaced. The text must be there."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[part].decode()
    assert old in text, f"{old!r} is not in {part}"
    parts[part] = text.replace(old, new).encode()
    return write_zip(path, parts)


def write_zip(path: Path, members: dict[str, bytes]) -> Path:
    """A zip archive of the members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def write_zip_with_link(path: Path) -> Path:
    """An archive with a symbolic link to a file outside."""
    link = zipfile.ZipInfo("pupils.csv")
    link.create_system = 3
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    return path


def write_bomb(path: Path, unpacked_bytes: int) -> Path:
    """A zip whose one member unpacks to so many zeros."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("pupils.csv", "w") as member:
        for _ in range(unpacked_bytes // 2**20):
            member.write(bytes(2**20))
    return path


def write_lying_zip(path: Path, members: dict[str, bytes], declared_bytes: int) -> Path:
    """An archive whose directory declares a smaller size than the members have."""
    write_zip(path, members)
    data = bytearray(path.read_bytes())
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        struct.pack_into("<I", data, place + 24, declared_bytes)
        place = data.find(b"PK\x01\x02", place + 4)
    path.write_bytes(bytes(data))
    return path


CENSUS = """<?xml version="1.0" encoding="utf-8"?>
<Message{namespace}>
 <Header><CollectionDetails><Collection>SC</Collection><Term>SPR</Term><ReferenceDate>2025-01-16</ReferenceDate>
  </CollectionDetails><Source><LEA>861</LEA><Estab>2000</Estab><URN>999001</URN></Source></Header>
 <CensusSchool><SchoolLocation/><Pupils><PupilsOnRoll>{pupils}</PupilsOnRoll>
 <PupilsNoLongerOnRoll>{leavers}</PupilsNoLongerOnRoll></Pupils></CensusSchool>
</Message>
"""
_PUPIL = """<{element}>
 <PupilIdentifiers><UPN>{upn}</UPN><Surname>{surname}</Surname><Forename>Ana</Forename><Sex>F</Sex><DOB>2014-03-05</DOB>
 </PupilIdentifiers>
 <PupilStatus><EntryDate>2020-09-03</EntryDate><NCyearActual>5</NCyearActual></PupilStatus>
 <SpecialEducationalNeeds><SENprovision>E</SENprovision><SENneeds>{needs}</SENneeds>
 <SENunitIndicator>0</SENunitIndicator><ResourcedProvisionIndicator>false</ResourcedProvisionIndicator>
 </SpecialEducationalNeeds>
 <Exclusions><TermlyExclusions><TermlyExclusion><SENprovision>K</SENprovision></TermlyExclusion></TermlyExclusions>
 </Exclusions>
</{element}>"""


def census_pupil(upn: str, surname: str, needs: Sequence[str] = (), element: str = "PupilOnRoll") -> str:
    """One pupil of a census return, with a past exclusion that repeats another SEN provision."""
    listed = "".join(
        f"<SENneed><SENtypeRank>{rank}</SENtypeRank><SENtype>{need}</SENtype></SENneed>"
        for rank, need in enumerate(needs, start=1)
    )
    return _PUPIL.format(upn=upn, surname=surname, needs=listed, element=element)


def census_return(pupils: Iterable[str], leavers: Iterable[str] = (), namespace: str = "") -> str:
    """A spring census return of the given pupils."""
    return CENSUS.format(pupils="".join(pupils), leavers="".join(leavers), namespace=namespace)


BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE Message [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{("&a" + str(n - 1) + ";") * 10 if n > 1 else "&a;" * 10}">' for n in range(1, 10))
    + "]><Message><CensusSchool>&a9;</CensusSchool></Message>"
)
EXTERNAL_ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<Message><CensusSchool>&x;</CensusSchool></Message>"
)
LOGIN_PAGE = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Please sign in</body></html>"
