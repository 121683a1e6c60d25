"""Who is one person: six histories with known answers, each rule at its edge, and what must never matter."""

from __future__ import annotations

import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.findings import find
from expectations.tables import ALL
from expectations.tables.pupils import CORE_PUPIL_IDENTIFIERS, CORE_PUPILS
from expectations.tables.reference import CORE_PUPIL_RECORDS
from models.linkage import NAME_NOT_GIVEN, PupilIdentity, keys_over_time, resolve_pupils
from tests.support.frames import rows, table, upn

INSIGHT = ALL["clean_insight__pupils"]
REGISTER = ALL["clean_send_register__pupils"]
CENSUS = ALL["clean_school_census__pupils"]
KEY = b"a secret of the test"
NO_INSIGHT, NO_REGISTER, NO_CENSUS = (rows(t, school_urn=[]) for t in (INSIGHT, REGISTER, CENSUS))


def resolve(
    insight: pl.DataFrame = NO_INSIGHT, register: pl.DataFrame = NO_REGISTER, census: pl.DataFrame = NO_CENSUS
) -> PupilIdentity:
    identity = resolve_pupils(insight, register, census, KEY)
    assert find(identity.records, CORE_PUPIL_RECORDS) == []
    assert find(identity.identifiers, CORE_PUPIL_IDENTIFIERS) == []
    assert find(identity.pupils, CORE_PUPILS) == []
    assert identity.records.height == insight.height + register.height + census.height
    assert set(identity.records["pupil_key"]) == set(identity.pupils["pupil_key"])
    return identity


def people(identity: PupilIdentity) -> int:
    return identity.pupils.height


# Six children, 14 rows: A moved school with the same UPN; B was given another UPN and moved; C began on a temporary
# UPN; D never had a UPN and is known by the school's number; E and F are twins of one surname and birth date.
HISTORIES = table(CENSUS, """
    school_urn | reference_date | upn | former_upn | surname | forename | birth_date | entry_date | pupil_on_roll_id
    100001     | 2023-10-05     | U1  |            | Ash     | Amy      | 2014-05-04 | 2018-09-03 | 1
    100002     | 2024-10-03     | U1  |            | Ash     | Amy      | 2014-05-04 | 2024-09-02 | 2
    100001     | 2023-10-05     | U2  |            | Birch   | Ben      | 2014-06-04 | 2018-09-03 | 3
    100003     | 2024-10-03     | U3  | U2         | Birch   | Benjamin | 2014-06-04 | 2024-09-02 | 4
    100001     | 2023-10-05     | T4  |            | Cedar   | Cai      | 2015-07-04 | 2023-09-04 | 5
    100001     | 2024-10-03     | U5  | T4         | Cedar   | Cai      | 2015-07-04 | 2023-09-04 | 6
    100001     | 2024-10-03     | U7  |            | Elm     | Eve      | 2016-08-31 | 2021-09-01 | 7
    100001     | 2024-10-03     | U8  |            | Elm     | Fay      | 2016-08-31 | 2021-09-01 | 8
""")  # fmt: skip
INSIGHT_ROWS = table(INSIGHT, """
    school_urn | insight_pupil_id | upn | mis_id | surname | forename | birth_date | entry_date
    100001     | I5               | U5  | 105    | Cedar   | Cai      | 2015-07-04 | 2023-09-04
    100001     | I6               | -   | 106    | Dogwood | Dee      | 2015-02-28 | 2024-09-02
    100001     | I7               | U7  | 107    | Elm     | Eve      | 2016-08-31 | 2021-09-01
""")  # fmt: skip
REGISTER_ROWS = table(REGISTER, """
    school_urn | upn | mis_id | surname | forename | birth_date | status_date
    100001     | -   | 106    | Dogwood | Dee      | 2015-02-28 | 2024-10-01
    100001     | -   | -      | ELM     | Eve      | 2016-08-31 | 2024-10-01
    100001     | U8  | -      | Elm     | Fay      | 2016-08-31 | 2024-10-01
""")  # fmt: skip


