"""A decoded TC string as JSON, in the names that the libraries of the field use."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from observer.consent.idsets import IdSet, to_ids, to_ranges
from observer.consent.tcf import PublisherTc, TcString

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def as_json(string: TcString) -> dict[str, Any]:
    """Returns the string as JSON values: sets of vendors as inclusive ranges, dates in ISO 8601 with milliseconds,
    null for a segment that the string lacks."""
    return {
        "version": string.version,
        "created": instant(string.created),
        "lastUpdated": instant(string.updated),
        "cmpId": string.cmp_id,
        "cmpVersion": string.cmp_version,
        "consentScreen": string.consent_screen,
        "consentLanguage": string.consent_language,
        "vendorListVersion": string.vendor_list_version,
        "policyVersion": string.policy_version,
        "isServiceSpecific": string.service_specific,
        "useNonStandardTexts": string.non_standard_texts,
        "specialFeatureOptins": to_ids(string.special_features),
        "purposeConsents": to_ids(string.purpose_consents),
        "purposeLegitimateInterests": to_ids(string.purpose_interests),
        "purposeOneTreatment": string.purpose_one_treatment,
        "publisherCountryCode": string.publisher_country,
        "vendorConsents": _ranges(string.vendor_consents),
        "vendorLegitimateInterests": _ranges(string.vendor_interests),
        "publisherRestrictions": [
            {"purposeId": purpose, "restrictionType": kind, "vendors": _ranges(vendors)}
            for purpose, kind, vendors in string.restrictions
        ],
        "vendorsDisclosed": None if string.disclosed is None else _ranges(string.disclosed),
        "vendorsAllowed": None if string.allowed is None else _ranges(string.allowed),
        "publisherTC": None if string.publisher is None else _publisher(string.publisher),
    }


def _ranges(ids: IdSet) -> list[list[int]]:
    return [[start, end] for start, end in to_ranges(ids)]


def instant(deciseconds: int) -> str:
    """Returns a time in deciseconds since the epoch as ISO 8601 with milliseconds."""
    moment = _EPOCH + timedelta(milliseconds=100 * deciseconds)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _publisher(publisher: PublisherTc) -> dict[str, Any]:
    return {
        "publisherConsents": to_ids(publisher.consents),
        "publisherLegitimateInterests": to_ids(publisher.interests),
        "numCustomPurposes": publisher.custom_count,
        "publisherCustomConsents": to_ids(publisher.custom_consents),
        "publisherCustomLegitimateInterests": to_ids(publisher.custom_interests),
    }
