"""What the figures mean, as data: the question that each answers, how it is defined, what is divided by what.

Texts are in observer/messages/glossary.py under `glossary.<id>.<part>`; a test holds each to its parts in both
languages, and each metric to metrics.py.
"""

from typing import Final, NamedTuple

from observer import metrics
from observer.messages import Lang, say
from observer.metrics import Metric

PARTS: Final = ("title", "question", "definition", "numerator", "denominator")


class Measure(NamedTuple):
    """One figure. counted: the metrics that it is made of, the numerator's first; its rate is never exported, so that
    it can be formed over any period."""

    id: str
    counted: tuple[Metric, ...]

    def told(self, part: str, lang: Lang) -> str:
        """Returns one of PARTS in a language."""
        return say(f"glossary.{self.id}.{part}", lang)


CONSENT: Final[tuple[Measure, ...]] = (
    Measure("usable_rate", (metrics.CONSENT_EVENTS,)),
    Measure("destination_rate", (metrics.CONSENT_USABLE, metrics.CONSENT_REQUIRED)),
    Measure("state_shares", (metrics.CONSENT_EVENTS,)),
    Measure("breaches", (metrics.CONSENT_BREACHES, metrics.CONSENT_DECISIONS)),
    Measure("before_choice", (metrics.CONSENT_CHOICES,)),
    Measure("disagreements", (metrics.CONSENT_DISAGREEMENTS, metrics.CONSENT_EVENTS)),
    Measure("platform_drift", (metrics.CONSENT_PLATFORMS,)),
    Measure("change_latency", (metrics.CONSENT_LATENCY,)),
    Measure("contradictions", (metrics.CONSENT_CONTRADICTIONS, metrics.RECEIVED)),
)
"""The measures of consent, in the order in which people read them."""
