"""One look at an app in a browser window: what it asks of the network, what it tells, whether it has come to rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, TimeoutError

REST_MILLISECONDS = 100
PATIENCE_MILLISECONDS = 90_000
"""The tests may share the machine with others."""
WATCH = """window.changedAt = 0;
new MutationObserver(() => { window.changedAt = performance.now(); })
    .observe(document, {subtree: true, childList: true, attributes: true, characterData: true});"""
AT_REST = f"""left => document.querySelector('h1')
    && document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid=stSkeleton]')
    && [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(chart => chart.querySelector('.main-svg'))
    && ![...document.querySelectorAll('[data-testid=stPageLink]')].some(link => link.innerText.trim() === left)
    && performance.now() - window.changedAt > {REST_MILLISECONDS}"""
"""The script has ended, every chart is drawn, and nothing has changed for a moment. ``left``: a link that must go."""
MAIN = "document.querySelector('[data-testid=stMain]')"
FITS = f"() => {MAIN}.scrollWidth <= {MAIN}.clientWidth + 1 && document.body.scrollWidth <= innerWidth"
SHRINK_MILLISECONDS = 10_000
TALLEST = 16_000
"""The tallest picture that Chromium draws whole."""

_TAGS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
ALL_RULES = {"runOnly": _TAGS}
ALL_BUT_COLOUR = {"runOnly": _TAGS, "rules": {"color-contrast": {"enabled": False}}}
"""For a second width: no colour changes with it, and reading colours is most of axe's time."""
COLOUR_RULES = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""Those that a change of theme can break."""
CELLS = ".stHtml table"
"""Their text has the colours of the text around them, and there is much of it."""
STREAMLITS = {
    ("region", 'id="stFloatingOverlayPortal"'): "Where Streamlit puts a help text that floats; it is empty until then.",
}
"""Findings that no page of ours can mend: axe's rule, what its element is known by, and why it is let be."""


@dataclass(frozen=True)
class Finding:
    """One element that breaks one of axe's rules."""

    rule: str
    impact: str
    html: str

    @property
    def is_ours(self) -> bool:
        """False for what is listed as Streamlit's own."""
        return not any(self.rule == rule and mark in self.html for rule, mark in STREAMLITS)

    @property
    def is_fault(self) -> bool:
        """True for what is ours and more than minor; the minor ones stand in the table."""
        return self.is_ours and self.impact != "minor"


class Look:
    """One window of the app: the page, requests that left this machine, and errors that it told."""

    def __init__(self, page: Page, address: str, pictures: Path, width: int) -> None:
        self.page, self.pictures, self.width = page, pictures, width
        self.foreign: list[str] = []
        self.errors: list[str] = []
        page.set_default_timeout(PATIENCE_MILLISECONDS)
        page.add_init_script(WATCH)
        page.on("request", lambda asked: self._note(asked.url))
        page.on("websocket", lambda asked: self._note(asked.url))
        page.on("console", lambda told: self.errors.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(address)
        self.settle()

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1":
            self.foreign.append(url)

    def settle(self, left: str = "") -> None:
        """Wait until the page is at rest."""
        self.page.wait_for_function(AT_REST, arg=left)

    def size(self, width: int, height: int = 1000) -> None:
        """Make the window so large."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.settle()

    def choose(self, label: str, option: str) -> None:
        """Choose in a drop-down list."""
        chosen = self.page.get_by_role("combobox", name=label).first
        chosen.scroll_into_view_if_needed()
        self.settle()  # scrolling shuts an open list
        chosen.click()
        self.page.get_by_role("option", name=option, exact=True).first.click()
        self.settle()

    def go(self, name: str) -> None:
        """Follow the link to another page of the role, at the foot of the page."""
        self.page.get_by_test_id("stPageLink").get_by_text(name, exact=True).click()
        self.settle(left=name)

    def others(self) -> list[str]:
        """The pages that the foot leads to."""
        return [link.strip() for link in self.page.get_by_test_id("stPageLink").all_inner_texts()]

    def heading(self) -> str:
        """The page's one h1."""
        return self.page.get_by_role("heading", level=1).inner_text()

    def is_sideways(self) -> bool:
        """True when the page stays wider than the screen: a chart may need a moment to follow."""
        try:
            self.page.wait_for_function(FITS, timeout=SHRINK_MILLISECONDS)
        except TimeoutError:
            return True
        return False

    def take(self, name: str) -> None:
        """A picture of the whole page; the window stays so tall."""
        height = self.page.evaluate(f"{MAIN}.scrollHeight")
        self.size(self.width, min(height + 80, TALLEST))
        self.page.screenshot(path=str(self.pictures / f"{name}.png"))

    def axe(self, rules: Mapping[str, Any] = ALL_RULES, but: str = "") -> tuple[int, list[Finding]]:
        """How many rules had something to pass on the page, and every element that breaks one; not inside ``but``."""
        where = {"include": [["body"]], "exclude": [[but]]} if but else None
        told = Axe().run(self.page, where, {**rules, "resultTypes": ["violations"]}).response
        found = [Finding(one["id"], one["impact"], node["html"]) for one in told["violations"] for node in one["nodes"]]
        return len(told["passes"]), found

    def check(self, name: str) -> None:
        """A picture of the whole page; nothing wider than the screen, no fault for axe, nothing from elsewhere."""
        self.take(f"{name}-{self.width}")
        assert not self.is_sideways(), "the page scrolls sideways"
        assert self.page.get_by_role("heading", level=1).count() == 1
        passed, found = self.axe()
        assert passed > 10, "axe did not look"
        assert [one for one in found if one.is_fault] == []
        assert self.foreign == []
        assert self.errors == []
