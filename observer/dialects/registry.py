"""Every dialect by its name, and which of them a record speaks."""

from collections.abc import Mapping
from typing import Final

from observer.dialects.amplitude import Amplitude
from observer.dialects.base import Dialect
from observer.dialects.cloudevents import CloudEvents
from observer.dialects.ga4 import MeasurementProtocol
from observer.dialects.plain import PlainDialect
from observer.dialects.plain_paths import DEFAULTS
from observer.dialects.rudderstack import RudderStack
from observer.dialects.segment import Segment
from observer.dialects.snowplow import SNOWPLOW
from observer.dialects.snowplow_bad_rows import SNOWPLOW_BAD_ROWS
from observer.dialects.snowplow_enriched import SNOWPLOW_ENRICHED
from observer.dialects.snowplow_json import SNOWPLOW_JSON
from observer.model import Record

_ALL: Final[tuple[Dialect, ...]] = (
    Segment(),
    RudderStack(),
    SNOWPLOW,
    SNOWPLOW_ENRICHED,
    SNOWPLOW_JSON,
    SNOWPLOW_BAD_ROWS,
    MeasurementProtocol(),
    Amplitude(),
    CloudEvents(),
    PlainDialect(DEFAULTS),
)

DIALECTS: Final[Mapping[str, Dialect]] = {dialect.name: dialect for dialect in _ALL}


def recognise(record: Record) -> Dialect | None:
    """Returns the dialect that is surest of the record, the first declared of equals; None where none knows it."""
    surest = max(_ALL, key=lambda dialect: dialect.recognises(record))
    return surest if surest.recognises(record) else None
