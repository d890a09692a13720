"""How a malformed signal is refused: one stable reason, one message, never the signal itself."""

from observer.errors import Problem, SignalError
from observer.messages import Words


def malformed(kind: str, reason: str, path: str = "") -> SignalError:
    """Returns the error for a signal of `kind` that is malformed because of `reason`.

    kind: a format with a message `consent.format.<kind>`; reason: a stable code with a message
    `consent.malformed.<reason>`; path: where in the signal, in terms of its format only.
    """
    expected = Words(f"consent.format.{kind}")
    return SignalError(reason, Problem(kind, expected, Words(f"consent.malformed.{reason}"), path))