def test_six_histories_are_six_people() -> None:
    identity = resolve(INSIGHT_ROWS, REGISTER_ROWS, HISTORIES)
    assert people(identity) == 6
    spread = identity.records.group_by("pupil_key").agg(pl.len(), pl.col("school_urn").n_unique().alias("schools"))
    by_name = dict(spread.join(identity.pupils, on="pupil_key").select("forename", pl.struct("len", "schools")).rows())
    assert {name: tuple(found.values()) for name, found in by_name.items()} == {
        "Amy": (2, 2), "Benjamin": (2, 2), "Cai": (3, 1), "Dee": (2, 1), "Eve": (3, 1), "Fay": (2, 1),
    }  # fmt: skip
    assert identity.pupils.filter(surname="Birch")["upn"].to_list() == [upn(3)]
    assert identity.pupils.filter("is_upn_temporary")["surname"].to_list() == ["Dogwood"]


def test_people_on_roll_are_counted_once_on_each_census_day() -> None:
    records = resolve(INSIGHT_ROWS, REGISTER_ROWS, HISTORIES).records
    dated = HISTORIES.join(records, on=["delivery_key", "school_urn", "file_name", "row_number"])
    dated = dated.filter(table_name="clean_school_census__pupils")
    counts = dict(dated.group_by("reference_date").agg(pl.col("pupil_key").n_unique()).rows())
    assert sorted(counts.values()) == [3, 5]


def test_a_key_of_a_night_that_knew_less_is_among_the_keys_that_the_person_may_have_had() -> None:
    """Whatever of the six histories was delivered then: rows that today are of one person had one of that person's."""
    place = ["table_name", "delivery_key", "school_urn", "file_name", "row_number"]
    lists = (INSIGHT_ROWS, REGISTER_ROWS, HISTORIES)
    now = resolve(*lists).records
    owned = {
        key: keys_over_time(*(
            frame.join(now.filter(pupil_key=key, table_name=name.name), on=place[1:], how="semi")
            for frame, name in zip(lists, (INSIGHT, REGISTER, CENSUS), strict=True)
        ), KEY)
        for key in now["pupil_key"].unique()
    }  # fmt: skip
    assert all(key in owned[key] for key in owned)
    changed = 0
    for seed in range(25):
        then = resolve(*(frame.sample(fraction=0.6, seed=seed + n) for n, frame in enumerate(lists))).records
        for key, before in then.join(now, on=place, suffix="_now").select("pupil_key_now", "pupil_key").rows():
            assert before in owned[key]
            changed += before != key
    assert changed > 3


