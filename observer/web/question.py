"""What a visitor asked for: language, period, channel, purpose."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from observer.catalog import Catalog
from observer.errors import InputError, Problem
from observer.messages import LANGUAGES, Lang, Words
from observer.windows.summary import DEFAULT_PERIOD, PERIODS, Choice, channels


class Question(NamedTuple):
    """lang: of the answer; chosen: whether the address names it, so that links must too."""

    lang: Lang
    chosen: bool
    choice: Choice

    def address(self, lang: Lang | None = None) -> str:
        """Returns the page's address for the same question, in `lang` where one is given."""
        parts = self.choice._asdict()
        if parts["period"] == DEFAULT_PERIOD:
            del parts["period"]
        if lang or self.chosen:
            parts["lang"] = lang or self.lang
        query = urlencode({name: value for name, value in parts.items() if value})
        return f"/?{query}" if query else "/"


def language(query: Mapping[str, str], accepted: str, default: Lang) -> tuple[Lang, bool]:
    """Returns the language of the answer and whether the address chose it: `?lang`, else the Accept-Language
    header, else the default. A language that we do not speak is passed over."""
    asked = _spoken(query.get("lang", ""))
    if asked is not None:
        return asked, True
    wishes = sorted(map(_wish, accepted.split(",")), key=lambda wish: -wish[1])
    for tag, weight in wishes:
        spoken = _spoken(tag)
        if spoken is not None and weight > 0:
            return spoken, False
    return default, False


def ask(query: Mapping[str, str], accepted: str, default: Lang, catalog: Catalog) -> Question:
    """Returns the question that an address asks. Raises InputError where it names what is not declared."""
    lang, chosen = language(query, accepted, default)
    choice = Choice(
        _known(query, "period", PERIODS) or DEFAULT_PERIOD,
        _known(query, "channel", channels(catalog)),
        _known(query, "purpose", catalog.purposes),
    )
    return Question(lang, chosen, choice)


def _known(query: Mapping[str, str], name: str, known: Iterable[str]) -> str:
    words = tuple(known)
    value = query.get(name, "")
    if value and value not in words:
        expected = Words("page.refused.known", {"known": ", ".join(words)})
        raise InputError(Problem(f"?{name}", expected, Words("page.refused.other")))
    return value


def _wish(part: str) -> tuple[str, float]:
    tag, _, parameter = part.strip().partition(";")
    name, _, value = parameter.strip().partition("=")
    if name.strip() != "q":
        return tag, 1.0
    try:
        return tag, float(value)
    except ValueError:
        return tag, 0.0


def _spoken(tag: str) -> Lang | None:
    base = tag.strip().lower().partition("-")[0]
    return next((lang for lang in LANGUAGES if lang == base), None)
