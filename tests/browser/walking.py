"""A walk through every page that a role has: what must hold on each, its pictures, and a table of what axe found."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from dashboards import palette
from dashboards.access import Role
from dashboards.theme import _written
from dashboards.views.opening import Leaf
from tests.browser.conftest import NARROW, WIDE
from tests.browser.looking import ALL_BUT_COLOUR, ALL_RULES, CELLS, COLOUR_RULES, Finding, Look

BETWEEN = (1920, 1024, 768)
AXE: dict[tuple[int, str], tuple[dict[str, object], str]] = {
    (WIDE, "light"): (ALL_RULES, ""),
    (WIDE, "dark"): (COLOUR_RULES, CELLS),
    (NARROW, "light"): (ALL_BUT_COLOUR, ""),
}
IMPACTS = ("critical", "serious", "moderate", "minor")
COLUMNS = ("role", "page", "width", "theme", "rules_passed", *IMPACTS, "streamlits")
PAINT = """[...document.querySelectorAll('.js-plotly-plot .main-svg *')]
    .filter(part => ['path', 'text', 'rect'].includes(part.tagName) && (part.style.fill || part.style.stroke))
    .flatMap(part => [getComputedStyle(part).fill, getComputedStyle(part).stroke])"""
LIGHT, DARK = ({_written(one) for one in colours} for colours in (palette.DARK, palette.DARK.values()))
GROUND = "colour => getComputedStyle(document.querySelector('.stApp')).backgroundColor === colour"
TOOLS = """[...document.querySelectorAll('header, [data-testid=stMain] :is(button, input, textarea, form)')]
    .filter(at => at.checkVisibility({visibilityProperty: true, opacityProperty: true})).map(at => at.outerHTML)"""
FOREIGN = "[data-testid=stMain] :is([src*='canary'], [href*='canary'], [src*='example.org'], [href*='example.org'])"


def _some_formula(look: Look) -> None:
    look.settle()  # a fold that is drawn anew while it opens is shut again
    for words in ("Did it work?", "The formulae"):
        fold = look.page.locator("details", has=look.page.get_by_text(words)).last
        for _ in range(5):
            if not fold.evaluate("fold => fold.open"):
                look.page.get_by_text(words).first.click()
                look.settle()
    look.page.wait_for_selector(".katex")
    look.settle()


def _find_plans(look: Look) -> None:
    look.page.get_by_role("textbox").first.fill("plan")
    look.page.keyboard.press("Enter")
    look.page.wait_for_selector("[data-testid=stMain] table")
    look.settle()


def _first_pupil(look: Look) -> None:
    look.choose("Find a pupil", "Birch, Bea · Year 4")


FIRST: dict[str, Callable[[Look], None]] = {"about": _some_formula, "find": _find_plans, "pupil": _first_pupil}
"""Pages that show their content once something is chosen: by address, what a reader does first."""
KEYED = ("works", "questions", "pack", "value", "names", "pupil", "rate", "night")
"""Pages that are gone through by keyboard: charts, folds, downloads, lists, a date, ticks, forms."""
LISTEN = """
window.orchardReached = new Set(); window.orchardUnseen = new Set();
window.orchardName = at => at.tagName + ' ' + (at.ariaLabel || at.innerText || at.outerHTML).trim().slice(0, 60);
window.orchardUsable = () =>
    [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .filter(at => at.tabIndex >= 0 && !at.disabled && !at.closest('[inert], [aria-hidden=true]'))
    .filter(at => at.checkVisibility({visibilityProperty: true}) && (at.type !== 'radio' || at.checked));
document.addEventListener('focusin', ({target}) => {
    orchardReached.add(target);
    const style = getComputedStyle(target);
    const isMarked = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
    if (!isMarked && !['INPUT', 'TEXTAREA', 'BODY'].includes(target.tagName)) orchardUnseen.add(orchardName(target));
});"""


@dataclass
class Walk:
    """What a walk found: faults as sentences, and axe's table. ``never``: a word that no page may hold."""

    look: Look
    role: Role
    never: str = ""
    faults: list[str] = field(default_factory=list)
    table: list[dict[str, object]] = field(default_factory=list)

    def through(self, leaves: Sequence[Leaf]) -> None:
        """Every page, in the order of the navigation, which offers these and no others."""
        for place, leaf in enumerate(leaves):
            self.look.width = WIDE
            self.look.size(WIDE)
            if place:
                self.look.go(leaf.title)
            self._offers(leaf, [one.title for one in leaves])
            FIRST.get(leaf.address, Look.settle)(self.look)
            self._page(leaf)
            if leaf.address in KEYED:
                self._keys(leaf)

    def write(self, folder: Path) -> None:
        """Keep axe's table of this role."""
        with (folder / f"axe-{self.role}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(self.table)

    def _offers(self, leaf: Leaf, titles: list[str]) -> None:
        """The foot leads to every other page of the role and to no more; the bar above to none but these."""
        above = {link.strip() for link in self.look.page.get_by_test_id("stTopNavLink").all_inner_texts()}
        self._expect(leaf, sorted([*self.look.others(), leaf.title]) == sorted(titles), "other links")
        self._expect(leaf, above <= set(titles), f"another bar: {above}")

    def _page(self, leaf: Leaf) -> None:
        look = self.look
        self._seen(leaf, WIDE, "light")
        self._dark(leaf)
        for width in BETWEEN:
            look.size(width)
            self._expect(leaf, not look.is_sideways(), f"scrolls sideways at {width}")
        look.width = NARROW
        look.size(NARROW)
        self._seen(leaf, NARROW, "light")
        main = look.page.locator("[data-testid=stMain]")
        self._expect(leaf, main.get_by_role("heading", level=1).count() == 1, "not one heading")
        self._expect(leaf, main.locator("h2, table").count() > 0, "no content")
        self._expect(leaf, "could not be shown" not in main.inner_text(), "failed")
        self._expect(leaf, look.page.get_by_test_id("stException").count() == 0, "an exception")
        self._expect(leaf, look.page.locator(FOREIGN).count() == 0, "a link or picture out of the data")
        self._expect(leaf, not self.never or self.never not in look.page.content(), f"holds {self.never}")
        self._expect(leaf, not look.foreign, f"asked elsewhere: {look.foreign}")
        self._expect(leaf, not look.errors, f"told an error: {look.errors}")
        look.errors.clear()
        look.foreign.clear()

    def _keys(self, leaf: Leaf) -> None:
        """The Tab key comes to everything that can be used, in one round, and is seen wherever it is."""
        page = self.look.page
        self.look.size(WIDE)
        page.evaluate(LISTEN)
        for _ in range(page.evaluate("orchardUsable().length") + 15):
            page.keyboard.press("Tab")
        page.keyboard.press("Escape")  # the calendar that opens when the last of them is a day
        self.look.settle()
        for what in page.evaluate("orchardUsable().filter(one => !orchardReached.has(one)).map(orchardName)"):
            self._note(leaf, f"the keyboard does not come to {what}")
        for what in page.evaluate("[...orchardUnseen]"):
            self._note(leaf, f"nobody sees that the keyboard is at {what}")
        reached = page.evaluate("[...orchardReached].map(orchardName)")
        self._expect(leaf, "A Skip to main content" in reached, "no link past the navigation")

    def _seen(self, leaf: Leaf, width: int, theme: str) -> None:
        look = self.look
        look.take(f"{self.role}-{leaf.address}-{width}-{theme}")
        self._expect(leaf, not look.is_sideways(), f"scrolls sideways at {width}")
        rules, but = AXE[width, theme]
        passed, found = look.axe(rules, but)
        self._expect(leaf, passed > (10 if theme == "light" else 0), "axe did not look")
        for one in found:
            self._expect(leaf, not one.is_fault, f"{width} {theme} {one}")
        self.table.append(_line(self.role, leaf, width, theme, passed, found))

    def _dark(self, leaf: Leaf) -> None:
        """On a dark screen nothing light is left; on paper from it nothing dark, and no tool."""
        page = self.look.page
        page.emulate_media(color_scheme="dark")
        page.wait_for_function(GROUND, arg=_written(palette.DARK[palette.PAPER]))
        self.look.settle()
        self._seen(leaf, WIDE, "dark")
        left = paints(page) & LIGHT
        self._expect(leaf, not left, f"light colours left in a dark chart: {left}")
        page.emulate_media(media="print", color_scheme="dark")
        page.wait_for_function(GROUND, arg=_written(palette.PAPER))
        self._expect(leaf, not paints(page) & DARK, "dark colours in a chart on paper")
        for tool in page.evaluate(TOOLS):
            self._note(leaf, f"a tool on paper: {tool}")
        page.emulate_media(media="screen", color_scheme="light")
        page.wait_for_function(GROUND, arg=_written(palette.PAPER))

    def _expect(self, leaf: Leaf, holds: bool, fault: str) -> None:
        if not holds:
            self._note(leaf, fault)

    def _note(self, leaf: Leaf, fault: str) -> None:
        self.faults.append(f"{self.role} {leaf.title}: {fault}")


def paints(page: Page) -> set[str]:
    """Every colour that stands in the page's charts."""
    return set(page.evaluate(PAINT))


def _line(role: Role, leaf: Leaf, width: int, theme: str, passed: int, found: list[Finding]) -> dict[str, object]:
    ours = Counter(one.impact for one in found if one.is_ours)
    theirs = sum(not one.is_ours for one in found)
    return dict(
        zip(COLUMNS, (role, leaf.title, width, theme, passed, *(ours[one] for one in IMPACTS), theirs), strict=True)
    )
