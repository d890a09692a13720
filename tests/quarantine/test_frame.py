"""Frames: what was written whole is read, whatever happened to the rest."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from observer.quarantine.frame import HEAD_BYTES, MARK, pack, scan

SALT = 0x5EED

contents = some.lists(some.binary(max_size=300), max_size=6)


def packed(parts: list[bytes], salt: int = SALT) -> list[bytes]:
    return [pack(part, number, float(number), salt) for number, part in enumerate(parts)]


@given(contents, some.integers(0, 1_000))
def test_any_bytes_come_back_as_they_went_in(parts: list[bytes], base: int) -> None:
    found = scan(b"".join(packed(parts)), SALT, base)
    assert [frame.content() for frame in found.frames] == parts
    assert [(frame.events, frame.newest) for frame in found.frames] == [
        (number, float(number)) for number in range(len(parts))
    ]
    assert (found.damaged, found.tail) == (0, 0)
    assert all(frame.offset >= base for frame in found.frames)


@given(contents, some.data())
def test_cut_anywhere_leaves_the_whole_frames_before_the_cut(
    parts: list[bytes], data: some.DataObject
) -> None:
    frames = packed(parts)
    whole = b"".join(frames)
    cut = data.draw(some.integers(0, len(whole)))
    survivors = next(n for n in range(len(frames), -1, -1) if len(b"".join(frames[:n])) <= cut)
    found = scan(whole[:cut], SALT)
    assert [frame.content() for frame in found.frames] == parts[:survivors]
    assert found.end == len(b"".join(frames[:survivors]))
    assert found.tail == cut - found.end


@given(contents.filter(len), some.data())
@settings(max_examples=200)
def test_one_wrong_byte_costs_one_frame(parts: list[bytes], data: some.DataObject) -> None:
    frames = packed(parts)
    whole = bytearray(b"".join(frames))
    place = data.draw(some.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(some.integers(1, 255))
    struck = next(n for n in range(len(frames)) if place < len(b"".join(frames[: n + 1])))
    found = scan(bytes(whole), SALT)
    assert [frame.content() for frame in found.frames] == parts[:struck] + parts[struck + 1 :]
    assert found.damaged + found.tail == len(frames[struck])


@given(some.binary(max_size=200))
def test_wild_bytes_hold_no_frame(data: bytes) -> None:
    assert scan(MARK + data, SALT).frames == []


@pytest.mark.parametrize("salt", [SALT + 1, 0], ids=["another file's salt", "no salt"])
def test_an_event_cannot_pose_as_a_frame(salt: int) -> None:
    forged = pack(b"forged", 1, 1.0, salt)
    outer = bytearray(pack(forged * 40, 1, 1.0, SALT))
    outer[0] ^= 1
    assert scan(bytes(outer) + forged, SALT).frames == []


def test_a_head_takes_32_bytes() -> None:
    assert HEAD_BYTES == 32
