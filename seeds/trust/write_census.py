"""Write a census return: the XML that a school sends, or the CSV pair that analysts get from COLLECT."""

from __future__ import annotations

import datetime as dt
from xml.sax.saxutils import escape

from seeds.trust.pupil_lists import Census
from seeds.trust.rows import Row
from seeds.trust.schools import LA_CODE
from seeds.trust.sheets import Sheet

SERIES = {"SPR": "SC1", "SUM": "SC2", "AUT": "SC3"}
TERM_WORDS = {"SPR": "spring", "SUM": "summer", "AUT": "autumn"}
SEX_SINCE = dt.date(2023, 9, 1)
"""The element Gender was renamed Sex from the autumn census of 2023."""
_XML_FIELDS = (
    "upn", "former_upn", "surname", "forename", "birth_date", "sex", "entry_date", "nc_year", "is_fsm", "sen_provision",
    "has_top_up", "types",
)  # fmt: skip
_COLLECT_FIELDS = {
    "pupilonrolltableid": "pupil_on_roll_id", "NativeId": "", "dob": "birth_date", "surname": "surname",
    "forename": "forename",
    "upn": "upn", "formerupn": "former_upn", "uniquelearnernumber": "", "sex": "sex", "entrydate": "entry_date",
    "topupfunding": "has_top_up", "senunitindicator": "is_in_sen_unit",
    "resourcedprovisionindicator": "is_in_resourced_provision", "ethnicity": "", "enrolstatus": "", "boarder": "",
    "plaa": "",
    "senprovision": "sen_provision", "ncyearactual": "nc_year", "eyppr": "", "youngcarer": "",
}  # fmt: skip


def xml_name(census: Census) -> str:
    """File name of a return: authority and school, series, authority, two-digit year, serial."""
    return f"{census.school.laestab}_{SERIES[census.term]}_{LA_CODE}LL{census.day:%y}_001.XML"


def census_sheet(census: Census) -> Sheet:
    """The return's pupils as rows; the last cell holds the SEN types as "SLCN:1 ASD:2"."""
    rows: list[Row] = []
    for pupil in census.pupils:
        person = pupil.enrolment.person
        types = " ".join(f"{kind}:{rank}" for kind, rank in pupil.needs)
        rows.append([
            pupil.upn, pupil.former_upn, person.surname, person.forename, str(person.birth_date), person.sex,
            str(pupil.enrolment.entry), pupil.nc_year, str(person.is_fsm).lower(),
            pupil.provision, str(pupil.has_top_up).lower(), types,
        ])  # fmt: skip
    return Sheet("raw_school_census__pupils", "", list(_XML_FIELDS), [], rows, is_record_numbered=True)


def count_needs(sheet: Sheet) -> int:
    """SEN types in a return."""
    return sum(len(str(row[-1]).split()) for row in sheet.rows)


def xml_text(census: Census, sheet: Sheet) -> str:
    """The return as XML. SEN types stand in spring returns only."""
    school = census.school
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<Message>\n<Header>\n<CollectionDetails>'
        f"<Collection>School Census</Collection><Term>{census.term}</Term><Year>{census.day.year}</Year>"
        f"<ReferenceDate>{census.day}</ReferenceDate></CollectionDetails>\n"
        f"<Source><SourceLevel>S</SourceLevel><LEA>{school.laestab[:3]}</LEA><Estab>{school.laestab[3:]}</Estab>"
        f"<URN>{school.urn}</URN><SoftwareCode>Sample</SoftwareCode></Source>\n</Header>\n"
        "<Content>\n<CensusSchool>\n<Pupils>\n<PupilsOnRoll>\n"
    )
    sex = "Sex" if census.day >= SEX_SINCE else "Gender"
    body = "".join(_pupil_element(row, sex) for row in sheet.rows)
    return f"{head}{body}</PupilsOnRoll>\n</Pupils>\n</CensusSchool>\n</Content>\n</Message>\n"


