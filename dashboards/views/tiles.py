"""Headline figures: count and per cent, last year, trust, and the figure's passport one click away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboards.figures import Row
from dashboards.markup import Content, Html, tag
from dashboards.queries import release as of_release
from dashboards.views.shared_about import method_titles
from dashboards.views.visits import Visit
from dashboards.wording import passports as words
from dashboards.wording.numbers import long_date
from expectations.contract import Sensitivity
from expectations.tables import ALL

Entries = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class Tile:
    """One headline: what it is, the figure, what stands beside it, the column it comes from."""

    label: str
    figure: Content
    beside: tuple[Content, ...]
    table: str
    column: str


def tiles(visit: Visit, listed: Iterable[Tile]) -> Html:
    """Tiles in a grid that stacks on a narrow screen."""
    passports = {(row["table_name"], row["column_name"]): row for row in visit.read(of_release.passports())}
    about, titles = visit.about(), method_titles(visit)
    made = (_tile(tile, _entries(tile, passports.get((tile.table, tile.column)), about, titles)) for tile in listed)
    return tag("div", *made, class_="tiles")


def _date_of(tile: Tile, about: Row) -> dt.date:
    """The day that a tile's figure speaks for: counts may stand from an earlier reading, lists of pupils not."""
    is_count = ALL[tile.table].sensitivity is Sensitivity.AGGREGATE
    date: dt.date = (about["figures_date"] if is_count else None) or about["data_date"]
    return date


def _tile(tile: Tile, entries: Entries) -> Html:
    beside = tag("p", *_with_breaks([part for part in tile.beside if part]), class_="beside")
    label, figure = tag("p", tile.label, class_="label"), tag("p", tile.figure, class_="figure")
    return tag("div", label, figure, beside, _passport(tile, entries), class_="tile")


def _with_breaks(parts: list[Content]) -> list[Content]:
    return [piece for part in parts for piece in (part, tag("br"))][:-1]


def _entries(tile: Tile, passport: Row | None, about: Row, titles: Mapping[str, str]) -> Entries:
    """What a figure's passport says, part by part; nothing of a figure that the release does not describe."""
    if passport is None:
        return ()
    return (
        ("What it counts", passport["meaning"]),
        ("Of what", passport["grain"]),
        ("Blank means", passport["blank_meaning"]),
        ("Comes from", words.source_words(tile.table)),
        ("Data to", long_date(_date_of(tile, about))),
        ("Method", titles.get(words.method_of(tile.table))),
        ("When hidden", words.hidden_words(tile.table, tile.column)),
        ("Published as", f"{tile.table}.{tile.column}"),
    )


def _passport(tile: Tile, entries: Entries) -> Html | None:
    if not entries:
        return None
    listed = (part for name, said in entries if said for part in (tag("dt", name), tag("dd", said)))
    summary = tag("summary", "About this figure", tag("span", f": {tile.label}", class_="unseen"))
    return tag("details", summary, tag("dl", *listed, class_="passport"))
