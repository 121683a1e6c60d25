"""The challenge trail: which figure each question was asked of, and whether it moved. No word that anybody wrote."""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import Column, Kind, Label, Sensitivity, Table, Worded

MOVEMENTS = ("BETTER", "WORSE", "UP", "DOWN", "NO_CHANGE", "HIDDEN", "GONE", "NO_FIGURE")
"""Whether a figure moved: for better or worse; up or down where neither is better; by less than is worth a sentence;
it cannot be told because it was or is hidden, or is not published any more; there was no number to follow."""

_NUMBER = Column(
    "question_number", Kind.INTEGER, "Number of the question in the trail.", checks=(Between(1, None),), release=Label()
)
_TRIGGER = Column(
    "trigger", Kind.TEXT, "The exception that was asked of.", null="a question of the board's own", release=Label()
)
_TABLE = Column("figure_table", Kind.TEXT, "Mart that holds the figure.", null="no figure", release=Label())
_COLUMN = Column("figure_column", Kind.TEXT, "Column of the figure.", null="no figure", release=Label())
_WHERE = Column("figure_where", Kind.TEXT, "Key of the figure's row, as JSON.", null="no figure")
_ASKED = v.START_DATE.but(
    name="asked_date", meaning="Day of the meeting at which it was asked.", headers=(), release=Label()
)
_FIGURE_DATE = v.START_DATE.but(
    name="figure_date", meaning="Date of the data that the question was asked of.", headers=(), release=Label()
)
_THEN = Column(
    "value_then", Kind.NUMBER, "The figure as it was released then.", null="hidden, or no number", release=Label()
)
_HIDDEN_THEN = Column("is_hidden_then", Kind.BOOLEAN, "It was hidden then.")

CORE_TRAIL_QUESTIONS = Table(
    name="core_trail_questions",
    grain="One row per question that a board has asked, with the released figure that it was asked of.",
    sensitivity=Sensitivity.INTERNAL,
    key=("question_number",),
    columns=(
        _NUMBER, v.SCHOOL_URN, _TRIGGER, _TABLE, _COLUMN, _WHERE, _THEN, _HIDDEN_THEN, _ASKED, _FIGURE_DATE,
    ),
)  # fmt: skip

MART_TRAIL__QUESTION = Table(
    name="mart_trail__question",
    grain="One row per question that a board has asked: its figure then and now, from released figures only.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "question_number"),
    columns=(
        v.SCHOOL_URN,
        _NUMBER,
        _TRIGGER,
        _TABLE,
        _COLUMN,
        _ASKED,
        _FIGURE_DATE,
        _THEN,
        Column(
            "value_now", Kind.NUMBER, "The figure as it is released tonight.", null="hidden, or no number",
            release=Label(),
        ),
        Column(
            "year_then", Kind.INTEGER, "Year that the figure spoke of then.", null="not of a year", release=Label(),
            checks=(Between(2000, 2100),),
        ),
        Column(
            "year_now", Kind.INTEGER, "Year that it speaks of now: the newest.", null="not of a year",
            release=Label(), checks=(Between(2000, 2100),),
        ),
        Column("movement", Kind.TEXT, "Whether it moved.", checks=(OneOf(MOVEMENTS),), release=Worded()),
    ),
)  # fmt: skip

TABLES = (CORE_TRAIL_QUESTIONS, MART_TRAIL__QUESTION)
