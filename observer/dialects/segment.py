"""Segment: the HTTP tracking API and what its browser SDK sends.

Source: Segment's public specification, "Spec", "HTTP API", "Consent in Segment Connections" and "Forward
Violations".
"""

from typing import Final

import msgspec

from observer.dialects.calls import CARRIED, FORWARDED, Call, CallDialect, Context
from observer.dialects.carried import AROUND
from observer.dialects.documents import LONGEST_BLANK, READ_ERRORS, holds_something
from observer.dialects.mending import Text
from observer.dialects.recognition import CALL_TYPE, last_steps
from observer.dialects.verdicts import SEGMENT_VIOLATIONS, known
from observer.model import Record, Signal


class _Forwarded(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """The properties of a violation that Segment forwards as an event."""

    violation_type: Text = None


_VIOLATION: Final = msgspec.json.Decoder(_Forwarded)


class Segment(CallDialect):
    """Calls of Segment's SDKs and of its HTTP API."""

    name = "segment"
    calls = frozenset({"track", "page", "screen", "identify", "group", "alias"})
    own_fields = (
        (
            "signals",
            "`context.consent`, where it holds anything, else that of the batch; " + CARRIED + "; " + AROUND,
        ),
        ("version", "`context.protocols.event_version`"),
        ("upstream", "`properties.violationType` of the event `Violation Generated`"),
    )

    def signals(self, context: Context) -> tuple[Signal, ...]:
        """Returns `context.consent` as it came; an empty one is no signal, as in Segment itself."""
        consent = context.consent
        if len(consent) <= LONGEST_BLANK and not holds_something(consent):
            return ()
        return (Signal("segment", bytes(consent)),)

    def upstream(self, call: Call, context: Context) -> tuple[tuple[str, str], ...]:
        """Returns the violation that Segment forwarded, if the call is one."""
        if call.event != FORWARDED or call.type not in ("track", None):
            return ()
        try:
            reason = _VIOLATION.decode(call.properties).violation_type
        except READ_ERRORS:
            reason = None
        return (("segment", known(reason or "", SEGMENT_VIOLATIONS)),)

    def recognises(self, record: Record) -> int:
        """Returns 60 for a body that names one of the calls, 50 for a path of the API alone."""
        if record.value and CALL_TYPE.search(record.value):
            return 60
        return 50 if last_steps(record.path, 2).startswith("v1/") and record.value else 0
