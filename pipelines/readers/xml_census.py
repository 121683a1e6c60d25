"""The School Census return (XML): one row per pupil, and one per SEN need. CBDS element names become headers.

Element places as seen in public census exporters and validators; namespaces are ignored. Attendance, exclusion and
address blocks are not read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from pipelines.readers.decoding import fault_of
from pipelines.readers.headers import HeaderNames
from pipelines.readers.refusals import refuse_format, refuse_too_large
from pipelines.readers.sheet_rows import Limits, MalformedRow, SheetRows
from pipelines.readers.xml_safety import broken_xml, root_of_safe_xml

CENSUS_ROOTS = ("Message", "CensusSchool")
_PUPILS = {"PupilOnRoll", "PupilNoLongerOnRoll"}
_HEADER_FACTS = {"Term": "CensusTerm", "ReferenceDate": "ReferenceDate", "LEA": "LA", "LA": "LA", "Estab": "Estab",
                 "URN": "URN"}  # fmt: skip
PUPIL_ELEMENTS = (
    "UPN", "FormerUPN", "Surname", "Forename", "DOB", "Sex", "Gender", "EntryDate", "LeavingDate", "NCyearActual",
    "FSMeligible", "SENprovision", "SENunitIndicator", "ResourcedProvisionIndicator", "TopUpFunding",
)  # fmt: skip
_ALWAYS = frozenset(PUPIL_ELEMENTS) - {"Sex", "Gender", "FSMeligible", "TopUpFunding"}
_BLOCKS_NOT_READ = frozenset(("Attendance", "Exclusions", "TermlyExclusions", "Addresses", "LearnerSupport"))
"""Exclusions repeat the SEN provision of their day, which is not the pupil's on census day."""
_FACT_CHARACTERS = 100
_LEADING = ("CensusTerm", "ReferenceDate", "PupilOnRollId")


def read_census(data: bytes, names: HeaderNames, limits: Limits, where: str, member: str = "") -> list[SheetRows]:
    """Pupils (on roll and no longer on roll), and SEN needs where the return gives any.

    Row number = running number of the pupil, or of the need, in the file, from 1; ``PupilOnRollId`` is the pupil's.
    Raises ``SourceFileError``: UNSAFE, BROKEN,
    TRUNCATED, FORMAT when it is not a census return.
    """
    root = root_of_safe_xml(io.BytesIO(data), where)
    if root not in CENSUS_ROOTS:
        raise refuse_format(f"The XML is not a School Census return (its root is {root[:40]})", where,
                            "Send the census return as the MIS made it.")  # fmt: skip
    census = _Census(limits, where)
    try:
        census.read(data)
    except ElementTree.ParseError as error:
        raise broken_xml(error.code, where) from None
    return [table for table in (census.pupils(member, names), census.needs(member, names)) if table is not None]


class _Census:
    """What has been read of one return so far."""

    def __init__(self, limits: Limits, where: str) -> None:
        self.limits, self.where = limits, where
        self.facts: dict[str, str] = {}
        self.rows: list[tuple[int, dict[str, str]]] = []
        self.need_rows: list[tuple[int, dict[str, str]]] = []
        self.needs_malformed: list[MalformedRow] = []
        self.malformed: list[MalformedRow] = []
        self.pupils_count = 0

    def read(self, data: bytes) -> None:
        """Take every pupil of the return, one at a time."""
        for _, element in ElementTree.iterparse(io.BytesIO(data)):  # noqa: S314  # safe: xml_safety has seen it
            name = _local(element)
            if name in _PUPILS:
                self._add_pupil(element)
                element.clear()
            elif name == "Header":
                self._add_facts(element)
            elif name in ("PupilsOnRoll", "PupilsNoLongerOnRoll"):
                element.clear()

    def _add_facts(self, header: Element) -> None:
        for name, text in _leaves(header):
            if name in _HEADER_FACTS and text and fault_of(text, _FACT_CHARACTERS) is None:
                self.facts.setdefault(_HEADER_FACTS[name], text)

    def _add_pupil(self, pupil: Element) -> None:
        self.pupils_count += 1
        number = self.pupils_count
        if number > self.limits.rows_count:
            raise refuse_too_large(f"The return has more than {self.limits.rows_count:,} pupils", self.where)
        values: dict[str, str] = {}
        for name, text in _leaves(pupil):
            if name not in PUPIL_ELEMENTS or text is None:
                continue
            rule = fault_of(text, self.limits.cell_characters)
            if values.setdefault(name, text) != text:
                rule = "ELEMENT_TWICE"
            if rule:
                self.malformed.append(MalformedRow(number, rule, 0, 0, name))
                return
        self.rows.append((number, {**values, "PupilOnRollId": str(number)}))
        for need in pupil.iter():
            if _local(need) == "SENneed":
                self._add_need(need, number)

    def _add_need(self, need: Element, pupil_number: int) -> None:
        number = len(self.need_rows) + len(self.needs_malformed) + 1
        values = {name: text for name, text in _leaves(need) if text}
        faults = ((fault_of(text, self.limits.cell_characters), name) for name, text in values.items())
        fault = next(((rule, name) for rule, name in faults if rule), None)
        if fault:
            self.needs_malformed.append(MalformedRow(number, fault[0], 0, 0, fault[1]))
        else:
            self.need_rows.append((number, {**values, "PupilOnRollId": str(pupil_number)}))

    def pupils(self, member: str, names: HeaderNames) -> SheetRows:
        """One row per pupil; elements that no pupil has are left out where the contract allows."""
        seen = {name for _, values in self.rows for name in values}
        header = [*_LEADING, *(name for name in PUPIL_ELEMENTS if name in seen or name in _ALWAYS)]
        if "Sex" in header and "Gender" in header:
            header.remove("Gender")  # renamed Sex in 2023; a return that gives both means the new one
        elif "Gender" not in header and "Sex" not in header:
            header.append("Sex")
        return self._table(member, names, header, self.rows, self.malformed)

    def needs(self, member: str, names: HeaderNames) -> SheetRows | None:
        """One row per pupil and SEN type; none outside the spring census."""
        if not self.need_rows and not self.needs_malformed:
            return None
        return self._table(member, names, [*_LEADING, "SENtype", "SENtypeRank"], self.need_rows, self.needs_malformed)

    def _table(
        self, member: str, names: HeaderNames, header: list[str], rows: list[tuple[int, dict[str, str]]],
        malformed: list[MalformedRow],
    ) -> SheetRows:  # fmt: skip
        columns: dict[int, list[str | None]] = {}
        for position, name in enumerate(header):
            if not names.knows(name):
                continue
            if name in ("CensusTerm", "ReferenceDate"):
                columns[position] = [self.facts.get(name)] * len(rows)
            else:
                columns[position] = [values.get(name) for _, values in rows]
        return SheetRows(member, None, tuple(header), 0, columns, [number for number, _ in rows], malformed, self.facts)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _leaves(element: Element) -> Iterator[tuple[str, str | None]]:
    for inner in element:
        name = _local(inner)
        if len(inner):
            if name not in _BLOCKS_NOT_READ:
                yield from _leaves(inner)
        else:
            yield name, (inner.text or "").strip() or None
