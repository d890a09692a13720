"""The sections of the settings that every run has."""

from pathlib import Path
from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, SecretStr

Positive: TypeAlias = Annotated[int, Field(ge=1)]


class Section(BaseModel):
    """Settings that belong together. Unknown names are refused; no error repeats what was given."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Limits(Section):
    """What one process takes on at most."""

    body_bytes: Positive = Field(default=5_000_000, description="Bytes of one request's body, once unpacked.")
    batch_events: Positive = Field(default=2_500, description="Events in one request.")
    queue_requests: Positive = Field(
        default=1_000,
        description="Requests that wait to be judged, or acknowledged by Kafka; beyond them the answer is 503.",
    )
    queue_bytes: Positive = Field(
        default=64_000_000,
        description="Bytes of requests that wait to be judged, or acknowledged by Kafka; beyond them: 503.",
    )
    requests_in_flight: Positive = Field(
        default=2_000, description="Requests that are read or wait at one time."
    )
    source_events_per_second: Annotated[int, Field(ge=0)] = Field(
        default=0, description="Events a second of one source, beyond which the answer is 429. 0: no limit."
    )
    bytes_in_flight: Positive = Field(
        default=128_000_000, description="Bytes that the bodies of those requests may come to."
    )
    body_seconds: Annotated[float, Field(gt=0)] = Field(
        default=30.0, description="Seconds that a body may take to arrive; then the answer is 408."
    )
    duplicate_window: Positive = Field(
        default=200_000,
        description="Events of a source among which a second one of the same id is a duplicate.",
    )
    cache_entries: Positive = Field(
        default=10_000, description="Answers about consent and tools that are kept at hand."
    )
    choices_remembered: Positive = Field(
        default=50_000,
        description="People of one source whose latest told choice is remembered, as a keyed hash, in memory alone.",
    )


class Quarantine(Section):
    """Where refused events are kept, and how long."""

    folder: Path | None = Field(
        default=None, description="Folder. Without one: `quarantine` in the state folder."
    )
    max_bytes: Positive = Field(default=1 << 30, description="Bytes on disk; the oldest events go first.")
    days: Positive = Field(default=14, description="Days that an event is kept.")
    segment_bytes: Positive = Field(default=16 << 20, description="Bytes of one segment file at most.")
    segment_seconds: Positive = Field(
        default=3_600, description="Seconds that one segment file spans at most."
    )


class Windows(Section):
    """What the windows remember."""

    retention_days: Positive = Field(
        default=90, description="Days that minutes, hours and days are kept in the store."
    )


class Proof(Section):
    """What is kept to prove that a choice was there: keyed hashes of what signals mean, never the signals."""

    keys: SecretStr | None = Field(
        default=None,
        description="Keys as `id:secret`, parted by commas; the first makes new proof, the others find old proof. "
        "Better set by the environment. Without any, the embedded run makes one in the state folder.",
    )
    keys_file: Path | None = Field(default=None, description="A file that holds those keys.")
    retention_days: Positive = Field(
        default=400, description="Days that a meaning is remembered after it was last seen."
    )
    rows: Positive = Field(
        default=1_000_000, description="Rows of proof at most; those unseen for longest go first."
    )


class Leaks(Section):
    """Where personal data is looked for that no contract expects."""

    share: Annotated[float, Field(ge=0, le=1)] = Field(
        default=0.02, description="Share of the events that are looked into, beside all that are quarantined."
    )


class Metrics(Section):
    """What bounds the metrics."""

    series: Positive = Field(
        default=50_000,
        description="Time series that a catalog may give rise to; a larger catalog is refused.",
    )
    rules_per_contract: Positive = Field(
        default=200, description="Rules of one contract in the label `rule`; the rest is `_other`."
    )


class Store(Section):
    """Where the windows are kept: SQLite in the state folder, unless a PostgreSQL database is named."""

    url: SecretStr | None = Field(
        default=None,
        description="Address of a PostgreSQL database, as `postgresql://observer:password@host/database`. "
        "Better set by the environment.",
    )
    url_file: Path | None = Field(default=None, description="A file that holds that address.")
