"""The program ``orchard``: one command a task, plain sentences, four exit codes. No work is done here.

0 done · 1 done with rows set aside, files not taken or tables of other code left out ·
2 refused (bad use or settings) · 3 failed, and the last good release stands.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer

from expectations.errors import OrchardError, SettingsError

app = typer.Typer(
    name="orchard",
    help="Overnight analytics and reporting for a trust's work with pupils who have SEND.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Home = Annotated[
    Path, typer.Option("--home", help="Folder that holds the trust's settings and data.", envvar="ORCHARD_HOME")
]
HERE = Path("home")


@app.command()
def sample(
    out: Annotated[Path, typer.Option("--out", help="Folder to write; it must be new or empty.")],
    schools: Annotated[int, typer.Option(min=3, max=40)] = 10,
    pupils: Annotated[int, typer.Option(min=150, max=40_000)] = 3_500,
    years: Annotated[int, typer.Option(min=1, max=3)] = 3,
    seed: int = 2026,
) -> None:
    """Write a fictional trust's exports in every source's real form, dirt and all, plus the planted truth."""
    from pipelines.sampling import write_sample

    files = write_sample(out, schools=schools, pupils=pupils, years=years, seed=seed)
    typer.echo(
        f"{files} files in {out / 'drop'}. The planted truth is in {out / 'truth'}. Next: orchard refresh --home {out}"
    )


@app.command()
def refresh(home: Home = HERE, drop: Annotated[Path | None, typer.Option(help="Another drop folder.")] = None) -> None:
    """Run the whole night now: from the drop folder to a published release."""
    from pipelines.closing import progress, show_outcome
    from pipelines.refresh import refresh as run
    from pipelines.settings import load_settings

    settings = load_settings(home, drop=drop)
    with progress() as report:
        outcome = run(settings, report)
    show_outcome(outcome)
    raise typer.Exit(outcome.exit_code)


@app.command()
def serve(
    home: Home = HERE, only: Annotated[str, typer.Option(help="board, staff or night: that part alone.")] = ""
) -> None:
    """Serve both apps, Dagster's page and the schedule on this machine, until interrupted."""
    from pipelines.serve import serve as run
    from pipelines.settings import load_settings

    raise typer.Exit(run(load_settings(home), only))


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="The file you are about to send.")],
    home: Home = HERE,
    school: Annotated[str, typer.Option(help="URN of the school, or TRUST.")] = "",
) -> None:
    """Say what would be refused or set aside, before the file is sent. Nothing is stored."""
    from pipelines.checking import check_file
    from pipelines.settings import load_settings

    raise typer.Exit(check_file(load_settings(home), file, school))


@app.command()
def templates(out: Annotated[Path, typer.Option("--out", help="Folder for the blank workbooks.")]) -> None:
    """Write blank workbooks with drop-down lists, made from the contracts."""
    from pipelines.templates import write_templates

    out.mkdir(parents=True, exist_ok=True)
    write_templates(out)
    typer.echo(f"Blank workbooks are in {out}.")


@app.command()
def rollback(home: Home = HERE, to: Annotated[int | None, typer.Option(help="Release number.")] = None) -> None:
    """Move the pointer to the release before, or to the one named; its files are verified first."""
    from pipelines.night import only_refresh
    from pipelines.other_code import what_pages_miss
    from pipelines.publish import roll_back
    from pipelines.settings import load_settings

    settings = load_settings(home)
    with only_refresh(settings):
        number = roll_back(settings.releases_folder, settings.current, to)
        missed = what_pages_miss(settings.current.resolve())
    typer.echo(f"Release {number} is the one that people see now, until something new arrives.")
    if missed:
        typer.echo(missed)
    raise typer.Exit(1 if missed else 0)


@app.command()
def audit(
    home: Home = HERE, release: Annotated[int | None, typer.Option(help="Number of a kept release.")] = None
) -> None:
    """Verify a release against its manifest, and try to work out what it hides."""
    from pipelines.auditing import audit_release
    from pipelines.settings import load_settings

    audited = audit_release(load_settings(home), release)
    typer.echo(audited.said)
    raise typer.Exit(0 if audited.is_whole else 1)


@app.command("verify-access-log")
def verify_access_log(
    home: Home = HERE,
    school: Annotated[str, typer.Option(help="Print who looked at this school (URN).")] = "",
    since: Annotated[str, typer.Option(help="Only from this day on, as 2026-11-25.")] = "",
) -> None:
    """Check that no line of the access logs was changed; with --school or --since, print who looked at what."""
    from pipelines.access_audit import looks, verify_access_logs
    from pipelines.settings import load_settings

    settings = load_settings(home)
    typer.echo(verify_access_logs(settings))
    if school or since:
        for line in looks(settings, school, since):
            typer.echo(line)


@app.command()
def accept(delivery: Annotated[str, typer.Argument(help="Key of the held delivery.")], home: Home = HERE) -> None:
    """Take a delivery that was held because it is much shorter than the one before."""
    from pipelines.accepting import accept_held
    from pipelines.settings import load_settings

    typer.echo(accept_held(load_settings(home), delivery))


