"""Consent signals that answer by category: what each platform says, before our purposes enter.

Sources: Segment, "Consent in Segment"; RudderStack, "Consent management in SDKs"; Google, "Measurement Protocol,
consent"; Snowplow, schema `consent_preferences/1-0-0`. Only a JSON true (or the platform's own word for it) is a
yes: `"true"`, 1 and `granted` in the wrong case are malformed.
"""

from collections.abc import Mapping
from typing import Final

from observer.consent.answer import (
    CONSENT,
    EXPIRED,
    GLOBAL_PRIVACY_CONTROL,
    MALFORMED,
    NO_CHOICE_YET,
    REFUSED,
    Answer,
)
from observer.consent.choices import Choices, Reading
from observer.consent.json_signal import read_object
from observer.consent.malformed import malformed

_SEGMENT: Final = ("segment", "onetrust")
_RUDDERSTACK: Final = ("rudderstack", "onetrust")
_PLAIN: Final = ("plain", "onetrust")
_SPELLINGS: Final = ("categoryPreferences", "categoryPreference")
"""Segment's documentation has both; where an event carries both, both count."""


def read_segment(raw: bytes) -> Reading:
    """Reads `context.consent`: `{categoryPreferences: {id: bool}}`, with a TC string under `tcString` if any."""
    consent = read_object("segment", raw)
    choices = []
    for spelling in _SPELLINGS:
        preferences = consent.get(spelling)
        if preferences is not None:
            choices.append(Choices(_SEGMENT, _switches("segment", preferences, f"$.{spelling}")))
    tc_string = consent.get("tcString")
    if tc_string is not None and not isinstance(tc_string, str):
        raise malformed("segment", "wrong_kind", "$.tcString")
    return Reading(tuple(choices), () if tc_string is None else (tc_string,))


def read_rudderstack(raw: bytes) -> Reading:
    """Reads `context.consentManagement`: ids allowed and ids denied; an id in both is denied.

    `resolutionStrategy` says how RudderStack itself treats a destination with several categories. It is not read
    here: our policy asks for every purpose of a destination.
    """
    consent = read_object("rudderstack", raw)
    allowed, denied = consent.get("allowedConsentIds"), consent.get("deniedConsentIds")
    if allowed is None and denied is None:
        return Reading()
    answers = _ids(allowed, "$.allowedConsentIds", CONSENT) | _ids(denied, "$.deniedConsentIds", REFUSED)
    return Reading((Choices(_RUDDERSTACK, answers),))


def read_plain(consent: Mapping[str, object]) -> Reading:
    """Reads a map of category ids to true or false."""
    answers = _switches("plain", consent, "$")
    return Reading((Choices(_PLAIN, answers),) if answers else ())


def read_gpc(raw: bytes) -> Reading:
    """Reads Global Privacy Control, as the header `Sec-GPC` or the property in the browser: `1` or `true` refuses;
    anything else is as if it had not been sent."""
    if raw.strip() not in {b"1", b"true"}:
        return Reading()
    return Reading((Choices(("gpc",), {"opt-out": GLOBAL_PRIVACY_CONTROL}, None),))


def read_ga4(raw: bytes) -> Reading:
    """Reads the `consent` object of Google's Measurement Protocol: GRANTED or DENIED, in capitals."""
    words = {"GRANTED": CONSENT, "DENIED": REFUSED}
    consent = read_object("ga4", raw)
    answers = {
        category: words.get(value, MALFORMED) if isinstance(value, str) else MALFORMED
        for category, value in consent.items()
    }
    return Reading((Choices(("ga4",), answers),) if answers else ())


def read_snowplow(raw: bytes) -> Reading:
    """Reads the data of Snowplow's `consent_preferences` event.

    `allow_all` names the scopes that were offered: where it does, no other scope is granted by it. A basis for
    processing other than consent makes no consent.
    """
    event = read_object("snowplow_preferences", raw)
    nested = event.get("data")
    if isinstance(nested, dict):
        event = nested
    kind = event.get("eventType")
    if not isinstance(kind, str) or kind not in _SNOWPLOW:
        raise malformed("snowplow_preferences", "unknown_choice", "$.eventType")
    scopes = _scopes(event.get("consentScopes"))
    if kind in _ALLOWING and event.get("basisForProcessing", "consent") != "consent":
        return Reading((Choices(("snowplow",), {}),))
    if kind == "allow_selected":
        return Reading((Choices(("snowplow",), scopes, REFUSED),))
    if kind == "allow_all" and scopes:
        return Reading((Choices(("snowplow",), scopes),))
    return Reading((Choices(("snowplow",), {}, _SNOWPLOW[kind]),))


def read_snowplow_gdpr(raw: bytes) -> Reading:
    """Reads Snowplow's `gdpr` entity: the basis that a company claims for an event. It is nobody's choice, so it
    says nothing here."""
    read_object("snowplow_gdpr", raw)
    return Reading()


_ALLOWING: Final = frozenset({"allow_all", "allow_selected"})
_SNOWPLOW: Final[Mapping[str, Answer]] = {
    "allow_all": CONSENT,
    "allow_selected": CONSENT,
    "deny_all": REFUSED,
    "pending": NO_CHOICE_YET,
    "implicit_consent": NO_CHOICE_YET,
    "withdrawn": REFUSED,
    "expired": EXPIRED,
}
"""What each `eventType` answers. Implicit consent is nobody's choice."""


def _switches(kind: str, value: object, path: str) -> dict[str, Answer]:
    if not isinstance(value, dict):
        raise malformed(kind, "wrong_kind", path)
    return {category: _switch(choice) for category, choice in value.items()}


def _switch(choice: object) -> Answer:
    if choice is True:
        return CONSENT
    return REFUSED if choice is False else MALFORMED


def _ids(value: object, path: str, meaning: Answer) -> dict[str, Answer]:
    """Returns the ids of a list, or of an object whose keys are ids and whose values are names or switches."""
    if value is None:
        return {}
    if isinstance(value, list) and all(isinstance(category, str) for category in value):
        return dict.fromkeys(value, meaning)
    if isinstance(value, dict):
        return {category: _listed(entry, meaning) for category, entry in value.items()}
    raise malformed("rudderstack", "wrong_kind", path)


_SWITCH_WORDS: Final = frozenset({"", "true", "false", "0", "1", "yes", "no", "null"})
"""Not the name of a category: a switch of the wrong kind."""


def _listed(entry: object, meaning: Answer) -> Answer:
    if entry is True or (isinstance(entry, str) and entry.lower() not in _SWITCH_WORDS):
        return meaning
    return REFUSED if entry is False and meaning is CONSENT else MALFORMED


def _scopes(value: object) -> dict[str, Answer]:
    if value is None:
        return {}
    if not isinstance(value, list) or not all(isinstance(scope, str) for scope in value):
        raise malformed("snowplow_preferences", "wrong_kind", "$.consentScopes")
    return dict.fromkeys(value, CONSENT)
