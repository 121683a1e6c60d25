"""Which files schools and trust send: form, name and sheets of each, still clean. ``writing`` puts them down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from seeds.trust.apdr import cycle_rows
from seeds.trust.assessment_rows import list_assessments
from seeds.trust.conflicts import in_insight, in_register
from seeds.trust.curriculum import curriculum_rows
from seeds.trust.destinations import nccis_rows, tracker_rows
from seeds.trust.engagement import observation_rows
from seeds.trust.governance import governance_tables
from seeds.trust.inclusion import attendance_rows, suspension_rows
from seeds.trust.milestones import has_old_tracker
from seeds.trust.moderation import moderation_tables
from seeds.trust.money import agency_invoices, resources, school_funding, staff_rates, top_up_rows
from seeds.trust.moves import move_rows
from seeds.trust.part_time import part_time_rows, placement_rows
from seeds.trust.people import Enrolment
from seeds.trust.plan_rows import tracker_tables
from seeds.trust.provision_maps import insight_provisions, workbook_tables
from seeds.trust.pupil_lists import Census, insight_pupils, register_rows
from seeds.trust.purchasing import agency_prices, register_tables
from seeds.trust.referrals import referral_rows
from seeds.trust.rows import Row
from seeds.trust.schools import School
from seeds.trust.sheets import Sheet, drop_column, make_sheet
from seeds.trust.small_steps import check_rows, step_rows
from seeds.trust.strategy import status_rows
from seeds.trust.support_staff import support_staff
from seeds.trust.targets import target_rows
from seeds.trust.world import World
from seeds.trust.write_census import census_sheet, collect_name, collect_needs, collect_pupils, xml_name

TRUST_FOLDER = "trust"


@dataclass
class Delivery:
    """One file. ``form`` is text, workbook, archive or census; ``sheets`` are its tables, in an archive its members."""

    folder: str
    file_name: str
    form: str
    sheets: list[Sheet] = field(default_factory=list)
    encoding: str = "utf-8"
    delimiter: str = ","
    has_iso_dates: bool = False
    boolean_style: int = 0
    has_cover: bool = False
    census: Census | None = None

    @property
    def path(self) -> str:
        """Path below the drop folder."""
        return f"{self.folder}/{self.file_name}"


def list_deliveries(world: World) -> list[Delivery]:
    """Every file of every school, then the trust's."""
    return [d for school in world.schools for d in _of_school(school, world)] + list(_of_trust(world))


def _of_school(school: School, world: World) -> Iterator[Delivery]:
    roll = [e for e in world.people.enrolments if e.school.urn == school.urn]
    yield _insight(school, roll, world)
    conflicts = [one for one in world.conflicts if one.enrolment.school.urn == school.urn]
    register = in_register(register_rows(roll, world.needs, world.calendar), conflicts)
    preamble = ("SEND register", f"{school.name}: printed for the SENCO") if school.forms.has_preamble else ()
    sheet = make_sheet("raw_send_register__pupils", register, style=school.forms.header_style, preamble=preamble)
    name = "SEND register" if school.forms.register == "xlsx" else "send_register"
    yield _table(school, name, school.forms.register, [sheet])
    yield from _censuses(school, world)
    plans = tracker_tables(
        [p for p in world.plans if p.enrolment.school.urn == school.urn],
        [one for one in world.followed if one.plan.enrolment.school.urn == school.urn],
        [r for r in world.requests if r.enrolment.school.urn == school.urn],
        world.calendar,
    )
    sheets = [make_sheet(table, rows, style=school.index % 2) for table, rows in plans.items() if rows]
    if has_old_tracker(school, world.schools):
        for sheet in (s for s in sheets if s.table == "raw_ehc_tracker__outcomes"):
            for column in ("set_date", "preparation_area", "last_review_status", "earlier_review_status"):
                drop_column(sheet, column)
    yield Delivery(school.urn, "EHCP tracker.xlsx", "workbook", sheets, has_cover=school.index % 3 == 0)
    yield from _provision_map(school, world)
    leavers = [leaver for leaver in world.leavers if leaver.enrolment.school.urn == school.urn]
    if leavers:
        rows = tracker_rows(leavers, world.seed)
        sheet = make_sheet("raw_leavers__pupils", rows, style=school.index % 2)
        yield _table(school, f"leavers {school.urn}", school.forms.leavers, [sheet])
    yield from _cycles(school, world)
    yield from _referrals(school, world)
    yield from _engagement(school, world)
    steps = step_rows(school, roll, world.levels, world.seed)
    if steps:
        yield _table(school, "small steps", "csv", [make_sheet("raw_small_steps__records", steps)])
    yield from _inclusion(school, roll, world)