@app.command()
def backup(
    to: Annotated[Path, typer.Option("--to", help="Folder for the backups, on another device.")],
    home: Home = HERE,
    key: Annotated[Path | None, typer.Option(help="Key file; without it secrets/backup_keys in the home.")] = None,
    new_key: Annotated[bool, typer.Option("--new-key", help="Seal with a new key; the file keeps the others.")] = False,
    keep_days: Annotated[int | None, typer.Option(min=1, help="Remove older backups from the folder.")] = None,
) -> None:
    """Write the whole trust into one encrypted file, while the apps are in use."""
    from pipelines.backup import Order, back_up
    from pipelines.settings import load_settings

    order = Order(to, key, new_key, keep_days)
    typer.echo(back_up(load_settings(home), order, dt.datetime.now(dt.UTC)))


@app.command()
def restore(
    source: Annotated[Path, typer.Option("--from", help="The backup.")],
    home: Annotated[Path, typer.Option("--home", help="Folder to make; it must be new or empty.")],
    key: Annotated[Path, typer.Option(help="Key file of the backups.")],
) -> None:
    """Make a home folder again from a backup, or say why not."""
    from pipelines.restore import restore as run

    typer.echo(run(source, home, key))


@app.command("forget-pupil")
def forget_pupil(
    home: Home = HERE,
    file: Annotated[Path | None, typer.Option("--from", help="File that holds the UPN; else it is asked for.")] = None,
) -> None:
    """Erase one pupil: rows, releases, copies, cases. The UPN is asked for, or read from a pipe: never an argument."""
    from pipelines.closing import progress
    from pipelines.forgetting import forget_pupil as run
    from pipelines.settings import load_settings

    settings = load_settings(home)
    upn = file.read_text(encoding="utf-8") if file else _asked("UPN of the pupil to erase: ")
    with progress() as report:
        said, is_all_done = run(settings, upn, dt.datetime.now(dt.UTC), report)
    typer.echo(said)
    raise typer.Exit(0 if is_all_done else 1)


def _asked(question: str) -> str:
    """What a person types, unseen, or one line of a pipe."""
    import getpass

    return getpass.getpass(question) if sys.stdin.isatty() else sys.stdin.readline()


@app.command()
def export(
    table: Annotated[str, typer.Option("--table", help="Name of a published aggregate table.")],
    out: Annotated[Path, typer.Option("--out", help="CSV or XLSX file to write.")],
    home: Home = HERE,
) -> None:
    """Write one published aggregate table of the release that people see."""
    from pipelines.exporting import export_table
    from pipelines.settings import load_settings

    rows = export_table(load_settings(home), table, out)
    typer.echo(f"{rows} rows in {out}.")


@app.command()
def nutshell(
    out: Annotated[Path, typer.Option("--out", help="Folder for the papers, one folder a school.")],
    home: Home = HERE,
    school: Annotated[str, typer.Option(help="URN of the school, or TRUST.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Every school, and the trust.")] = False,
    meeting: Annotated[str, typer.Option(help="Freeze them for this meeting: its day, as 2026-11-26.")] = "",
) -> None:
    """Make the papers for governors and trustees: nutshell, visit form, trustees' pack, as PDF and HTML."""
    from pipelines.papers import day_of, make_papers
    from pipelines.settings import load_settings

    if bool(school) == every:
        raise SettingsError("Whose papers is not said", "", "Give --school URN, or --all.")
    typer.echo(make_papers(load_settings(home), school or None, out, day_of(meeting)))


@app.command()
def dictionary() -> None:
    """Write the data dictionary again from the contracts."""
    from expectations.derive import dictionary as text
    from expectations.tables import ALL

    path = Path(__file__).parents[1] / "expectations" / "DICTIONARY.md"
    path.write_text(text(tuple(ALL.values())), encoding="utf-8")
    typer.echo(f"{path.name} holds {len(ALL)} tables.")


study = typer.Typer(help="Studies that hold the methods to a known truth.", no_args_is_help=True)
app.add_typer(study, name="study")


@study.command("impact")
def study_impact(
    out: Annotated[Path, typer.Option("--out", help="Folder for the page and its plots.")],
    repeats: Annotated[int, typer.Option(min=8, max=100_000, help="Studies for each row.")] = 1_000,
    seed: int = 2026,
) -> None:
    """Send made-up pupils with known effects through the impact estimates; write a page. About five minutes."""
    from pipelines.studying import write_impact_study

    page, *plots = write_impact_study(out, repeats, seed)
    typer.echo(f"{page} and {len(plots)} plots beside it.")


def main() -> None:
    """Run the program; a known error is one sentence on standard error and its exit code."""
    try:
        app()
    except OrchardError as error:
        print(f"orchard: {error.sentence()}", file=sys.stderr)  # noqa: T201 -- this is the program's voice
        sys.exit(error.exit_code)
    except OSError as error:
        # Paths are the trust's own folders; a file's content is never in an OSError.
        what, where = error.strerror or type(error).__name__, error.filename or "no file named"
        print(f"orchard: {what} ({where}).", file=sys.stderr)  # noqa: T201 -- the program's voice
        sys.exit(3)


if __name__ == "__main__":
    main()
