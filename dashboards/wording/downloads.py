"""What is said at a download, and in the notes of a file that is taken away."""

from __future__ import annotations

import datetime as dt

from dashboards.figures import Row
from dashboards.wording.release import KEY_TEXT, SAMPLE_BANNER

CSV, XLSX = "Download CSV", "Download XLSX"
CSV_HELP = "The table “{caption}” as plain text that any spreadsheet can read"
XLSX_HELP = "The table “{caption}” as a workbook, with a sheet of notes"
PICTURE_WORDS = {
    "Download plot as a PNG": "Download chart (PNG)",
    "Download plot": "Download chart (SVG)",
    "Preparing image - this may take a few seconds": "The picture is being made.",
    "Image download succeeded": "The picture is saved:",
    "Image download failed": "The picture could not be made.",
}
"""What the chart library says, in our words."""
PICTURE_KIND = "Save charts as"
PICTURE_KIND_HELP = "SVG stays sharp at any size; PNG can be put into any document."
SOURCE = "Orchard, from the trust’s own records as they were on the date above."
MEANINGS = "The page “About the data” says how each figure is made and what a blank means."
ROUNDED = "Numbers are as the page shows them: rounded, and hidden where they could tell something about one child."


def notes(caption: str, note: str, about: Row) -> list[tuple[str, str | int | dt.date]]:
    """The lines of the sheet of notes: what the table is, how old, from where, and its signs."""
    read = [("Counts as read on", about["figures_date"])] if about["figures_date"] else []
    return [
        ("Table", caption),
        *([("About the table", note)] if note else []),
        ("Trust", about["trust_name"]),
        *([("Please note", f"{SAMPLE_BANNER}. Nothing is about a real child.")] if about["is_sample"] else []),
        ("Data to", about["data_date"]),
        *read,
        ("Release", about["release_number"]),
        ("Source", SOURCE),
        ("What figures mean", MEANINGS),
        ("Numbers", ROUNDED),
        *((f"Sign: {sign}", meaning) for sign, meaning in KEY_TEXT),
    ]
