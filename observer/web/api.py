"""The summary as JSON. Names are English and stable; shares are ratios from 0 to 1, durations seconds."""

from collections.abc import Iterable

from observer.model import Verdict
from observer.web.cells import iso
from observer.web.consent_signs_api import as_plain_signs
from observer.web.plain import Plain
from observer.web.plain import owners as _owners
from observer.web.quality_api import as_plain_drift, as_plain_quality
from observer.windows.leaks import Looked
from observer.windows.quantile import Durations, Estimate
from observer.windows.summary import Summary
from observer.windows.traffic import ReasonLine, VerdictCounts
from observer.windows.usable import REQUIRED_STATES, ConsentLine, DestinationLine


def as_plain(summary: Summary) -> Plain:
    """Returns everything the page says, as JSON can hold it."""
    return {
        "company": summary.company,
        "catalog": summary.digest,
        "period": summary.choice.period,
        "channel": summary.choice.channel or None,
        "purpose": summary.choice.purpose or None,
        "since": iso(summary.since),
        "until": iso(summary.until),
        "written": _when(summary.written),
        **_verdicts(summary.counts),
        "timeline": [
            {"start": iso(bar.start), "events": bar.events, "valid": bar.valid} for bar in summary.timeline
        ],
        "answer": _consent(summary.answer) if summary.answer else None,
        "sources": [
            {
                "source": line.id,
                "title": line.title,
                "channel": line.channel or None,
                "declared": line.declared,
                "owners": _owners(line.owners),
                **_verdicts(line.counts),
                "last_event": _when(line.last_event),
                "state": line.pulse,
            }
            for line in summary.sources
        ],
        "undecodable": _reasons(summary.undecodable),
        "upstream": _reasons(summary.upstream),
        "consent": [_consent(line) for line in summary.consent],
        "destinations": [_destination(line) for line in summary.destinations],
        "consent_signs": as_plain_signs(summary.signs),
        "latency": [
            {
                "source": line.source or None,
                "stage": line.stage,
                **_durations(line.durations),
                "out_of_order": line.disordered,
            }
            for line in summary.stages
        ],
        "clock_skew": [
            {
                "direction": line.direction,
                **_durations(line.offsets),
                "beyond_tolerance": line.beyond_tolerance,
            }
            for line in summary.skew
        ],
        "tools": [
            {
                "tool": line.id,
                "title": line.title,
                "vendor": line.vendor,
                "capability": line.capability,
                "state": line.state,
                "events": line.events,
                "last_seen": _when(line.last_seen),
            }
            for line in summary.tools
        ],
        "rules": [
            {
                "contract": line.contract,
                "kind": line.kind,
                "rule": line.rule,
                "times": line.times,
                "owners": _owners(line.owners),
                "runbook": line.runbook or None,
            }
            for line in summary.rules
        ],
        **as_plain_quality(summary.quality),
        "drift": as_plain_drift(summary.drift),
        "versions": [
            {
                "contract": line.contract,
                "version": line.version,
                "source": line.source,
                "events": line.events,
                "state": line.state,
                "ends": None if line.ends is None else iso(line.ends),
                "replaced_by": line.replaced_by or None,
                "owners": _owners(line.owners),
            }
            for line in summary.versions
        ],
        "personal_data": {
            "drawn": _looked(summary.leaks.drawn),
            "quarantined": _looked(summary.leaks.quarantined),
            "leaks": [
                {
                    "contract": line.contract,
                    "kind": line.kind,
                    "path": line.path,
                    "events": line.events,
                    "owners": _owners(line.owners),
                }
                for line in summary.leaks.lines
            ],
        },
        "findings": [
            {
                "observed": iso(line.latest.observed),
                "source": line.latest.source,
                "contract": line.latest.contract,
                "verdict": line.latest.verdict,
                "kind": line.latest.finding.kind.value,
                "rule": line.latest.finding.rule,
                "path": line.latest.finding.path,
                "expected": line.latest.finding.expected,
                "came": line.latest.finding.came,
                "alike": line.times,
            }
            for line in summary.findings
        ],
    }


def _looked(looked: Looked) -> Plain:
    return {"events": looked.events, "leaking": looked.leaking, "leaking_share": looked.share}


def _verdicts(counts: VerdictCounts) -> dict[str, Plain]:
    return {
        "received": counts.received,
        "events": counts.events,
        "valid_share": counts.valid_share,
        "verdicts": {verdict.value: counts.verdicts[verdict] for verdict in Verdict},
    }


def _consent(line: ConsentLine) -> Plain:
    return {
        "channel": line.channel or None,
        "purpose": line.purpose,
        "requires": line.requires,
        "usable": line.usable,
        "usable_share": line.usable_share,
        "states": {state.value: count for state, count in line.states.items()},
        "shown_percent": {state.value: line.tenths[state] / 10 for state in REQUIRED_STATES},
    }


def _destination(line: DestinationLine) -> Plain:
    return {
        "destination": line.id,
        "title": line.title,
        "purposes": list(line.purposes),
        "allowed": line.allowed,
        "refused": line.refused,
        "refused_share": line.refused_share,
        "allowed_because": {count.reason: count.events for count in line.allowed_because},
        "refused_because": {count.reason: count.events for count in line.refused_because},
    }


def _durations(durations: Durations) -> dict[str, Plain]:
    return {
        "events": durations.number,
        "mean": durations.mean,
        "estimated": True,
        "p50": _estimate(durations.quantile(0.5)),
        "p95": _estimate(durations.quantile(0.95)),
    }


def _estimate(estimated: Estimate | None) -> Plain:
    return None if estimated is None else {"seconds": estimated.seconds, "beyond": estimated.beyond}


def _reasons(lines: Iterable[ReasonLine]) -> list[Plain]:
    return [
        {"source": line.source, "system": line.system or None, "reason": line.reason, "events": line.events}
        for line in lines
    ]


def _when(time: float | None) -> str | None:
    return None if time is None else iso(time)
