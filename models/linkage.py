"""Who is one person: the rules that join the rows of pupil lists across schools, years, UPNs and spellings.

A wrong join shows one child's record under another's name, a missed join counts a child twice; where evidence
is thin the rules therefore keep apart. Two rows are of one person when they share
1. a permanent UPN, and the birth date or the name agrees (a UPN given to two children joins nobody);
2. a former UPN with the other's UPN, and the birth date;
3. a temporary UPN or the school's own pupil number, within one school, and the birth date; a number under which
   a school lists two UPNs and two forenames (twins, mostly) joins nobody;
4. name, birth date and school, where at most one of the candidates has a permanent UPN and at most one of the
   others a number of its own.

The key of a person is the keyed digest (HMAC-SHA256) of one identifier: the permanent UPN that was seen first
(by census day, then day of entry, then text; a former UPN comes before the one that replaced it), else the
temporary UPN, else the school's number, else the name. It is stable while that identifier is delivered: it
changes when a child without a permanent UPN is given one, or when an older UPN becomes known.

This module makes people from clean pupil lists; linking other rows to them is ``clean.link_pupils``.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

import polars as pl

from expectations import vocabulary as v
from expectations.checks import UPN_LETTERS
from expectations.derive import conform
from expectations.tables.pupils import CORE_PUPIL_IDENTIFIERS, CORE_PUPILS
from expectations.tables.reference import CORE_PUPIL_RECORDS
from models.clean_values import fold_name

NAME_NOT_GIVEN = "not given"
_LISTS = ("clean_school_census__pupils", "clean_insight__pupils", "clean_send_register__pupils")
"""The lists by trust: the census is checked by two authorities, Insight is synchronised from the MIS."""
_FACTS = (
    "upn", "former_upn", "mis_id", "insight_pupil_id", "surname", "forename", "birth_date", "sex", "is_eal", "is_fsm",
    "entry_date", "reference_date", "status_date",
)  # fmt: skip


@dataclass(frozen=True)
class PupilIdentity:
    """``records``, ``identifiers`` and ``pupils`` follow CORE_PUPIL_RECORDS, CORE_PUPIL_IDENTIFIERS, CORE_PUPILS."""

    records: pl.DataFrame
    identifiers: pl.DataFrame
    pupils: pl.DataFrame


def resolve_pupils(
    clean_insight__pupils: pl.DataFrame,
    clean_send_register__pupils: pl.DataFrame,
    clean_school_census__pupils: pl.DataFrame,
    key: bytes,
) -> PupilIdentity:
    """Join the rows of the three pupil lists into people, and name each by a keyed pseudonym.

    ``key``: the trust's secret; another key gives other pseudonyms for the same people.
    The order of the rows never matters, and a row given twice adds nobody.
    """
    facts = _stack(clean_school_census__pupils, clean_insight__pupils, clean_send_register__pupils)
    facts = facts.with_columns(person=_components(facts, _identifier_edges(facts)))
    facts = facts.with_columns(person=_join_by_name(facts))
    facts = facts.with_columns(pupil_key=_pseudonyms(facts, key))
    records = conform(facts.select(CORE_PUPIL_RECORDS.column_names), CORE_PUPIL_RECORDS)
    return PupilIdentity(records, _list_identifiers(facts), _describe_pupils(facts))


def _stack(*lists: pl.DataFrame) -> pl.DataFrame:
    """All rows of the three lists with the columns that identify, folded names, and when each row was true."""
    provenance = ("delivery_key", "school_urn", "file_name", "row_number")
    stacked = pl.concat(
        [
            frame.select(*provenance, pl.col([name for name in _FACTS if name in frame.columns])).with_columns(
                table_name=pl.lit(name), trust=pl.lit(rank)
            )
            for rank, (name, frame) in enumerate(zip(_LISTS, lists, strict=True))
        ],
        how="diagonal",
    )
    is_temporary = pl.col("upn").str.contains(f"[{UPN_LETTERS}]$")
    return stacked.sort("trust", *provenance).with_columns(
        record=pl.int_range(pl.len()),
        seen=pl.coalesce("reference_date", "status_date", "entry_date").fill_null(v.NEWEST_DATE),
        permanent_upn=pl.when(~is_temporary).then(pl.col("upn")),
        temporary_upn=pl.when(is_temporary).then(pl.col("upn")),
        folded_forename=fold_name(pl.col("forename")).fill_null(""),
        folded_name=pl.concat_str(fold_name(pl.col("surname")), pl.lit(" "), fold_name(pl.col("forename"))),
    )


def _edges(facts: pl.DataFrame, kind: str, *parts: str) -> pl.DataFrame:
    """Record and node: rows that meet in a node are one person. A row with a blank part meets nobody."""
    text = pl.concat_str([pl.lit(kind), *[pl.col(part).cast(pl.String) for part in parts]], separator="\x1f")
    return facts.select("record", node=text).drop_nulls()


def _identifier_edges(facts: pl.DataFrame) -> pl.DataFrame:
    """Rules 1 to 3."""
    former_temporary = pl.col("former_upn").str.contains(f"[{UPN_LETTERS}]$")
    former = facts.with_columns(
        permanent_upn=pl.when(~former_temporary).then(pl.col("former_upn")),
        temporary_upn=pl.when(former_temporary).then(pl.col("former_upn")),
    )
    number = ("school_urn", "mis_id", "birth_date")
    numbered = facts.filter(pl.col("mis_id").is_not_null())
    has_two_upns = pl.col("permanent_upn").drop_nulls().n_unique().over(number) > 1
    is_disputed = has_two_upns & (pl.col("folded_forename").n_unique().over(number) > 1)
    return pl.concat([
        _edges(facts, "UPN and birth", "permanent_upn", "birth_date"),
        _edges(facts, "UPN and name", "permanent_upn", "folded_name"),
        _edges(former, "UPN and birth", "permanent_upn", "birth_date"),
        _edges(facts, "temporary", "school_urn", "temporary_upn", "birth_date"),
        _edges(former, "temporary", "school_urn", "temporary_upn", "birth_date"),
        _edges(numbered.filter(~is_disputed), "number", *number),
    ])  # fmt: skip


def _name_edges(facts: pl.DataFrame) -> pl.DataFrame:
    """Rule 4, on the people that rules 1 to 3 made."""
    spot = ("school_urn", "folded_name", "birth_date")
    known = facts.with_columns(
        has_permanent=pl.col("permanent_upn").is_not_null().any().over("person"),
        has_number=pl.any_horizontal(pl.col("temporary_upn", "mis_id").is_not_null()).any().over("person"),
    )
    people = known.unique([*spot, "person"]).with_columns(
        rank=pl.when("has_permanent").then(pl.lit("permanent")).when("has_number").then(pl.lit("number"))
        .otherwise(pl.lit("loose"))
    )  # fmt: skip
    candidates = people.group_by(spot).agg(
        permanent=(pl.col("rank") == "permanent").sum(), number=(pl.col("rank") == "number").sum()
    )
    spots = people.join(candidates, on=spot, nulls_equal=True)
    is_clear = (pl.col("permanent") <= 1) & (pl.col("number") <= 1)
    joining = spots.filter(is_clear | (pl.col("rank") == "loose")).select("person", *spot)
    joined = facts.join(joining, on=["person", *spot], how="semi")
    same_person = facts.select("record", node=pl.lit("person ") + pl.col("person").cast(pl.String))
    return pl.concat([same_person, _edges(joined, "name", *spot)])


def _join_by_name(facts: pl.DataFrame) -> pl.Series:
    """Rule 4, undone where a chain of names would join two people who have a permanent UPN each."""
    by_name = facts.with_columns(named=_components(facts, _name_edges(facts)))
    with_upn = by_name.filter(pl.col("permanent_upn").is_not_null())
    chained = with_upn.group_by("named").agg(pl.col("person").n_unique()).filter(pl.col("person") > 1)["named"]
    alone = pl.lit(facts.height) + pl.col("person")
    is_chained = pl.col("named").is_in(chained.implode())
    return by_name.select(person=pl.when(is_chained).then(alone).otherwise(pl.col("named")))["person"]


def _components(facts: pl.DataFrame, edges: pl.DataFrame) -> pl.Series:
    """The lowest record of each record's connected component; records that meet no other stand alone.

    Labels spread through shared nodes until nothing changes. SciPy's graph routine does the same in no less time,
    and importing it costs more than all of linkage.
    """
    import numpy as np

    record = edges["record"].to_numpy()
    node = edges["node"].rank("dense").cast(pl.Int64).to_numpy() - 1
    label = np.arange(facts.height)
    settled = False
    while not settled:
        lowest = np.full(int(node.max(initial=-1)) + 1, facts.height)
        np.minimum.at(lowest, node, label[record])
        spread = label.copy()
        np.minimum.at(spread, record, lowest[node])
        spread = spread[spread]  # a label is itself a record: its own label is at least as low
        settled = bool((spread == label).all())
        label = spread
    return pl.Series("person", label, dtype=pl.Int64)


def keys_over_time(
    clean_insight__pupils: pl.DataFrame,
    clean_send_register__pupils: pl.DataFrame,
    clean_school_census__pupils: pl.DataFrame,
    key: bytes,
) -> set[str]:
    """Every pupil key that one person may have had on an earlier night, by what the rows of theirs say today.

    The lists hold the rows of that person only. Today's key is among them. Where less was delivered then, a later
    identifier or a temporary one named the person; where another claimed it, birth date and name stood behind it.
    """
    facts = _stack(clean_school_census__pupils, clean_insight__pupils, clean_send_register__pupils)
    is_temporary = pl.col("former_upn").str.contains(f"[{UPN_LETTERS}]$")
    facts = facts.with_columns(person=pl.lit(0))
    earlier = facts.filter(is_temporary).with_columns(temporary_upn="former_upn")
    identifiers = _identifiers(pl.concat([facts, earlier]))
    plain = pl.concat_str("kind", "identifier", separator=":")
    apart = pl.concat_str(plain, "birth_date", pl.col("folded_name").fill_null(""), separator=":")
    told = identifiers.join(facts.select("birth_date", "folded_name").unique(), how="cross")
    texts = pl.concat([told.select(text=plain), told.select(text=apart)])["text"].drop_nulls().unique()
    return {_digest(text, key) for text in texts}


def _identifiers(facts: pl.DataFrame) -> pl.DataFrame:
    """What a person can be named by: person, when it was seen, identifier and its kind."""
    upns = pl.concat([
        facts.select("person", "seen", identifier="permanent_upn"),
        facts.filter(~pl.col("former_upn").str.contains(f"[{UPN_LETTERS}]$"))
        .select("person", pl.col("seen").dt.offset_by("-1d"), identifier="former_upn"),
    ])  # fmt: skip
    return pl.concat([
        upns.with_columns(kind=pl.lit("UPN")),
        _edges_of_kind(facts, "temporary UPN", "school_urn", "temporary_upn", "birth_date"),
        _edges_of_kind(facts, "number", "school_urn", "mis_id", "birth_date"),
        _edges_of_kind(facts, "name", "school_urn", "folded_name", "birth_date"),
    ]).drop_nulls()  # fmt: skip


def _canonical_identifiers(facts: pl.DataFrame) -> pl.DataFrame:
    """One identifier per person, as text; where two people claim it, birth date and name set them apart."""
    ranked = _identifiers(facts)
    order = pl.Enum(["UPN", "temporary UPN", "number", "name"])
    ranked = ranked.sort(pl.col("kind").cast(order), "seen", "identifier")
    first = ranked.group_by("person", maintain_order=True).first()
    people = facts.group_by("person").agg(pl.col("birth_date").min(), pl.col("folded_name").min())
    named = pl.concat_str(pl.col("kind", "identifier").fill_null(""), separator=":")
    apart = pl.concat_str(named, pl.col("birth_date"), pl.col("folded_name").fill_null(""), separator=":")
    return (
        people.join(first, on="person", how="left")
        .with_columns(is_claimed_twice=pl.struct("kind", "identifier").is_duplicated())
        .select("person", canonical=pl.when("is_claimed_twice").then(apart).otherwise(named))
    )


def _edges_of_kind(facts: pl.DataFrame, kind: str, *parts: str) -> pl.DataFrame:
    text = pl.concat_str([pl.col(part).cast(pl.String) for part in parts], separator=":")
    return facts.select("person", "seen", identifier=text, kind=pl.lit(kind))


def _pseudonyms(facts: pl.DataFrame, key: bytes) -> pl.Series:
    """The pupil key of each record: the first 20 hexadecimal digits of the keyed digest."""
    canonical = _canonical_identifiers(facts)
    digests = [_digest(text, key) for text in canonical["canonical"]]
    keyed = canonical.select("person").with_columns(pupil_key=pl.Series(digests, dtype=pl.String))
    return facts.join(keyed, on="person", how="left", maintain_order="left")["pupil_key"]


def _digest(text: str, key: bytes) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:20]


def _list_identifiers(facts: pl.DataFrame) -> pl.DataFrame:
    """Every identifier that leads to exactly one person. One that leads to two is left out: it would lead astray."""
    trust_wide = pl.lit(v.TRUST)
    listed = pl.concat([
        facts.select(identifier_kind=pl.lit(kind), school_urn=school, identifier=pl.col(column), pupil_key="pupil_key")
        for kind, school, column in (
            ("UPN", trust_wide, "upn"),
            ("FORMER_UPN", trust_wide, "former_upn"),
            ("MIS_ID", pl.col("school_urn"), "mis_id"),
            ("INSIGHT_ID", pl.col("school_urn"), "insight_pupil_id"),
        )
    ])  # fmt: skip
    distinct = listed.drop_nulls().unique()
    names_one = pl.len().over("identifier_kind", "school_urn", "identifier") == 1
    return conform(
        distinct.filter(names_one)
        .sort("identifier_kind", "school_urn", "identifier")
        .select(CORE_PUPIL_IDENTIFIERS.column_names),
        CORE_PUPIL_IDENTIFIERS,
    )


def _describe_pupils(facts: pl.DataFrame) -> pl.DataFrame:
    """Each person's particulars: of the most trusted list that gives the value, the latest row's."""
    replaced = facts.select("pupil_key", upn="former_upn").drop_nulls().unique()
    current = facts.join(replaced, on=["pupil_key", "upn"], how="semi")["record"]
    is_replaced = pl.col("record").is_in(current.implode())
    ranked = facts.with_columns(
        permanent_upn=pl.when(~is_replaced).then(pl.col("permanent_upn")),
        temporary_upn=pl.when(~is_replaced).then(pl.col("temporary_upn")),
    ).sort(
        "trust", "seen", "school_urn", "delivery_key", "file_name", "row_number",
        descending=[False, True, False, False, False, False],
    )  # fmt: skip

    def best(name: str) -> pl.Expr:
        return pl.col(name).drop_nulls().first()

    pupils = ranked.group_by("pupil_key").agg(
        upn=pl.coalesce(best("permanent_upn"), best("temporary_upn")),
        is_upn_temporary=best("permanent_upn").is_null(),
        surname=best("surname").fill_null(NAME_NOT_GIVEN),
        forename=best("forename").fill_null(NAME_NOT_GIVEN),
        birth_date=best("birth_date"),
        sex=best("sex"),
        is_eal=best("is_eal"),
        is_fsm=best("is_fsm"),
    )
    return conform(pupils.sort("pupil_key").select(CORE_PUPILS.column_names), CORE_PUPILS)
