"""The example's catalog with windows of a minute: a demo lasts for less than an hour."""

from dataclasses import replace

from observer.catalog import Catalog
from observer.contracts.quality import WITHOUT_EVIDENCE, QualityRule
from observer.loader import Holder

WINDOW = 60
"""Seconds."""


class ShortWindows(Holder):
    """Holds the catalog with every gate that looks at events judged over each minute, at its end, on whatever came."""

    @property
    def catalog(self) -> Catalog:
        """The catalog in force; the same object for as long as it is."""
        declared = super().catalog
        if self._declared is not declared:
            contracts = {
                name: replace(contract, quality=tuple(map(_short, contract.quality)))
                for name, contract in declared.contracts.items()
            }
            self._declared, self._short = declared, declared._replace(contracts=contracts)
        return self._short

    _declared: Catalog | None = None
    _short: Catalog


def _short(rule: QualityRule) -> QualityRule:
    if rule.metric in WITHOUT_EVIDENCE:
        # So many events an hour are not so many a minute: what speaks of quantities keeps its window.
        return rule
    return rule._replace(window=WINDOW, lateness=0, minimum_events=min(rule.minimum_events, 1))
