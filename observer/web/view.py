"""What the page needs of the rest of the house."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, TypeAlias

from observer.catalog import Catalog
from observer.messages import Lang
from observer.quarantine import Archive
from observer.windows.budgets import Budget
from observer.windows.readings import Readings

LOCAL_HOSTS: Final = frozenset({"localhost", "127.0.0.1", "::1"})

ReadPeriod: TypeAlias = Callable[[float, float, int], Readings]
"""(since, until, seconds of a step) -> readings; called in a thread. `Reader.readings` is one."""


class PageView(NamedTuple):
    """What the page shows and who may see it.

    catalog: the one in force, asked anew for each answer; now: seconds since the epoch;
    token: asked of everyone where it is not "", as it must be on any address but localhost;
    hosts: names that the Host header may carry where no token is asked, so that no other site's name can be
        pointed at this machine (DNS rebinding);
    archive: the quarantine whose events can be explained, or None; budgets: error budgets as they were last read;
    language: where neither the address nor the browser chooses; secure: whether a proxy serves the page by TLS.
    """

    catalog: Callable[[], Catalog]
    readings: ReadPeriod
    now: Callable[[], float]
    token: str = ""
    hosts: frozenset[str] = LOCAL_HOSTS
    language: Lang = "en"
    secure: bool = False
    archive: Archive | None = None
    budgets: Callable[[], Sequence[Budget]] = tuple
