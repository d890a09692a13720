"""Iglu: the addresses of Snowplow's schemas, and the column names that its loaders make of them.

Source: Iglu core (`iglu:<vendor>/<name>/<format>/<model>-<revision>-<addition>`) and the naming rule of Snowplow's
analytics SDKs.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

SNOWPLOW_VENDOR: Final = "com.snowplowanalytics.snowplow"
"""The vendor of Snowplow's own schemas."""

_URI: Final = re.compile(
    r"iglu:([A-Za-z0-9_.-]+)/([A-Za-z0-9_-]+)/[A-Za-z0-9_-]+/([1-9][0-9]*-(?:0|[1-9][0-9]*)-(?:0|[1-9][0-9]*))"
)
_LONGEST: Final = 256
_REMEMBERED: Final = 4096


class SchemaKey(NamedTuple):
    """What an Iglu address names. version: SchemaVer, as `1-0-2`."""

    vendor: str
    name: str
    version: str

    @property
    def title(self) -> str:
        """Returns `<vendor>/<name>`: the name of a self-describing event."""
        return f"{self.vendor}/{self.name}"

    @property
    def model(self) -> str:
        """Returns the first part of the version: another model is another schema."""
        return self.version.partition("-")[0]


def schema_key(uri: str) -> SchemaKey | None:
    """Returns what `uri` names, or None where it is not the address of one version of a schema."""
    return _known_key(uri) if len(uri) <= _LONGEST else None


@lru_cache(maxsize=_REMEMBERED)
def _known_key(uri: str) -> SchemaKey | None:
    found = _URI.fullmatch(uri)
    return SchemaKey(found[1], found[2], found[3]) if found else None


@lru_cache(maxsize=_REMEMBERED)
def column_name(prefix: str, key: SchemaKey) -> str:
    """Returns the column of an entity: `contexts_com_example_web_page_1` for prefix `contexts`."""
    return f"{prefix}_{_snake_vendor(key.vendor)}_{_snake_name(key.name)}_{key.model}"


def vendor_of_column(entity: str, own: str) -> str:
    """Returns the vendor of the entity in a column, whose dots and dashes the column no longer tells apart.

    Args: entity: the column without prefix and model, as `com_google_tag_manager_server_side_user_data`;
        own: vendor of the event itself, tried beside the public vendors.
    Returns: the longest vendor that fits, `entity` itself where none does, or "" where it is too long for one.
    """
    return _fitting_vendor(entity, own) if len(entity) + len(own) <= _LONGEST else ""


@lru_cache(maxsize=_REMEMBERED)
def _fitting_vendor(entity: str, own: str) -> str:
    fitting = [
        vendor
        for vendor in (*_PUBLIC_VENDORS, own)
        if vendor and entity.startswith(_snake_vendor(vendor) + "_")
    ]
    return max(fitting, key=len, default=entity)


def _snake_vendor(vendor: str) -> str:
    return vendor.replace(".", "_").replace("-", "_").lower()


def _snake_name(name: str) -> str:
    return re.sub(r"([^A-Z_])([A-Z])", r"\1_\2", name.replace("-", "_")).lower()


_PUBLIC_VENDORS: Final = (
    "com.adjust",
    "com.android.installreferrer.api",
    "com.apple",
    "com.callrail",
    "com.clearbit.enrichment",
    "com.google.analytics",
    "com.google.analytics.ecommerce",
    "com.google.analytics.enhanced-ecommerce",
    "com.google.analytics.measurement-protocol",
    "com.google.ga4",
    "com.google.ga4.enhanced-measurement",
    "com.google.privacysandbox",
    "com.google.tag-manager.server-side",
    "com.hubspot",
    "com.iab.snowplow",
    "com.iterable",
    "com.mailchimp",
    "com.mailgun",
    "com.mandrill",
    "com.marketo",
    "com.maxmind",
    "com.mparticle.snowplow",
    "com.olark",
    "com.optimizely",
    "com.optimizely.optimizelyx",
    "com.optimizely.snowplow",
    "com.parrable",
    "com.roku",
    "com.segment",
    "com.sendgrid",
    "com.snowplowanalytics.mobile",
    "com.snowplowanalytics.signals",
    "com.snowplowanalytics.snowplow",
    "com.snowplowanalytics.snowplow.ecommerce",
    "com.snowplowanalytics.snowplow.media",
    "com.unbounce",
    "com.urbanairship.connect",
    "com.vimeo",
    "com.youtube",
    "com.zendesk.snowplow",
    "dev.amp.snowplow",
    "io.augur.snowplow",
    "io.growthbook",
    "io.snowplow.ecomm",
    "io.snowplow.foundation",
    "nl.basjes",
    "org.ietf",
    "org.openweathermap",
    "org.schema",
    "org.w3",
    "org.whatwg",
)
"""Vendors of Iglu Central whose schemas travel with events."""
