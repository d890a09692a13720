"""A small company and its traffic, made up: what the tests of windows, web and browser look at."""

from collections.abc import Iterable, Mapping

from observer.catalog import Capability, Catalog, ConsentPlatform, Destination, Purpose, Source, Tool
from observer.consent.outcome import ConsentOutcome
from observer.contracts.compiled import Contract, Owner
from observer.contracts.quality import Bound, Metric, QualityRule
from observer.dialects import DIALECTS
from observer.model import Finding, Rollup, RollupKey, Signal, ViolationKind
from observer.tools.sighting import Evidence, Sighting
from observer.windows.budgets import Budget, Counted
from observer.windows.drift_readings import DriftRow
from observer.windows.gate_readings import GateReadings
from observer.windows.gates import Decision, GateState, Incident, Outcome, Trouble
from observer.windows.merge import merge, minute_windows
from observer.windows.readings import LatestFinding, Readings, Step

NOW = 1_795_000_000.0
"""A Wednesday in November 2026, 11:06:40 UTC."""

CAMILLE = Owner("Camille Laurent", "camille.laurent@maison-lumiere.example")
NADIA = Owner("Nadia Benali", "nadia.benali@maison-lumiere.example")
THOMAS = Owner("Thomas Girard", "thomas.girard@maison-lumiere.example")

PURPOSES = {
    "audience-measurement": Purpose("audience-measurement", "Audience measurement", "Mesure d’audience"),
    "personalisation": Purpose("personalisation", "Personalisation", "Personnalisation"),
    "advertising": Purpose("advertising", "Advertising", "Publicité"),
}
DESTINATIONS = {
    "google-ads": Destination(
        "google-ads", "Google Ads", "google-ads", ("advertising",), ("web-shop", "app")
    ),
    "criteo": Destination("criteo", "Criteo", "criteo", ("advertising", "personalisation"), ("web-shop",)),
    "mixpanel": Destination(
        "mixpanel", "Mixpanel", "mixpanel", ("audience-measurement",), ("web-shop", "app")
    ),
}
CAPABILITIES = {
    "collection": Capability("collection", "Collection", "Collecte"),
    "customer-data-platform": Capability(
        "customer-data-platform", "Customer data platform", "Données clients"
    ),
    "analytics": Capability("analytics", "Analytics", "Analyse d’audience"),
    "journeys": Capability("journeys", "Journeys", "Parcours clients"),
    "paid-activation": Capability("paid-activation", "Paid activation", "Activation payante"),
    "warehouse-and-bi": Capability("warehouse-and-bi", "Warehouse and BI", "Entrepôt et BI"),
}
TOOLS = {
    tool.id: tool
    for tool in (
        Tool("segment", "Segment", "Twilio", "collection", True),
        Tool("rudderstack", "RudderStack", "RudderStack", "customer-data-platform", True),
        Tool("mixpanel", "Mixpanel", "Mixpanel", "analytics", True),
        Tool("braze", "Braze", "Braze", "journeys", True),
        Tool("google-ads", "Google Ads", "Google", "paid-activation", True),
        Tool("metabase", "Metabase", "Metabase", "warehouse-and-bi", True, recognisable=False),
        Tool("hotjar", "Hotjar", "Hotjar", "analytics", False),
        Tool("tiktok-ads", "TikTok Ads", "ByteDance", "paid-activation", False),
    )
}


def _judge(signals: tuple[Signal, ...], day: int) -> ConsentOutcome:
    return ConsentOutcome((), ())


def _find_tools(evidence: Evidence) -> tuple[Sighting, ...]:
    return ()


def _find_click_ids(url: str) -> tuple[str, ...]:
    return ()


def _accept(payload: bytes) -> object:
    return payload


def _no_findings(payload: bytes, root: str) -> tuple[Finding, ...]:
    return ()


def source(
    source_id: str, title: str, channel: str, dialect: str, silent_after: float | None = 900.0
) -> Source:
    return Source(
        id=source_id,
        title=title,
        channel=channel,
        dialect=DIALECTS[dialect],
        marketing_owner=CAMILLE,
        technical_owner=NADIA if channel == "web" else THOMAS,
        contracts={},
        consent=_judge,
        purposes=tuple(PURPOSES),
        destinations=tuple(DESTINATIONS),
        write_key_env=f"MARTECH_KEY_{source_id.upper().replace('-', '_')}",
        silent_after=silent_after,
    )


