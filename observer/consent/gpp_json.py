"""A decoded GPP string as JSON, in the names that the library of the field uses."""

from typing import Any

from observer.consent.gpp import HEADER_TYPE, VERSION, GppString
from observer.consent.gpp_us import UsPrivacy, UsSection
from observer.consent.idsets import IdSet, to_ids
from observer.consent.tcf import PublisherTc, Restriction, TcString
from observer.consent.tcf_canada import CanadaString
from observer.consent.tcf_json import instant


def as_json(string: GppString) -> dict[str, Any]:
    """Returns the string as JSON values. Where a TC string lacks a segment its sets are empty, as in that library;
    `gpc` alone keeps absent (null) apart from false."""
    sections: dict[str, Any] = {}
    if string.europe is not None:
        sections["tcfeuv2"] = _europe(string.europe)
    if string.canada is not None:
        sections["tcfcav1"] = _canada(string.canada)
    if string.us_privacy is not None:
        sections["uspv1"] = us_privacy_as_json(string.us_privacy)
    sections |= {section.name: _us(section) for section in string.us.values()}
    ids = list(string.section_ids)
    return {
        "header": {"Id": HEADER_TYPE, "Version": VERSION, "SectionIds": ids},
        "sectionIds": ids,
        "sections": sections,
        "gpc": {section.name: section.gpc for section in string.us.values()},
    }


def us_privacy_as_json(privacy: UsPrivacy) -> dict[str, Any]:
    """Returns a US Privacy string as JSON values."""
    return {
        "Version": 1,
        "Notice": privacy.notice,
        "OptOutSale": privacy.opted_out_of_sale,
        "LspaCovered": privacy.covered_by_agreement,
    }


def _us(section: UsSection) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in section.fields.items()
    }


def _europe(string: TcString) -> dict[str, Any]:
    publisher = string.publisher or PublisherTc(0, 0, 0, 0, 0)
    return {
        "Version": string.version,
        "Created": instant(string.created),
        "LastUpdated": instant(string.updated),
        "CmpId": string.cmp_id,
        "CmpVersion": string.cmp_version,
        "ConsentScreen": string.consent_screen,
        "ConsentLanguage": string.consent_language,
        "VendorListVersion": string.vendor_list_version,
        "PolicyVersion": string.policy_version,
        "IsServiceSpecific": string.service_specific,
        "UseNonStandardStacks": string.non_standard_texts,
        "SpecialFeatureOptins": _flags(string.special_features, 12),
        "PurposeConsents": _flags(string.purpose_consents, 24),
        "PurposeLegitimateInterests": _flags(string.purpose_interests, 24),
        "PurposeOneTreatment": string.purpose_one_treatment,
        "PublisherCountryCode": string.publisher_country,
        "VendorConsents": to_ids(string.vendor_consents),
        "VendorLegitimateInterests": to_ids(string.vendor_interests),
        "PublisherRestrictions": [_restriction(one) for one in string.restrictions],
        "PublisherPurposesSegmentType": 3,
        "PublisherConsents": _flags(publisher.consents, 24),
        "PublisherLegitimateInterests": _flags(publisher.interests, 24),
        "NumCustomPurposes": publisher.custom_count,
        "PublisherCustomConsents": _flags(publisher.custom_consents, publisher.custom_count),
        "PublisherCustomLegitimateInterests": _flags(publisher.custom_interests, publisher.custom_count),
        "VendorsAllowedSegmentType": 2,
        "VendorsAllowed": to_ids(string.allowed or 0),
        "VendorsDisclosedSegmentType": 1,
        "VendorsDisclosed": to_ids(string.disclosed or 0),
    }


def _canada(string: CanadaString) -> dict[str, Any]:
    publisher = string.publisher or PublisherTc(0, 0, 0, 0, 0)
    return {
        "Version": string.version,
        "Created": instant(string.created),
        "LastUpdated": instant(string.updated),
        "CmpId": string.cmp_id,
        "CmpVersion": string.cmp_version,
        "ConsentScreen": string.consent_screen,
        "ConsentLanguage": string.consent_language,
        "VendorListVersion": string.vendor_list_version,
        "TcfPolicyVersion": string.policy_version,
        "UseNonStandardStacks": string.non_standard_texts,
        "SpecialFeatureExpressConsent": _flags(string.special_features, 12),
        "PurposesExpressConsent": _flags(string.purposes_express, 24),
        "PurposesImpliedConsent": _flags(string.purposes_implied, 24),
        "VendorExpressConsent": to_ids(string.vendors_express),
        "VendorImpliedConsent": to_ids(string.vendors_implied),
        "PubRestrictions": [_restriction(one) for one in string.restrictions],
        "PubPurposesSegmentType": 3,
        "PubPurposesExpressConsent": _flags(publisher.consents, 24),
        "PubPurposesImpliedConsent": _flags(publisher.interests, 24),
        "NumCustomPurposes": publisher.custom_count,
        "CustomPurposesExpressConsent": _flags(publisher.custom_consents, publisher.custom_count),
        "CustomPurposesImpliedConsent": _flags(publisher.custom_interests, publisher.custom_count),
        "DisclosedVendorsSegmentType": 1,
        "DisclosedVendors": to_ids(string.disclosed or 0),
    }


def _restriction(restriction: Restriction) -> dict[str, Any]:
    return {"key": restriction.purpose, "type": restriction.type, "ids": to_ids(restriction.vendors)}


def _flags(ids: IdSet, count: int) -> list[bool]:
    return [bool(ids >> number & 1) for number in range(1, count + 1)]
