"""Every metric as data: name, kind, unit, help, labels and what bounds each label's values.

The exporter, the documentation page, the rules and the dashboards all read this file; a test fails when one
of them speaks a name that is not declared here.
"""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from observer.model import LATENCY_BUCKETS

Kind: TypeAlias = Literal["counter", "gauge", "histogram"]

OTHER: Final = "_other"
"""The label value that stands for all beyond the bound."""
NONE: Final = "_none"
"""The label value of an event that no contract claims."""


class Metric(NamedTuple):
    """One metric. `labels` maps each label to what keeps its values few."""

    name: str
    kind: Kind
    help: str
    labels: Mapping[str, str] = {}
    unit: str = ""
    buckets: tuple[float, ...] = ()


_SOURCE: Final = "sources declared in schemas/sources"
_CHANNEL: Final = "channels of the declared sources"
_CONTRACT: Final = "contracts in schemas/contracts; an event that none claims is `_none`"
_PURPOSE: Final = "purposes in schemas/consent/purposes.yaml"
_ASSIGNED: Final = {
    "topic": "topics of declared sources, of which this worker has partitions now",
    "partition": "their partitions that this worker has now",
}
_DESTINATION: Final = "destinations in schemas/consent/destinations.yaml"

EVENTS: Final = Metric(
    "martech_events_total",
    "counter",
    "Events judged. Exactly one outcome each.",
    {"contract": _CONTRACT, "source": _SOURCE, "outcome": "the six verdicts"},
)
RECEIVED: Final = Metric(
    "martech_events_received_total",
    "counter",
    "Events that arrived, counted at the door before they are judged.",
    {"source": _SOURCE},
)
REPLAYED: Final = Metric(
    "martech_replayed_events_total",
    "counter",
    "Quarantined events judged again. Their first verdict stands.",
    {"source": _SOURCE, "outcome": "the six verdicts"},
)
VIOLATIONS: Final = Metric(
    "martech_contract_violations_total",
    "counter",
    "Broken contract rules found in events. One event can break several.",
    {
        "contract": _CONTRACT,
        "rule": "rules of that contract; capped by settings, the rest is `_other`",
        "kind": "ViolationKind",
    },
)
VERSION_EVENTS: Final = Metric(
    "martech_contract_version_events_total",
    "counter",
    "Events by the version of the contract that judged them, duplicates left out.",
    {
        "contract": _CONTRACT,
        "version": "versions of that contract; an event that names none of them is `_other`",
        "source": _SOURCE,
    },
)
DEPRECATED_EVENTS: Final = Metric(
    "martech_contract_deprecated_events_total",
    "counter",
    "Events of a version that is deprecated or whose support had ended: the warning before its end of life.",
    {
        "contract": _CONTRACT,
        "version": "versions of that contract that are deprecated or have an end",
        "source": _SOURCE,
    },
)
UNDECODABLE: Final = Metric(
    "martech_undecodable_events_total",
    "counter",
    "What arrived where an event should and could not be read.",
    {"source": _SOURCE, "reason": "the reasons of the dialects"},
)
UPSTREAM: Final = Metric(
    "martech_upstream_violations_total",
    "counter",
    "Verdicts of other systems that events carry, as RudderStack's violationErrors or a Snowplow bad row.",
    {
        "source": _SOURCE,
        "system": "the systems that the dialects know",
        "reason": "the reasons that the dialects know; the rest is `_other`",
    },
)
SLI_EVENTS: Final = Metric(
    "martech_sli_events_total",
    "counter",
    "Events that count for a service level, by whether they kept it.",
    {"contract": _CONTRACT, "slo": "service levels of that contract", "result": "good, bad"},
)
SLO_OBJECTIVE: Final = Metric(
    "martech_slo_objective_ratio",
    "gauge",
    "Share of events that must be good, as the contract says.",
    {"contract": _CONTRACT, "slo": "service levels of that contract"},
    unit="ratio",
)
SLO_THRESHOLD: Final = Metric(
    "martech_slo_latency_threshold_seconds",
    "gauge",
    "Latency above which an event is bad, as the contract says.",
    {"contract": _CONTRACT, "slo": "latency service levels of that contract"},
    unit="seconds",
)
OWNERSHIP: Final = Metric(
    "martech_ownership_coverage_ratio",
    "gauge",
    "Share of contracts, sources and tools that have each part of ownership; a review counts until its day has passed.",
    {
        "kind": "contract, source, tool",
        "part": "marketing_owner, technical_owner, marketing_channel, technical_channel, review",
    },
    unit="ratio",
)
DRIFT: Final = Metric(
    "martech_drift_events_total",
    "counter",
    "What came and no contract names: unexpected events, all of them, and, in a sample of the others, properties that"
    " the contract does not declare and types that it does not allow.",
    {"contract": _CONTRACT, "source": _SOURCE, "kind": "property, type, event"},
)
DRIFT_SAMPLED: Final = Metric(
    "martech_drift_sampled_events_total",
    "counter",
    "Events looked at for drift. A rate of drift is told by these.",
    {"contract": _CONTRACT, "source": _SOURCE},
)
BUDGET_REMAINING: Final = Metric(
    "martech_error_budget_remaining_ratio",
    "gauge",
    "Share of the bad events that the objective allows over the last 30 days which are still left, weighted by events;"
    " below 0 it is overspent. Absent where too few events came to tell.",
    {"contract": _CONTRACT, "slo": "service levels of that contract"},
    unit="ratio",
)
BUDGET_EXHAUSTION: Final = Metric(
    "martech_error_budget_exhaustion_seconds",
    "gauge",
    "Seconds until the error budget is spent if bad events come on as in the window; 0 where it is spent."
    " Absent where that is unknown, and where the pace is one that the objective allows.",
    {"contract": _CONTRACT, "slo": "service levels of that contract", "window": "1h, 6h"},
    unit="seconds",
)
GATE_OPEN: Final = Metric(
    "martech_gate_open",
    "gauge",
    "1 while a gate is open, as before its first decision, 0 while it is closed.",
    {"contract": _CONTRACT, "gate": "quality rules of that contract"},
)
GATE_DECISIONS: Final = Metric(
    "martech_gate_decisions_total",
    "counter",
    "Windows that were closed, by what they said of the gate. One without a decision is counted with its reason.",
    {"contract": _CONTRACT, "gate": "quality rules of that contract", "outcome": "outcomes of windows/gates"},
)
INCIDENTS: Final = Metric(
    "martech_incidents_total",
    "counter",
    "Gates that closed. By martech_events_total of the same contract it gives incidents per million events.",
    {"contract": _CONTRACT, "gate": "quality rules of that contract", "severity": "one for each gate"},
)
LATE_EVENTS: Final = Metric(
    "martech_late_events_total",
    "counter",
    "Events for a window that at least one gate had decided already. They amend its row and reopen nothing.",
    {"contract": _CONTRACT},
)
CONSENT_EVENTS: Final = Metric(
    "martech_consent_events_total",
    "counter",
    "Consent state of each purpose for each decoded event that is no duplicate.",
    {
        "source": _SOURCE,
        "channel": _CHANNEL,
        "purpose": _PURPOSE,
        "state": "the eight states",
    },
)
CONSENT_DECISIONS: Final = Metric(
    "martech_consent_decisions_total",
    "counter",
    "Whether a destination may use an event, and why or why not.",
    {
        "destination": _DESTINATION,
        "channel": _CHANNEL,
        "result": "allowed, refused",
        "reason": "ConsentReason",
    },
)
CONSENT_REQUIRED: Final = Metric(
    "martech_consent_required_events_total",
    "counter",
    "Events that a destination may use with consent only: the denominator of its usable rate.",
    {"source": _SOURCE, "channel": _CHANNEL, "destination": _DESTINATION},
)
CONSENT_USABLE: Final = Metric(
    "martech_consent_usable_events_total",
    "counter",
    "Events that a destination may use, since consent or legitimate interest allows it: the numerator.",
    {"source": _SOURCE, "channel": _CHANNEL, "destination": _DESTINATION},
)
CONSENT_CHOICES: Final = Metric(
    "martech_consent_choice_events_total",
    "counter",
    "Events by whether the person had made any choice when they were collected.",
    {"source": _SOURCE, "channel": _CHANNEL, "choice": "made, not_yet, no_signal, unreadable"},
)
CONSENT_BREACHES: Final = Metric(
    "martech_consent_breaches_total",
    "counter",
    "Events that show that they went to a destination without a basis, by what shows it and why there is none.",
    {
        "destination": _DESTINATION,
        "channel": _CHANNEL,
        "evidence": "library, integration, click_id, vendor",
        "reason": "ConsentReason; `not_declared` where the source is not declared to feed the destination",
    },
)
CONSENT_DISAGREEMENTS: Final = Metric(
    "martech_consent_disagreements_total",
    "counter",
    "Pairs of signals of one event of which one says yes to a purpose and the other no. The no stands.",
    {"source": _SOURCE, "channel": _CHANNEL, "purpose": _PURPOSE},
)
CONSENT_PLATFORMS: Final = Metric(
    "martech_consent_platform_events_total",
    "counter",
    "Consent state of each purpose by the consent platform that wrote the event's TC string, and its version.",
    {
        "cmp": "consent platforms in schemas/consent/policy.yaml; the rest is `_other`",
        "version": "declared versions of that platform; the rest is `_other`",
        "purpose": _PURPOSE,
        "state": "the eight states",
    },
)
CONSENT_CONTRADICTIONS: Final = Metric(
    "martech_consent_exemption_contradictions_total",
    "counter",
    "Events that show what their source's exemption rules out. They are judged as if it were not declared.",
    {"source": _SOURCE, "purpose": _PURPOSE, "contradiction": "click_id, destination, third_party"},
)
CONSENT_LATENCY: Final = Metric(
    "martech_consent_change_latency_seconds",
    "histogram",
    "Time from a choice that an event tells to the first event of that person whose own signals honour it.",
    {"source": _SOURCE, "direction": "granted, refused"},
    unit="seconds",
    buckets=LATENCY_BUCKETS,
)
CONSENT_REVIEWS_OVERDUE: Final = Metric(
    "martech_consent_reviews_overdue",
    "gauge",
    "Exemptions and regions in schemas/consent/policy.yaml whose justification should have been read again.",
)
LATENCY: Final = Metric(
    "martech_event_latency_seconds",
    "histogram",
    "Time between two moments of an event by the same clock; end_to_end is the sum of such stages.",
    {"source": _SOURCE, "stage": "the stages in model.py"},
    unit="seconds",
    buckets=LATENCY_BUCKETS,
)
TIME_DISORDER: Final = Metric(
    "martech_time_disorder_events_total",
    "counter",
    "Events whose stage would have been negative: it is in no histogram.",
    {"source": _SOURCE, "stage": "the stages in model.py"},
)
CLOCK_SKEW: Final = Metric(
    "martech_clock_skew_seconds",
    "histogram",
    "Absolute offset of the device's clock from the receiver's, transit included.",
    {"source": _SOURCE, "direction": "ahead, behind"},
    unit="seconds",
    buckets=LATENCY_BUCKETS,
)
CLOCK_SKEW_EVENTS: Final = Metric(
    "martech_clock_skew_events_total",
    "counter",
    "Events whose device clock is off by more than the tolerance in settings.",
    {"source": _SOURCE, "direction": "ahead, behind"},
)
CONTRACT_LAST_EVENT: Final = Metric(
    "martech_contract_last_event_timestamp_seconds",
    "gauge",
    "Event time of the newest event of a contract; 0 until there is one.",
    {"contract": _CONTRACT},
    unit="seconds",
)
SOURCE_LAST_EVENT: Final = Metric(
    "martech_source_last_event_timestamp_seconds",
    "gauge",
    "Event time of the newest event of a source; 0 until there is one.",
    {"source": _SOURCE},
    unit="seconds",
)
SOURCE_SILENT: Final = Metric(
    "martech_source_silent",
    "gauge",
    "1 where a source sent nothing for longer than its declaration allows, else 0.",
    {"source": _SOURCE},
)
TOOL_LAST_EVENT: Final = Metric(
    "martech_tool_last_event_timestamp_seconds",
    "gauge",
    "Event time of the newest event that shows a tool; 0 until there is one.",
    {"tool": "tools in schemas/tools and in its fingerprints; the rest is `_other`"},
    unit="seconds",
)
TOOLS: Final = Metric(
    "martech_tools",
    "gauge",
    "Tools by state: declared, seen in traffic, seen but not declared, declared but not seen.",
    {
        "capability": "capabilities in schemas/tools; `_other` where it is not known",
        "state": "declared, observed, undeclared, idle",
    },
)
TOOL_EVENTS: Final = Metric(
    "martech_tool_events_total",
    "counter",
    "Events that show a tool.",
    {
        "tool": "tools in schemas/tools and in its fingerprints; the rest is `_other`",
        "capability": "capabilities in schemas/tools",
        "status": "declared, undeclared",
    },
)
QUARANTINE_EVENTS: Final = Metric(
    "martech_quarantine_events_total",
    "counter",
    "Events written to the quarantine.",
    {"contract": _CONTRACT, "reason": "the four verdicts that are kept"},
)
QUARANTINE_BYTES: Final = Metric(
    "martech_quarantine_size_bytes", "gauge", "Size of the quarantine on disk.", unit="bytes"
)
QUARANTINE_FAILURES: Final = Metric(
    "martech_quarantine_write_failures_total",
    "counter",
    "Appends to the quarantine that failed. Their requests were refused, nothing of them was accepted.",
)
QUARANTINE_EXPIRED: Final = Metric(
    "martech_quarantine_expired_events_total",
    "counter",
    "Quarantined events removed by age or by the size limit.",
    {"why": "age, size, erased"},
)
DUPLICATE_HORIZON: Final = Metric(
    "martech_duplicate_horizon_seconds",
    "gauge",
    "How far back a duplicate of a source is recognised: age of the oldest remembered event id.",
    {"source": _SOURCE},
    unit="seconds",
)
REQUESTS: Final = Metric(
    "martech_collector_requests_total",
    "counter",
    "HTTP requests to the collector by what was answered.",
    {
        "dialect": "the dialects, `_other` where no source was found",
        "status": "HTTP status codes that the collector answers",
    },
)
QUEUE: Final = Metric(
    "martech_collector_queue_requests",
    "gauge",
    "Requests that wait to be judged, or to be acknowledged by Kafka.",
)
PRODUCED: Final = Metric(
    "martech_collector_produced_requests_total",
    "counter",
    "Requests that the brokers acknowledged, where the collector hands them to Kafka.",
    {"source": _SOURCE},
)
PRODUCE_FAILURES: Final = Metric(
    "martech_collector_produce_failures_total",
    "counter",
    "Requests that were not handed to Kafka, or not in time. Their senders were not told 200.",
    {"why": "away, full, too_large, refused"},
)
ENGINE_FAILURES: Final = Metric(
    "martech_engine_failures_total",
    "counter",
    "Records that the engine could not judge through a fault of its own. They were refused, not accepted.",
    {"source": _SOURCE},
)
LABEL_OVERFLOW: Final = Metric(
    "martech_label_overflow_total",
    "counter",
    "Values of a label beyond its bound, counted as `_other`.",
    {"label": "the labels in this catalogue"},
)
LEAK_EVENTS: Final = Metric(
    "martech_personal_data_events_total",
    "counter",
    "Events that were looked into for personal data where no contract expects it, with what came of it.",
    {
        "contract": _CONTRACT,
        "sample": "`drawn` (the declared share of all events) or `quarantined` (the others that were kept)",
        "result": "`clean` or `leaking`",
    },
)
LEAKS: Final = Metric(
    "martech_personal_data_leaks_total",
    "counter",
    "Kinds of personal data found at a place where no contract expects them, in the events that were looked into.",
    {
        "contract": _CONTRACT,
        "kind": "`email`, `phone`, `card`, `nir`, `location`",
        "field": "where in the event: `payload`, `property_name`, `url`, `person_id`, `event_name`, `unreadable`",
    },
)
LEAK_SHARE: Final = Metric(
    "martech_personal_data_sample_ratio",
    "gauge",
    "Share of the events that are looked into for personal data.",
)
PROOF_OVERFLOW: Final = Metric(
    "martech_proof_overflow_total",
    "counter",
    "Times that a consent signal was seen whose proof went under `_other`, its chunk having too many.",
)
SERIES: Final = Metric("martech_series", "gauge", "Time series that the observer exports now.")
CONTRACT_INFO: Final = Metric(
    "martech_contract_info",
    "gauge",
    "1 for each version in force, with the runbook of its contract.",
    {"contract": _CONTRACT, "version": "versions of that contract", "runbook": "one for each contract"},
)
BUILD_INFO: Final = Metric(
    "martech_build_info", "gauge", "1, with the version of the observer.", {"version": "one"}
)
CATALOG_SUCCESS: Final = Metric(
    "martech_catalog_load_success",
    "gauge",
    "1 where the last load of schemas/ succeeded, 0 where the catalog before it is still in force.",
)
CATALOG_TIME: Final = Metric(
    "martech_catalog_load_timestamp_seconds",
    "gauge",
    "When the catalog in force was loaded.",
    unit="seconds",
)

