"""What in an event contradicts the exemption that its source declares for audience measurement.

Source: CNIL, guidelines on trackers exempt from consent (July 2025): for the publisher's sole account, anonymous
statistics alone, no other processing, no identifier across sites. Whether that is so, a company declares; what an event
shows against it is counted, and the event is judged as if nothing were declared.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeAlias


class Contradiction(StrEnum):
    """What stands against an exemption. Bounds the label `contradiction`.

    click_id: an identifier of an advertising or mailing platform in the page's address, which tells people apart across
    sites; destination: the event is switched to a tool that the exemption does not cover; third_party: another
    vendor's data is attached to it.
    """

    CLICK_ID = "click_id"
    DESTINATION = "destination"
    THIRD_PARTY = "third_party"


Trace: TypeAlias = tuple[str, str]
"""(tool, evidence) as observer.tools finds them: `library`, `integration`, `click_id` or `vendor`."""

Contradict: TypeAlias = Callable[[tuple[Trace, ...]], tuple[tuple[str, Contradiction], ...]]
"""Compiled for one source: what an event shows -> (exempt purpose, what contradicts it), each once, in their order."""

_BY_EVIDENCE: Mapping[str, Contradiction] = {
    "integration": Contradiction.DESTINATION,
    "vendor": Contradiction.THIRD_PARTY,
}


def compile_contradictions(covered: Mapping[str, frozenset[str]]) -> Contradict:
    """Returns the finder for a source. covered: by exempt purpose, the tools of the destinations that it covers."""

    def contradict(traces: tuple[Trace, ...]) -> tuple[tuple[str, Contradiction], ...]:
        collecting = {tool for tool, evidence in traces if evidence == "library"}
        found = set()
        for purpose, tools in covered.items():
            for tool, evidence in traces:
                if evidence == "click_id":
                    found.add((purpose, Contradiction.CLICK_ID))
                elif evidence in _BY_EVIDENCE and tool not in tools and tool not in collecting:
                    found.add((purpose, _BY_EVIDENCE[evidence]))
        return tuple(sorted(found))

    return contradict
