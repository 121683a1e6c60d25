"""What to ask: exceptions found in released figures, each with the figure it rests on."""

from __future__ import annotations

import polars as pl

from expectations.tables.questions import MART_QUESTIONS__SCHOOL
from models import questions
from pipelines import reference_data
from pipelines.assets.declare import table_asset


@table_asset(MART_QUESTIONS__SCHOOL, reads=questions.READS)
def mart_questions__school(**marts: pl.DataFrame) -> pl.DataFrame:
    return questions.ask(marts, benchmarks=reference_data.benchmarks())
