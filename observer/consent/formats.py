"""Every format of consent signal that can be read, by the name that dialects give it."""

from collections.abc import Mapping
from typing import Final

from observer.consent.categories import (
    read_ga4,
    read_gpc,
    read_plain,
    read_rudderstack,
    read_segment,
    read_snowplow,
    read_snowplow_gdpr,
)
from observer.consent.choices import Reader, Reading
from observer.consent.google import read_gcd, read_gcs
from observer.consent.gpp_signal import (
    read_gpp,
    read_gpp_in_force,
    read_section_ids,
    read_us_privacy,
)
from observer.consent.iab import (
    joined,
    read_additional_consent,
    read_gdpr_flag,
    read_openrtb,
    read_uet,
)
from observer.consent.json_signal import read_object, read_text
from observer.consent.malformed import malformed
from observer.consent.platforms import (
    read_axeptio,
    read_axeptio_vendors,
    read_commanders_act,
    read_didomi,
    read_didomi_string,
    read_onetrust,
    read_onetrust_groups,
)


def read_tcf(raw: bytes) -> Reading:
    """Reads a TC string, bare or as a JSON string; nothing at all is no signal."""
    return Reading(tc_strings=(read_text("tcf", raw),)) if raw else Reading()


KEYS: Final[Mapping[str, Reader]] = {
    "OptanonConsent": read_onetrust,
    "OnetrustActiveGroups": read_onetrust_groups,
    "OptanonActiveGroups": read_onetrust_groups,
    "didomi_token": read_didomi,
    "didomi_dcs": read_didomi_string,
    "TC_PRIVACY": read_commanders_act,
    "axeptio_cookies": read_axeptio,
    "axeptio_authorized_vendors": read_axeptio_vendors,
    "euconsent-v2": read_tcf,
    "eupubconsent-v2": read_tcf,
    "IABTCF_TCString": read_tcf,
    "gdpr_consent": read_tcf,
    "OTGPPConsent": read_gpp,
    "IABGPP_HDR_GppString": read_gpp,
    "gpp": read_gpp,
    "usprivacy": read_us_privacy,
    "us_privacy": read_us_privacy,
    "IABUSPrivacy_String": read_us_privacy,
    "gdpr": read_gdpr_flag,
    "IABTCF_gdprApplies": read_gdpr_flag,
    "addtl_consent": read_additional_consent,
    "IABTCF_AddtlConsent": read_additional_consent,
    "gcs": read_gcs,
    "gcd": read_gcd,
    "asc": read_uet,
    "gpc": read_gpc,
    "Sec-GPC": read_gpc,
}
"""Cookies, store entries, parameters and headers that hold consent, by their names. The name chooses the reader:
several formats begin with the same letters."""

_SECTIONS: Final[Mapping[str, str]] = {"gpp_sid": "gpp", "IABGPP_GppSID": "IABGPP_HDR_GppString"}
"""What names the sections in force -> the GPP string whose they are."""


def read_keyed(raw: bytes) -> Reading:
    """Reads an object of cookies or the like by their names; every value is text, and a name that is not of KEYS
    says nothing."""
    return _by_name("keyed", read_object("keyed", raw))


def read_map(raw: bytes) -> Reading:
    """Reads a plain map of category ids to true or false, in which text under a name of KEYS is read as such."""
    consent = read_object("plain", raw)
    named = _named(consent)
    plain = read_plain({name: value for name, value in consent.items() if name not in named})
    return joined(plain, _by_name("plain", named)) if named else plain


def read_page_url(raw: bytes) -> Reading:
    """Reads the consent parameters of a page's address, as an object by their names. Whoever makes a link chooses
    them, so only a refusal counts; a yes is that of the page which the person came from, if of anybody."""
    return read_keyed(raw)._replace(refuses_only=True)


def _with_names(kind: str, read: Reader) -> Reader:
    """Returns a reader of a platform's object that also reads text under a name of KEYS in it."""

    def reader(raw: bytes) -> Reading:
        named = _named(read_object(kind, raw))
        reading = read(raw)
        return joined(reading, _by_name(kind, named)) if named else reading

    return reader


def _named(consent: Mapping[str, object]) -> dict[str, object]:
    known = KEYS.keys() | _SECTIONS.keys()
    return {name: value for name, value in consent.items() if name in known and isinstance(value, str)}


def _by_name(kind: str, values: Mapping[str, object]) -> Reading:
    found = Reading()
    sections = {
        _SECTIONS[name]: _bytes(kind, name, values[name]) for name in values.keys() & _SECTIONS.keys()
    }
    for name, value in values.items():
        reader = KEYS.get(name)
        if reader is None:
            continue
        raw = _bytes(kind, name, value)
        if name in sections and raw:
            in_force = read_section_ids(sections[name]) if sections[name] else None
            found = joined(found, read_gpp_in_force(raw, in_force))
        else:
            found = joined(found, reader(raw))
    return found


def _bytes(kind: str, name: str, value: object) -> bytes:
    if not isinstance(value, str):
        raise malformed(kind, "wrong_kind", name)
    return value.encode("utf-8", "surrogatepass")


READERS: Final[Mapping[str, Reader]] = {
    "segment": _with_names("segment", read_segment),
    "rudderstack": _with_names("rudderstack", read_rudderstack),
    "ga4": read_ga4,
    "snowplow_preferences": read_snowplow,
    "snowplow_gdpr": read_snowplow_gdpr,
    "plain": read_map,
    "keyed": read_keyed,
    "page_url": read_page_url,
    "openrtb": read_openrtb,
    "tcf": read_tcf,
    "gpp": read_gpp,
    "us_privacy": read_us_privacy,
    "google_ac": read_additional_consent,
    "gdpr": read_gdpr_flag,
    "gcd": read_gcd,
    "gcs": read_gcs,
    "uet": read_uet,
    "gpc": read_gpc,
    "onetrust": read_onetrust,
    "onetrust_groups": read_onetrust_groups,
    "didomi_token": read_didomi,
    "didomi_dcs": read_didomi_string,
    "commanders_act": read_commanders_act,
    "axeptio": read_axeptio,
    "axeptio_vendors": read_axeptio_vendors,
}
"""A format that is not here is never a yes: the judge answers `signal_unsupported`."""
