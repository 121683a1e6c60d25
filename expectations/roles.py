"""What a figure of an aggregate mart tells of people: its disclosure role, the sums it is in, the tables it repeats.

Every column of an aggregate mart has a role; the door (``models/disclosure.py``) hides by it and the attacker
(``models/attack.py``) uses it. Frozen dataclasses only. Names of other marts are written ``table.column``.

**How to say what tables tell of the same pupils.** A figure in a second table gives away what the first one hides, so
each link is declared on the column that comes second; the mart that is named is released first:

- ``follows``: the same people, the same number.
- ``near``: one group inside the other but for a few (plans active in the year; pupils on roll with a plan). Where the
  two differ by 1 to 4, ours is hidden: the difference would point at those few.
- ``within``: some of those people. Where all but 1 to 4 of them are among ours, ours is hidden.
- ``sums_to``: a part: our rows, over our other key columns, add up to that figure.
- ``apart``: a person has looked: other groups of pupils whose numbers come near ours, so that a difference of a few
  points at nobody. ``orchard audit`` lists every pair of counts that looks alike and declares none of these.

Rows meet where the key columns that both tables have are equal. Of a key column that only one of them has, the row
that tells the whole is meant: the trust's, the ``whole`` of a row partition, the latest year. (``sums_to``: all rows;
``follows``: every row, where none of them is the whole: each repeats the figure.)
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Count:
    """A number of people. Rules R1 and R3 (``of`` names the group it is part of).

    ``behind`` is for counts of things, not of people: it names the count of the people whose things they are. The
    count is hidden when those are too few, or are hidden themselves. Where the people behind are hidden because nearly
    everybody is among them, ``behind`` names the whole group and ``base`` these people: their true number is looked at.
    ``follows``, ``near``, ``within`` and ``sums_to`` name ``table.column`` of a mart that is released before (above);
    ``apart`` names columns, or whole marts.
    """

    of: str | None = None
    behind: str | None = None
    base: str | None = None
    follows: str | None = None
    near: str | None = None
    within: str | None = None
    sums_to: str | None = None
    apart: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rate:
    """A rate, mean or effect that needs a denominator of ten or more. Rules R2, R3.

    ``denominator`` names the count column; ``numerator`` the count whose hiding hides the rate.
    ``is_of_people`` is false for a share of something else (sessions, hours), which gives no number of people away.
    ``base`` names a column of the *input* frame with how many of the denominator the figure truly rests on, where
    some are not recorded; it must be ten or more too and is dropped at the door. ``decimals``: how exactly it is
    published, where its unit does not say.
    """

    denominator: str
    numerator: str | None = None
    is_of_people: bool = True
    base: str | None = None
    decimals: int | None = None


@dataclass(frozen=True)
class Amount:
    """Money. Rule R4: ten pupils, and no one or two of them most of the sum.

    ``pupils`` names the count column; ``largest`` and ``second`` name columns of the *input* frame that
    hold the two largest contributions in pence and are dropped at the door. ``sums_to``: as of a count.
    """

    pupils: str
    largest: str | None = None
    second: str | None = None
    sums_to: str | None = None


@dataclass(frozen=True)
class Staffing:
    """Hours, pay or a rate of staff. Rule R8: nothing of fewer than three of them.

    ``staff`` names the column with the number of staff (a ``Label``, or a count of its own); a row that does not know
    their number shows nothing. ``is_mean``: a mean or a rate, which does not add up over schools.
    """

    staff: str
    is_mean: bool = False


@dataclass(frozen=True)
class Worded:
    """Words or a code that were written knowing the rules, from released figures only.

    ``of`` names the counts that the words tell something of: where one of them is hidden, so are the words (R6).
    """

    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Label:
    """Names the row (school, intervention, year) or dates it; says nothing of pupils."""


Release = Count | Rate | Amount | Staffing | Worded | Label


@dataclass(frozen=True)
class Partition:
    """Parts that sum to a whole in every row of an aggregate mart; hiding one part must hide a second.

    ``less`` are taken away: who was there + who joined - who left = who is there.
    """

    whole: str
    parts: tuple[str, ...]
    less: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowPartition:
    """Rows of an aggregate mart that sum to another row: ``column`` is ``whole`` there and one of ``parts`` here."""

    column: str
    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Chain:
    """Rows in order of the key column ``over``: a row's stock is the one before, and who joined, less who left.

    Autumn + joiners - leavers = spring. ``joined`` and ``left`` are the later row's columns. Rows that do not add up
    (a child moved between files) bind the attacker no tighter than the truth does.
    """

    over: str
    stock: str
    joined: tuple[str, ...]
    left: tuple[str, ...]