def _table(school: School, name: str, suffix: str, sheets: list[Sheet]) -> Delivery:
    """One sheet as the school sends it: a workbook, or text in the school's encoding."""
    if suffix == "xlsx":
        return Delivery(school.urn, f"{name}.xlsx", "workbook", sheets)
    forms = school.forms
    return Delivery(
        school.urn,
        f"{name}.csv",
        "text",
        sheets,
        forms.encoding,
        forms.delimiter,
        forms.has_iso_dates,
        school.index % 3,
    )


def _insight(school: School, roll: list[Enrolment], world: World) -> Delivery:
    """Insight's "export all data": a zip of CSVs."""
    style = 1 if school.forms.header_style == 1 else 0
    conflicts = [one for one in world.conflicts if one.enrolment.school.urn == school.urn]
    pupils = in_insight(insight_pupils(roll, world.needs, world.calendar), roll, conflicts)
    tables: dict[str, tuple[str, list[Row]]] = {
        "raw_insight__pupils": ("Pupils.csv", pupils),
        "raw_insight__assessments": (
            "Assessments.csv",
            [
                *list_assessments(school, roll, world.needs, world.scores, world.levels, world.seed),
                *check_rows(school, roll, world.needs, world.calendar, world.seed),
            ],
        ),
        "raw_insight__provisions": (
            "Provision map.csv",
            insight_provisions([g for g in world.groups if g.school.urn == school.urn]),
        ),
    }
    sheets = [make_sheet(t, rows, style=style, name=member) for t, (member, rows) in tables.items() if rows]
    forms = school.forms
    return Delivery(
        school.urn, f"insight_export_{school.urn}.zip", "archive", sheets, forms.encoding, forms.delimiter,
        forms.has_iso_dates,
        school.index % 3,
    )  # fmt: skip


def _censuses(school: School, world: World) -> Iterator[Delivery]:
    for census in world.censuses:
        if census.school.urn != school.urn:
            continue
        if school.forms.census == "xml":
            yield Delivery(school.urn, xml_name(census), "census", [census_sheet(census)], census=census)
            continue
        has_old_names = school.index == 1 and census.day.year == world.calendar.first_year + 1
        sheet = collect_pupils(census, has_old_names=has_old_names)
        yield Delivery(school.urn, collect_name(census, "pupilonroll"), "text", [sheet])
        needs = collect_needs(census)
        if needs.rows:
            yield Delivery(school.urn, collect_name(census, "senneeds"), "text", [needs])


def _provision_map(school: School, world: World) -> Iterator[Delivery]:
    tables = workbook_tables([g for g in world.groups if g.school.urn == school.urn], world.calendar)
    targets = target_rows([t for t in world.targets if t.group.school.urn == school.urn], world.calendar)
    if targets:
        tables["raw_provision_map__targets"] = targets
    if tables["raw_provision_map__groups"]:
        sheets = [make_sheet(table, rows, style=school.forms.header_style % 2) for table, rows in tables.items()]
        yield Delivery(school.urn, "Provision map.xlsx", "workbook", sheets, has_cover=True)


def _cycles(school: School, world: World) -> Iterator[Delivery]:
    """The SENCO's own list of cycles: a workbook, or text."""
    rows = cycle_rows(school, [c for c in world.cycles if c.enrolment.school.urn == school.urn], world.calendar)
    if rows:
        sheet = make_sheet("raw_apdr__cycles", rows, style=school.forms.header_style)
        yield _table(
            school, "APDR cycles" if school.index % 2 else "apdr", "xlsx" if school.index % 2 else "csv", [sheet]
        )


def _referrals(school: School, world: World) -> Iterator[Delivery]:
    rows = referral_rows(school, [r for r in world.referrals if r.enrolment.school.urn == school.urn], world.calendar)
    if rows:
        sheet = make_sheet("raw_referrals__referrals", rows, style=school.index % 4)
        yield _table(school, "referrals to agencies", "csv" if school.index % 2 else "xlsx", [sheet])


