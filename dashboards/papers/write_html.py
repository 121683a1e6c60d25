"""A paper as HTML: blocks as pieces of a page, and the whole as one file that needs nothing else. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from dashboards.markup import HIDDEN, MISSING, SYMBOL_MEANINGS, Content, Html, Symbol, join, tag
from dashboards.papers import blocks
from dashboards.papers.blocks import Cell, Link, Paper, Sign
from dashboards.theme import style
from dashboards.wording import papers as words
from dashboards.wording.release import KEY_TEXT

_ALONE = (
    "body{margin:0 auto;max-width:62rem;padding:1.5rem;font:1rem/1.5 'Source Sans','Source Sans Pro',system-ui,"
    "sans-serif;color:var(--ink);background:var(--paper)}:root{color-scheme:light dark}"
    "@media print{:root{color-scheme:light;font-size:10.5px}body{padding:0}}"
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
    items = (_exception(item, words.place_words(item.number, block.has_table, "below")) for item in block.items)
    return tag("ol", *items, class_="asks", start=str(block.start))


def _exception(item: blocks.Exceptional, place: str) -> Html:
    title = join((item.title, tag("span", f": {item.figure}") if item.figure else None))
    answer = (
        tag("p", tag("b", "A good answer would contain"), " ", item.answer, class_="small") if item.answer else None
    )
    question = tag("p", tag("b", "Ask"), item.question, class_="ask")
    comment = tag("p", item.comment, class_="comment") if item.comment else None
    more = tag("p", join((place or None, content(item.more)), " "), class_="small") if place or item.more else None
    told = tag("div", tag("h3", title), tag("p", item.said), comment, class_="told")
    return tag("li", told, tag("div", question, answer, more, class_="asked"))


def _grid(block: blocks.Grid) -> Html:
    titles = (
        tag("th" if c.label else "td", c.label, scope="col" if c.label else None,
            class_="number" if c.is_number else None)
        for c in block.columns
    )  # fmt: skip
    bodies = (tag("tbody", _group_title(block, group), *_grid_rows(block, group)) for group in block.groups)
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


def _grid_rows(block: blocks.Grid, group: blocks.Group) -> Iterable[Html]:
    """The rows of a group; what stands in the first of several that go together reaches over all of them."""
    for together in _rows_together(group.rows):
        for place, row in enumerate(together):
            yield tag("tr", *(
                _grid_cell(block, at, of, len(together) if _reaches(together, at) else 1)
                for at, of in enumerate(row)
                if place == 0 or not _reaches(together, at)
            ))  # fmt: skip


def _rows_together(rows: Iterable[tuple[Cell, ...]]) -> list[list[tuple[Cell, ...]]]:
    """Rows with those that go on with them: what goes on has no words in its first cell."""
    found: list[list[tuple[Cell, ...]]] = []
    for row in rows:
        if found and row[0] == "":
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _reaches(together: Sequence[tuple[Cell, ...]], at: int) -> bool:
    return len(together) > 1 and all(row[at] == "" for row in together[1:])


def _grid_cell(block: blocks.Grid, at: int, of: Cell, rows: int) -> Html:
    is_name, column = at == block.names_rows, block.columns[at]
    return tag("th" if is_name else "td", content(of), class_=_cell_class(of, column),
               scope=("rowgroup" if rows > 1 else "row") if is_name else None,
               rowspan=str(rows) if rows > 1 else None,
               data_label=column.label if at > block.names_rows else None)  # fmt: skip


def _figures(block: blocks.Figures) -> Html:
    titles = (tag("th", head, scope="col", class_="number" if place else None)
              for place, head in enumerate((block.counted, *block.columns)))  # fmt: skip
    width = len(block.columns) + 1
    bodies = (_priority(priority, width) for priority in block.priorities)
    table = tag("table", tag("caption", block.caption, class_="unseen"), tag("thead", tag("tr", *titles)), *bodies,
                class_="figures")  # fmt: skip
    used = [item for priority in block.priorities for item in priority.terms]
    box = tag("div", table, class_="scroll", tabindex="0", role="region", aria_label=block.caption)
    return join((box, _words(used)))


def _priority(priority: blocks.Priority, width: int) -> Html:
    note = tag("span", priority.note, class_="beside") if priority.note else None
    title = tag("th", join((priority.name, note), " "), scope="rowgroup", colspan=str(width), class_="group")
    rows = (row for figure in priority.figures for row in _figure_rows(figure, width))
    return tag("tbody", tag("tr", title), *rows)


def _figure_rows(figure: blocks.NumberedFigure, width: int) -> list[Html]:
    source = tag("span", figure.source, class_="meta")
    name = join((join((str(figure.number), content(figure.name)), " "), source), " ")
    title = tag("tr", tag("th", name, scope="rowgroup", colspan=str(width), class_="figure-name"))
    return [title, *(_figure_line(line, width) for line in figure.lines)]


def _figure_line(line: blocks.FigureLine, width: int) -> Html:
    asked = tag("b", line.asked, class_="question") if line.asked else None
    england = tag("span", f"{words.ENGLAND} {line.england}", class_="beside") if line.england else None
    label = join((line.label, asked, england), " ")
    if not line.told:
        return tag("tr", tag("th", label, scope="row", colspan=str(width)))
    cells = (tag("td", one, class_="number") for one in (_both(line.told), *map(content, line.beside)))
    return tag("tr", tag("th", label, scope="row"), *cells)


def _both(told: tuple[Cell, ...]) -> Content:
    """A number with its share behind it."""
    first, *share = map(content, told)
    return join((first, *(part for one in share for part in (" (", one, ")"))))


def _terms(block: blocks.Terms) -> Html:
    return _words(block.items)


def _words(items: Iterable[blocks.Fact]) -> Html:
    """Words and what they mean."""
    listed = (tag("div", tag("dt", item.name), tag("dd", content(item.value))) for item in items)
    return tag("dl", *listed, class_="terms beside-each-other")


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
    "figures": _figures,
    "terms": _terms,
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
