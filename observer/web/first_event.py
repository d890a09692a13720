"""How to send the first event, for a page that has nothing to show yet."""

import shlex
from typing import Final

import msgspec

from observer.catalog import Catalog

_DIALECTS: Final = ("segment", "rudderstack")
"""Those whose first event fits one line: a key and a JSON object."""

_EVENT: Final = {"anonymousId": "first-visitor", "messageId": "first-event", "name": "Home"}


def command(catalog: Catalog, origin: str) -> str:
    """Returns a shell command that sends one event to the observer at `origin` (`http://host:port`), its key
    taken from the variable that the source names; "" where no source speaks a dialect short enough."""
    for dialect in _DIALECTS:
        for source in catalog.sources.values():
            if source.dialect.name == dialect and source.write_key_env:
                return " ".join(
                    (
                        f'curl -u "${source.write_key_env}:"',
                        "-H 'Content-Type: application/json'",
                        f"-d {shlex.quote(msgspec.json.encode(_EVENT).decode())}",
                        shlex.quote(f"{origin}/v1/page"),
                    )
                )
    return ""
