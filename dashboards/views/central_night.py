"""Last night: files taken, held and refused, rows in and out, checks, seconds. Counts only; no pupil."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.figures import Row
from dashboards.markup import tag
from dashboards.queries import deliveries
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.senco_mend import wrong_and_next
from dashboards.views.shared_ledger import show_ledger
from dashboards.views.visits import Visit
from dashboards.wording import night as words
from dashboards.wording.numbers import counted, grouped, long_date, rounded
from dashboards.wording.release import NOT_RECOGNISED, stage_words, state_words
from expectations.vocabulary import TRUST

LONDON = ZoneInfo("Europe/London")


def show(visit: Visit) -> None:
    """What the night did."""
    about, manifest = visit.about(), visit.release.manifest
    made = dt.datetime.fromisoformat(about["made_at"]).astimezone(LONDON)
    seconds = manifest.get("stage_seconds") or {}
    page.masthead(visit, "For the central team", "Last night",
                  [("Made", f"{long_date(made.date())}, {made:%H:%M}"),
                   ("Took", f"{rounded(sum(seconds.values()))} seconds")])  # fmt: skip
    files = visit.read(deliveries.ledger())
    names = {urn: school["school_name"] for urn, school in visit.schools().items()} | {TRUST: "The trust"}
    place = {urn: at for at, urn in enumerate(names)}
    balance = sorted(visit.read(deliveries.balance()), key=lambda row: place.get(row["school_urn"], len(place)))
    page.reading(*words.night_sentences(visit.release.number, visit.release.is_pointed_to, files, balance))
    _headlines(files, balance, manifest.get("checks") or {})
    _files(visit, [row for row in files if row["state"] in ("REFUSED", "HELD")], names)
    page.section("Rows in = rows accepted + rows set aside", words.balance_sentence(balance))
    page.table(_school_balance_table(balance, names), "balance-schools", visit)
    page.table(_balance_table(balance, names), "balance", visit, fold="By school and source")
    page.section("Seconds in each stage")
    page.table(_stages_table(seconds), "stages", visit)
    show_ledger(visit)
    _provenance(visit, manifest)


def _headlines(files: list[Row], balance: list[Row], checks: Mapping[str, Any]) -> None:
    states = [row["state"] for row in files]
    aside = sum(row["quarantined_rows_count"] for row in balance)
    listed: list[tuple[str, str, str]] = [
        ("Files taken", grouped(states.count("TAKEN")), f"of {counted(len(files), 'file')} delivered"),
        ("Files held or refused", grouped(states.count("HELD") + states.count("REFUSED")),
         f"{states.count('HELD')} held, {states.count('REFUSED')} refused"),
        ("Rows accepted", grouped(sum(row["accepted_rows_count"] for row in balance)), f"{grouped(aside)} set aside"),
        ("Tables checked", grouped(int(checks.get("tables_checked", 0))),
         f"{grouped(int(checks.get('expectations_evaluated', 0)))} expectations"),
    ]  # fmt: skip
    made = (tag("div", tag("p", label, class_="label"), tag("p", figure, class_="figure"),
                tag("p", beside, class_="beside"), class_="tile") for label, figure, beside in listed)  # fmt: skip
    st.html(tag("div", *made, class_="tiles four"))


def _files(visit: Visit, rows: list[Row], names: Mapping[str, str]) -> None:
    page.section("Files not taken", "" if rows else "Every file was taken.")
    if not rows:
        return
    cells = tuple(
        (row["file_name"], names.get(row["school_urn"], row["school_urn"]), row["source_label"] or NOT_RECOGNISED,
         state_words(row["state"]), wrong_and_next(row))
        for row in rows
    )  # fmt: skip
    labels = headings("File", "School", "What it is", "Became", "~What is wrong, and what to do")
    page.table(TableTwin("Files held or refused", labels, cells), "files", visit)


_BALANCE = ("rows_count", "accepted_rows_count", "quarantined_rows_count", "flagged_values_count")


def _school_balance_table(rows: list[Row], names: Mapping[str, str]) -> TableTwin:
    sums = {
        urn: [sum(row[column] for row in rows if row["school_urn"] == urn) for column in _BALANCE]
        for urn in dict.fromkeys(row["school_urn"] for row in rows)
    }
    return TableTwin(
        "Rows by school",
        headings("School", "#Rows in", "#Accepted", "#Set aside", "#Values left blank"),
        tuple((names.get(urn, urn), *(grouped(number) for number in found)) for urn, found in sums.items()),
    )


def _balance_table(rows: list[Row], names: Mapping[str, str]) -> TableTwin:
    return TableTwin(
        "Rows by school and source",
        headings("School", "Source", "#Rows in", "#Accepted", "#Set aside", "#Values left blank"),
        tuple(
            (
                names.get(row["school_urn"], row["school_urn"]),
                row["source_label"] or NOT_RECOGNISED,
                *(grouped(row[column]) for column in _BALANCE),
            )
            for row in rows
        ),
    )


def _stages_table(seconds: Mapping[str, float]) -> TableTwin:
    by_time = sorted(seconds.items(), key=lambda item: -item[1])
    cells = tuple((stage_words(stage), f"{rounded(took, '0.01')}") for stage, took in by_time)
    total = ("All stages", f"{rounded(sum(seconds.values()), '0.01')}")
    return TableTwin("Seconds in each stage, the longest first", headings("Stage", "#Seconds"), (*cells, total))


def _provenance(visit: Visit, manifest: Mapping[str, Any]) -> None:
    page.section("Where this release comes from")
    facts = (
        ("Release", str(visit.release.number)),
        ("Run", str(manifest.get("run_id", "–"))[:8]),
        ("Code", str(manifest.get("code_version", "–"))),
        ("Commit", str(manifest.get("git_commit") or "–")[:10]),
        ("Inputs", counted(len(manifest.get("inputs", [])), "file")),
        ("Rules that found something", grouped(int((manifest.get("checks") or {}).get("rules_broken", 0)))),
    )
    st.html(tag("dl", *(tag("div", tag("dt", name), tag("dd", said)) for name, said in facts), class_="facts"))
