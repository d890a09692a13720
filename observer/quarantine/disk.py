"""Files that only their owner reads, and writes that are on the disk when they return."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from observer.quarantine.failure import failure

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600
_DRAFT: Final = ".draft"
_FULL_FLUSH: Final[int | None] = getattr(fcntl, "F_FULLFSYNC", None)


def private_folder(folder: Path) -> None:
    """Makes `folder` with its parents, or closes an existing one to everybody but its owner.

    Raises QuarantineError when it cannot.
    """
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        if folder.stat().st_mode & 0o777 != FOLDER_MODE:
            folder.chmod(FOLDER_MODE)
    except OSError as error:
        raise failure(folder, "quarantine.expect_private_folder", error) from error


def open_private(path: Path, flags: int) -> int:
    """Returns a descriptor of `path`, which is created for its owner alone. Follows no symbolic link.

    A file that root creates goes to the owner of the folder, so that the observer can use it afterwards.
    Raises OSError.
    """
    descriptor = os.open(path, flags | os.O_CLOEXEC | os.O_NOFOLLOW, FILE_MODE)
    if flags & os.O_CREAT and os.geteuid() == 0:
        owner = path.parent.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
    return descriptor


@contextmanager
def descriptor_of(path: Path, flags: int) -> Iterator[int]:
    """Yields what open_private returns and closes it at the end. Raises OSError."""
    descriptor = open_private(path, flags)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Writes every byte of `data`. Raises OSError; part of it may then be written."""
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def flush(descriptor: int) -> None:
    """Returns when what was written is on the disk. Raises OSError.

    macOS leaves fsync's data in the drive's own memory unless asked for more (its fsync manual page).
    """
    if _FULL_FLUSH is not None:
        fcntl.fcntl(descriptor, _FULL_FLUSH)
    else:
        os.fsync(descriptor)


def flush_folder(folder: Path) -> None:
    """Returns when the names of the files in `folder` are on the disk. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_drafts(folder: Path) -> None:
    """Removes what a killed `replace_file` left. Raises OSError. The caller keeps others from replacing files."""
    for draft in folder.glob("*" + _DRAFT):
        draft.unlink(missing_ok=True)


def replace_file(path: Path, data: bytes) -> None:
    """Puts `data` in the place of `path`: after a crash the file is either the old or the new one, whole.

    Raises OSError; the old file then stands.
    """
    draft = path.with_name(path.name + _DRAFT)
    try:
        with descriptor_of(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) as descriptor:
            write_all(descriptor, data)
            flush(descriptor)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)
