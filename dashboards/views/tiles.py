"""Headline figures: count and per cent, last year, trust, and the figure's passport one click away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from dashboards.figures import Row
from dashboards.markup import Content, Html, tag
from dashboards.queries import release as of_release
from dashboards.views.visits import Visit
from dashboards.wording.numbers import long_date
from expectations.contract import Sensitivity
from expectations.tables import ALL


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
    about = visit.about()
    told = ((tile, long_date(_date_of(tile, about))) for tile in listed)
    return tag("div", *(_tile(tile, passports.get((tile.table, tile.column)), date) for tile, date in told),
               class_="tiles")  # fmt: skip


def _date_of(tile: Tile, about: Row) -> dt.date:
    """The day that a tile's figure speaks for: counts may stand from an earlier reading, lists of pupils not."""
    is_count = ALL[tile.table].sensitivity is Sensitivity.AGGREGATE
    date: dt.date = (about["figures_date"] if is_count else None) or about["data_date"]
    return date


def _tile(tile: Tile, passport: dict[str, str | None] | None, date: str) -> Html:
    beside = tag("p", *_with_breaks([part for part in tile.beside if part]), class_="beside")
    label, figure = tag("p", tile.label, class_="label"), tag("p", tile.figure, class_="figure")
    return tag("div", label, figure, beside, _passport(tile, passport, date), class_="tile")


def _with_breaks(parts: list[Content]) -> list[Content]:
    return [piece for part in parts for piece in (part, tag("br"))][:-1]


def _passport(tile: Tile, passport: dict[str, str | None] | None, date: str) -> Html | None:
    if passport is None:
        return None
    entries = (
        ("What it counts", passport["meaning"]),
        ("Of what", passport["grain"]),
        ("Blank means", passport["blank_meaning"]),
        ("Data to", date),
        ("Published as", f"{tile.table}.{tile.column}"),
    )
    listed = (part for name, said in entries if said for part in (tag("dt", name), tag("dd", said)))
    summary = tag("summary", "About this figure", tag("span", f": {tile.label}", class_="unseen"))
    return tag("details", summary, tag("dl", *listed, class_="passport"))
