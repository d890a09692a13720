"""Google Consent Mode: the `gcs` and `gcd` parameters of a browser's hits.

Google documents no format. What is read here fits all public captures: `gcd` is `1`, two base64url characters for
each of four signals, and a tail. The low four bits of a signal's first character are the declared and the implicit
setting, those of the second the default and the update. `gcs` is `G1` and two digits of what is in force.
"""

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from observer.consent.answer import CONSENT, NO_CHOICE_YET, REFUSED, Answer
from observer.consent.bits import VALUES
from observer.consent.choices import Choices, Reading
from observer.consent.malformed import malformed

SIGNALS: Final = ("ad_storage", "analytics_storage", "ad_user_data", "ad_personalization")

_SETTINGS: Final = ("unset", "unset", "denied", "granted")
"""By two bits. 0 was never seen: it is no yes."""
_GCD: Final = re.compile(r"1((?:[A-Za-z0-9_-]{2}){4})([A-Za-z0-9_-]{0,32})", re.ASCII)
_GCS: Final = re.compile(r"G1([01-])([01-])")


class Setting(NamedTuple):
    """One signal of `gcd`: `unset`, `denied` or `granted` at each level."""

    letter: str
    default: str
    update: str
    declared: str
    implicit: str

    @property
    def source(self) -> str:
        """The level whose setting is in force for Google's tags, or "" where none is set."""
        levels = ("update", "default", "declared", "implicit")
        return next((level for level in levels if getattr(self, level) != "unset"), "")

    @property
    def effective(self) -> str:
        """What Google's tags act on. It is no choice of a person: a default may say granted."""
        return str(getattr(self, self.source)) if self.source else "unset"


class ConsentMode(NamedTuple):
    """A decoded `gcd`: settings by signal, and the tail, whose meaning is not known."""

    settings: Mapping[str, Setting]
    tail: str

    @property
    def used(self) -> bool:
        """Whether the site sets any signal itself; otherwise Google's implicit settings stand alone."""
        return any(setting.source not in {"", "implicit"} for setting in self.settings.values())


def decode_gcd(text: str) -> ConsentMode:
    """Returns the settings in `text`. Raises SignalError `wrong_shape`."""
    found = _GCD.fullmatch(text)
    if found is None:
        raise malformed("gcd", "wrong_shape")
    pairs, tail = found.groups()
    return ConsentMode(
        {signal: _setting(pairs[2 * index], pairs[2 * index + 1]) for index, signal in enumerate(SIGNALS)},
        tail,
    )


def decode_gcs(text: str) -> dict[str, bool | None]:
    """Returns what is in force for storage: True, False, or None where not required. Raises `wrong_shape`."""
    found = _GCS.fullmatch(text)
    if found is None:
        raise malformed("gcs", "wrong_shape")
    meaning = {"1": True, "0": False, "-": None}
    return {signal: meaning[digit] for signal, digit in zip(SIGNALS, found.groups(), strict=False)}


def as_json(mode: ConsentMode) -> dict[str, Any]:
    """Returns the settings as JSON values; `source` is null where nothing is set."""
    signals = {
        signal: {
            "letter": setting.letter,
            "default": setting.default,
            "update": setting.update,
            "implicit": setting.implicit,
            "effective": setting.effective,
            "source": setting.source or None,
        }
        for signal, setting in mode.settings.items()
    }
    return {"signals": signals, "consentModeUsed": mode.used, "tail": mode.tail}


def read_gcd(raw: bytes) -> Reading:
    """Reads `gcd` for our policy, where only an update is a choice."""
    mode = decode_gcd(raw.decode("latin-1"))
    answers = {signal: _chosen(setting) for signal, setting in mode.settings.items()}
    return Reading((Choices(("google",), answers),))


def read_gcs(raw: bytes) -> Reading:
    """Reads `gcs` for our policy. It shows what is in force and not who decided it, so its yes says nothing; its
    no may be a default or a refusal, and leaves the choice unknown."""
    storage = decode_gcs(raw.decode("latin-1"))
    answers = {signal: NO_CHOICE_YET for signal, allowed in storage.items() if allowed is False}
    return Reading((Choices(("google",), answers, None),) if answers else ())


def _setting(first: str, second: str) -> Setting:
    levels, letter = VALUES[first], VALUES[second]
    return Setting(
        second,
        default=_SETTINGS[letter >> 2 & 3],
        update=_SETTINGS[letter & 3],
        declared=_SETTINGS[levels >> 2 & 3],
        implicit=_SETTINGS[levels & 3],
    )


def _chosen(setting: Setting) -> Answer:
    if setting.update == "granted":
        return CONSENT
    return REFUSED if setting.update == "denied" else NO_CHOICE_YET
