"""RudderStack: Segment's envelope with its own consent object, its own verdicts, merges, beacons and pixels.

Source: RudderStack's documentation, "Event specification", "HTTP API", "Pixel API", "Consent management" and
"Violation management".
"""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from observer.dialects.calls import CARRIED, NO_MEMBERS, Call, CallDialect, Context
from observer.dialects.carried import AROUND, with_request
from observer.dialects.documents import LONGEST_BLANK, READ_ERRORS, holds_something
from observer.dialects.mending import Text
from observer.dialects.pixel import call_of
from observer.dialects.recognition import CALL_TYPE, last_steps
from observer.dialects.verdicts import RUDDERSTACK_VIOLATIONS, known
from observer.model import Decoded, Record, Signal, Undecodable

_PIXELS: Final = frozenset({"pixel/v1/track", "pixel/v1/page"})
_BEACON: Final = "beacon/v1/batch"
_OWN_WORDS: Final = re.compile(
    rb'RudderLabs|"rudderId"|"consentManagement"|"violationErrors"|com\.rudderstack'
)


class _Violation(msgspec.Struct, frozen=True, gc=False):
    """One entry of `context.violationErrors`."""

    type: Text = None


_VIOLATIONS: Final = msgspec.json.Decoder(list[_Violation])


class RudderStack(CallDialect):
    """Calls of RudderStack's SDKs, of its HTTP and pixel APIs, and of its topics."""

    name = "rudderstack"
    calls = frozenset({"track", "page", "screen", "identify", "group", "alias", "merge"})
    own_fields = (
        (
            "payload",
            "`properties` of track, page and screen; `traits` of identify and group, else `context.traits` of "
            "identify; the two ids of alias; `mergeProperties` of merge",
        ),
        (
            "signals",
            "`context.consentManagement`, where it holds anything, else that of the batch; "
            + CARRIED
            + "; "
            + AROUND,
        ),
        ("upstream", "`type` of each entry of `context.violationErrors`"),
    )

    def decode(self, record: Record) -> Sequence[Decoded]:
        """Returns the calls of a request, a Kafka record or a line; a pixel's call is in its query."""
        if record.value == b"" and last_steps(record.path, 3) in _PIXELS:
            call = call_of(record.path)
            if call is None:
                return [Undecodable("unsupported_format", "$", "a query of bounded size", "a longer one")]
            return with_request(self._calls(call, record.path.partition("?")[0]), record)
        return super().decode(record)

    def payload(self, call: Call, context: Context, kind: str) -> tuple[bytes, str]:
        """Returns what a contract judges of a call that is no track, page or screen, and where it was found."""
        if kind == "identify" and not call.traits:
            return context.traits or NO_MEMBERS, "$.context.traits"
        if kind == "merge":
            if not call.merge_properties:
                return NO_MEMBERS, "$"
            return msgspec.json.encode({"mergeProperties": call.merge_properties}), "$"
        return super().payload(call, context, kind)

    def signals(self, context: Context) -> tuple[Signal, ...]:
        """Returns `context.consentManagement` as it came; an empty one is no signal."""
        consent = context.consent_management
        if len(consent) <= LONGEST_BLANK and not holds_something(consent):
            return ()
        return (Signal("rudderstack", bytes(consent)),)

    def upstream(self, call: Call, context: Context) -> tuple[tuple[str, str], ...]:
        """Returns one verdict for each violation that RudderStack's tracking plans found."""
        if not context.violation_errors or not holds_something(context.violation_errors):
            return ()
        try:
            violations = _VIOLATIONS.decode(context.violation_errors)
        except READ_ERRORS:
            violations = [_Violation()]
        return tuple(("rudderstack", known(one.type or "", RUDDERSTACK_VIOLATIONS)) for one in violations)

    def recognises(self, record: Record) -> int:
        """Returns 100 for a pixel or beacon path, 80 for a call with a word of RudderStack's own, else 55."""
        route = last_steps(record.path, 3)
        if route in _PIXELS or route == _BEACON:
            return 100
        if not record.value or not CALL_TYPE.search(record.value):
            return 0
        return 80 if _OWN_WORDS.search(record.value) else 55
