"""The ways in which an id may stand in the bytes of an event."""

import base64
import json
import re
from typing import Final
from urllib.parse import quote, quote_plus

from observer.model import Envelope, Kept, Verdict

TELLING: Final = 6
"""Characters from which an id is looked for all over an event: shorter ones stand there by chance."""
_BASE64_CORE: Final = 8
"""Characters of base 64 that must agree, for the same reason."""
_BEFORE: Final = rb"(?:(?<![0-9A-Za-z_-])|(?<=%[0-9A-Fa-f]{2})|(?<=\\[bfnrt])|(?<=\\u[0-9A-Fa-f]{4}))"
_BEHIND: Final = rb"(?![0-9A-Za-z_-])"


class Traces:
    """Finds one id: as text, escaped in JSON or in a URL, in UTF-16 or Latin-1, and inside base 64."""

    def __init__(self, id_: str) -> None:
        """id_: not empty."""
        plain = _spellings(id_)
        hidden = _hidden(id_, plain) if len(id_) >= TELLING else set()
        self._telling = len(id_) >= TELLING
        self._hidden = sorted(hidden)
        self._plain = sorted(plain)
        self._searched: dict[bool, tuple[Envelope, bool]] = {}
        self._whole = re.compile(_BEFORE + b"(?:" + b"|".join(map(re.escape, self._plain)) + b")" + _BEHIND)

    def maybe(self, content: bytes) -> bool:
        """Returns False only when no event in the content of a frame can hold the id."""
        return any(needle in content for needle in self._plain) or self._holds_hidden(content)

    def within(self, kept: Kept) -> bool:
        """Returns whether an event holds the id somewhere.

        In what could be decoded it counts as a word of its own, and only if it is long enough to be no accident;
        in what could not, any occurrence of a long id counts and a short one as a word.
        """
        unread = kept.verdict is Verdict.UNDECODABLE
        if not unread and not self._telling:
            return False
        anywhere = unread and self._telling
        return self._stands_in(_bytes_of(kept), anywhere) or self._around(kept.envelope, anywhere)

    def _around(self, envelope: Envelope | None, anywhere: bool) -> bool:
        """Returns whether an envelope holds the id: searched once, however many events share it."""
        if envelope is None:
            return False
        last = self._searched.get(anywhere)
        if last is None or last[0] is not envelope:
            # Between the event and its envelope stand brackets: no word reaches across.
            last = envelope, any(self._stands_in(part, anywhere) for part in envelope)
            self._searched[anywhere] = last
        return last[1]

    def _stands_in(self, data: bytes, anywhere: bool) -> bool:
        if anywhere:
            return self.maybe(data)
        return self._whole.search(data) is not None or self._holds_hidden(data)

    def _holds_hidden(self, data: bytes) -> bool:
        return any(needle in data for needle in self._hidden)


def _spellings(id_: str) -> set[bytes]:
    escaped = json.dumps(id_)[1:-1]
    texts = {
        id_,
        escaped,
        json.dumps(id_, ensure_ascii=False)[1:-1],
        quote(id_, safe=""),
        quote_plus(id_),
        quote(id_),
    }
    found = {text.encode("utf-8", "backslashreplace") for text in texts}
    for text in (escaped, quote(id_, safe=""), quote_plus(id_)):
        found.add(re.sub(r"%[0-9A-F]{2}", lambda hit: hit[0].lower(), text).encode())
        found.add(re.sub(r"\\u[0-9a-f]{4}", lambda hit: "\\u" + hit[0][2:].upper(), text).encode())
    return found


def _hidden(id_: str, plain: set[bytes]) -> set[bytes]:
    found = {id_.encode(encoding, "replace") for encoding in ("utf-16-le", "utf-16-be")}
    if not id_.isascii():
        found.add(id_.encode("latin-1", "replace"))
    for spelling in plain:
        for ahead in range(3):
            core = _base64_core(spelling, ahead)
            if len(core) >= _BASE64_CORE:
                found |= {core, core.translate(bytes.maketrans(b"+/", b"-_")), quote(core, safe="").encode()}
    return found


def _base64_core(data: bytes, ahead: int) -> bytes:
    """Returns the characters that `data` always has in base 64 where `ahead` bytes of a group of three precede it."""
    coded = base64.b64encode(bytes(ahead) + data).rstrip(b"=")
    whole = (ahead + len(data)) // 3 * 4
    return coded[(0, 2, 3)[ahead] : whole]


def _bytes_of(kept: Kept) -> bytes:
    texts = [kept.path, kept.name, kept.message_id, kept.user_id, kept.anonymous_id]
    texts += [text for header in kept.headers.items() for text in header]
    return b"\n".join([kept.value or b"", *(text.encode("utf-8", "backslashreplace") for text in texts)])
