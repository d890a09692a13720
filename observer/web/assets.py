"""The page's own files, read once: a style sheet, a script, an icon. Nothing comes from another host."""

import hashlib
from collections.abc import Mapping
from importlib import resources
from typing import Final, NamedTuple

_TYPES: Final = {
    "page.css": "text/css",
    "live.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


class Asset(NamedTuple):
    """One file. address: it changes with the content, so that a browser may keep what it has."""

    body: bytes
    content_type: str
    address: str


def load() -> Mapping[str, Asset]:
    """Returns every file of the page by its name."""
    folder = resources.files("observer.web") / "static"
    return {name: _asset(name, (folder / name).read_bytes()) for name in _TYPES}


def _asset(name: str, body: bytes) -> Asset:
    version = hashlib.sha256(body).hexdigest()[:12]
    return Asset(body, _TYPES[name], f"/static/{name}?v={version}")
