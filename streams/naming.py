"""The names of the topics that a worker reads and writes beside those of the sources."""

from typing import NamedTuple

from observer.settings import Settings
from streams.topics import Kind, topic_name


class OwnTopics(NamedTuple):
    """Names, each with the prefix of the settings."""

    quarantine: str
    rollups: str
    ledger: str
    commands: str

    @classmethod
    def of(cls, settings: Settings) -> "OwnTopics":
        """Returns the names that settings give."""
        kinds = (Kind.QUARANTINE, Kind.ROLLUPS, Kind.LEDGER, Kind.COMMANDS)
        return cls(*(topic_name(settings, kind) for kind in kinds))

    @property
    def transactional(self) -> tuple[str, ...]:
        """What a chunk's transaction writes to."""
        return self.quarantine, self.rollups, self.ledger
