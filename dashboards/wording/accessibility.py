"""What works for whom on these pages, what does not, and how to get the same in another way. Published with them."""

from __future__ import annotations

import datetime as dt

TITLE = "Accessibility"
LEAD = "Everybody on the board should be able to use these pages. This says how far we have come."
TESTED = dt.date(2026, 11, 26)
"""The day on which the list below was last tried; change it with the list."""
STANDARD = "We aim at WCAG 2.2, level AA. The pages meet it in part, for the reasons given here."
WORKS = (
    "The pages can be made twice as large, and they fit a screen 390 points wide.",
    "You can see where the keyboard is, and the first link skips the menu. We tried each kind of page by keyboard.",
    "Text stands out from its ground by at least 4.5 to 1, and marks in charts by 3 to 1, on light and on dark.",
    "No colour by itself means anything. No chart has to be seen: each is told in words and in a table.",
    "Tables have headings that a screen reader can read out.",
    "Papers are tagged PDF files, and the same as web pages.",
    "Pages are light or dark as your machine is set, and light in print.",
)
DOES_NOT = (
    "After a choice the page is filled anew. A screen reader may not be told when that has ended.",
    "Points in a chart can be pointed at with a mouse only. The table below holds the same.",
    "We have tried a machine’s checks and the keyboard. We have not yet tried it with people who use screen readers.",
)
HOW_TRIED = "Each page was tried by axe-core in Chromium, at five widths, on light and on dark, on {date}."
OTHER_WAY = (
    "If you need this in another form, such as large print or a file, ask the central team. "
    "Each table can be had as CSV or XLSX, and each chart as a picture."
)
COMPLAINT = "If we do not answer well, the Equality Advisory and Support Service can help you."
