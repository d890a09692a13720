"""All settings together."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr

from observer.settings.kafka import Kafka
from observer.settings.sections import Leaks, Limits, Metrics, Proof, Quarantine, Section, Store, Windows


class Settings(Section):
    """Everything that can be set. Every field has a safe default; unknown names are refused."""

    catalog: Path | None = Field(
        default=None, description="Folder of the company's declarations. Without one: the example company."
    )
    state: Path = Field(default=Path("var"), description="Folder of the store and the quarantine.")
    host: Annotated[str, Field(min_length=1)] = Field(
        default="127.0.0.1", description="Address to listen on."
    )
    port: Annotated[int, Field(ge=0, le=65_535)] = Field(
        default=8_700, description="Port to listen on. 0: any free one."
    )
    page_token: Annotated[SecretStr, Field(min_length=16)] | None = Field(
        default=None,
        description="What the page asks for on any address but localhost. Better set by the environment.",
    )
    page_token_file: Path | None = Field(default=None, description="A file that holds the page's token.")
    page_behind_tls: bool = Field(
        default=False,
        description="Whether a proxy serves the page by TLS, so that its cookie is for TLS alone.",
    )
    language: Literal["en", "fr"] | None = Field(
        default=None,
        description="Language of words for people. Without one: that of the reader or the locale.",
    )
    write_keys: dict[str, Annotated[SecretStr, Field(min_length=8)]] = Field(
        default={},
        description="Keys by source, for those whose variable is not set. In a file only its owner can read.",
    )
    clock_tolerance_seconds: Annotated[float, Field(ge=0)] = Field(
        default=5.0, description="How far off a device's clock may be before it counts as skewed."
    )
    limits: Limits = Field(default=Limits(), description="")
    quarantine: Quarantine = Field(default=Quarantine(), description="")
    windows: Windows = Field(default=Windows(), description="")
    proof: Proof = Field(default=Proof(), description="")
    leaks: Leaks = Field(default=Leaks(), description="")
    metrics: Metrics = Field(default=Metrics(), description="")
    store: Store = Field(default=Store(), description="")
    kafka: Kafka = Field(default=Kafka(), description="")

    @property
    def quarantine_folder(self) -> Path:
        """The folder of the quarantine."""
        return self.quarantine.folder or self.state / "quarantine"
