"""A sealed file: what was written comes back, and nothing else ever does."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.errors import OrchardError
from pipelines import sealed
from pipelines.sealed import KEY_ID_DIGITS, MAGIC, SALT_BYTES, TAG_BYTES, Key, SealedReader, SealedWriter

KEY = Key("0123456789abcdef", b"k" * 32)
START = len(MAGIC) + KEY_ID_DIGITS + SALT_BYTES
SMALL = 64


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "PART_BYTES", SMALL)


def seal(*pieces: bytes, key: Key = KEY, is_finished: bool = True) -> bytes:
    out = io.BytesIO()
    writer = SealedWriter(out, key)
    for piece in pieces:
        writer.write(piece)
    if is_finished:
        writer.finish()
    return out.getvalue()


def read(content: bytes, key: Key = KEY) -> bytes:
    reader = SealedReader(io.BytesIO(content), lambda _: key)
    found = b""
    while piece := reader.read(7):
        found += piece
    return found


@pytest.mark.parametrize("size", [0, 1, SMALL - 1, SMALL, SMALL + 1, 3 * SMALL, 3 * SMALL + 5])
def test_what_was_written_comes_back(size: int) -> None:
    plain = bytes(number % 251 for number in range(size))
    content = seal(plain[: size // 3], plain[size // 3 :])
    assert read(content) == plain
    parts = max(1, -(-size // SMALL))
    assert len(content) == START + size + parts * TAG_BYTES


def test_the_same_content_is_never_sealed_alike() -> None:
    assert seal(b"a" * 50)[START:] != seal(b"a" * 50)[START:]


@given(place=st.integers(0, START + 3 * (SMALL + TAG_BYTES) - 1), bit=st.integers(0, 7))
def test_one_flipped_bit_anywhere_is_refused(place: int, bit: int) -> None:
    content = bytearray(seal(b"p" * 3 * SMALL))
    content[place] ^= 1 << bit
    with pytest.raises(OrchardError, match="changed"):
        read(bytes(content))


@given(kept=st.integers(0, START + 3 * (SMALL + TAG_BYTES) - 1))
def test_a_file_cut_off_anywhere_is_refused(kept: int) -> None:
    with pytest.raises(OrchardError, match=r"cut off|no backup"):
        read(seal(b"p" * 3 * SMALL)[:kept])


def test_a_file_cut_between_two_parts_is_told_from_a_changed_one() -> None:
    content = seal(b"p" * 3 * SMALL)
    with pytest.raises(OrchardError, match=r"its end is missing \(after part 2\)"):
        read(content[: START + 2 * (SMALL + TAG_BYTES)])


def test_a_file_whose_writer_was_killed_is_no_whole_one() -> None:
    with pytest.raises(OrchardError, match="cut off"):
        read(seal(b"p" * 3 * SMALL, is_finished=False))


def test_parts_cannot_change_places_nor_come_from_another_file() -> None:
    one, other = seal(b"p" * 3 * SMALL), seal(b"q" * 3 * SMALL)
    step = SMALL + TAG_BYTES
    first, second, rest = one[START : START + step], one[START + step : START + 2 * step], one[START + 2 * step :]
    for mixed in (second + first + rest, other[START : START + step] + second + rest, first + rest, one[START:] + rest):
        with pytest.raises(OrchardError, match="changed"):
            read(one[:START] + mixed)


def test_another_key_opens_nothing_and_no_key_is_shown() -> None:
    with pytest.raises(OrchardError, match="changed"):
        read(seal(b"p"), Key(KEY.key_id, b"x" * 32))
    assert "kkk" not in repr(KEY)
