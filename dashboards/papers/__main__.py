"""``python -m dashboards.papers``: makes the papers in a process of its own. The program ``orchard`` starts it, so that

it need not know the apps.
"""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from expectations.errors import OrchardError


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when the papers are made; 2 with one sentence when they cannot be."""
    given = _parser().parse_args(arguments)
    logging.disable(logging.WARNING)  # Streamlit tells of each of its caches that no page is open
    from dashboards.papers.making import make, owners_of
    from dashboards.releases import find_release

    try:
        release = find_release(given.home)
        owners = owners_of(release) if given.all else [given.school]
        made = make(release, given.home, owners, given.out, given.meeting)
    except OrchardError as error:
        print(f"orchard: {error.sentence()}", file=sys.stderr)  # noqa: T201 -- the program's voice
        return error.exit_code
    print(f"{made} papers in {given.out}.")  # noqa: T201 -- the program's voice
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dashboards.papers")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--meeting", type=dt.date.fromisoformat)
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--school")
    whose.add_argument("--all", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())
