"""Templates into HTML. Everything that is filled in is escaped."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from observer.catalog import Catalog
from observer.errors import ObserverError
from observer.messages import LANGUAGES, Lang, say
from observer.web.assets import Asset
from observer.web.cells import iso
from observer.web.consent_form import ConsentPage
from observer.web.first_event import command
from observer.web.headline import CHART_HEIGHT, headline
from observer.web.moments import clock, covers
from observer.web.question import Question
from observer.web.sections import sections
from observer.windows.sentence import channel_title, purpose_title
from observer.windows.summary import PERIODS, Summary, channels

_LANGUAGE_NAMES: Final[Mapping[Lang, str]] = {"en": "English", "fr": "Français"}


class Renderer:
    """Renders every page of the site. assets: by name; asks: whether visitors sign in."""

    def __init__(self, assets: Mapping[str, Asset], *, asks: bool) -> None:
        self._environment = Environment(
            loader=PackageLoader("observer.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(assets=assets, asks=asks, languages=_LANGUAGE_NAMES)

    def page(
        self, summary: Summary, catalog: Catalog, question: Question, origin: str, *, fragment: bool
    ) -> str:
        """Returns the whole page, or only the part of it that lives."""
        lang = question.lang
        return self._render(
            "live.html" if fragment else "page.html",
            lang,
            question=question,
            summary=summary,
            headline=headline(summary, catalog, lang),
            chart_height=CHART_HEIGHT,
            sections=() if summary.is_empty else sections(summary, catalog, lang),
            covers=covers(summary.since, summary.until, lang),
            clock=clock(summary.until),
            iso=iso(summary.until),
            command=command(catalog, origin) if summary.is_empty else "",
            periods=[(period, say(f"page.period.{period}", lang)) for period in PERIODS],
            channels=[(channel, channel_title(channel, lang)) for channel in channels(catalog)],
            purposes=[
                (purpose.id, purpose_title(purpose.id, purpose, lang))
                for purpose in catalog.purposes.values()
            ],
        )

    def consent(self, page: ConsentPage, lang: Lang) -> str:
        """Returns the form about a consent decision, and its answers."""
        return self._render("consent.html", lang, page=page)

    def sign_in(self, lang: Lang, address: str, *, wrong: bool) -> str:
        """Returns the form that asks for the token. address: where to go on, a path of this site."""
        return self._render("sign_in.html", lang, address=address, wrong=wrong)

    def refusal(self, error: ObserverError, lang: Lang) -> str:
        """Returns why there is no page."""
        return self._render("refusal.html", lang, problem=error.told(lang))

    def _render(self, template: str, lang: Lang, **values: object) -> str:
        return self._environment.get_template(template).render(
            lang=lang,
            t=partial(_text, lang),
            other_languages=[one for one in LANGUAGES if one != lang],
            **values,
        )


def _text(lang: Lang, code: str, /, **values: object) -> str:
    """A message for a template, which escapes it."""
    return say(code, lang, **values)
