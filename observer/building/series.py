"""How many time series a catalog gives rise to: known before the first event, so that it can be refused."""

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import Final, TypeAlias

from observer import metrics
from observer.catalog import Catalog, Source
from observer.consent.contradictions import Contradiction
from observer.consent.outcome import ALLOWING, Choice, ConsentReason
from observer.contracts.versions import UNKNOWN_VERSION, VERSION_RULE
from observer.dialects import DIALECTS
from observer.dialects.snowplow_failures import UPSTREAM_REASONS
from observer.dialects.verdicts import RUDDERSTACK_VIOLATIONS, SEGMENT_VIOLATIONS
from observer.messages import catalogue
from observer.model import LATENCY_BUCKETS, QUARANTINED_VERDICTS, STAGES, ConsentState, Verdict, ViolationKind
from observer.privacy.leaks import LEAK_KINDS

STATUS_CODES: Final = 12
"""HTTP status codes that the collector answers, at most."""

FOLD_PARTITIONS: Final = 16
"""Partitions of the rollups topic that one worker folds, in all but the largest installations."""

ENVELOPE_RULES: Final = 40
"""Rules about what is around a payload that the events of one contract can break, at most."""

PARTITIONS: Final = 200
"""Partitions that one Kafka worker has, where they need no thought (docs/kafka.md); the embedded run has none."""

_TRANSACTION_RESULTS: Final = 3
_PARTITION_STATUSES: Final = 5
_PARTITION_STATES: Final = 4
_DIRECTIONS: Final = 2
_TOOL_STATES: Final = 4
_REMOVALS: Final = 3
_NOT_PRODUCED: Final = 4
_OUTCOMES: Final = 5
"""Of a closed window, as `windows.gates` tells them."""
_HELD_KINDS: Final = 3
_HELD_PARTS: Final = 5
"""Of ownership, as `windows.ownership` tells it."""
_PACES: Final = 2
"""Stretches of time at whose pace an error budget is spent, as `windows.budgets` tells them."""
_HISTOGRAM: Final = len(LATENCY_BUCKETS) + 3
"""Series of one histogram: its buckets, the one above them, the sum and the count."""

_SAMPLES: Final = 2
_LEAK_FIELDS: Final = 6
"""Where in an event personal data can stand."""

_UPSTREAM: Final = len(SEGMENT_VIOLATIONS) + len(RUDDERSTACK_VIOLATIONS) + len(UPSTREAM_REASONS) + 3
"""Reasons of other systems that a source can carry; each knows `_other` too."""

_Count: TypeAlias = Callable[[Catalog, int], int]


def series_estimate(catalog: Catalog, rules_per_contract: int = 200) -> int:
    """Returns the most time series that the observer exports under this catalog, the process's own left out."""
    return sum(series_by_metric(catalog, rules_per_contract).values())


def series_by_metric(catalog: Catalog, rules_per_contract: int = 200) -> Mapping[str, int]:
    """Returns the most time series of each metric under this catalog. rules_per_contract: from settings."""
    return {name: count(catalog, rules_per_contract) for name, count in _COUNTS.items()}


def _contracts(source: Source) -> int:
    return len({contract.id for contract in source.contracts.values()}) + 1


def contract_versions(source: Source) -> Sequence[tuple[str, str, bool]]:
    """Returns (contract, version, whether it is deprecated or has an end) of the versions that judge a source."""
    found: dict[tuple[str, str], bool] = {}
    for contract in source.contracts.values():
        for each in contract.versions or (contract,):
            ends = (
                each.lifetime.deprecated or min(each.lifetime.end_of_support, each.lifetime.end_of_life) < inf
            )
            found[contract.id, each.version] = ends
        if VERSION_RULE in contract.rules:
            found[contract.id, UNKNOWN_VERSION] = False
    return sorted((*key, ends) for key, ends in found.items())


def _by_source(number: Callable[[Source], int]) -> _Count:
    return lambda catalog, _: sum(number(source) for source in catalog.sources.values())


def _each_source(number: int) -> _Count:
    return lambda catalog, _: len(catalog.sources) * number


def _each_contract(number: int) -> _Count:
    return lambda catalog, _: (len(catalog.contracts) + 1) * number


def _fixed(number: int) -> _Count:
    return lambda _, __: number


