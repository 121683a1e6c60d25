"""Moderation in the small published trust: a measured round, a round on another matrix, one with too few raters."""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.tables import ALL
from tests.support.frames import table

ROUNDS = """
round_name  | round_date | academic_year | matrix_version | has_new_matrix | schools_count | rated_count | round_standing | exact_rate | adjacent_rate | alpha | alpha_lower | alpha_upper | gwet_ac2 | agreement | hidden_columns
Autumn 2026 | 2026-10-14 | 2026          | V2             | no             | 5             | 22          | MEASURED       | 0.41       | 0.89          | 0.62  | 0.44        | 0.76        | 0.71     | NOT_RELIABLE |
Spring 2026 | 2026-03-12 | 2025          | V2             | yes            | 5             | 22          | MEASURED       | 0.54       | 0.93          | 0.70  | 0.51        | 0.82        | 0.77     | TENTATIVE |
Summer 2025 | 2025-06-11 | 2024          | V1             | no             | 3             | 12          | FEW_CASES      | 0.50       | 0.90          | -     | -           | -           | -        | -         |
Trial 2025  | 2025-03-11 | 2024          | V1             | no             | 2             | 11          | FEW_RATERS     | -          | -             | -     | -           | -           | -        | -         |
"""  # noqa: E501
OWN = """
school_urn | round_name  | round_date | rated_count | drift_bands | drift_lower | drift_upper | hidden_columns
999001     | Autumn 2026 | 2026-10-14 | 17          | 0.6         | 0.3         | 0.9         |
999001     | Spring 2026 | 2026-03-12 | 16          | 0.1         | -0.2        | 0.4         |
"""
DRIFT = """
round_name  | round_date | school_urn | descriptor    | raters_count | rated_count | drift_bands | drift_lower | drift_upper | exact_rate | adjacent_rate
Autumn 2026 | 2026-10-14 | 999001     | ALL           | 3            | 17          | 0.6         | 0.3         | 0.9         | -          | -
Autumn 2026 | 2026-10-14 | 999002     | ALL           | 1            | 16          | -0.2        | -0.5        | 0.1         | -          | -
Autumn 2026 | 2026-10-14 | 999003     | ALL           | 1            | 1           | -           | -           | -           | -          | -
Autumn 2026 | 2026-10-14 | TRUST      | ALL           | 5            | 22          | -           | -           | -           | 0.41       | 0.89
Autumn 2026 | 2026-10-14 | 999001     | Communication | 3            | 17          | 1.1         | 0.8         | 1.4         | -          | -
Autumn 2026 | 2026-10-14 | TRUST      | Communication | 5            | 22          | -           | -           | -           | 0.31       | 0.80
Autumn 2026 | 2026-10-14 | TRUST      | Independence  | 5            | 22          | -           | -           | -           | 0.66       | 0.97
"""  # noqa: E501
ITEMS = """
round_name  | round_date | case_number | school_urn | pupil_key | surname | forename | ratings_count | lowest_band_number | highest_band_number | bands_given | widest_descriptor
Autumn 2026 | 2026-10-14 | 4           | 999001     | P1        | Birch   | Bea      | 5             | 1                  | 4                   | 1, 2, 2, 3, 4 | Communication
Autumn 2026 | 2026-10-14 | 9           | 999002     | -         | -       | -        | 4             | 2                  | 4                   | 2, 3, 4, 4  | -
"""  # noqa: E501
MATRIX = """
matrix_version | matrix_title   | band_rule | start_date | end_date   | descriptor    | band_number | band_name | criterion_code | criterion_text | is_example
V1             | Bands of need  | HIGHEST   | 2020-09-01 | 2025-08-31 | Communication | 1           | Band 1    | C1             | Follows one step | no
V2             | Bands of need  | HIGHEST   | 2025-09-01 | -          | Communication | 1           | Band 1    | C1             | Follows *one* step | no
V2             | Bands of need  | HIGHEST   | 2025-09-01 | -          | Communication | 2           | Band 2    | C2             | Needs signs    | no
V2             | Bands of need  | HIGHEST   | 2025-09-01 | -          | Independence  | 3           | Band 3    | I3             | Needs an adult | no
"""  # noqa: E501
SAMPLE = """
round_number | case_number | school_urn | pupil_key | sen_provision | sen_type | year_band     | need_codes | score_strands | support_given
1            | 1           | 999001     | P1        | K             | SLCN     | Years 3 to 6  | SLCN, SEMH | Reading 84, 82 | Paired Pages
1            | 2           | 999002     | P2        | E             | ASD      | Years 7 to 9  | ASD        |               |
1            | 3           | 999003     | P3        | E             | SLD      | Years 3 to 6  | SLD        | Reading PK2   | another group
"""  # noqa: E501
PRACTICE = """
school_urn | question_code | question_version | practice_question | practice_answer | answered_date | common_answer | common_schools_count | answered_schools_count | policy_answer | practice_standing | policy_standing | policy_gaps_count
999001     | P1            | 1                | Who takes part?   | SENCO only      | 2026-06-01    | Whole staff   | 2                    | 3                      | Whole staff   | DIFFERENT         | GAP             | 1
999002     | P1            | 1                | Who takes part?   | Whole staff     | 2026-06-01    | Whole staff   | 2                    | 3                      | Whole staff   | COMMON            | MEETS           | 0
999003     | P1            | 1                | Who takes part?   | Whole staff     | 2026-06-01    | Whole staff   | 2                    | 3                      | Whole staff   | COMMON            | MEETS           | 0
999001     | P2            | 2                | How often?        | -               | -             | Every term    | 2                    | 2                      | -             | NOT_ANSWERED      | NO_POLICY       | 1
999002     | P2            | 2                | How often?        | Every term      | 2026-06-01    | Every term    | 2                    | 2                      | -             | ALIKE             | NO_POLICY       | 0
999003     | P2            | 2                | How often?        | Every term      | 2026-06-01    | Every term    | 2                    | 2                      | -             | ALIKE             | NO_POLICY       | 0
"""  # noqa: E501


def released_moderation(data_date: dt.date) -> dict[str, pl.DataFrame]:
    """Frames of the marts, by name."""
    sample = table(ALL["mart_moderation__sample"], SAMPLE).with_columns(
        pl.col("score_strands", "support_given").fill_null("")
    )
    return {
        "mart_moderation__round": table(ALL["mart_moderation__round"], ROUNDS, data_date=data_date),
        "mart_moderation__school": table(ALL["mart_moderation__school"], OWN, data_date=data_date),
        "mart_moderation__drift": table(ALL["mart_moderation__drift"], DRIFT),
        "mart_moderation__item": table(ALL["mart_moderation__item"], ITEMS),
        "mart_moderation__matrix": table(ALL["mart_moderation__matrix"], MATRIX),
        "mart_moderation__sample": sample,
        "mart_moderation__practice": table(ALL["mart_moderation__practice"], PRACTICE),
    }
