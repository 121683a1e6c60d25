"""The fictional schools: names, phases, sizes, and the forms in which each sends its files. No pupils."""

from __future__ import annotations

from dataclasses import dataclass

NAMES = {
    "Special": ("Saffronwell School", "Thistlequay School", "Amberlode School", "Merrowfold School"),
    "Secondary": ("Highquillon Academy", "Northmarrow Academy"),
    "All-through": ("Copperwhin School", "Sorrelgate School"),
    "Primary": (
        "Quillbrook Primary School", "Tansyhollow Primary School", "Larkwhistle Primary School",
        "Pebblewick Primary School", "Wrenfallow Primary School", "Fernquarry Primary School",
        "Mossapple Primary School", "Dapplestone Primary School", "Nettlecombe Hatch Primary School",
        "Bracklemere Primary School", "Cindermoss Primary School", "Otterpool Fold Primary School",
    ),
}  # fmt: skip
"""Invented; none is a school in the public lists of England's schools."""

PUPILS_PER_SCHOOL = {"Special": 120, "Secondary": 900, "All-through": 480, "Primary": 313}
YEAR_RANGES = {"Special": (-1, 14), "Secondary": (7, 11), "All-through": (0, 13), "Primary": (0, 6)}
"""First and last year group: reception 0, nursery -1."""
LA_CODE = "999"
"""No authority has this code, so no laestab or UPN of the sample can be a real one."""


@dataclass(frozen=True)
class Forms:
    """How a school sends its files."""

    census: str
    register: str
    provision_map: str
    leavers: str
    encoding: str = "utf-8"
    delimiter: str = ","
    header_style: int = 0
    has_preamble: bool = False
    has_iso_dates: bool = False


@dataclass(frozen=True)
class School:
    """One fictional school. ``year_range`` are the first and last year groups."""

    index: int
    urn: str
    name: str
    phase: str
    laestab: str
    pupils_count: int
    forms: Forms

    @property
    def is_special(self) -> bool:
        """True for a special school."""
        return self.phase == "Special"

    @property
    def year_range(self) -> tuple[int, int]:
        """First and last year group."""
        return YEAR_RANGES[self.phase]


_FORMS = (
    Forms("xml", "xlsx", "workbook", "xlsx", header_style=1, has_preamble=True),
    Forms("collect", "csv", "workbook", "csv", encoding="cp1252", header_style=2),
    Forms("xml", "xlsx", "workbook", "csv", encoding="utf-8-sig"),
    Forms("xml", "csv", "insight", "xlsx", encoding="utf-16", header_style=3),
    Forms("collect", "xlsx", "workbook", "xlsx", delimiter=";", encoding="utf-8-sig", has_preamble=True),
    Forms("xml", "csv", "workbook", "csv", header_style=2, has_iso_dates=True),
    Forms("xml", "xlsx", "workbook", "xlsx", header_style=3),
    Forms("collect", "csv", "insight", "csv", encoding="utf-8-sig", header_style=1, has_preamble=True),
    Forms("xml", "xlsx", "workbook", "xlsx", header_style=2),
    Forms("collect", "csv", "insight", "csv", header_style=3, delimiter="\t"),
)


def make_schools(schools_count: int, pupils_count: int) -> tuple[School, ...]:
    """A trust of special, secondary, all-through and primary schools, sized to the number of pupils."""
    phases = _phases(schools_count)
    if pupils_count < 20 * schools_count:
        raise ValueError("The sample needs 20 or more pupils a school")
    scale = pupils_count / sum(PUPILS_PER_SCHOOL[phase] for phase in phases)
    seen: dict[str, int] = {}
    schools = []
    for index, phase in enumerate(phases):
        place = seen[phase] = seen.get(phase, -1) + 1
        if place >= len(NAMES[phase]):
            raise ValueError("The sample has no name for so many schools")
        schools.append(
            School(
                index=index,
                urn=str(999101 + index),
                name=NAMES[phase][place],
                phase=phase,
                laestab=f"{LA_CODE}{2001 + index}",
                pupils_count=max(16, round(PUPILS_PER_SCHOOL[phase] * scale)),
                forms=_FORMS[index % len(_FORMS)],
            )
        )
    return tuple(schools)


def _phases(schools_count: int) -> list[str]:
    """Specials first: at least one, a fifth of the trust; one secondary; an all-through from six schools on."""
    if schools_count < 3:
        raise ValueError("The sample needs three or more schools: a special school, a secondary and a primary")
    special = ["Special"] * max(1, round(schools_count / 5))
    upper = ["Secondary", "All-through"] if schools_count >= 6 else ["Secondary"]
    return special + upper + ["Primary"] * (schools_count - len(special) - len(upper))