FOLD_LAG: Final = Metric(
    "martech_fold_lag_records",
    "gauge",
    "Records of the observer's own topics that are not in the store yet.",
    {"topic": "rollups, ledger", "partition": "partitions of that topic that this worker folds now"},
)
FOLD_WATERMARK: Final = Metric(
    "martech_fold_watermark_timestamp_seconds",
    "gauge",
    "Event time before which no partition of the input is expected to bring anything more.",
    unit="seconds",
)
FOLD_SECONDS: Final = Metric(
    "martech_fold_transaction_seconds",
    "histogram",
    "Time of one transaction of the store that kept rollups with the offsets that they cover.",
    unit="seconds",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
FOLD_REFUSALS: Final = Metric(
    "martech_fold_ledger_refusals_total",
    "counter",
    "Ranges of offsets that do not tile: a chunk that came twice was refused, a hole was noted. Each is a fault.",
    {"reader": "rollups, ledger", "kind": "overlap, hole"},
)
FOLD_UNREADABLE: Final = Metric(
    "martech_fold_unreadable_records_total",
    "counter",
    "Records in the topics of rollups and ledger that no observer of this version wrote. They were put aside.",
)
FOLD_FENCED: Final = Metric(
    "martech_fold_fenced_total",
    "counter",
    "Transactions of the store that were refused, since another process had folded the same partitions.",
)
STORE_REACHABLE: Final = Metric(
    "martech_store_reachable", "gauge", "1 where the store answered when it was last asked, else 0."
)
REBALANCES: Final = Metric(
    "martech_kafka_rebalances_total", "counter", "How often partitions were taken from this worker."
)
TRANSACTIONS: Final = Metric(
    "martech_kafka_transactions_total",
    "counter",
    "Transactions of chunks by how they ended. An aborted one is tried again; after a fenced one the worker rejoins.",
    {"result": "committed, aborted, fenced"},
)
TRANSACTION_SECONDS: Final = Metric(
    "martech_kafka_transaction_seconds",
    "histogram",
    "Time from the begin of a transaction to its end, whatever it was.",
    unit="seconds",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
LAG: Final = Metric(
    "martech_kafka_lag_records",
    "gauge",
    "Records of a partition that are not judged yet. Of partitions that this worker has now.",
    _ASSIGNED,
)
LAG_SECONDS: Final = Metric(
    "martech_kafka_lag_seconds",
    "gauge",
    "Age of the newest judged record of a partition that has more; 0 where nothing is left.",
    _ASSIGNED,
    unit="seconds",
)
LOG_MARGIN: Final = Metric(
    "martech_kafka_log_margin_records",
    "gauge",
    "Offsets of a partition that its retention may still remove before it reaches what was not judged.",
    _ASSIGNED,
)
PARTITION_STATUS: Final = Metric(
    "martech_kafka_partition_status",
    "gauge",
    "1 for the status of a partition by the rules of Burrow, 0 for the others.",
    {**_ASSIGNED, "status": "ok, warn, stall, stop, rewind"},
)
PARTITIONS: Final = Metric(
    "martech_kafka_partitions",
    "gauge",
    "Partitions that this worker has, by what it does with them.",
    {"state": "opening, ready, busy, refused"},
)
LAST_POLL: Final = Metric(
    "martech_kafka_last_poll_timestamp_seconds",
    "gauge",
    "When a look for new records last came back.",
    unit="seconds",
)
SOURCE_PAUSED: Final = Metric(
    "martech_source_paused",
    "gauge",
    "1 where a source is not read, as commanded, else 0.",
    {"source": _SOURCE},
)
CATALOG_INFO: Final = Metric(
    "martech_catalog_info",
    "gauge",
    "1, with the digest of the catalog in force: workers that judge by different ones show different digests.",
    {"digest": "one"},
)
REMOVED_UNREAD: Final = Metric(
    "martech_kafka_offsets_removed_unread_total",
    "counter",
    "Offsets of a source's topics that their retention removed before they were read.",
    {"source": _SOURCE},
)

METRICS: Final[tuple[Metric, ...]] = (
    EVENTS, RECEIVED, REPLAYED, VIOLATIONS, VERSION_EVENTS, DEPRECATED_EVENTS, UNDECODABLE, UPSTREAM,
    SLI_EVENTS, SLO_OBJECTIVE, SLO_THRESHOLD, BUDGET_REMAINING, BUDGET_EXHAUSTION,
    OWNERSHIP, DRIFT, DRIFT_SAMPLED, GATE_OPEN, GATE_DECISIONS, INCIDENTS, LATE_EVENTS,
    CONSENT_EVENTS, CONSENT_DECISIONS, CONSENT_USABLE, CONSENT_REQUIRED, CONSENT_CHOICES, CONSENT_BREACHES,
    CONSENT_DISAGREEMENTS, CONSENT_PLATFORMS, CONSENT_CONTRADICTIONS, CONSENT_LATENCY, CONSENT_REVIEWS_OVERDUE,
    LATENCY, TIME_DISORDER, CLOCK_SKEW, CLOCK_SKEW_EVENTS, DUPLICATE_HORIZON,
    CONTRACT_LAST_EVENT, SOURCE_LAST_EVENT, SOURCE_SILENT,
    TOOLS, TOOL_EVENTS, TOOL_LAST_EVENT,
    QUARANTINE_EVENTS, QUARANTINE_BYTES, QUARANTINE_FAILURES, QUARANTINE_EXPIRED,
    REQUESTS, QUEUE, PRODUCED, PRODUCE_FAILURES,
    ENGINE_FAILURES, LABEL_OVERFLOW, LEAK_EVENTS, LEAKS, LEAK_SHARE, PROOF_OVERFLOW, SERIES,
    FOLD_LAG, FOLD_WATERMARK, FOLD_SECONDS, FOLD_REFUSALS, FOLD_UNREADABLE, FOLD_FENCED, STORE_REACHABLE,
    REBALANCES, TRANSACTIONS, TRANSACTION_SECONDS, REMOVED_UNREAD,
    LAG, LAG_SECONDS, LOG_MARGIN, PARTITION_STATUS, PARTITIONS, LAST_POLL, SOURCE_PAUSED, CATALOG_INFO,
    CONTRACT_INFO, BUILD_INFO, CATALOG_SUCCESS, CATALOG_TIME,
)  # fmt: skip
