"""A paper as HTML: blocks as pieces of a page, and the whole as one file that needs nothing else. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dashboards.markup import HIDDEN, MISSING, SYMBOL_MEANINGS, Content, Html, Symbol, join, tag
from dashboards.papers import blocks
from dashboards.papers.blocks import Cell, Link, Paper, Sign
from dashboards.theme import style
from dashboards.wording.release import KEY_TEXT

_ALONE = (
    "body{margin:0 auto;max-width:62rem;padding:1.5rem;font:1rem/1.5 'Source Sans','Source Sans Pro',system-ui,"
    "sans-serif;color:#17232b;background:#fff}@media print{body{padding:0;font-size:.8rem}}"
)


def content(of: Cell) -> Content:
    """A cell as content of a page."""
    if isinstance(of, Sign):
        return HIDDEN if of.sign == "hidden" else MISSING
    return tag("a", of.words, href=of.address) if isinstance(of, Link) else of


def _masthead(block: blocks.Masthead, heading: str = "h1") -> Html:
    facts = (tag("div", tag("dt", fact.name), tag("dd", content(fact.value))) for fact in block.facts)
    return join((tag("p", block.kicker, class_="kicker"), tag(heading, block.title), tag("dl", *facts, class_="facts")))


def _section(block: blocks.Section) -> Html:
    lead = tag("p", block.lead, class_="lead") if block.lead else None
    return tag("div", tag("h2", block.title), lead, class_="section")


def _prose(block: blocks.Prose) -> Html:
    return tag("div", *(tag("p", said) for said in block.sentences), class_="small" if block.is_small else None)


def _points(block: blocks.Points) -> Html:
    items = (tag("li", tag("b", f"{item.name}: "), content(item.value)) for item in block.items)
    return tag("ul", *items, class_="points")


def _tiles(block: blocks.Tiles) -> Html:
    return tag("div", *(_tile(tile) for tile in block.items), class_="tiles")


def _tile(tile: blocks.Headline) -> Html:
    beside = [piece for fact in tile.beside for piece in (join((f"{fact.name}: ", content(fact.value))), tag("br"))]
    return tag("div", tag("p", tile.label, class_="label"), tag("p", _figure(tile.figure), class_="figure"),
               tag("p", *beside[:-1], class_="beside"), class_="tile")  # fmt: skip


def _figure(of: Cell) -> Content:
    """A figure that stands large; a sign in words, for a letter alone says nothing there."""
    return SYMBOL_MEANINGS[Symbol(content(of))].capitalize() if isinstance(of, Sign) else content(of)


def _exceptions(block: blocks.Exceptions) -> Html:
    return tag("ol", *(_exception(item) for item in block.items), class_="asks", start=str(block.start))


def _exception(item: blocks.Exceptional) -> Html:
    title = join((item.title, tag("span", f": {item.figure}") if item.figure else None))
    answer = (
        tag("p", tag("b", "A good answer would contain"), " ", item.answer, class_="small") if item.answer else None
    )
    question = tag("p", tag("b", "Ask"), item.question, class_="ask")
    comment = tag("p", item.comment, class_="comment") if item.comment else None
    more = tag("p", content(item.more), class_="small") if item.more else None
    told = tag("div", tag("h3", title), tag("p", item.said), comment, class_="told")
    return tag("li", told, tag("div", question, answer, more, class_="asked"))


def _grid(block: blocks.Grid) -> Html:
    titles = (tag("th", c.label, scope="col", class_="number" if c.is_number else None) for c in block.columns)
    bodies = (tag("tbody", _group_title(block, group), *(_grid_row(block, row) for row in group.rows))
              for group in block.groups)  # fmt: skip
    table = tag("table", tag("caption", block.caption, class_="unseen"), tag("thead", tag("tr", *titles)), *bodies,
                class_="cards-when-narrow grid")  # fmt: skip
    note = tag("p", block.note, class_="note") if block.note else None
    box = tag("div", table, class_="scroll", tabindex="0", role="region", aria_label=block.caption)
    return join((box, note))


def _group_title(block: blocks.Grid, group: blocks.Group) -> Html | None:
    if not group.title:
        return None
    title = join((group.title, tag("span", group.note, class_="beside") if group.note else None), " ")
    return tag("tr", tag("th", title, scope="rowgroup", colspan=str(len(block.columns)), class_="group"))


def _grid_row(block: blocks.Grid, row: tuple[Cell, ...]) -> Html:
    cells = (
        tag("th" if place == block.names_rows else "td", content(of), class_=_cell_class(of, column),
            scope="row" if place == block.names_rows else None,
            data_label=column.label if place > block.names_rows else None)
        for place, (of, column) in enumerate(zip(row, block.columns, strict=True))
    )  # fmt: skip
    return tag("tr", *cells)


def _cell_class(of: Cell, column: blocks.Column) -> str | None:
    """A number, and one that is not there: a narrow screen leaves that out."""
    is_missing = isinstance(of, Sign) and of.sign == "missing"
    said = [name for name, is_so in (("number", column.is_number), ("missing", is_missing)) if is_so]
    return " ".join(said) or None


def _blanks(block: blocks.Blanks) -> Html:
    lines = (tag("hr", class_="blank") for _ in range(block.lines))
    return tag("div", tag("p", tag("b", block.label)), *lines, class_="blanks")


def _new_page(_: blocks.NewPage) -> Html:
    return tag("div", class_="new-page")


_SET: dict[str, Callable[[Any], Html]] = {
    "masthead": _masthead,
    "section": _section,
    "prose": _prose,
    "points": _points,
    "tiles": _tiles,
    "exceptions": _exceptions,
    "grid": _grid,
    "blanks": _blanks,
    "new_page": _new_page,
}


def block_html(block: blocks.Block, *, is_within: bool = False) -> Html:
    """One block as a piece of a page; ``is_within`` a page that has a heading of its own."""
    if is_within and isinstance(block, blocks.Masthead):
        return _masthead(block, "h2")
    return _SET[block.kind](block)


def html(paper: Paper) -> bytes:
    """The paper as one file: style inside, no script, nothing fetched."""
    signs = (part for sign, meaning in KEY_TEXT for part in (tag("dt", sign), tag("dd", meaning)))
    body = tag(
        "main",
        *(block_html(block) for block in paper.blocks),
        tag("dl", *signs, class_="key"),
        tag("p", paper.foot, class_="note"),
        class_="stHtml",
    )
    head = tag("head", Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width">'),
               tag("title", paper.title), Html(style()), Html(f"<style>{_ALONE}</style>"))  # fmt: skip
    return f"<!doctype html>\n{tag('html', head, tag('body', body), lang='en-GB')}\n".encode()
