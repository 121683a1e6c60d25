"""Erasing a pupil from the work database: who is meant, and which delivered rows are theirs."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from expectations.contract import Table
from expectations.derive import clean_table, is_linked
from expectations.errors import SettingsError
from expectations.tables import ALL, RAW
from expectations.tables.pupils import CORE_PUPIL_IDENTIFIERS
from expectations.tables.reference import CORE_PUPIL_RECORDS
from expectations.vocabulary import TRUST
from models.linkage import keys_over_time
from pipelines.forgotten import (
    BLANKED,
    CENSUS,
    Forgotten,
    Identifier,
    erased_census_rows,
    findings_of,
    is_below,
    named,
    normal,
)
from pipelines.store import Store, content_version

_LISTS = tuple(table for table in RAW if table.source and table.source.is_pupil_list)
_PLACE = ("delivery_key", "school_urn", "file_name", "sheet", "row_number")
_SAME_RECORD = (
    "c.delivery_key = r.delivery_key and c.school_urn = r.school_urn and c.file_name = r.file_name "
    "and c.row_number = r.row_number"
)
_BOOKS = frozenset({"ledger", "ledger_slices", "accepted", "present", "last_night", "filled", "quarantine",
                    "landing_findings"})  # fmt: skip
_KIND = {"UPN": "UPN", "FORMER_UPN": "UPN", "MIS_ID": "MIS_ID", "INSIGHT_ID": "INSIGHT_ID"}


@dataclass(frozen=True)
class Person:
    """Who is to be erased, as the work database knows them. ``names``: forename and surname, as delivered.

    ``earlier_keys``: pupil keys that they may have had on other nights, and that nobody has now.
    """

    upn: str
    pupil_keys: tuple[str, ...]
    identifiers: tuple[Identifier, ...]
    names: tuple[tuple[str, str], ...]
    earlier_keys: tuple[str, ...] = ()

    @property
    def upns(self) -> tuple[str, ...]:
        """The UPN that was given and every other that the data know of them, in the order of the text."""
        return tuple(sorted({self.upn, *(value for kind, _, value in self.identifiers if kind == "UPN")}))


def find_person(store: Store, upn: str, key: bytes) -> Person:
    """The pupil of a UPN; without keys and names where the work database knows none. ``key``: of the pseudonyms.

    Raises ``SettingsError`` when the UPN was given to two children: erasing by it would erase both.
    """
    if CORE_PUPIL_RECORDS.name not in _filled(store):
        return Person(upn, (), (("UPN", TRUST, upn),), ())
    records = pl.concat([_records_of(store, clean_table(raw).name) for raw in _LISTS], how="diagonal")
    own = records.filter((pl.col("upn") == upn) | (pl.col("former_upn") == upn))["pupil_key"].unique().to_list()
    if len(own) > 1:
        raise SettingsError("This UPN was given to two pupils", "", "Have the schools put it right first.")
    theirs = records.filter(pl.col("pupil_key").is_in(own))
    known = store.read(CORE_PUPIL_IDENTIFIERS).filter(pl.col("pupil_key").is_in(own))
    identifiers = {("UPN", TRUST, upn)}
    for kind, school, value in known.select("identifier_kind", "school_urn", value=normal("identifier")).rows():
        identifiers.add((_KIND[kind], TRUST if _KIND[kind] == "UPN" else school, value))
    by_name = theirs.select("school_urn", name=named("surname", "forename", "birth_date")).drop_nulls()
    identifiers |= {("NAME", school, name) for school, name in by_name.rows()}
    identifiers |= {("PLAN", school, plan) for school, plan in _plans_of(store, own)}
    names = theirs.select("forename", "surname").drop_nulls().unique(maintain_order=True)
    earlier = sorted(_keys_over_time(store, own, key) - set(records["pupil_key"]))
    return Person(upn, tuple(own), tuple(sorted(identifiers)), tuple(names.rows()), tuple(earlier))


def _keys_over_time(store: Store, own: list[str], key: bytes) -> set[str]:
    """Every key that the person may have had, by the rows of theirs that still stand."""
    lists = {
        clean: store.query(
            f'select c.* from {CORE_PUPIL_RECORDS.name} r join "{clean}" c on {_SAME_RECORD} '
            "where r.table_name = ? and list_contains(?, r.pupil_key)", [clean, own],
        ) for clean in (clean_table(raw).name for raw in _LISTS)
    }  # fmt: skip
    return keys_over_time(**lists, key=key)


def _records_of(store: Store, table_name: str) -> pl.DataFrame:
    """Rows of a clean pupil list with the person they are of."""
    has_former = "former_upn" in ALL[table_name].by_name
    former = "c.former_upn" if has_former else "null::varchar as former_upn"
    return store.query(
        f"select r.pupil_key, c.school_urn, c.upn, {former}, c.surname, c.forename, c.birth_date "
        f'from {CORE_PUPIL_RECORDS.name} r join "{table_name}" c on {_SAME_RECORD} where r.table_name = ?',
        [table_name],
    )  # fmt: skip


def _plans_of(store: Store, pupil_keys: list[str]) -> list[tuple[str, str]]:
    plans = store.read(ALL["clean_ehc_tracker__plans"]).filter(pl.col("pupil_key").is_in(pupil_keys))
    return plans.select("school_urn", plan=normal("plan_reference")).drop_nulls().rows()


def remove_rows(store: Store, person: Person, forgotten: Forgotten) -> int:
    """Set aside every delivered row of somebody erased that stands in the work database; rows.

    The accounts stay whole: a row that goes is counted as set aside from then on.
    """
    erased: dict[str, pl.DataFrame] = {}
    store.execute("create or replace temp table erased (delivery_key varchar, school_urn varchar, file_name varchar, "
                  "sheet varchar, row_number bigint)")  # fmt: skip
    with store.transaction():
        for raw in RAW:
            frame = store.query(f'select * from "{raw.name}"')
            if frame.is_empty():
                continue
            parents = erased_census_rows(rows for name, rows in erased.items() if name == CENSUS)
            marked = forgotten.marks(raw, frame) | is_below(raw, frame, parents)
            marked = marked | _linked(store, raw, frame, person) | _set_aside_by_name(store, raw, frame, person)
            if marked.any():
                erased[raw.name] = frame.filter(marked)
                _remove(store, raw.name, erased[raw.name])
        _remove_memories(store, person)
        store.execute("delete from last_night")  # the next night looks at everything again
    return sum(frame.height for frame in erased.values())


def _remove_memories(store: Store, person: Person) -> None:
    """Some tables remember what earlier nights found and would go on doing so: none may speak of the pupil."""
    keys = [list(person.pupil_keys)]
    there = _filled(store)
    for table in ALL.values():
        if table.layer == "raw" or "pupil_key" not in table.by_name or table.name not in there:
            continue
        if store.execute(f'delete from "{table.name}" where list_contains(?, pupil_key) returning 1', keys):
            version = content_version(store.read(table))
            store.execute(
                f'update filled set content_version = ?, rows_count = (select count(*) from "{table.name}") '
                "where table_name = ?", [version, table.name],
            )  # fmt: skip


def _linked(store: Store, raw: Table, frame: pl.DataFrame, person: Person) -> pl.Series:
    """Rows that the last night took for this pupil's, whatever they name them by."""
    clean = clean_table(raw).name
    is_list = raw in _LISTS
    if not person.pupil_keys or not (is_list or is_linked(raw)) or clean not in _filled(store):
        return pl.repeat(False, frame.height, dtype=pl.Boolean, eager=True)
    # Pupil lists are joined into people by record, which knows no sheet; all else carries the key itself.
    on = [name for name in _PLACE if not (is_list and name == "sheet")]
    source = CORE_PUPIL_RECORDS.name if is_list else clean
    of_list = " and table_name = ?" if is_list else ""
    own = store.query(
        f'select distinct {", ".join(on)} from "{source}" where list_contains(?, pupil_key){of_list}',
        [list(person.pupil_keys), *([clean] if is_list else [])],
    )
    joined = frame.select(on).join(own.with_columns(hit=True), on=on, how="left", maintain_order="left",
                                   nulls_equal=True)  # fmt: skip
    return joined["hit"].fill_null(False)


