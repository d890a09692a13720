"""Events that did not pass, kept whole on disk until they are erased or expire."""

from observer.quarantine.archive import Archive
from observer.quarantine.entry import Entry, Filters
from observer.quarantine.limits import Limits
from observer.quarantine.quarantine import Quarantine

__all__ = ["Archive", "Entry", "Filters", "Limits", "Quarantine"]
