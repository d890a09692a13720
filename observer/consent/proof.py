"""Proof that a choice was there, without keeping it: a keyed hash of what a signal means.

What is hashed is the meaning and never the person: a TC string without its dates (`s[13:]`), any other signal as the
answers that it gives, without the dates and ids of who gave them. So the one choice that many people make is one
token, and a string that somebody holds up can be looked up by whoever has the key. Nobody gets a string back.

Source: GDPR, article 7(1): the controller must be able to demonstrate consent; CJEU C-604/22: a TC string with an
identifier is personal data.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from observer.consent.bits import ALPHABET
from observer.consent.choices import Choices
from observer.consent.formats import READERS
from observer.consent.generations import Generations
from observer.consent.tcf import decode
from observer.errors import Problem, SettingsError, SignalError
from observer.messages import Words
from observer.model import Signal
from observer.privacy.hashing import LEAST_KEY, keyed_hash

UNDATED: Final = slice(13, None)
"""Of a TC string: what is behind its version and its two dates."""

_DATED: Final = slice(0, 13)
_REMEMBERED: Final = 4_096
_LONGEST: Final = 4_096
"""Bytes of a signal whose tokens are remembered; longer ones are rare."""
_KEY_ID: Final = "abcdefghijklmnopqrstuvwxyz0123456789-"
_LONGEST_ID: Final = 16

Prove: TypeAlias = Callable[[Signal], tuple[str, ...]]
"""Signal -> its tokens: one for each thing that it says, none where it says nothing or cannot be read."""


class ProofKey(NamedTuple):
    """One key. id: public, it stands in front of each token, so that keys can be changed; secret: the key."""

    id: str
    secret: bytes

    def token(self, meaning: str) -> str:
        """Returns the token of a meaning."""
        return f"{self.id}:{keyed_hash(self.secret, meaning)}"


def read_keys(place: str, text: str) -> tuple[ProofKey, ...]:
    """Returns the keys in `text`, written as `id:secret` and parted by commas or lines; the first is the one in use.

    Raises SettingsError where one has no id, an id of other characters than a to z, 0 to 9 and -, comes again, or
    is shorter than 16 bytes. place: where the text stands; nothing of it is in the error.
    """
    keys: list[ProofKey] = []
    for part in filter(None, (part.strip() for part in text.replace(",", "\n").splitlines())):
        name, colon, secret = part.partition(":")
        if not colon or not 0 < len(name) <= _LONGEST_ID or set(name) - set(_KEY_ID):
            raise _refused(place, "consent.came.no_key_id")
        if name in [key.id for key in keys]:
            raise _refused(place, "consent.came.key_twice")
        if len(secret.encode()) < LEAST_KEY:
            raise _refused(place, "consent.came.short_key")
        keys.append(ProofKey(name, secret.encode()))
    if not keys:
        raise _refused(place, "quarantine.got_nothing")
    return tuple(keys)


def _refused(place: str, came: str) -> SettingsError:
    return SettingsError(Problem(place, Words("consent.expected.proof_keys"), Words(came)))


class Prover:
    """Makes tokens with one key, and remembers the latest by the bytes of their signal."""

    __slots__ = ("_key", "_tokens")

    def __init__(self, key: ProofKey) -> None:
        self._key = key
        self._tokens: Generations[tuple[str, bytes], tuple[str, ...]] = Generations(_REMEMBERED)

    def __call__(self, signal: Signal) -> tuple[str, ...]:
        """Returns the tokens of one signal. Raises nothing."""
        kind, raw = signal
        # A bare TC string is remembered without its dates, as its token is made; one with others is malformed.
        dated = kind == "tcf" and raw[:1] == b"C" and not raw[_DATED].translate(None, ALPHABET)
        question = (kind, raw[UNDATED] if dated else raw)
        tokens = self._tokens.get(question)
        if tokens is None:
            tokens = tokens_of(signal, self._key)
            if len(raw) <= _LONGEST:
                self._tokens.put(question, tokens)
        return tokens


def tokens_of(signal: Signal, key: ProofKey) -> tuple[str, ...]:
    """Returns the tokens of one signal, each once, in the order in which it says things."""
    return tuple(dict.fromkeys(key.token(meaning) for meaning in meanings(signal)))


def lookups(signals: Iterable[Signal], keys: Iterable[ProofKey]) -> dict[str, tuple[str, ...]]:
    """Returns the tokens to look for, by the id of their key: under each key that was ever in use."""
    listed = list(signals)
    return {
        key.id: tuple(dict.fromkeys(token for signal in listed for token in tokens_of(signal, key)))
        for key in keys
    }


def meanings(signal: Signal) -> Iterator[str]:
    """Yields what a signal means, as text that two signals share exactly when they say the same."""
    reader = READERS.get(signal.format)
    if reader is None:
        return
    try:
        reading = reader(signal.raw)
        for text in reading.tc_strings:
            decode(text)
    except SignalError:
        return
    for choices in reading.choices:
        if choices.answers or choices.vendors:
            yield _choices(choices)
    for text in reading.tc_strings:
        yield f"tcf\n{text[UNDATED]}"


def _choices(choices: Choices) -> str:
    said = [_listed(choices.answers), _listed(choices.vendors), str(choices.rest)]
    return "\n".join([",".join(choices.platforms), *said])


def _listed(answers: Mapping[str, object]) -> str:
    return repr(sorted((name, str(answer)) for name, answer in answers.items()))
