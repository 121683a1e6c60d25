"""Parts of the page About the data that help with reading it: words used here, and who can use the pages how."""

from __future__ import annotations

import streamlit as st

from dashboards.markup import Html, tag
from dashboards.views import page
from dashboards.wording import accessibility, glossary
from dashboards.wording.numbers import long_date


def words_used() -> None:
    """The glossary: a list that a word typed above it makes shorter."""
    page.section(glossary.TITLE, glossary.LEAD)
    sought = st.text_input(glossary.SEARCH, key="glossary", max_chars=60)
    found = terms_with(sought)
    if not found:
        page.paragraphs(glossary.NOTHING)
        return
    listed = tag("dl", *(part for word, said in found.items() for part in (tag("dt", word), tag("dd", said))),
                 class_="terms")  # fmt: skip
    st.html(listed if sought.strip() else tag("details", tag("summary", f"All {len(found)} words"), listed))


def terms_with(sought: str) -> dict[str, str]:
    """Words that hold what is sought, before those whose meaning does; all of them when nothing is."""
    wanted = " ".join(sought.split()).casefold()
    named = {word: said for word, said in glossary.TERMS.items() if wanted in word.casefold()}
    return named | {word: said for word, said in glossary.TERMS.items() if wanted in said.casefold()}


def accessibility_statement() -> None:
    """What works, what does not, and how to get the same in another way."""
    page.section(accessibility.TITLE, accessibility.LEAD)
    tried = accessibility.HOW_TRIED.format(date=long_date(accessibility.TESTED))
    page.paragraphs(accessibility.STANDARD, accessibility.OTHER_WAY)
    st.html(tag("div", _list("What works", accessibility.WORKS), _list("What does not yet", accessibility.DOES_NOT),
                class_="pair"))  # fmt: skip
    page.paragraphs(tried, accessibility.COMPLAINT, class_="small")


def _list(title: str, sentences: tuple[str, ...]) -> Html:
    return tag("div", tag("h3", title), tag("ul", *(tag("li", sentence) for sentence in sentences), class_="plain"))