def _violations(catalog: Catalog, rules_per_contract: int) -> int:
    # `_other` once for each kind that a rule beyond the bound may be of; `_none` is like a contract of one rule.
    beside = len(ViolationKind) + ENVELOPE_RULES
    listed = [min(len(each.rules), rules_per_contract) for each in catalog.contracts.values()]
    return sum(number + beside for number in (*listed, 1))


def _service_levels(catalog: Catalog, _: int) -> int:
    return sum(len(each.service_levels) for each in catalog.contracts.values())


def _thresholds(catalog: Catalog, _: int) -> int:
    levels = [level for each in catalog.contracts.values() for level in each.service_levels]
    return sum(level.threshold is not None for level in levels)


def _gates(catalog: Catalog, _: int) -> int:
    return sum(len(each.quality) for each in catalog.contracts.values())


def _breaches(catalog: Catalog, _: int) -> int:
    tools = [
        catalog.destinations[name].tool for each in catalog.sources.values() for name in each.destinations
    ]
    shown = sum(len(catalog.trace_kinds.get(tool, ())) for tool in tools)
    undeclared = len(catalog.sources) * len(catalog.destinations)
    return shown * (len(ConsentReason) - len(ALLOWING)) + undeclared


def _platforms(catalog: Catalog, _: int) -> int:
    versions = sum(len(each.versions) + 1 for each in catalog.consent_platforms.values()) + 1
    return versions * len(catalog.purposes) * len(ConsentState)


def _undecodable(catalog: Catalog, _: int) -> int:
    return len(catalog.sources) * sum(code.startswith("decoding.") for code in catalogue())


_LABELS: Final = len({label for metric in metrics.METRICS for label in metric.labels})

