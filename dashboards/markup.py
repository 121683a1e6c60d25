"""Pieces of HTML, escaped by construction: whatever is not already ``Html`` is data and is escaped.

Every text that comes from a file passes through ``tag`` (HTML) or ``plain_for_chart`` (Plotly); no other module
builds markup from data. Pure: no Streamlit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape

_VOID = frozenset({"br", "hr", "img"})
_TURNING = re.compile("[\u202a-\u2069]")
_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in r"\`*_{}[]()#+-.!|<>~:$&"})


class Html(str):
    """Markup that was built here. A plain ``str`` is data."""

    __slots__ = ()


class Symbol(str):
    """A sign that stands where a figure would: hidden or not available. Never a value."""

    __slots__ = ()


HIDDEN = Symbol("c")
MISSING = Symbol("–")
SYMBOL_MEANINGS = {HIDDEN: "hidden: small number", MISSING: "not available"}

Content = str | Symbol | Html | None


def text(content: Content) -> Html:
    """Data as inert HTML: escaped, control characters taken out; symbols with their meaning."""
    if content is None:
        return Html("")
    if isinstance(content, Html):
        return content
    if isinstance(content, Symbol):
        meaning = SYMBOL_MEANINGS[content]
        return Html(
            f'<span class="symbol" title="{meaning}"><span aria-hidden="true">{content}</span>'
            f'<span class="unseen">{meaning}</span></span>'
        )
    return Html(escape(visible(content)))


def signs_in(content: Html) -> int:
    """How many figures some HTML shows as hidden."""
    return content.count(text(HIDDEN))


def tag(name: str, *children: Content, **attributes: str | None) -> Html:
    """One element. Attributes: ``class_`` stands for class, ``aria_label`` for aria-label; ``None`` leaves one out."""
    listed = "".join([_attribute(key, value) for key, value in attributes.items() if value is not None])
    if name in _VOID:
        return Html(f"<{name}{listed}>")
    return Html(f"<{name}{listed}>{''.join([text(child) for child in children])}</{name}>")


@lru_cache(maxsize=4_096)
def _attribute(key: str, value: str) -> str:
    """Made once: a table says the same few of each of its cells, and this was a third of the time of a page."""
    return f' {key.rstrip("_").replace("_", "-")}="{escape(visible(value))}"'


def join(parts: Iterable[Content], between: str = "") -> Html:
    """Pieces one after the other."""
    return Html(text(between).join(text(part) for part in parts))


def visible(content: str) -> str:
    """The text without control characters and without marks that turn the direction of writing."""
    if content.isprintable() and (content.isascii() or not _TURNING.search(content)):
        return content
    return "".join(c for c in content if c == "\n" or (c.isprintable() and not 0x202A <= ord(c) <= 0x2069))


def plain_for_chart(content: str) -> str:
    """Data for a Plotly title, label or hover: Plotly reads a little HTML, so its signs are escaped."""
    return visible(content).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_for_markdown(content: str) -> str:
    """Data for a Streamlit label, which reads Markdown: every sign with a meaning there is escaped."""
    return visible(content).replace("\n", " ").translate(_MARKDOWN)
