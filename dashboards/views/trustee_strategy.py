"""The strategy tracker, for trustees: what is done and shown, what is stuck and on whom it waits. No pupil behind."""

from __future__ import annotations

from dashboards.charts.ehc_outcomes import MARKERS
from dashboards.charts.shares import shares_chart
from dashboards.figures import Row
from dashboards.queries import strategy
from dashboards.tables import Stacked, TableTwin, headings
from dashboards.views import page
from dashboards.views.shared_asking import show_asks
from dashboards.views.visits import Visit
from dashboards.wording import chart_titles as titles
from dashboards.wording import strategy as words
from dashboards.wording.numbers import long_date
from expectations.vocabulary import TRUST

TABLES = ("mart_strategy__priority",)
LEGEND = tuple(zip(("deep", "tint", "hatched", "pale", "open"), words.BARS.values(), strict=True))


def show(visit: Visit) -> None:
    """The whole plan, its five priorities, then the actions that need a trustee, then all the others."""
    whole, *priorities = visit.read(strategy.priorities())
    actions = visit.read(strategy.actions())
    page.masthead(visit, "For trustees", "Strategy",
                  [("Actions", str(whole["actions_count"])), ("Done", str(whole["done_count"])),
                   ("Blocked", str(whole["blocked_count"])), ("Past their day", str(whole["late_count"]))])  # fmt: skip
    page.paragraphs(words.plan_sentence(whole), words.evidence_sentence(whole))
    show_asks(visit, TRUST, TABLES)
    _show_priorities(visit, [whole, *priorities])
    _show_stuck(visit, actions)
    _show_all(visit, priorities, actions)


def _show_priorities(visit: Visit, rows: list[Row]) -> None:
    page.section("The five priorities", "Each bar is all of a priority’s actions. Long bars are not better or worse.")
    named = [(_name(row), words.grouped_for_bars(row)) for row in rows]
    page.chart(
        shares_chart(named, "actions_count", words.BARS, MARKERS, "action"), words.plan_sentence(rows[0]), "strategy",
        titles.priorities_title(rows[0]),
    )  # fmt: skip
    page.legend(*LEGEND)
    page.reading(*(f"{_name(row)}: {words.plan_sentence(row)[:1].lower()}{words.plan_sentence(row)[1:]}"
                   for row in rows[1:]))  # fmt: skip
    cells = tuple(
        (_name(row), str(row["actions_count"]), *(str(row[column]) for column in words.COUNTS.values()),
         str(row["evidenced_count"]))
        for row in rows
    )  # fmt: skip
    labels = headings("Priority", "#Actions", *(f"#{said}" for said in words.STANDING_WORDS.values()),
                      "#Done, with evidence")  # fmt: skip
    page.table(TableTwin("Actions by priority", labels, cells), "strategy", visit, fold=page.SAME_AS_TABLE)


def _name(row: Row) -> str:
    return f"{row['priority_number']} {row['priority_name']}" if row["priority_number"] else row["priority_name"]


def _show_stuck(visit: Visit, actions: list[Row]) -> None:
    """Blocked first, then the longest past their day."""
    stuck = [row for row in actions if row["standing"] in ("BLOCKED", "LATE")]
    page.section("Stuck", "Blocked, or past the day that was set; the longest first.")
    if not stuck:
        page.paragraphs("No action is blocked or past its day.")
        return
    stuck.sort(key=lambda row: (row["standing"] != "BLOCKED", -(row["overdue_days"] or 0), row["action_id"]))
    cells = tuple(
        (
            row["action_id"],
            row["action"],
            Stacked(words.waits_for(row) if row["standing"] == "BLOCKED" else "Past its day", words.since_words(row)),
            row["lead_role"] or "Nobody named",
        )
        for row in stuck
    )
    labels = headings("Action", "~What was planned", "~Where it stands", "Lead")
    page.table(TableTwin("Actions that are stuck", labels, cells), "strategy-stuck", visit)


def _show_all(visit: Visit, priorities: list[Row], actions: list[Row]) -> None:
    page.section("Every action", "The trust’s published plan, action by action, with what was last reported.")
    for priority in priorities:
        own = [row for row in actions if row["priority_number"] == priority["priority_number"]]
        twin = _actions(_name(priority), own)
        page.table(twin, f"strategy-{priority['priority_number']}", visit, fold=f"{twin.caption} ({len(own)} actions)",
                   is_printed=False)  # fmt: skip
    page.paragraphs("Leads are named by role. The register takes in no free remarks.", class_="small")


def _actions(caption: str, rows: list[Row]) -> TableTwin:
    cells = tuple(
        (
            row["action_id"],
            row["action"],
            row["strand"],
            words.STANDING_WORDS[row["standing"]],
            long_date(row["noted_date"]) if row["noted_date"] else "Never",
            words.evidence_words(row),
        )
        for row in rows
    )
    labels = headings("Action", "~What was planned", "Strand", "Where it stands", "Last reported", "Evidence")
    return TableTwin(caption, labels, cells)
