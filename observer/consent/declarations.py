"""The four files of schemas/consent as models: purposes, categories, destinations and policy."""

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from observer.documents import Declaration, Ident, Line

TcfPurpose: TypeAlias = Annotated[int, Field(ge=1, le=24)]
"""A purpose of the framework. Eleven are defined; a TC string has room for 24."""

OptOut: TypeAlias = Literal["sale", "sharing", "targeted-advertising"]
"""What a person opts out of in a US section of a GPP string. `sale` is also that of a US Privacy string."""

Prose: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=2000)]

Platform: TypeAlias = Literal[
    "segment",
    "rudderstack",
    "onetrust",
    "didomi",
    "commanders-act",
    "axeptio",
    "plain",
    "ga4",
    "google",
    "microsoft",
    "snowplow",
    "gpc",
]
"""Whose category ids an entry of categories.yaml speaks of. `onetrust` also serves Segment, RudderStack and plain
maps, which carry its ids; `google` is Consent Mode, `ga4` the Measurement Protocol, `microsoft` UET; `gpc` is Global
Privacy Control, whose one category `opt-out` names the purposes that it refuses."""


VendorPlatform: TypeAlias = Literal["didomi", "google-ac"]
"""A platform that asks for vendors beside purposes, and names them by ids of its own. `google-ac`: Google's numbers of
ad technology providers, which its additional consent string lists."""


class Title(Declaration):
    """A title in both languages of the house."""

    en: Line
    fr: Line


class Purpose(Declaration):
    """One purpose of processing. tcf: the TCF purposes that it needs, all of them; none: TCF cannot grant it.

    gpp: the opt-outs of US law that refuse it, each of them alone; that nobody opted out grants nothing.
    """

    id: Ident
    title: Title
    tcf: tuple[TcfPurpose, ...] = ()
    gpp: tuple[OptOut, ...] = ()


class PurposesFile(Declaration):
    """purposes.yaml."""

    purposes: tuple[Purpose, ...] = Field(min_length=1)


class Category(Declaration):
    """What one platform calls a purpose of ours. Where several categories of one platform name a purpose, it needs
    all of them. No purposes: the category is known and serves none of ours, as "strictly necessary"."""

    platform: Platform
    category: Line
    purposes: tuple[Ident, ...]


class CategoriesFile(Declaration):
    """categories.yaml."""

    categories: tuple[Category, ...] = Field(min_length=1)


class PlatformVendor(Declaration):
    """What one platform calls a destination among its vendors."""

    platform: VendorPlatform
    id: Line


class Destination(Declaration):
    """Where events go. It may use an event only if all of its purposes are allowed.

    tcf_vendor_id: its id in IAB Europe's vendor list; without one a TC string is read for its purposes alone;
    vendors: its ids on platforms that ask for vendors too; without one such a platform's signal is read for its
    purposes alone.
    """

    id: Ident
    title: Line
    tool: Ident
    purposes: tuple[Ident, ...] = Field(min_length=1)
    sources: tuple[Ident, ...] = Field(min_length=1)
    tcf_vendor_id: Annotated[int, Field(ge=1, le=65535)] | None = None
    vendors: tuple[PlatformVendor, ...] = ()


class DestinationsFile(Declaration):
    """destinations.yaml."""

    destinations: tuple[Destination, ...] = Field(min_length=1)


Country: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""Two letters, as in ISO 3166."""


class CountryRule(Declaration):
    """A law stricter than the TCF. Every declared rule holds for every event: the strictest country decides.

    no_legitimate_interest: TCF purposes for which only consent will do.
    """

    country: Country
    no_legitimate_interest: tuple[TcfPurpose, ...]
    justification: Prose


class Exemption(Declaration):
    """A purpose that needs no consent, for some sources or channels, as the company declares and answers for.

    destinations: those that it covers; none: all. review_by: when the justification must be read again.
    """

    purpose: Ident
    state: Literal["exempt", "not_applicable"]
    sources: tuple[Ident, ...] = ()
    channels: tuple[Ident, ...] = ()
    destinations: tuple[Ident, ...] = ()
    justification: Prose
    review_by: date


RegionName: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]
"""A country or a part of one, as in ISO 3166: `FR`, `US-CA`."""


class Region(Declaration):
    """Whose law reaches some sources or channels, and what it asks beside the company's own rules. Of several regions
    that reach one source, the strictest decides.

    global_privacy_control: whether that a browser sends it refuses, as where a law says so; `ignored` where none does;
    maximum_choice_age_days: where the authority allows less than the company; review_by: when the justification must
    be read again.
    """

    region: RegionName
    sources: tuple[Ident, ...] = ()
    channels: tuple[Ident, ...] = ()
    global_privacy_control: Literal["refuses", "ignored"] = "refuses"
    maximum_choice_age_days: Annotated[int, Field(ge=1, le=730)] | None = None
    no_legitimate_interest: tuple[TcfPurpose, ...] = ()
    justification: Prose
    review_by: date


class ConsentPlatform(Declaration):
    """A consent platform that the company runs. cmp: its number in IAB Europe's list; versions: those that it has
    released. Any other platform or version in a TC string is counted as `_other`."""

    cmp: Annotated[int, Field(ge=0, le=4095)]
    title: Line
    versions: tuple[Annotated[int, Field(ge=0, le=4095)], ...] = ()


CHOICE_EVENT = "Segment Consent Preference Updated"
"""The event in which Segment's wrapper tells a choice. Source: Segment, "Consent in Segment"."""


class PolicyFile(Declaration):
    """policy.yaml. maximum_choice_age_days: six months is CNIL's good practice; TCF allows thirteen at most.

    strict_disclosure: a TCF vendor that the string does not name as disclosed may use nothing;
    purpose_one_not_required: countries of publishers whose law does not ask for TCF purpose 1: a string by which
        such a publisher did not show it (PurposeOneTreatment) needs no consent to it. Elsewhere it has none;
    choice_events: names of events that tell a choice when it is made or taken back, beside Snowplow's
        `consent_preferences`; consent_platforms: those that the company runs.
    """

    maximum_choice_age_days: Annotated[int, Field(ge=1, le=730)] = 180
    strict_disclosure: bool = True
    purpose_one_not_required: tuple[Country, ...] = ()
    countries: tuple[CountryRule, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    regions: tuple[Region, ...] = ()
    choice_events: tuple[Line, ...] = (CHOICE_EVENT,)
    consent_platforms: tuple[ConsentPlatform, ...] = ()
