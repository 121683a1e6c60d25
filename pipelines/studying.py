"""Writes the simulation study of the impact estimates, a page and its plots, to a folder.

What they say is in ``models/study.py`` and the modules beside it.
"""

from __future__ import annotations

import os
from pathlib import Path


def write_impact_study(out: Path, repeats: int, seed: int) -> list[Path]:
    """The study made again and written to ``out``; the files, the page first.

    One thread: the matrices are small, and threads that wait for each other made it four times as slow.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is first imported, which is below
    from models.study import run_impact_study
    from models.study_page import write_files

    files = write_files(run_impact_study(repeats, seed))
    out.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (out / name).write_text(text, encoding="utf-8")
    return [out / name for name in files]
