"""Plain JSON: an object or an array of objects, with field paths that the company declares."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Raw

from observer.dialects.carried import NAMES, of_members, of_page, with_request
from observer.dialects.documents import (
    BYTE_ORDER_MARK,
    WHITESPACE,
    is_utf8,
    kind_of,
    refusal,
)
from observer.dialects.instants import seconds
from observer.dialects.mending import NULL, members_of, mismatch, read_instant, read_text
from observer.dialects.plain_paths import DEFAULTS, MEANINGS, Keys, keys_of, problems_of
from observer.dialects.splitting import split_array
from observer.errors import CatalogError
from observer.model import Decoded, Event, Finding, Record, Undecodable

_KIND: Final = "event"
_EMPTY: Final = b"{}"


def compile_plain(place: str, fields: Mapping[str, str]) -> "PlainDialect":
    """Returns the dialect of a source that declares `fields`; the default ones where it declares none.

    Args: place: the file that declares them, for the error. Raises CatalogError with every wrong field and path.
    """
    problems = tuple(problems_of(place, fields))
    if problems:
        raise CatalogError(problems)
    return PlainDialect(fields or DEFAULTS)


class PlainDialect:
    """JSON of a company's own making. Fields that are not declared stay empty; an undeclared kind is `event`."""

    name = "plain"

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._paths = dict(fields)
        self._keys = {field: keys_of(path) for field, path in fields.items()}
        self._carried = tuple(field for field in fields if field in NAMES)

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Which field goes where."""
        return tuple((MEANINGS.get(field, "signals"), f"`{path}`") for field, path in self._paths.items())

    def decode(self, record: Record) -> Sequence[Decoded]:
        """Returns the events of a request, a Kafka record or a line. Raises nothing."""
        return with_request(self._events(record), record)

    def _events(self, record: Record) -> list[Decoded]:
        if record.value is None:
            return [Undecodable("tombstone", "$", "bytes", "nothing")]
        value = record.value.removeprefix(BYTE_ORDER_MARK).strip(WHITESPACE)
        if value[:1] != b"[":
            return [self._event(value)]
        items = split_array(value)
        if items is None:
            return [refusal(value) or Undecodable("not_json", "$", "JSON", "other bytes")]
        if not items:
            return [Undecodable("empty_batch", "$", "an event", "empty array")]
        return [self._event(item) for item in items]

    def alone(self, record: Record, index: int) -> bytes | None:
        """Returns an array of that one event; a record of one event as it came."""
        items = split_array(record.value) if record.value else None
        return record.value if items is None or len(items) < 2 else b"[" + items[index] + b"]"

    def recognises(self, record: Record) -> int:
        """Returns 10 for an object or array that has the declared name or kind somewhere, so any other wins."""
        value = (record.value or b"").lstrip(WHITESPACE)
        if value[:1] not in (b"{", b"["):
            return 0
        words = [self._keys[field][-1] for field in ("kind", "name") if self._keys.get(field)]
        return 10 if any(f'"{word}"'.encode() in value for word in words) else 0

    def _event(self, raw: bytes) -> Decoded:
        members = members_of(raw) if is_utf8(raw) else None
        if members is None:
            return refusal(raw) or Undecodable("not_an_object", "$", "object", kind_of(raw))
        reading = _Reading(raw, members, self._keys, self._paths)
        kind = reading.text("kind") if "kind" in self._keys else _KIND
        if not kind:
            return Undecodable("no_type", self._paths["kind"], "string", "nothing")
        url = reading.text("url")
        told = {name: Raw(reading.raw(name)) for name in self._carried}
        return Event(
            kind=kind,
            name=reading.text("name"),
            payload=(reading.raw("payload") or _EMPTY) if "payload" in self._keys else raw,
            root=self._paths.get("payload", "$"),
            message_id=reading.text("messageId"),
            user_id=reading.text("userId"),
            anonymous_id=reading.text("anonymousId"),
            created=reading.moment("created"),
            sent=reading.moment("sent"),
            received=reading.moment("received"),
            signals=of_members(told) + of_page(url) if told else of_page(url),
            integrations=reading.members("integrations"),
            library=reading.text("library"),
            library_version=reading.text("libraryVersion"),
            url=url,
            version=reading.text("version"),
            problems=tuple(reading.problems),
        )


class _Reading:
    """One event being read: each object on the way to a field is opened once."""

    def __init__(
        self, document: bytes, members: dict[str, Raw], keys: Mapping[str, Keys], paths: Mapping[str, str]
    ) -> None:
        self.problems: list[Finding] = []
        self._document = Raw(document)
        self._keys = keys
        self._paths = paths
        self._opened: dict[Keys, dict[str, Raw]] = {(): members}

    def raw(self, field: str) -> bytes:
        """Returns the bytes of a field, or b"" where it is not declared, absent or null."""
        keys = self._keys.get(field)
        return b"" if keys is None else bytes(self._at(keys))

    def text(self, field: str) -> str:
        """Returns the text of a field, or ""."""
        raw = self.raw(field)
        return (read_text(raw, self._paths[field], self.problems) or "") if raw else ""

    def moment(self, field: str) -> float | None:
        """Returns the moment of a field, or None."""
        raw = self.raw(field)
        return seconds(read_instant(raw, self._paths[field], self.problems)) if raw else None

    def members(self, field: str) -> bytes:
        """Returns the object of a field, or b"" and a finding."""
        raw = self.raw(field)
        if raw and kind_of(raw) != "object":
            self.problems.append(mismatch(self._paths[field], "object", raw))
            return b""
        return raw

    def _at(self, keys: Keys) -> Raw:
        if not keys:
            return self._document
        value = self._object(keys[:-1]).get(keys[-1], NULL)
        return Raw(b"") if value == NULL else value

    def _object(self, keys: Keys) -> dict[str, Raw]:
        if keys not in self._opened:
            self._opened[keys] = members_of(self._at(keys)) or {}
        return self._opened[keys]
