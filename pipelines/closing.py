"""What a person sees of a foreground refresh: the stage at work, then the closing table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from pipelines.refresh import Outcome

SHOWN_FILES = 20
_FILE_WORDS = {
    "TAKEN": "files taken",
    "DUPLICATE": "files known already",
    "HELD": "files held",
    "OLDER": "files older than what stands",
    "REFUSED": "files refused",
}


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """A line that names the stage at work; nothing but plain lines where there is no terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("starting", spinner="line") as status:
        yield lambda stage: status.update(f"{stage} …")


def show_outcome(outcome: Outcome, console: Console | None = None) -> None:
    """Print the closing table: files, rows, checks, release, seconds; then what went wrong and what to do."""
    console = console or Console()
    table = Table(title="The night", show_header=False, title_justify="left")
    table.add_column()
    table.add_column(justify="right")
    for state, words in _FILE_WORDS.items():
        if outcome.states.get(state):
            table.add_row(words, f"{outcome.states[state]:,}")
    if outcome.unsettled_count:
        table.add_row("files still being written, left alone", f"{outcome.unsettled_count:,}")
    table.add_row("rows accepted", f"{outcome.accepted_rows:,}")
    table.add_row("rows quarantined", f"{outcome.quarantined_rows:,}")
    table.add_row("tables checked", f"{outcome.tables_checked:,}")
    table.add_row("expectations evaluated", f"{outcome.expectations_evaluated:,}")
    table.add_row("rules broken", f"{outcome.rules_broken:,}")
    table.add_row("release", _release_words(outcome))
    for stage, seconds in outcome.stage_seconds.items():
        table.add_row(f"  {stage}", f"{seconds:.2f} s")
    table.add_row("whole refresh", f"{outcome.wall_seconds:.2f} s")
    console.print(table)
    if outcome.unsettled_count and outcome.quiet_seconds:
        _say(console, f"A file is taken once it has lain still for {outcome.quiet_seconds} seconds; refresh again.")
    for line in outcome.not_taken[:SHOWN_FILES]:
        _say(console, line)
    if outcome.not_taken:
        more = len(outcome.not_taken) - SHOWN_FILES
        _say(console, (f"… and {more} more. " if more > 0 else "") + "Each school's list is in CURRENT/mend.")
    for line in outcome.broken:
        _say(console, f"Rule broken: {line}. What hangs on this table was not made.")
    for failure in outcome.failures:
        _say(console, failure.sentence())


def _say(console: Console, sentence: str) -> None:
    """A sentence as it is: a file's name is no markup."""
    console.print(sentence, markup=False, highlight=False, soft_wrap=True)


def _release_words(outcome: Outcome) -> str:
    if not outcome.is_success:
        return "failed: the last good release stands"
    return (
        f"{outcome.release_number} (new)" if outcome.is_new_release else f"{outcome.release_number} (nothing changed)"
    )
