"""Segment files: append-only, compressed, and how they are read. One is open for writing, the others are closed.

A file is 16 bytes of head (a mark and the file's random identity) and then frames. Its name is the id of its first
event, so names sort by time and none is ever given twice; the suffix says whether more may follow. The name salts
the checksums: a damaged head hides no frame.
"""

import os
import secrets
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from observer.quarantine.disk import flush_folder, replace_file
from observer.quarantine.failure import damaged, failure
from observer.quarantine.frame import HEAD_BYTES, Frame, Scan, scan
from observer.quarantine.stored import Stored, ungroup

MARK: Final = b"MOQSEG1\n"
IDENTITY_BYTES: Final = 8
FILE_HEAD_BYTES: Final = len(MARK) + IDENTITY_BYTES
OPEN: Final = ".open"
CLOSED: Final = ".closed"


class Segment(NamedTuple):
    """One file of the quarantine. size: in bytes."""

    name: str
    path: Path
    size: int

    @property
    def is_open(self) -> bool:
        """Returns whether a writer may still append to it."""
        return self.path.suffix == OPEN


def segments(folder: Path) -> list[Segment]:
    """Returns the segments in `folder`, oldest first. Raises QuarantineError when the folder cannot be read."""
    found: dict[str, Segment] = {}
    try:
        for entry in os.scandir(folder):
            name, _, suffix = entry.name.partition(".")
            if f".{suffix}" not in {OPEN, CLOSED}:
                continue
            try:
                found[name] = Segment(name, folder / entry.name, entry.stat().st_size)
            except FileNotFoundError:
                # Closed or removed since the folder was read: under its new name, or not at all.
                closed = folder / (name + CLOSED)
                if closed.exists():
                    found[name] = Segment(name, closed, closed.stat().st_size)
    except OSError as error:
        raise failure(folder, "quarantine.expect_folder", error, "quarantine.mend_folder") from error
    return [found[name] for name in sorted(found)]


def locate(folder: Path, name: str) -> Path | None:
    """Returns where the segment `name` lies now, or None where there is none."""
    # Open first: a segment goes from open to closed, so it cannot be missed by looking in this order.
    for suffix in (OPEN, CLOSED):
        path = folder / (name + suffix)
        if path.exists():
            return path
    return None


def new_head() -> bytes:
    """Returns the head of a new file, with an identity of its own."""
    return MARK + secrets.token_bytes(IDENTITY_BYTES)


def salt_of(name: str) -> int:
    """Returns what the checksums of the frames of the segment `name` are salted with."""
    return zlib.crc32(name.encode("utf-8", "surrogateescape"))


class Contents(NamedTuple):
    """What a segment holds, from `start` on. identity: changes when the file is written anew."""

    identity: bytes
    scan: Scan


def contents(path: Path, start: int = FILE_HEAD_BYTES) -> Contents:
    """Reads a segment from the offset `start` on. Raises FileNotFoundError when it is gone, else QuarantineError."""
    try:
        with path.open("rb") as file:
            head = file.read(FILE_HEAD_BYTES)
            file.seek(max(start, FILE_HEAD_BYTES))
            data = file.read()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise failure(path, "quarantine.expect_readable", error) from error
    found = scan(data, salt_of(path.stem), max(start, FILE_HEAD_BYTES))
    return Contents(head[len(MARK) :], found)


def identity(path: Path) -> bytes:
    """Returns the random identity of a segment file, short or empty where even that was torn.

    Raises FileNotFoundError when it is gone, else QuarantineError.
    """
    try:
        with path.open("rb") as file:
            return file.read(FILE_HEAD_BYTES)[len(MARK) :]
    except FileNotFoundError:
        raise
    except OSError as error:
        raise failure(path, "quarantine.expect_readable", error) from error


def records(path: Path, frame: Frame) -> list[Stored]:
    """Returns the events in one frame of `path`. Raises QuarantineError when the bytes are not what was written."""
    try:
        return ungroup(frame.content())
    except (zlib.error, msgspec.DecodeError) as error:
        raise damaged(path, frame.offset) from error


def frame_at(path: Path, offset: int) -> Frame | None:
    """Returns the frame of a segment at `offset`, or None where no whole one begins.

    Raises FileNotFoundError when the file is gone, QuarantineError when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            file.seek(offset)
            data = file.read(HEAD_BYTES)
            # The stored length is the second field; the scan below checks it before it is believed.
            data += file.read(int.from_bytes(data[4:8], "little"))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise failure(path, "quarantine.expect_readable", error) from error
    found = scan(data, salt_of(path.stem), offset).frames
    return found[0] if found and found[0].offset == offset else None


def close_segment(path: Path) -> Path:
    """Gives an open segment the name of a closed one, for good. Returns its new path. Raises OSError."""
    closed = path.with_suffix(CLOSED)
    path.rename(closed)
    flush_folder(path.parent)
    return closed


def rewrite(path: Path, frames: Iterable[bytes]) -> None:
    """Puts a segment of a new identity and `frames` in the place of `path`, at once. Raises OSError."""
    replace_file(path, new_head() + b"".join(frames))