def test_every_former_and_present_identifier_leads_to_its_person() -> None:
    identity = resolve(INSIGHT_ROWS, REGISTER_ROWS, HISTORIES)
    keys = dict(identity.pupils.select("surname", "pupil_key").unique("surname").rows())
    leads = {(k, s, i): p for k, s, i, p in identity.identifiers.rows()}
    birch = [leads[kind, "TRUST", upn(n)] for kind, n in (("UPN", 2), ("FORMER_UPN", 2), ("UPN", 3))]
    assert birch == [keys["Birch"]] * 3
    assert leads["MIS_ID", "100001", "106"] == leads["INSIGHT_ID", "100001", "I6"] == keys["Dogwood"]


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        ("100001|U1|-|Ash|Amy|2014-05-04\n100002|U1|-|Oak|Amy |2014-05-04", 1),  # surname changed
        ("100001|U1|-|Ash|Amy|2014-05-04\n100002|U1|-|Ash |Amy |2014-04-05", 1),  # one date mistyped
        ("100001|U1|-|Ash|Amy|2014-05-04\n100002|U1|-|ash |AMY |2014-04-05", 1),  # and the case
        ("100001|U1|-|Ash|Zo\u00e9|2014-05-04\n100002|U1|-|Ash |Zoe |2014-04-05", 1),  # and an accent
        ("100001|U1|-|Ash|Amy|2014-05-04\n100002|U1|-|Oak|Ola |2015-01-01", 2),  # one UPN, two children
        ("100001|U1|-|Ash|Amy|2014-05-04\n100002|U2|U1|Oak|Amy|2014-05-04", 1),  # former UPN
        ("100001|U1|-|Ash|Amy|2014-05-04\n100002|U2|U1|Ash|Amy|2014-05-05", 2),  # but another birth date
        ("100001|T1|-|Ash|Amy|2014-05-04\n100001|T1|-|Oak|Amy |2014-05-04", 1),  # temporary, one school
        ("100001|T1|-|Ash|Amy|2014-05-04\n100002|T1|-|Ash |Amy |2014-05-04", 2),  # temporary, two schools
        ("100001|T1|-|Ash|Amy|2014-05-04\n100001|T1|-|Ash |Amy |2014-05-05", 2),  # another birth date
        ("100001|T1|-|Ash|Amy|2014-05-04\n100001|U1|-|Ash |Amy |2014-05-04", 1),  # the UPN came
        ("100001|U1|-|Ash|Amy|2014-05-04\n100001|U2|-|Ash |Amy |2014-05-04", 2),  # two UPNs stay two
        ("100001|-|-|Ash|Amy|2014-05-04\n100001|U1|-|Ash |Amy |2014-05-04", 1),  # name, no UPN
        ("100001|-|-|Ash|Amy|2014-05-04\n100002|U1|-|Ash |Amy |2014-05-04", 2),  # in another school
        ("100001|-|-|Ash|Amy|2014-05-04\n100001|-|-|Ash |Amy |2014-05-04", 1),  # two nameless terms
        ("100001|-|-|Ash|Amy|2014-05-04\n100001|-|-|Ash |Ann |2014-05-04", 2),  # twins without UPN
        ("100001|U1|-|-|-|2014-05-04\n100001|U1|-|Ash |Amy |2014-05-04", 1),  # a return without names
    ],
)  # fmt: skip
def test_two_census_rows_are_one_person_or_two(drawn: str, expected: int) -> None:
    head = "school_urn|upn|former_upn|surname|forename|birth_date\n"
    census = table(CENSUS, head + drawn, pupil_on_roll_id=["1", "2"])
    assert people(resolve(census=census)) == expected


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        ("100001|U1|7|Ash|Amy|2014-05-04\n100001|- |7|Oak|Amy|2014-05-04", 1),  # the school's number
        ("100001|U1|7|Ash|Amy|2014-05-04\n100001|- |7|Ash|Amy|2014-05-05", 2),  # number used again
        ("100001|U1|7|Ash|Amy|2014-05-04\n100002|- |7|Ash|Amy|2014-05-04", 2),  # another school's
        ("100001|U1|7|Ash|Amy|2014-05-04\n100001|U2|7|Ash|Ann|2014-05-04", 2),  # twins, one mistyped
        ("100001|U1|7|Ash|Amy|2014-05-04\n100001|U2|7|Ash|Amy|2014-05-04", 1),  # a new UPN
    ],
)
def test_insight_and_register_rows_meet_by_the_schools_number(drawn: str, expected: int) -> None:
    head, first, second = ["school_urn | upn | mis_id | surname | forename | birth_date", *drawn.split("\n")]
    insight = table(INSIGHT, f"{head}\n{first}", insight_pupil_id="I1")
    assert people(resolve(insight, table(REGISTER, f"{head}\n{second}"))) == expected


def test_a_register_row_that_could_be_either_of_two_children_is_neither() -> None:
    census = table(CENSUS, """
        school_urn | upn | surname | forename | birth_date | pupil_on_roll_id
        100001 | U1 | Ash | Amy | 2014-05-04 | 1
        100001 | U2 | Ash | Amy | 2014-05-04 | 2
    """)  # fmt: skip
    register = rows(REGISTER, school_urn="100001", surname="Ash", forename="Amy", birth_date="2014-05-04")
    identity = resolve(register=register, census=census)
    assert people(identity) == 3
    assert identity.records["pupil_key"].n_unique() == 3


def test_an_identifier_of_two_people_leads_to_nobody() -> None:
    census = table(CENSUS, """
        school_urn | upn | surname | forename | birth_date | pupil_on_roll_id
        100001 | U1 | Ash | Amy | 2014-05-04 | 1
        100002 | U1 | Oak | Ola | 2015-01-01 | 2
        100002 | U2 | Elm | Eve | 2015-01-01 | 3
    """)  # fmt: skip
    identity = resolve(census=census)
    assert people(identity) == 3
    assert identity.identifiers["identifier"].to_list() == [upn(2)]


def test_the_most_trusted_list_names_the_pupil_and_its_latest_row() -> None:
    census = table(CENSUS, """
        school_urn | upn | surname | forename | birth_date | reference_date | sex | is_fsm | pupil_on_roll_id
        100001 | U1 | Ash  | Amy | 2014-05-04 | 2024-10-03 | F | no  | 1
        100001 | U1 | Oak  | Amy | 2014-05-04 | 2025-10-02 | - | yes | 1
    """)  # fmt: skip
    insight = table(INSIGHT, """
        school_urn | upn | surname | forename | birth_date | is_eal | is_fsm | insight_pupil_id
        100001 | U1 | Beech | Amelia | 2014-05-04 | yes | no | I1
    """)  # fmt: skip
    named = resolve(insight, census=census).pupils.row(0, named=True)
    assert (named["surname"], named["sex"], named["is_eal"], named["is_fsm"]) == ("Oak", "F", True, True)