def _pupil_element(row: Row, sex_name: str) -> str:
    upn, former, surname, forename, born, sex, entry, year, fsm, provision, top_up, types = (
        escape(str(c or "")) for c in row
    )
    known = (f"<UPN>{upn}</UPN>" if upn else "") + (f"<FormerUPN>{former}</FormerUPN>" if former else "")
    parts = [kind.split(":") for kind in types.split()]
    needs = "".join(
        f"<SENneed><SENtypeRank>{rank}</SENtypeRank><SENtype>{kind}</SENtype></SENneed>" for kind, rank in parts
    )
    needs = f"<SENneeds>{needs}</SENneeds>" if needs else ""
    return (
        f"<PupilOnRoll><PupilIdentifiers>{known}<Surname>{surname}</Surname>"
        f"<Forename>{forename}</Forename><DOB>{born}</DOB><{sex_name}>{sex}</{sex_name}></PupilIdentifiers>"
        f"<PupilCharacteristics><FSMeligible>{fsm}</FSMeligible></PupilCharacteristics>"
        f"<PupilStatus><EntryDate>{entry}</EntryDate><NCyearActual>{year}</NCyearActual></PupilStatus>"
        f"<SpecialEducationalNeeds><SENprovision>{provision}</SENprovision>{needs}"
        "<SENunitIndicator>0</SENunitIndicator><ResourcedProvisionIndicator>false</ResourcedProvisionIndicator>"
        f"</SpecialEducationalNeeds><TopUpFunding>{top_up}</TopUpFunding></PupilOnRoll>\n"
    )


def collect_name(census: Census, entity: str) -> str:
    """File name of an extract: it alone says which census it is."""
    return f"{census.day.year}_{TERM_WORDS[census.term]}_{entity}.csv"


def collect_pupils(census: Census, *, has_old_names: bool) -> Sheet:
    """The ``pupilonroll`` extract: lower-case element names, columns that nobody asked for, dates with a time."""
    headers = ["gender" if name == "sex" and has_old_names else name for name in _COLLECT_FIELDS]
    rows: list[Row] = []
    for number, pupil in enumerate(census.pupils, 1):
        person = pupil.enrolment.person
        known = {
            "pupil_on_roll_id": _table_id(census, number), "birth_date": stamp(person.birth_date),
            "surname": person.surname,
            "forename": person.forename, "upn": pupil.upn, "former_upn": pupil.former_upn, "sex": person.sex,
            "entry_date": stamp(pupil.enrolment.entry), "has_top_up": str(pupil.has_top_up), "is_in_sen_unit": "False",
            "is_in_resourced_provision": "False", "sen_provision": pupil.provision, "nc_year": pupil.nc_year, "": "",
        }  # fmt: skip
        rows.append([known[name] for name in _COLLECT_FIELDS.values()])
    return Sheet("raw_school_census__pupils", "pupilonroll", list(_COLLECT_FIELDS.values()), headers, rows)


def collect_needs(census: Census) -> Sheet:
    """The ``senneeds`` extract of a spring census; the rank arrives as 1.0."""
    fields = ["pupil_on_roll_id", "", "", "", "", "sen_type_rank", "sen_type"]
    headers = [
        "pupilonrolltableid",
        "NativeId",
        "senneedstableid",
        "senneedsorderseqcolumn",
        "sourceid",
        "sentyperank",
        "sentype",
    ]
    rows = [
        [_table_id(census, number), "", str(90_000 + number), str(rank), "", f"{rank}.0", kind]
        for number, pupil in enumerate(census.pupils, 1)
        for kind, rank in pupil.needs
    ]
    return Sheet("raw_school_census__sen_needs", "senneeds", fields, headers, [list(row) for row in rows])


def stamp(day: dt.date) -> str:
    """A date as COLLECT writes it: 2020-Apr-25 00:00:00."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{day.year}-{months[day.month - 1]}-{day.day:02d} 00:00:00"


def _table_id(census: Census, number: int) -> str:
    return str(1_000_000 + 100_000 * census.school.index + number)
