"""What consent platforms keep in their cookies and browser stores: OneTrust, Didomi, Commanders Act, Axeptio.

Sources: the platforms' public documentation and captures of public sites. Each reads bytes as they stand in a cookie
(percent-encoded) or in the browser's store (not). A default that nobody changed is nobody's choice.
"""

import re
from binascii import Error as Base64Error
from binascii import a2b_base64
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Final
from urllib.parse import parse_qsl, unquote

from observer.consent.answer import (
    CONSENT,
    EXPIRED,
    GLOBAL_PRIVACY_CONTROL,
    MALFORMED,
    NO_CHOICE_YET,
    REFUSED,
    UNSUPPORTED,
    Answer,
)
from observer.consent.choices import Choices, Reading
from observer.consent.json_signal import read_object, read_text
from observer.consent.malformed import malformed

LONGEST: Final = 16_384
"""Characters of a cookie. Browsers keep 4,096."""

_EPOCH: Final = date(1970, 1, 1).toordinal()
_MILLISECONDS_A_DAY: Final = 86_400_000
_SWITCHES: Final[Mapping[str, Answer]] = {"1": CONSENT, "0": REFUSED}


def read_onetrust(raw: bytes) -> Reading:
    """Reads the cookie `OptanonConsent`: `groups=C0001:1,C0002:0` among other fields.

    Before the first interaction its groups are the site's defaults. A visitor who must be asked again has no valid
    choice. Its `datestamp` moves with each page, so it does not date the choice.
    """
    text = _text("onetrust", raw)
    if not text:
        return Reading()
    fields = _query("onetrust", text if "=" in text else unquote(text))
    if "groups" not in fields:
        raise malformed("onetrust", "wrong_shape")
    choices = [Choices(("onetrust",), _onetrust_groups(fields))]
    if "1" in {fields.get("isGpcEnabled"), fields.get("browserGpcFlag")}:
        choices.append(Choices(("gpc",), {"opt-out": GLOBAL_PRIVACY_CONTROL}, None))
    return Reading(tuple(choices))


def read_onetrust_groups(raw: bytes) -> Reading:
    """Reads the variable `OnetrustActiveGroups`: `,C0001,C0003,`. A group that is not listed may have been refused
    or not yet been asked for."""
    return _listed("onetrust", raw)


def read_didomi(raw: bytes) -> Reading:
    """Reads `didomi_token`: JSON in base64 with `purposes` and `vendors`, each `enabled` and `disabled`.

    An objection to a legitimate interest refuses a purpose; the interest itself is no consent.
    """
    text = _text("didomi_token", raw)
    if not text:
        return Reading()
    token = read_object("didomi_token", _base64("didomi_token", unquote(text)))
    purposes, vendors = _didomi_ids(token, "purposes"), _didomi_ids(token, "vendors")
    objected = {
        name: answer for name, answer in _didomi_ids(token, "purposes_li").items() if answer == REFUSED
    }
    updated = token.get("updated")
    if updated is None:
        updated = token.get("created")
    chosen = None if updated is None else _day("didomi_token", updated, "$.updated")
    return Reading((Choices(("didomi",), {**objected, **purposes}, vendors=vendors, chosen=chosen),))


def read_didomi_string(raw: bytes) -> Reading:
    """Reads `didomi_dcs`, the newer binary string, only as far as that there is one: its purposes are numbers that
    only Didomi's console knows. It begins as a TC string does and is none."""
    if not raw:
        return Reading()
    return Reading((Choices(("didomi",), {}, UNSUPPORTED),))


