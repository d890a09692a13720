"""What can be set: by one YAML file, and by variables of the environment, which outweigh it."""

from observer.settings.kafka import Kafka, Registry, Sasl, Tls
from observer.settings.names import KEY_PREFIX, PREFIX
from observer.settings.reading import load_settings
from observer.settings.sections import Limits, Metrics, Quarantine, Store, Windows
from observer.settings.table import settings_table
from observer.settings.whole import Settings

__all__ = [
    "KEY_PREFIX",
    "PREFIX",
    "Kafka",
    "Limits",
    "Metrics",
    "Quarantine",
    "Registry",
    "Sasl",
    "Settings",
    "Store",
    "Tls",
    "Windows",
    "load_settings",
    "settings_table",
]
