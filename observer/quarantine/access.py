"""The access log: who saw or erased what, when and why. One JSON object a line; it only ever grows."""

import os
import pwd
import stat
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from observer.errors import Problem, QuarantineError
from observer.messages import Words
from observer.quarantine.disk import descriptor_of, flush, flush_folder, write_all
from observer.quarantine.failure import failure

LONGEST_REASON: Final = 1_000


class Who(NamedTuple):
    """Who asks. account: of the operating system; behind: the account that sudo was called from, or "";
    name: what they say themselves, or ""."""

    account: str
    behind: str = ""
    name: str = ""


def whoever_runs_this(name: str = "") -> Who:
    """Returns the account of this process, as the system knows it and not as variables claim."""
    number = os.getuid()
    try:
        account = pwd.getpwuid(number).pw_name
    except KeyError:
        account = str(number)
    return Who(account, os.environ.get("SUDO_USER", "") if number == 0 else "", name)


class AccessLog:
    """The access log in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, action: str, who: Who, at: float, details: Mapping[str, object]) -> None:
        """Returns when the line is on the disk. Raises QuarantineError: then what it is about must not happen.

        details: no personal value, beside what somebody typed as a reason.
        """
        line = msgspec.json.encode(
            {"at": datetime.fromtimestamp(at, UTC).isoformat(), "action": action, **who._asdict(), **details}
        )
        try:
            with descriptor_of(
                self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK
            ) as descriptor:
                status = os.fstat(descriptor)
                if not stat.S_ISREG(status.st_mode):
                    raise QuarantineError(
                        Problem(
                            str(self._path),
                            Words("quarantine.expect_access_log"),
                            Words("quarantine.got_no_file"),
                            mend=Words("quarantine.mend_access_log"),
                        )
                    )
                # A line that was cut short by a full disk stays as it is; the next one begins afresh.
                torn = status.st_size > 0 and os.pread(descriptor, 1, status.st_size - 1) != b"\n"
                write_all(descriptor, (b"\n" if torn else b"") + line + b"\n")
                flush(descriptor)
            if status.st_size == 0:
                flush_folder(self._path.parent)
        except OSError as error:
            raise failure(
                self._path, "quarantine.expect_access_log", error, "quarantine.mend_access_log"
            ) from error


def checked_reason(reason: str) -> str:
    """Returns a reason as it is written down. Raises QuarantineError when it is empty or too long."""
    text = reason.strip()
    if not text or len(text) > LONGEST_REASON:
        raise QuarantineError(
            Problem(
                "--reason",
                Words("quarantine.expect_reason", {"longest": LONGEST_REASON}),
                Words("quarantine.got_characters", {"characters": len(text)}),
                mend=Words("quarantine.mend_reason"),
            )
        )
    return text
