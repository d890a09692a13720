"""What can be set: by one YAML file, and by variables of the environment, which outweigh it."""

from observer.settings.kafka import Kafka, Registry, Sasl, Tls
from observer.settings.names import KEY_PREFIX, PREFIX
from observer.settings.proof_keys import proof_keys
from observer.settings.reading import load_settings
from observer.settings.sections import Leaks, Limits, Metrics, Proof, Quarantine, Store, Windows
from observer.settings.table import settings_table
from observer.settings.whole import Settings

__all__ = [
    "KEY_PREFIX",
    "PREFIX",
    "Kafka",
    "Leaks",
    "Limits",
    "Metrics",
    "Proof",
    "Quarantine",
    "Registry",
    "Sasl",
    "Settings",
    "Store",
    "Tls",
    "Windows",
    "load_settings",
    "proof_keys",
    "settings_table",
]
