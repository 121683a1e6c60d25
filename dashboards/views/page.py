"""Parts that pages share: masthead, sections, charts with their reading and table twin, downloads, the key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import streamlit as st

from dashboards.charts.parts import picture_config
from dashboards.figures import Row
from dashboards.markup import Content, Html, join, plain_for_markdown, signs_in, tag
from dashboards.tables import TableTwin
from dashboards.views.offers import on_request
from dashboards.views.visits import Visit
from dashboards.wording import downloads
from dashboards.wording import release as words
from dashboards.wording.numbers import counted, grouped, long_date
from dashboards.wording.questions import Ask
from dashboards.workbook import workbook


def put(content: Html) -> int:
    """Show some HTML; returns how many of its figures are hidden, for the page's last sentence."""
    st.html(content)
    return signs_in(content)


def masthead(visit: Visit, kicker: str, title: str, facts: Iterable[tuple[str, Content]] = ()) -> int:
    """The page's head: who it is for, its one h1, the date of the data and the release. Returns its hidden figures."""
    about = visit.about()
    read = [("Counts as read on", long_date(about["figures_date"]))] if about["figures_date"] else []
    listed = [("Data to", long_date(about["data_date"])), *read, ("Release", str(about["release_number"])), *facts]
    hidden = put(
        join(
            (
                tag("p", kicker, class_="kicker"),
                tag("h1", title),
                tag("dl", *(tag("div", tag("dt", name), tag("dd", said)) for name, said in listed), class_="facts"),
            )
        )
    )
    warn(visit, about)
    return hidden


def warn(visit: Visit, about: Row) -> None:
    """Old figures and a broken pointer are said on every page."""
    late = words.age_sentence(dt.datetime.fromisoformat(about["made_at"]), dt.datetime.now(dt.UTC))
    sentences = [late] if late and not about["is_sample"] else []
    if not visit.release.is_pointed_to:
        sentences.append("The newest release cannot be found; this is the last one that is whole.")
    for said in sentences:
        st.html(tag("p", said, class_="warning", role="status"))


def section(title: str, lead: Content = "") -> None:
    """A heading with one sentence under it."""
    st.html(tag("div", tag("h2", title), tag("p", lead, class_="lead") if lead else None, class_="section"))


def paragraphs(*sentences: Content, class_: str | None = None) -> None:
    """Sentences, each a paragraph; empty ones are left out."""
    said = [tag("p", sentence) for sentence in sentences if sentence]
    if said:
        st.html(tag("div", *said, class_=class_))


_HAS_PICTURE, _CHOICE, _KEPT = "has-picture", "picture-choice", "picture-kept"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAME_AS_TABLE = "Show the same as a table"


def chart(figure: object, alt: str, key: str, title: str = "") -> None:
    """A chart as wide as the page, with its text alternative; its one tool saves it as a picture.

    ``title``: what the picture shows, as a finding where one can be told.
    """
    st.session_state[_HAS_PICTURE] = True
    if title:
        st.html(tag("h3", title, class_="chart-title"))
    config = picture_config(key.removeprefix("chart-"), _picture_kind().lower())
    st.plotly_chart(figure, theme=None, config=config, key=key, alt=alt, width="stretch")


def begin() -> None:
    """A page begins: no chart is on it yet."""
    st.session_state[_HAS_PICTURE] = False


def end() -> None:
    """A page ends: whether its charts are saved as PNG or SVG, asked once for all of them."""
    if not st.session_state[_HAS_PICTURE]:
        return
    kinds, kept = ("PNG", "SVG"), _picture_kind()
    with st.container(key="picture-kind"):
        chosen = st.radio(downloads.PICTURE_KIND, kinds, kinds.index(kept), key=_CHOICE, horizontal=True,
                          help=downloads.PICTURE_KIND_HELP)  # fmt: skip
    st.session_state[_KEPT] = chosen


def _picture_kind() -> str:
    """What was chosen on this page, else on an earlier one; PNG to begin with."""
    chosen = str(st.session_state.get(_CHOICE) or st.session_state.get(_KEPT) or "PNG")
    return chosen if chosen in ("PNG", "SVG") else "PNG"


def reading(*sentences: Content) -> None:
    """The chart in words."""
    paragraphs(*sentences, class_="reading")


