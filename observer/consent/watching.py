"""What the engine watches beside each event's own signals: told choices, and contradictions of an exemption."""

from collections.abc import Mapping
from typing import NamedTuple

from observer.consent.contradictions import Contradict, compile_contradictions
from observer.consent.outcome import ConsentJudge
from observer.consent.policy import ConsentPolicy, compile_judge


class ConsentWatch(NamedTuple):
    """What is watched for one source.

    choice_events: names of events that tell a choice; contradict: what in an event stands against an exemption;
    unexempted: the judge of events that contradict it, or None where no exemption waives consent.
    """

    choice_events: frozenset[str] = frozenset()
    contradict: Contradict = compile_contradictions({})
    unexempted: ConsentJudge | None = None


def compile_watch(policy: ConsentPolicy, source_id: str, channel: str) -> ConsentWatch:
    """Returns what is watched for one source."""
    return ConsentWatch(
        frozenset(policy.policy.choice_events),
        compile_contradictions(exempt_destinations(policy, source_id, channel)),
        compile_unexempted(policy, source_id, channel),
    )


def compile_unexempted(policy: ConsentPolicy, source_id: str, channel: str) -> ConsentJudge | None:
    """Returns the judge of one source as if no law waived consent, or None where no exemption does: for events that
    contradict the exemption."""
    kept = tuple(each for each in policy.policy.exemptions if each.state != "exempt")
    if not exempt_destinations(policy, source_id, channel):
        return None
    changed = policy.policy.model_copy(update={"exemptions": kept})
    return compile_judge(policy._replace(policy=changed), source_id, channel)


def exempt_destinations(policy: ConsentPolicy, source_id: str, channel: str) -> Mapping[str, frozenset[str]]:
    """Returns the tools of the destinations that may use a source's events without consent, by exempt purpose."""
    found: dict[str, frozenset[str]] = {}
    for each in policy.policy.exemptions:
        if each.state == "exempt" and (source_id in each.sources or channel in each.channels):
            tools = {
                destination.tool
                for destination in policy.destinations
                if source_id in destination.sources
                and (not each.destinations or destination.id in each.destinations)
                and each.purpose in destination.purposes
            }
            found[each.purpose] = found.get(each.purpose, frozenset()) | tools
    return found
