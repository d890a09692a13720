"""Faults of consent: what each does to an event that is right, and by which count it is found."""

from collections.abc import Callable, Mapping
from typing import Final

from observer import metrics
from observer.demo.planned import Json, Planned
from observer.metrics import Metric
from observer.sinks.totals import Totals

CATEGORIES: Final = ("advertising", "analytics", "personalisation", "newsletter")
WITHDRAWN: Final = "withdrawn_consent"
CONTRADICTED: Final = "contradicted_exemption"
CHOICE: Final = "Consent Updated"

_YES: Final[Mapping[str, Json]] = dict.fromkeys(CATEGORIES, True)
_NO: Final[Mapping[str, Json]] = dict.fromkeys(CATEGORIES, False)

_SHOP: Final[Mapping[str, Callable[[Planned], Planned]]] = {
    "malformed_consent": lambda event: event._replace(choices={**_YES, "advertising": "yes"}),
    "expired_consent": lambda event: event._replace(choices=None, tc_string="expired"),
    "choice_after_event": lambda event: event._replace(choices=None, tc_string="tomorrow"),
    "unknown_vendor_list": lambda event: event._replace(choices=None, tc_string="unknown_list"),
    "unmapped_category": lambda event: event._replace(choices={"tools_of_marketing": True}),
    "sent_without_basis": lambda event: event._replace(
        choices=dict(_NO), integrations={"All": True, "Criteo": True}
    ),
}
_APP: Final[Mapping[str, Callable[[Planned], Planned]]] = {
    "missing_consent": lambda event: event._replace(choices=None),
    "disagreeing_signals": lambda event: event._replace(
        choices=dict(_YES), context={**event.context, "us_privacy": "1YYN"}
    ),
}
SHOP_SHARES: Final = tuple((code, 0.008) for code in _SHOP)
"""Of the web shop's events, each fault's."""
APP_SHARES: Final = (("missing_consent", 0.03), ("disagreeing_signals", 0.008))
"""Of the app's."""


def broken(event: Planned, fault: str) -> Planned:
    """Returns the event with a fault of consent, and the event itself where `fault` is another."""
    spoil = _SHOP.get(fault) or _APP.get(fault)
    return event if spoil is None else spoil(event)._replace(fault=fault)


def contradicted(event: Planned) -> Planned:
    """Returns an event of the magazine whose reader came by an advertisement: its exemption does not cover that."""
    return event._replace(fault=CONTRADICTED, url=f"{event.url}?gclid=demo-{event.message_id}")


class Withdrawals:
    """People who take their consent back, one after the other, an event a second: they refuse, an SDK still says yes,
    then it has read the platform again."""

    def __init__(self) -> None:
        self._step = 0

    def next(self) -> Planned:
        """Returns the next event of whoever is at it."""
        person, step = divmod(self._step, 3)
        self._step += 1
        name = f"withdrawer-{person:04d}"
        event = Planned(
            "web-shop", "page", "", _PAGE, f"{name}-{step}", name, choices=dict(_NO), url=str(_PAGE["url"])
        )
        if step == 0:
            return event._replace(kind="track", name=CHOICE, payload=_REFUSAL)
        return event._replace(fault=WITHDRAWN, choices=dict(_YES)) if step == 1 else event


_PAGE: Final[dict[str, Json]] = {
    "path": "/",
    "title": "Maison Lumière",
    "url": "https://www.maison-lumiere.example/",
    "referrer": "",
    "search": "",
}
_REFUSAL: Final[dict[str, Json]] = {
    "choice": "withdrawn",
    "purposes": {"advertising": False, "audience-measurement": False},
    "banner_version": "4.2",
    "chosen_at": "2026-11-22T10:00:00Z",
}


def _counted(metric: Metric, **labels: str) -> Callable[[Totals], float]:
    return lambda totals: totals.value(metric, **labels)


def _state(source: str, state: str) -> Callable[[Totals], float]:
    return _counted(metrics.CONSENT_EVENTS, source=source, purpose="advertising", state=state)


def _refused(reason: str) -> Callable[[Totals], float]:
    return _counted(metrics.CONSENT_DECISIONS, destination="google-ads", channel="web", reason=reason)


FINDERS: Final[Mapping[str, Callable[[Totals], float]]] = {
    "missing_consent": _state("app", "missing"),
    "malformed_consent": _state("web-shop", "malformed"),
    "expired_consent": _state("web-shop", "expired"),
    "unknown_vendor_list": _state("web-shop", "unknown"),
    "choice_after_event": _refused("choice_after_event"),
    "unmapped_category": _refused("category_unmapped"),
    WITHDRAWN: _refused("withdrawn"),
    "sent_without_basis": _counted(metrics.CONSENT_BREACHES, destination="criteo"),
    "disagreeing_signals": _counted(metrics.CONSENT_DISAGREEMENTS, source="app", purpose="advertising"),
    CONTRADICTED: _counted(metrics.CONSENT_CONTRADICTIONS, source="web-magazine"),
}
"""By fault: the observer's own count that finds it."""
