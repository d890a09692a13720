"""Click ids in a page's URL: parameters that advertising and mailing platforms add to a link."""

import re
from collections.abc import Iterable

from observer.tools.sighting import ClickIdFinder


def compile_click_ids(names: Iterable[str]) -> ClickIdFinder:
    """Returns a finder of these parameter names, in any case; it returns them as spelled here.

    It looks from the first `?` on, and so sees the query, a query inside the fragment (`#/cart?gclid=…`) and
    parameters behind `#` or `;`. A parameter without a value is no click. Linear in the length of the URL.
    """
    spelled = {name.lower(): name for name in names}
    if not spelled:
        return _nothing
    alternatives = "|".join(map(re.escape, sorted(spelled)))
    # `ASCII`: else `ſ` would stand for `s`.
    parameters = re.compile(rf"[?&#;]({alternatives})=[^&#;]", re.IGNORECASE | re.ASCII)

    def find(url: str) -> tuple[str, ...]:
        start = url.find("?")
        if start < 0:
            return ()
        found = parameters.findall(url, start)
        return tuple(sorted({spelled[name.lower()] for name in found})) if found else ()

    return find


def _nothing(_url: str) -> tuple[str, ...]:
    return ()