def test_a_pupil_whom_no_list_names_is_still_a_pupil() -> None:
    census = rows(CENSUS, school_urn="100001", upn=upn(1), birth_date="2014-05-04")
    assert resolve(census=census).pupils["surname"].to_list() == [NAME_NOT_GIVEN]


def test_the_key_depends_on_the_secret_and_survives_new_rows() -> None:
    first = HISTORIES.filter(pl.col("reference_date").dt.year() == 2023)
    before, after = resolve(census=first), resolve(census=HISTORIES)
    assert set(before.pupils.filter(pl.col("surname") != "Cedar")["pupil_key"]) <= set(after.pupils["pupil_key"])
    other = resolve_pupils(NO_INSIGHT, NO_REGISTER, first, b"another secret")
    assert not set(other.pupils["pupil_key"]) & set(before.pupils["pupil_key"])


def test_a_long_line_of_former_upns_is_one_person() -> None:
    numbers = list(range(40, 0, -1))
    census = rows(CENSUS, school_urn="100001", upn=[upn(n) for n in numbers], former_upn=[upn(n - 1) for n in numbers],
                  surname=[f"Name {'x' * n}" for n in numbers], birth_date="2014-05-04")  # fmt: skip
    identity = resolve(census=census)
    assert people(identity) == 1
    assert identity.identifiers.filter(identifier_kind="UPN").height == 40


def test_no_row_at_all_is_nobody() -> None:
    assert people(resolve()) == 0


def test_a_chain_of_names_never_joins_two_permanent_upns() -> None:
    census = table(CENSUS, """
        school_urn | upn | surname | forename | birth_date | pupil_on_roll_id
        100001 | U1 | Ash | Amy | 2014-05-04 | 1
        100001 | U2 | Oak | Amy | 2014-05-04 | 2
        100001 | T3 | Ash | Amy | 2014-05-04 | 3
        100001 | T3 | Oak | Amy | 2014-05-04 | 4
    """)  # fmt: skip
    assert people(resolve(census=census)) == 3


@st.composite
def census_rows(draw: st.DrawFn) -> pl.DataFrame:
    """Few UPNs, names and birth dates, so that everything collides with everything."""
    height = draw(st.integers(2, 14))
    some = {
        "school_urn": st.sampled_from(["100001", "100002"]),
        "upn": st.sampled_from([None, upn(1), upn(2), upn(1, temporary=True)]),
        "former_upn": st.sampled_from([None, None, upn(2), upn(3)]),
        "surname": st.sampled_from(["Ash", "ash", "Oak"]),
        "forename": st.sampled_from(["Amy", "Ann"]),
        "birth_date": st.sampled_from(["2014-05-04", "2015-01-01"]),
    }
    drawn = {name: draw(st.lists(value, min_size=height, max_size=height)) for name, value in some.items()}
    return rows(CENSUS, **drawn, pupil_on_roll_id=[str(n) for n in range(height)])


@given(census_rows(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_rows_never_matters(census: pl.DataFrame, chance: random.Random) -> None:
    order = chance.sample(range(census.height), census.height)
    straight, mixed = resolve(census=census), resolve(census=census[order])
    for name in ("records", "identifiers", "pupils"):
        first, second = (getattr(i, name).sort(pl.all()) for i in (straight, mixed))
        assert first.equals(second), name


@given(census_rows())
@settings(max_examples=40, deadline=None)
def test_a_row_given_twice_adds_nobody(census: pl.DataFrame) -> None:
    again = pl.concat([census, census.with_columns(row_number=pl.col("row_number") + 100)])
    assert set(resolve(census=again).pupils["pupil_key"]) == set(resolve(census=census).pupils["pupil_key"])


@given(census_rows())
@settings(max_examples=40, deadline=None)
def test_without_a_former_upn_no_person_has_two_permanent_upns(census: pl.DataFrame) -> None:
    plain = census.with_columns(former_upn=pl.lit(None, pl.String))
    records = resolve(census=plain).records.join(plain, on=["delivery_key", "school_urn", "file_name", "row_number"])
    permanent = records.filter(pl.col("upn").str.contains("[0-9]$"))
    assert (permanent.group_by("pupil_key").agg(pl.col("upn").n_unique())["upn"] == 1).all()