def read_commanders_act(raw: bytes) -> Reading:
    """Reads the cookie `TC_PRIVACY`: `status@version[|tcf]@banner@site@categories@always on@times[@vendors]`.

    Newer ones hold banner and site in the second field; the separator is a setting of the site. Status 0 is an
    opt-in to the listed categories, 1 an opt-out. Vendors are packed in numbers of the console and not read.
    """
    text = unquote(_text("commanders_act", raw))
    if not text:
        return Reading()
    found = _STATUS.match(text)
    if found is None:
        raise malformed("commanders_act", "wrong_shape")
    fields = text.split(found["separator"])
    place = next((index for index in (4, 6) if index < len(fields) and _TIMES.fullmatch(fields[index])), 0)
    if place == 0 or len(fields) > place + 2:
        raise malformed("commanders_act", "wrong_shape")
    times = [int(time) // _MILLISECONDS_A_DAY for time in fields[place].split(",")]
    names = [name for name in fields[place - 2].split(",") if name]
    if found["status"] == "1":
        answers: dict[str, Answer] = dict.fromkeys(names, REFUSED)
    elif all(name.isascii() and name.isdigit() for name in names):
        answers = dict.fromkeys(names, CONSENT)
    else:
        raise malformed("commanders_act", "unknown_choice")
    expires = times[2] if len(times) > 2 else None
    return Reading((Choices(("commanders-act",), answers, REFUSED, chosen=times[0], expires=expires),))


_STATUS: Final = re.compile(r"(?P<status>[01])(?P<separator>[^0-9A-Za-z,|%_-])\d")
_TIMES: Final = re.compile(r"[0-9]{13}(,[0-9]{13}){0,2}")


def read_axeptio(raw: bytes) -> Reading:
    """Reads the cookie `axeptio_cookies`: JSON with one switch a vendor, and keys of its own that begin with `$$`.

    Until `$$completed` is true nobody has chosen.
    """
    text = unquote(_text("axeptio", raw))
    if not text:
        return Reading()
    cookie = read_object("axeptio", text.encode())
    answers = {name: _switch(value) for name, value in cookie.items() if not name.startswith("$$")}
    if cookie.get("$$completed") is not True:
        answers = dict.fromkeys(answers, NO_CHOICE_YET)
    moment = cookie.get("$$date")
    chosen = None if moment is None else _day("axeptio", moment, "$['$$date']")
    return Reading((Choices(("axeptio",), answers, chosen=chosen),))


def read_axeptio_vendors(raw: bytes) -> Reading:
    """Reads the cookie `axeptio_authorized_vendors`: `,google_analytics,`. A vendor that is not listed may have been
    refused or not yet been asked for."""
    return _listed("axeptio", raw)


def _onetrust_groups(fields: Mapping[str, str]) -> dict[str, Answer]:
    answers = {}
    for entry in filter(None, fields["groups"].split(",")):
        group, _, switch = entry.rpartition(":")
        if not group or group in answers:
            raise malformed("onetrust", "wrong_shape", "groups")
        answers[group] = _SWITCHES.get(switch, MALFORMED)
    interactions = fields.get("interactionCount", "")
    if not (interactions.isascii() and interactions.isdigit() and int(interactions[:9]) > 0):
        return dict.fromkeys(answers, NO_CHOICE_YET)
    if fields.get("AwaitingReconsent", "false") != "false":
        return {group: EXPIRED if answer == CONSENT else answer for group, answer in answers.items()}
    return answers


def _listed(kind: str, raw: bytes) -> Reading:
    text = unquote(_text(kind, raw))
    if not text:
        return Reading()
    if not (text.startswith(",") and text.endswith(",")):
        raise malformed(kind, "wrong_shape")
    return Reading((Choices((kind,), dict.fromkeys(filter(None, text.split(",")), CONSENT)),))


def _didomi_ids(token: Mapping[str, object], key: str) -> dict[str, Answer]:
    """Returns the answers of one part of the token; what stands on both sides is refused."""
    part = token.get(key)
    if part is None:
        return {}
    if not isinstance(part, dict):
        raise malformed("didomi_token", "wrong_kind", f"$.{key}")
    answers: dict[str, Answer] = {}
    for side, answer in (("enabled", CONSENT), ("disabled", REFUSED)):
        names = part.get(side, [])
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise malformed("didomi_token", "wrong_kind", f"$.{key}.{side}")
        answers.update(dict.fromkeys(names, answer))
    return answers


def _switch(value: object) -> Answer:
    if value is True:
        return CONSENT
    return REFUSED if value is False else MALFORMED


def _query(kind: str, text: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        raise malformed(kind, "wrong_shape") from None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise malformed(kind, "duplicate_key")
    return fields


def _base64(kind: str, text: str) -> bytes:
    """Returns the bytes of base64 text in either alphabet, with or without its `=`."""
    digits = text.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return a2b_base64(digits + "=" * (-len(digits) % 4), strict_mode=True)
    except (Base64Error, ValueError):
        raise malformed(kind, "bad_character") from None


def _day(kind: str, value: object, path: str) -> int:
    """Returns the day of an instant in ISO 8601."""
    try:
        if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            return (moment.astimezone(UTC) if moment.tzinfo else moment).toordinal() - _EPOCH
    except (ValueError, OverflowError):
        pass
    raise malformed(kind, "bad_date", path)


def _text(kind: str, raw: bytes) -> str:
    if len(raw) > LONGEST:
        raise malformed(kind, "too_long")
    return read_text(kind, raw) if raw else ""
