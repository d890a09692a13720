"""Personal values: recognised, masked, hashed. Keys and known names are arguments; nothing here is configured."""

from observer.privacy.envelope import ENVELOPE_NAMES
from observer.privacy.hashing import keyed_hash
from observer.privacy.masking import Json, mask_document, mask_path, mask_value
from observer.privacy.recognisers import KINDS
from observer.privacy.scrubbing import recognise, scrub
from observer.privacy.urls import mask_url

__all__ = [
    "ENVELOPE_NAMES",
    "KINDS",
    "Json",
    "keyed_hash",
    "mask_document",
    "mask_path",
    "mask_url",
    "mask_value",
    "recognise",
    "scrub",
]