def contract(contract_id: str, title: str) -> Contract:
    return Contract(
        id=contract_id,
        version="1.0.0",
        title=title,
        matches=(),
        marketing_owner=CAMILLE,
        technical_owner=NADIA,
        purposes=("audience-measurement",),
        runbook=f"https://runbooks.maison-lumiere.example/{contract_id}",
        service_levels=(),
        rules={},
        fast=_accept,
        exact=_no_findings,
        quality=(UNIQUE, FRESH) if contract_id == "order-completed" else (),
    )


UNIQUE = QualityRule(
    "one-event-per-order", Metric.DUPLICATE_VALUES, ("$.order_id",), Bound("mustBeLessThan", 1), "percent"
)
FRESH = QualityRule(
    "freshness", Metric.FRESHNESS, (), Bound("mustBeLessOrEqualTo", 900), "seconds", "warning",
    window=300, every=900,
)  # fmt: skip


def gates(now: float = NOW) -> GateReadings:
    """One gate that closed two hours ago and is closed still, one that is open and was closed yesterday."""
    hour = int(now // 3600) * 3600
    rules = {"type_mismatch/type:$.total": 41.0}
    trouble = Trouble(hour - 7200, hour, 2, 41, 4.25, rules)
    owners = (CAMILLE, NADIA, "https://runbooks.maison-lumiere.example/order-completed")
    return GateReadings(
        (
            GateState("order-completed", "one-event-per-order", hour, False, trouble=trouble),
            GateState("order-completed", "freshness", hour, True),
        ),
        (
            Decision("order-completed", "one-event-per-order", hour - 3600, 3600, Outcome.BROKEN, 4.25, 21, 494, None, False),
            Decision("order-completed", "freshness", hour - 300, 300, Outcome.KEPT, 120.0, 0, 40, None, True),
        ),
        (
            Incident(
                "order-completed", "one-event-per-order", hour - 7200, None, "error", *owners,
                "duplicateValues mustBeLessThan 1 percent", 2, 41, 4.25, "type_mismatch/type:$.total", 41,
            ),
            Incident(
                "order-completed", "freshness", hour - 90000, hour - 88200, "warning", *owners,
                "freshness mustBeLessOrEqualTo 900 seconds", 3, 0, 2700, "", 0,
            ),
            Incident(
                "gone", "rows", hour - 990000, hour - 986400, "info", *owners,
                "rowCount mustBeGreaterThan 0 rows", 1, 10, 0, "", 0,
            ),
        ),
    )  # fmt: skip


def drift(now: float = NOW) -> tuple[DriftRow, ...]:
    """A property, a type and an event that no contract names."""
    minute = int(now // 60) * 60
    return (
        DriftRow("_none", "web-shop", "event", "0f3a9b21c4de", "-", "", minute - 3600, minute - 60, 12, 0),
        DriftRow(
            "order-completed",
            "web-shop",
            "property",
            "9c1d2e3f4a5b",
            "string",
            "$.products[*]",
            minute - 7200,
            minute,
            30,
            40,
        ),
        DriftRow(
            "order-completed", "web-shop", "type", "-", "string", "$.total", minute - 300, minute, 5, 200
        ),
    )


def budgets() -> tuple[Budget, ...]:
    """One that is spent, one that is half left and burns, one of which too little is known."""
    return (
        Budget("order-completed", "validity", 0.995, Counted(9800, 200), -3.0, {"1h": 4.0, "6h": 3.0}, {"1h": 0.0, "6h": 0.0},
               "type_mismatch/type:$.total", 180),
        Budget("order-completed", "latency", 0.95, Counted(9750, 250), 0.5, {"1h": 2.5, "6h": 0.4}, {"1h": 7200.0}),
        Budget("page-viewed", "validity", 0.99, Counted(20, 0), None, {"1h": None, "6h": 0.0}, {}),
    )  # fmt: skip


def catalog(sources: Iterable[Source] | None = None) -> Catalog:
    chosen = sources or (
        source("web-shop", "Web shop", "web", "segment"),
        source("app", "Shopping app", "app", "rudderstack"),
        source("tills", "Tills", "store", "cloudevents"),
        source("crm", "CRM export", "server", "plain", None),
    )
    return Catalog(
        capabilities=CAPABILITIES,
        digest="5f3a9c0de1b2" + "0" * 52,
        company="Maison Lumière",
        sources={one.id: one for one in chosen},
        contracts={
            one.id: one
            for one in (
                contract("order-completed", "Order completed"),
                contract("page-viewed", "Page viewed"),
            )
        },
        tools=TOOLS,
        purposes=PURPOSES,
        destinations=DESTINATIONS,
        find_tools=_find_tools,
        find_click_ids=_find_click_ids,
        consent_platforms={7: ConsentPlatform("Didomi", frozenset({2}))},
    )


def busy_minute(minute: int, weight: int) -> dict[RollupKey, Rollup]:
    """One minute of traffic; every figure is a multiple of `weight` (at least 1)."""
    busy: dict[tuple[str, str], Rollup] = {
        ("source", "web-shop"): {
            "received": 130, "verdict/valid": 118, "verdict/invalid": 5, "verdict/duplicate": 3,
            "verdict/unknown_contract": 3, "verdict/undecodable": 1, "undecodable/truncated": 1,
            "upstream/rudderstack/Required-Missing": 1,
            "latency/created_to_sent/0": 30, "latency/created_to_sent/2": 60, "latency/created_to_sent/5": 30,
            "latency_sum/created_to_sent": 190, "latency/received_to_observed/0": 130,
            "latency_sum/received_to_observed": 2.6, "latency/end_to_end/1": 30, "latency/end_to_end/3": 60,
            "latency/end_to_end/5": 30, "latency_sum/end_to_end": 192.6, "disorder/created_to_sent": 2,
            "skew/behind/0": 100, "skew/behind/8": 4, "skew_sum/behind": 203, "skewed/behind": 4,
            "skew/ahead/10": 2, "skew_sum/ahead": 1900, "skewed/ahead": 2,
            "honoured/refused/3": 3, "honoured/refused/6": 1, "honoured_sum/refused": 24,
        },
        ("source", "app"): {
            "received": 61, "verdict/valid": 52, "verdict/invalid": 6, "verdict/unvalidated": 1,
            "verdict/duplicate": 2, "latency/created_to_sent/6": 30, "latency/created_to_sent/10": 29,
            "latency_sum/created_to_sent": 20000, "latency/received_to_observed/0": 61,
            "latency_sum/received_to_observed": 1.2, "latency/end_to_end/6": 30, "latency/end_to_end/10": 29,
            "latency_sum/end_to_end": 20001.2,
        },
        ("source", "crm"): {"received": 9, "verdict/valid": 9},
        ("contract", "order-completed"): {
            "verdict/valid": 40, "verdict/invalid": 8, "finding/type_mismatch/type:$.total": 8,
            "finding/missing_required/required:$.order_id": 2,
            "leaking/drawn/clean": 7, "leaking/drawn/leaking": 1, "leaking/quarantined/leaking": 2,
            "leak/email/$.properties.coupon": 2, "leak/phone/$.properties.*": 1,
        },
        ("contract", "page-viewed"): {
            "verdict/valid": 139, "verdict/invalid": 3, "finding/wrong_format/format:$.url": 3,
        },
        ("channel", "web"): {
            "consent/advertising/granted": 71, "consent/advertising/denied": 34, "consent/advertising/missing": 15,
            "consent/advertising/expired": 3, "consent/advertising/malformed": 2, "consent/advertising/unknown": 1,
            "consent/audience-measurement/granted": 80, "consent/audience-measurement/denied": 20,
            "consent/audience-measurement/exempt": 26, "consent/personalisation/granted": 64,
            "consent/personalisation/denied": 45, "consent/personalisation/missing": 17,
            "choice/made": 100, "choice/not_yet": 9, "choice/no_signal": 15, "choice/unreadable": 2,
            "disagreement/advertising/segment/us_privacy": 4, "cmp/7/2/advertising/granted": 20,
            "cmp/7/2/advertising/denied": 9, "cmp/_other/_other/advertising/denied": 2,
            "contradiction/audience-measurement/click_id": 3,
        },
        ("channel", "app"): {
            "consent/advertising/granted": 38, "consent/advertising/denied": 11, "consent/advertising/missing": 10,
            "consent/audience-measurement/exempt": 59, "consent/personalisation/granted": 41,
            "consent/personalisation/denied": 18,
        },
        ("channel", "server"): {"consent/advertising/not_applicable": 9},
        ("destination", "google-ads"): {
            "decision/web/allowed/consent": 70, "decision/web/refused/refused": 34,
            "decision/web/refused/no_choice_yet": 15, "decision/web/refused/vendor_refused": 7,
            "decision/app/allowed/consent": 38, "decision/app/refused/refused": 21,
            "breach/web/integration/refused": 6, "breach/web/click_id/no_signal": 2,
        },
        ("destination", "criteo"): {
            "decision/web/allowed/consent": 50, "decision/web/refused/partly_refused": 40,
            "decision/web/refused/refused": 36,
        },
        ("destination", "mixpanel"): {
            "decision/web/allowed/consent": 80, "decision/web/allowed/exempt": 26,
            "decision/web/refused/refused": 20, "decision/app/allowed/exempt": 59,
        },
        ("tool", "segment"): {"seen/declared": 126},
        ("tool", "rudderstack"): {"seen/declared": 59},
        ("tool", "mixpanel"): {"seen/declared": 90},
        ("tool", "google-ads"): {"seen/declared": 12},
        ("tool", "hotjar"): {"seen/undeclared": 4},
    }  # fmt: skip
    return {
        (family, key, minute): {measure: value * weight for measure, value in rollup.items()}
        for (family, key), rollup in busy.items()
    }


def busy_hour(now: float = NOW) -> dict[RollupKey, Rollup]:
    """An hour of traffic that ends now, with a rush in its middle; the tills fell silent before it."""
    rollups: dict[RollupKey, Rollup] = {}
    last = int(now // 60)
    for minute in range(last - 59, last + 1):
        merge(rollups, busy_minute(minute, 1 + (minute * 7 % 5) + 6 * (last - 40 < minute < last - 20)))
    return rollups


def newest(now: float = NOW) -> dict[tuple[str, str], float]:
    """When each source and tool was last seen."""
    times = {("source", one): now - 3 for one in ("web-shop", "app", "crm")}
    times |= {
        ("tool", one): now - 5 for one in ("segment", "rudderstack", "mixpanel", "google-ads", "hotjar")
    }
    times["source", "tills"] = now - 2 * 3600
    return times


def found(
    age: float, rule: str = "type:$.total", kind: str = "type_mismatch", now: float = NOW
) -> LatestFinding:
    """One finding of the web shop, made `age` seconds ago."""
    finding = Finding(ViolationKind(kind), rule, "$.properties.total", "number", "string")
    return LatestFinding(now - age, "web-shop", "order-completed", "invalid", finding)


def readings(
    rollups: Mapping[RollupKey, Rollup],
    findings: Iterable[LatestFinding] = (),
    seen: Mapping[tuple[str, str], float] | None = None,
    seconds: int = 3600,
    step: int = 60,
    now: float = NOW,
) -> Readings:
    """What a store that holds `rollups` answers for the last `seconds`."""
    measures: dict[tuple[str, str, int], Rollup] = {}
    steps = []
    for (family, key, start), rollup in minute_windows(rollups).items():
        merge(measures, {(family, key, 0): rollup})
        if family == "source":
            events = sum(value for name, value in rollup.items() if name.startswith("verdict/"))
            steps.append(Step(start // step * step, key, events, rollup.get("verdict/valid", 0.0)))
    return Readings(
        since=now // 60 * 60 - seconds,
        until=now,
        step=step,
        measures={(family, key): rollup for (family, key, _), rollup in measures.items()},
        last_seen=seen or {},
        timeline=tuple(steps),
        findings=tuple(findings),
        written=now - 1,
        gates=gates(now),
        drift=drift(now),
    )
