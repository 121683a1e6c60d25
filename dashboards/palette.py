"""The colours, in one place for charts and for the tests of the style sheet.

Chosen to differ in lightness, so that they hold for colour-blind readers and in grey print; no colour stands for good
or bad. Text colours have a contrast of 4.5 or more.
"""

INK = "#17232b"
SOFT = "#4c5b64"
LINE = "#c9cdc6"
PAPER = "#ffffff"
PANEL = "#f4f3ee"
BAND = "#e4e6df"
DEEP = "#12495a"
DEEP_TINT = "#b9d0d5"
OCHRE = "#7a4f00"
OCHRE_FILL = "#e0ab3d"
OCHRE_TINT = "#fbf4e2"
TEXT_ON = {PAPER: (INK, SOFT, DEEP, OCHRE), PANEL: (INK, SOFT, DEEP, OCHRE), OCHRE_TINT: (INK, SOFT, OCHRE)}
"""Each background with the text colours used on it; a test holds the contrast."""
