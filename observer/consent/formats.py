"""Every format of consent signal that can be read, by the name that dialects give it."""

from collections.abc import Mapping
from typing import Final

from observer.consent.categories import (
    Reader,
    Reading,
    read_ga4,
    read_gpc,
    read_plain,
    read_rudderstack,
    read_segment,
    read_snowplow,
    read_snowplow_gdpr,
)
from observer.consent.google import read_gcd, read_gcs
from observer.consent.json_signal import read_value
from observer.consent.malformed import malformed


def read_tcf(raw: bytes) -> Reading:
    """Reads a TC string, bare or as a JSON string; nothing at all is no signal."""
    if not raw:
        return Reading()
    if raw.startswith(b'"'):
        return Reading(tc_string=str(read_value("tcf", raw)))
    try:
        return Reading(tc_string=raw.decode("ascii"))
    except UnicodeDecodeError:
        raise malformed("tcf", "bad_character") from None


READERS: Final[Mapping[str, Reader]] = {
    "segment": read_segment,
    "rudderstack": read_rudderstack,
    "ga4": read_ga4,
    "snowplow_preferences": read_snowplow,
    "snowplow_gdpr": read_snowplow_gdpr,
    "plain": read_plain,
    "tcf": read_tcf,
    "gcd": read_gcd,
    "gcs": read_gcs,
    "gpc": read_gpc,
}
"""A format that is not here is never a yes: the judge answers `signal_unsupported`."""
