"""The key of the hashes in the index: made once, for one quarantine, and kept beside it."""

import os
import secrets
from pathlib import Path
from typing import Final

from observer.errors import Problem, QuarantineError
from observer.messages import Words
from observer.quarantine.disk import descriptor_of, flush, flush_folder, write_all
from observer.quarantine.failure import failure

KEY_BYTES: Final = 32


def load_key(path: Path) -> bytes:
    """Returns the key in `path`, which is made of chance when there is none yet.

    Raises QuarantineError when it cannot be read or written, or is not a whole key.
    """
    try:
        if not path.exists():
            _make(path)
        key = path.read_bytes()
    except OSError as error:
        raise failure(path, "quarantine.expect_key", error) from error
    if len(key) != KEY_BYTES:
        raise QuarantineError(
            Problem(
                str(path),
                Words("quarantine.expect_key"),
                Words("quarantine.got_bytes", {"bytes": len(key)}),
                mend=Words("quarantine.mend_key"),
            )
        )
    return key


def _make(path: Path) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    with descriptor_of(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) as descriptor:
        write_all(descriptor, secrets.token_bytes(KEY_BYTES))
        flush(descriptor)
    try:
        # A link fails where a rename would replace the key that another process made in the meantime.
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    flush_folder(path.parent)
