"""The colours, in one place for both themes, for charts, for the style sheet and for their tests.

Chosen to differ in lightness, so that they hold for colour-blind readers and in grey print; no colour stands for good
or bad. Text has a contrast of 4.5 or more, marks of 3 or more, in both themes. Charts and papers use the light ones;
on a dark screen the style sheet exchanges each for its dark twin.
"""

INK = "#17232b"
SOFT = "#4c5b64"
LINE = "#c9cdc6"
HAIR = "#e3e6df"
GRID = "#e6e8e2"
PAPER = "#ffffff"
PANEL = "#f4f3ee"
BAND = "#e4e6df"
BAND_DEEP = "#d3d8d0"
PALE = "#dcdfd8"
DEEP = "#12495a"
DEEP_TINT = "#b9d0d5"
OCHRE = "#7a4f00"
OCHRE_FILL = "#b57a00"
OCHRE_TINT = "#fbf4e2"

DARK = {
    INK: "#e8ebe6",
    SOFT: "#adb9be",
    LINE: "#4b5860",
    HAIR: "#2e383e",
    GRID: "#2d363c",
    PAPER: "#14191d",
    PANEL: "#1e262b",
    BAND: "#333e45",
    BAND_DEEP: "#45525a",
    PALE: "#3a464d",
    DEEP: "#86c5d6",
    DEEP_TINT: "#2f5664",
    OCHRE: "#ecbb62",
    OCHRE_FILL: "#d3962c",
    OCHRE_TINT: "#2d2618",
}
"""The dark twin of each light colour."""
TOKENS = {
    "ink": INK, "soft": SOFT, "line": LINE, "hair": HAIR, "grid": GRID, "paper": PAPER, "panel": PANEL, "band": BAND,
    "band-deep": BAND_DEEP, "pale": PALE, "deep": DEEP, "deep-tint": DEEP_TINT, "ochre": OCHRE,
    "ochre-line": OCHRE_FILL, "ochre-tint": OCHRE_TINT,
}  # fmt: skip
"""The name of each colour in the style sheet."""
TEXT_ON = {
    PAPER: (INK, SOFT, DEEP, OCHRE), PANEL: (INK, SOFT, DEEP, OCHRE), OCHRE_TINT: (INK, SOFT, OCHRE), BAND: (INK,),
    DEEP: (PAPER,), DEEP_TINT: (INK,), PALE: (INK,), INK: (PAPER,),
}  # fmt: skip
"""Each background with the text colours used on it; a test holds the contrast in both themes."""
MARKS_ON = {PAPER: (DEEP, OCHRE, OCHRE_FILL, SOFT, INK), PANEL: (DEEP, OCHRE_FILL), BAND: (DEEP, SOFT),
            BAND_DEEP: (DEEP, OCHRE), DEEP_TINT: (DEEP,)}  # fmt: skip
"""Each ground with the marks drawn on it: dots, bars, lines that must be seen."""