def _set_aside_by_name(store: Store, raw: Table, frame: pl.DataFrame, person: Person) -> pl.Series:
    """Rows of the pupil's full name, at a school of theirs, that no night could take: a wrong number kept them out.

    No figure rests on them, so a namesake loses nothing that the next export does not bring.
    """
    clean = clean_table(raw).name
    if not {"surname", "forename"} <= set(frame.columns) or clean not in _filled(store):
        return pl.repeat(False, frame.height, dtype=pl.Boolean, eager=True)
    schools = {school for kind, school, _ in person.identifiers if kind == "NAME"}
    own = pl.DataFrame(person.names, schema={"forename": pl.String, "surname": pl.String}, orient="row")
    names = own.select(name=named("surname", "forename")).to_series()
    taken = store.query(f'select {", ".join(_PLACE)} from "{clean}"').with_columns(is_taken=True)
    placed = frame.join(taken, on=_PLACE, how="left", maintain_order="left", nulls_equal=True)
    return placed.select(
        pl.col("is_taken").is_null() & pl.col("school_urn").is_in(schools)
        & named("surname", "forename").is_in(names.implode())
    ).to_series().fill_null(False)  # fmt: skip


def _filled(store: Store) -> set[str]:
    """Tables that are there."""
    return {row[0] for row in store.execute("select table_name from duckdb_tables()")}


def _remove(store: Store, table_name: str, rows: pl.DataFrame) -> None:
    store.execute("delete from erased")
    store.insert("erased", rows.select(_PLACE))
    these = (
        "where exists (select 1 from erased e where e.delivery_key = t.delivery_key and e.school_urn = t.school_urn "
        "and e.file_name = t.file_name and e.sheet is not distinct from t.sheet and e.row_number = t.row_number)"
    )
    if table_name in BLANKED:
        store.execute(f'update "{table_name}" t set {BLANKED[table_name]} = null {these}')
        store.execute("delete from filled where table_name = ?", [clean_table(ALL[table_name]).name])
        return
    store.execute(f'delete from "{table_name}" t {these}')
    store.insert("landing_findings", findings_of(ALL[table_name], rows))
    for urn, period, count in rows.group_by("school_urn", "period").len().rows():
        store.execute(
            "update ledger_slices set rows_count = rows_count - ?, malformed_count = malformed_count + ? "
            "where table_name = ? and school_urn = ? and period = ?", [count, count, table_name, urn, period],
        )  # fmt: skip


def drop_strays(store: Store) -> None:
    """Remove tables of older versions of Orchard: no night fills them any more, and they may hold anybody."""
    for (name,) in store.execute("select table_name from duckdb_tables() where not temporary"):
        if name not in ALL and name not in _BOOKS:
            store.execute(f'drop table "{name}"')
