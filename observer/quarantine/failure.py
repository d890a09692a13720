"""How an error of the operating system becomes an error of the house."""

from pathlib import Path

from observer.errors import Problem, QuarantineError, literal
from observer.messages import Words


def failure(place: Path, expected: str, error: OSError, mend: str = "") -> QuarantineError:
    """Returns the error to raise: `expected` and `mend` are codes of messages, what came is the system's own word."""
    came = error.strerror or type(error).__name__
    return QuarantineError(
        Problem(str(place), Words(expected), literal(came), mend=Words(mend) if mend else None)
    )


def damaged(place: Path, offset: int) -> QuarantineError:
    """Returns the error to raise where stored bytes cannot be read back. offset: in bytes, in the file."""
    return QuarantineError(
        Problem(f"{place}:{offset}", Words("quarantine.expect_whole_frame"), Words("quarantine.got_damage"))
    )