def _engagement(school: School, world: World) -> Iterator[Delivery]:
    """Special schools send text, others what they send their register in."""
    rows = observation_rows(school, world.observations, world.calendar)
    if rows:
        sheet = make_sheet("raw_engagement__observations", rows, style=school.forms.header_style)
        yield _table(school, "engagement profile", "csv" if school.is_special else school.forms.register, [sheet])


def _inclusion(school: School, roll: list[Enrolment], world: World) -> Iterator[Delivery]:
    rows = attendance_rows(world.attended[school.urn], world.calendar)
    for year in world.calendar.years:
        own = [row for row in rows if row[4] == year]
        if own:
            sheet = make_sheet("raw_attendance__half_terms", own, style=school.index % 2)
            drop_column(sheet, "forename")
            yield _table(school, f"attendance_{year}-{(year + 1) % 100}", "csv", [sheet])
    rows = suspension_rows(world.suspensions[school.urn], world.calendar)
    if rows:
        yield _table(school, "suspensions", "csv", [make_sheet("raw_attendance__suspensions", rows)])
    rows = move_rows([m for m in world.moves if m.enrolment.school.urn == school.urn], world.calendar)
    if rows:
        yield _table(school, "moves", "csv", [make_sheet("raw_attendance__moves", rows, style=school.index % 2)])
    yield from _not_in_class(school, world)


def _not_in_class(school: School, world: World) -> Iterator[Delivery]:
    """Part-time timetables and alternative provision: one workbook, or a text each; curriculum access: a text."""
    tables = {
        "raw_inclusion__part_time": part_time_rows(world.part_time[school.urn], world.calendar),
        "raw_inclusion__placements": placement_rows(world.placements[school.urn], world.calendar),
    }
    sheets = [make_sheet(table, rows, style=school.index % 4) for table, rows in tables.items() if rows]
    if school.index % 2 and sheets:
        yield Delivery(school.urn, "Inclusion.xlsx", "workbook", sheets, has_cover=True)
    for sheet in () if school.index % 2 else sheets:
        yield _table(school, sheet.name.lower(), "csv", [sheet])
    rows = curriculum_rows(world.curriculum[school.urn], world.calendar)
    if rows:
        sheet = make_sheet("raw_inclusion__curriculum", rows, style=school.index % 2)
        yield _table(school, "curriculum access", "csv", [sheet])


def _of_trust(world: World) -> Iterator[Delivery]:
    calendar, schools = world.calendar, world.schools
    tables = {
        "raw_money__staff_rates": staff_rates(calendar),
        "raw_money__resources": [[*row, None, None] for row in resources(schools, calendar, world.seed)],
        "raw_money__agency_invoices": [
            [*row, None, None] for row in agency_invoices(schools, world.plans, calendar, world.seed)
        ],
        "raw_money__top_up": top_up_rows(world.plans),
        "raw_money__school_funding": school_funding(schools, world.people, calendar),
        "raw_money__support_staff": support_staff(world),
    }
    sheets = [make_sheet(table, rows) for table, rows in tables.items() if rows]
    yield Delivery(TRUST_FOLDER, "SEND money.xlsx", "workbook", sheets, has_cover=True)
    registers = register_tables(world.purchases, world.licences, agency_prices(schools, calendar))
    sheets = [make_sheet(table, rows) for table, rows in registers.items() if rows]
    yield Delivery(TRUST_FOLDER, "Tests, licences and agencies.xlsx", "workbook", sheets, has_cover=True)
    strategy = make_sheet("raw_registers__strategy_status", status_rows(world.strategy, calendar))
    yield Delivery(TRUST_FOLDER, "SEND strategy.xlsx", "workbook", [strategy], has_cover=True)
    moderated = moderation_tables(world.rounds, world.answers, calendar)
    sheets = [make_sheet(table, rows) for table, rows in moderated.items() if rows]
    yield Delivery(TRUST_FOLDER, "Moderation.xlsx", "workbook", sheets, has_cover=True)
    governance = governance_tables(schools, calendar, world.seed)
    sheets = [make_sheet(table, rows) for table, rows in governance.items()]
    yield Delivery(TRUST_FOLDER, "SEND leadership and website.xlsx", "workbook", sheets, has_cover=True)
    rows = nccis_rows(world.leavers, calendar, world.seed)
    if rows:
        yield Delivery(
            TRUST_FOLDER, "nccis_extract.csv", "text", [make_sheet("raw_nccis__activities", rows)], "utf-8-sig"
        )