_COUNTS: Final[Mapping[str, _Count]] = {
    metrics.EVENTS.name: _by_source(lambda source: _contracts(source) * len(Verdict)),
    metrics.RECEIVED.name: _each_source(1),
    metrics.REPLAYED.name: _each_source(len(Verdict)),
    metrics.VIOLATIONS.name: _violations,
    metrics.VERSION_EVENTS.name: _by_source(lambda source: len(contract_versions(source))),
    metrics.DEPRECATED_EVENTS.name: _by_source(
        lambda source: sum(ends for _, _, ends in contract_versions(source))
    ),
    metrics.UNDECODABLE.name: _undecodable,
    metrics.UPSTREAM.name: _each_source(_UPSTREAM),
    metrics.SLI_EVENTS.name: lambda catalog, _: 2 * _service_levels(catalog, _),
    metrics.SLO_OBJECTIVE.name: _service_levels,
    metrics.SLO_THRESHOLD.name: _thresholds,
    metrics.BUDGET_REMAINING.name: _service_levels,
    metrics.BUDGET_EXHAUSTION.name: lambda catalog, _: _PACES * _service_levels(catalog, _),
    metrics.OWNERSHIP.name: _fixed(_HELD_KINDS * _HELD_PARTS),
    metrics.DRIFT.name: _by_source(lambda source: 2 * _contracts(source) - 1),
    metrics.DRIFT_SAMPLED.name: _by_source(lambda source: _contracts(source) - 1),
    metrics.GATE_OPEN.name: _gates,
    metrics.GATE_DECISIONS.name: lambda catalog, _: _OUTCOMES * _gates(catalog, _),
    metrics.INCIDENTS.name: _gates,
    metrics.LATE_EVENTS.name: lambda catalog, _: sum(
        bool(each.quality) for each in catalog.contracts.values()
    ),
    metrics.CONSENT_EVENTS.name: _by_source(lambda source: len(source.purposes) * len(ConsentState)),
    metrics.CONSENT_DECISIONS.name: _by_source(lambda source: len(source.destinations) * len(ConsentReason)),
    metrics.CONSENT_REQUIRED.name: _by_source(lambda source: len(source.destinations)),
    metrics.CONSENT_USABLE.name: _by_source(lambda source: len(source.destinations)),
    metrics.CONSENT_CHOICES.name: _each_source(len(Choice)),
    metrics.CONSENT_DISAGREEMENTS.name: _by_source(lambda source: len(source.purposes)),
    metrics.CONSENT_BREACHES.name: _breaches,
    metrics.CONSENT_PLATFORMS.name: _platforms,
    metrics.CONSENT_CONTRADICTIONS.name: _by_source(lambda source: len(source.purposes) * len(Contradiction)),
    metrics.CONSENT_LATENCY.name: _each_source(_DIRECTIONS * _HISTOGRAM),
    metrics.CONSENT_REVIEWS_OVERDUE.name: _fixed(1),
    metrics.LATENCY.name: _each_source(len(STAGES) * _HISTOGRAM),
    metrics.TIME_DISORDER.name: _each_source(len(STAGES)),
    metrics.CLOCK_SKEW.name: _each_source(_DIRECTIONS * _HISTOGRAM),
    metrics.CLOCK_SKEW_EVENTS.name: _each_source(_DIRECTIONS),
    metrics.DUPLICATE_HORIZON.name: _each_source(1),
    metrics.CONTRACT_LAST_EVENT.name: _each_contract(1),
    metrics.SOURCE_LAST_EVENT.name: _each_source(1),
    metrics.SOURCE_SILENT.name: _each_source(1),
    metrics.TOOLS.name: lambda catalog, _: (len(catalog.capabilities) + 1) * _TOOL_STATES,
    metrics.TOOL_EVENTS.name: lambda catalog, _: len(catalog.tools) + 1,
    metrics.TOOL_LAST_EVENT.name: lambda catalog, _: len(catalog.tools) + 1,
    metrics.QUARANTINE_EVENTS.name: _each_contract(len(QUARANTINED_VERDICTS)),
    metrics.QUARANTINE_BYTES.name: _fixed(1),
    metrics.QUARANTINE_FAILURES.name: _fixed(1),
    metrics.QUARANTINE_EXPIRED.name: _fixed(_REMOVALS),
    metrics.REQUESTS.name: _fixed((len(DIALECTS) + 1) * STATUS_CODES),
    metrics.QUEUE.name: _fixed(1),
    metrics.PRODUCED.name: _each_source(1),
    metrics.PRODUCE_FAILURES.name: _fixed(_NOT_PRODUCED),
    metrics.ENGINE_FAILURES.name: _each_source(1),
    metrics.LABEL_OVERFLOW.name: _fixed(_LABELS),
    metrics.LEAK_EVENTS.name: _each_contract(_SAMPLES * 2),
    metrics.LEAKS.name: _each_contract(len(LEAK_KINDS) * _LEAK_FIELDS),
    metrics.LEAK_SHARE.name: _fixed(1),
    metrics.PROOF_OVERFLOW.name: _fixed(1),
    metrics.SERIES.name: _fixed(1),
    metrics.REBALANCES.name: _fixed(1),
    metrics.TRANSACTIONS.name: _fixed(_TRANSACTION_RESULTS),
    metrics.TRANSACTION_SECONDS.name: _fixed(len(metrics.TRANSACTION_SECONDS.buckets) + 3),
    metrics.REMOVED_UNREAD.name: _each_source(1),
    metrics.LAG.name: _fixed(PARTITIONS),
    metrics.LAG_SECONDS.name: _fixed(PARTITIONS),
    metrics.LOG_MARGIN.name: _fixed(PARTITIONS),
    metrics.PARTITION_STATUS.name: _fixed(PARTITIONS * _PARTITION_STATUSES),
    metrics.PARTITIONS.name: _fixed(_PARTITION_STATES),
    metrics.LAST_POLL.name: _fixed(1),
    metrics.SOURCE_PAUSED.name: _each_source(1),
    metrics.CATALOG_INFO.name: _fixed(1),
    metrics.CONTRACT_INFO.name: lambda catalog, _: sum(
        len(each.versions) or 1 for each in catalog.contracts.values()
    ),
    metrics.FOLD_LAG.name: _fixed(2 * FOLD_PARTITIONS),
    metrics.FOLD_WATERMARK.name: _fixed(1),
    metrics.FOLD_SECONDS.name: _fixed(len(metrics.FOLD_SECONDS.buckets) + 3),
    metrics.FOLD_REFUSALS.name: _fixed(4),
    metrics.FOLD_UNREADABLE.name: _fixed(1),
    metrics.FOLD_FENCED.name: _fixed(1),
    metrics.STORE_REACHABLE.name: _fixed(1),
    metrics.BUILD_INFO.name: _fixed(1),
    metrics.CATALOG_SUCCESS.name: _fixed(1),
    metrics.CATALOG_TIME.name: _fixed(1),
}
"""How many series each metric has: a test holds it to the metrics that are declared."""