def legend(*entries: tuple[str, str]) -> None:
    """What the marks of a chart mean: style class and words."""
    st.html(tag("ul", *(tag("li", _swatch(mark), words) for mark, words in entries), class_="legend"))


def _swatch(mark: str) -> Html | None:
    if not mark:
        return None
    return tag("span", class_=mark if "dot" in mark or mark == "tick" else f"swatch {mark}")


def table(
    twin: TableTwin, name: str, visit: Visit, fold: str = "", *, is_printed: bool = True, is_shortened: bool = False
) -> int:
    """A table with its download; folded away under the words ``fold`` where a chart shows the same.

    A fold opens on paper, unless it is long and not to be printed with the page. A list in the order of urgency is
    shortened: its first rows stand open, and the rest opens below them.
    Returns how many of its cells are hidden, for the page's last sentence.
    """
    body = join((twin.html(), _rest(len(twin.rows)))) if is_shortened else twin.html()
    on_screen = None if is_printed else "no-print"
    folded = tag("details", tag("summary", fold), body, class_=on_screen) if fold else None
    if folded is None:
        st.html(body)
    _offer(twin, name, visit, folded)
    return twin.hidden_cells_count


FIRST_ROWS, _FEW_MORE = 12, 4
"""Rows of a shortened list that stand open, as the style sheet has it; so few more are shown with them."""


def _rest(rows: int) -> Html | None:
    if rows <= FIRST_ROWS + _FEW_MORE:
        return None
    whole, first = f"Show all {grouped(rows)}", f"Show the first {FIRST_ROWS}"
    both = (tag("span", whole, class_="whole"), tag("span", first, class_="first"))
    return tag("details", tag("summary", *both), class_="rest")


def _offer(twin: TableTwin, name: str, visit: Visit, folded: Html | None) -> None:
    """The table to take away, in one small row, behind the table's fold where it has one.

    A file is made when its button is pressed.
    """
    about = visit.about()
    notes = downloads.notes(twin.caption, twin.note, about)
    offered = (
        ("csv", downloads.CSV, downloads.CSV_HELP, "text/csv", twin.csv),
        ("xlsx", downloads.XLSX, downloads.XLSX_HELP, _XLSX, lambda: workbook(twin, name, notes, about["data_date"])),
    )
    with st.container(horizontal=True, key=f"take-{name}"):
        if folded is not None:
            st.html(folded)
        for ending, label, said, kind, make in offered:
            file = f"{name}-release-{visit.release.number}.{ending}"
            st.download_button(
                label, on_request(make, kind, file), file, kind, key=f"{ending}-{name}", on_click="ignore",
                type="tertiary", help=plain_for_markdown(said.format(caption=twin.caption)),
            )  # fmt: skip


def ask(question: str) -> None:
    """A question under what it asks about."""
    st.html(tag("p", tag("b", "Ask"), question, class_="ask"))


def asks(listed: Sequence[Ask], shown: int | None = None) -> Html:
    """Exceptions, each with its question; those after the first ``shown`` behind a fold, numbered on."""
    first, rest = listed[:shown], listed[len(listed[:shown]) :]
    opened = tag("ol", *(_one_ask(ask) for ask in first), class_="asks")
    if not rest:
        return opened
    numbered = tag("ol", *(_one_ask(ask) for ask in rest), class_="asks", style=f"counter-reset: ask {len(first)}")
    return join((opened, tag("details", tag("summary", counted(len(rest), "more question")), numbered)))


def _one_ask(ask: Ask) -> Html:
    question = tag("p", tag("b", "Ask"), ask.question, class_="ask")
    fold = tag("details", tag("summary", "A good answer would contain"), tag("p", ask.answer)) if ask.answer else None
    comment = tag("p", ask.comment, class_="comment") if ask.comment else None
    told = tag("div", tag("h3", ask.title), tag("p", ask.said), comment, class_="told")
    return tag("li", told, tag("div", question, fold, class_="asked"))


def key(hidden_cells: int) -> None:
    """What is not shown, and the three signs."""
    section("Not shown", words.hidden_sentence(hidden_cells))
    signs = (part for sign, meaning in words.KEY_TEXT for part in (tag("dt", sign), tag("dd", meaning)))
    st.html(tag("dl", *signs, class_="key"))
