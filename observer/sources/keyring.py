"""Which source sent a request: by write key, or by the identifiers of a tracker that carries no key."""

import hmac
import secrets
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from observer.catalog import Catalog, Source
from observer.errors import Problem, literal, nearest
from observer.messages import Words

KEYLESS: Final = frozenset({"snowplow"})
"""Dialects whose trackers carry no key: found by app id and declared origin."""


class Key(NamedTuple):
    """A source's key, and whether it was made for this run alone."""

    value: str
    generated: bool


class Keys(NamedTuple):
    """The keys that could be read, by source id, and what is wrong with the others."""

    keys: Mapping[str, Key]
    problems: tuple[Problem, ...] = ()


def read_keys(
    catalog: Catalog, environment: Mapping[str, str], in_settings: Mapping[str, str], *, generate: bool
) -> Keys:
    """Returns each source's key: from the variable that the source names, else from the settings.

    generate: make one up where there is none. Otherwise a missing one is a problem, since a source that nobody can
    write to is a mistake that would show much later as silence. So is a key of a source that the catalog does not
    declare, and one that two sources share, of which neither has it then.
    """
    keys: dict[str, Key] = {}
    problems = [_undeclared(name, catalog) for name in in_settings if name not in catalog.sources]
    for source in catalog.sources.values():
        value = environment.get(source.write_key_env, "") or in_settings.get(source.id, "")
        if value:
            keys[source.id] = Key(value, generated=False)
        elif source.dialect.name in KEYLESS or not source.write_key_env:
            continue
        elif generate:
            keys[source.id] = Key(secrets.token_urlsafe(18), generated=True)
        else:
            problems.append(_missing(source))
    problems.extend(_shared(keys, catalog))
    return Keys(keys, tuple(problems))


def _missing(source: Source) -> Problem:
    return Problem(
        f"${source.write_key_env}",
        Words("collector.key_expected", {"source": source.id}),
        Words("collector.nothing"),
        mend=Words("collector.key_mend", {"variable": source.write_key_env}),
    )


def _undeclared(name: str, catalog: Catalog) -> Problem:
    return Problem(
        "write_keys",
        Words("collector.source_expected"),
        literal(f"`{name}`"),
        mend=nearest(name, list(catalog.sources)),
    )


def _shared(keys: dict[str, Key], catalog: Catalog) -> list[Problem]:
    """Takes keys that several sources share out of `keys`, and says so."""
    first: dict[str, str] = {}
    problems: list[Problem] = []
    for name, key in list(keys.items()):
        other = first.setdefault(key.value, name)
        if other != name:
            keys.pop(other, None)
            del keys[name]
            problems.append(
                Problem(
                    f"${catalog.sources[name].write_key_env}",
                    Words("collector.key_own", {"source": name}),
                    Words("collector.key_shared", {"source": other}),
                )
            )
    return problems


class KeyRing:
    """Finds the source of a request. Keys are compared in constant time, each with all."""

    def __init__(self, catalog: Catalog, keys: Mapping[str, Key]) -> None:
        self._sources = catalog.sources
        self._keys = {source: key.value.encode() for source, key in keys.items() if source in catalog.sources}
        self._origins = {origin for source in catalog.sources.values() for origin in source.origins}

    def by_key(self, key: str, dialects: Iterable[str]) -> Source | None:
        """Returns the source of one of `dialects` whose key this is, or None."""
        wanted, given, found = set(dialects), key.encode("utf-8", "surrogatepass"), None
        for source_id, expected in self._keys.items():
            same = hmac.compare_digest(expected, given)
            if same and self._sources[source_id].dialect.name in wanted:
                found = self._sources[source_id]
        return found

    def by_identifier(self, identifier: str, dialect: str) -> Source | None:
        """Returns the source of `dialect` that declares this identifier, or None."""
        for source in self._sources.values():
            if source.dialect.name == dialect and identifier in source.identifiers:
                return source
        return None

    def by_name(self, name: str) -> Source | None:
        """Returns the source `name`, or None."""
        return self._sources.get(name)

    def by_path(self, path: str) -> Source | None:
        """Returns the source that declares this path of the collector as its own, or None."""
        return next((source for source in self._sources.values() if path in source.paths), None)

    def by_origin(self, origin: str, dialect: str) -> Source | None:
        """Returns the only source of `dialect` that declares this origin; None where none or several do."""
        found = [
            source
            for source in self._sources.values()
            if source.dialect.name == dialect and origin in source.origins
        ]
        return found[0] if len(found) == 1 else None

    def holds(self, source: Source, key: str) -> bool:
        """Returns whether this is the key of `source`."""
        expected = self._keys.get(source.id)
        return expected is not None and hmac.compare_digest(expected, key.encode("utf-8", "surrogatepass"))

    def declares_origin(self, origin: str) -> bool:
        """Returns whether any source declares this origin."""
        return origin in self._origins
