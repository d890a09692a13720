"""The numbers in sentences, as one would say them to a colleague."""

from typing import Final

from observer.catalog import Purpose
from observer.messages import Lang, catalogue, say
from observer.model import ConsentState, Verdict
from observer.windows.numbers import duration, share, whole
from observer.windows.quantile import Estimate
from observer.windows.shares import nearest_tenths
from observer.windows.summary import Choice, Summary
from observer.windows.traffic import VerdictCounts
from observer.windows.usable import REQUIRED_STATES, ConsentLine

_REFUSALS: Final = tuple(state for state in REQUIRED_STATES if state is not ConsentState.GRANTED)


def consent_sentence(line: ConsentLine, purpose: Purpose | None, choice: Choice, lang: Lang) -> str:
    """Returns what share of the events that need consent may serve the purpose, and why the rest may not.

    The shares add up to 100 %; exempt events and those out of scope stand apart, in a sentence of their own.
    """
    title = _inside(purpose_title(line.purpose, purpose, lang))
    if line.requires:
        answer = plural("page.consent.answer", line.requires, lang)
        said = say(
            answer,
            lang,
            subject=_subject(line, choice, lang),
            granted=state_share(line, ConsentState.GRANTED, lang, short=True),
            purpose=title,
        )
        parts = [
            say(f"page.consent.part.{state}", lang, share=state_share(line, state, lang, short=True))
            for state in _REFUSALS
            if line.states[state]
        ]
        said += say("page.consent.rest", lang, parts=", ".join(parts)) if parts else "."
    else:
        said = say(
            "page.consent.none",
            lang,
            events=_no_events(line, lang),
            period=_period(choice, lang),
            purpose=title,
        )
    return " ".join((said, *_apart(line, lang)))


def headline_sentence(summary: Summary, purpose: Purpose | None, lang: Lang) -> str:
    """Returns the five figures of the headline in one breath, for those who listen rather than look."""
    counts, choice = summary.counts, summary.choice
    if not counts.events:
        return say("page.headline.empty", lang, period=_period(choice, lang))
    parts = [
        say(
            plural("page.headline.events", counts.events, lang),
            lang,
            count=whole(counts.events, lang),
            period=_period(choice, lang),
            valid=valid_share(counts, lang),
        )
    ]
    if summary.answer is not None and summary.answer.requires:
        parts.append(
            say(
                "page.headline.usable",
                lang,
                share=state_share(summary.answer, ConsentState.GRANTED, lang, short=True),
                purpose=_inside(purpose_title(summary.answer.purpose, purpose, lang)),
            )
        )
    p95 = summary.end_to_end.durations.quantile(0.95)
    if p95 is not None:
        parts.append(say("page.headline.latency", lang, duration=about(p95, lang)))
    undeclared = len(summary.undeclared)
    parts.append(
        say(plural("page.headline.undeclared", undeclared, lang), lang, count=whole(undeclared, lang))
    )
    return " ".join(parts)


def state_share(line: ConsentLine, state: ConsentState, lang: Lang, *, short: bool = False) -> str:
    """Returns the share of one required state among the events that need consent."""
    return share(line.states[state], line.requires, line.tenths[state], lang, short=short)


def valid_share(counts: VerdictCounts, lang: Lang) -> str:
    """Returns the share of valid events among those that are no duplicate."""
    return part_of(counts.verdicts[Verdict.VALID], counts.judged_once, lang)


def part_of(part: float, of: float, lang: Lang) -> str:
    """Returns any share of two counts, rounded to a tenth of a percent."""
    return share(part, of, nearest_tenths(part, of), lang)


def about(estimated: Estimate, lang: Lang) -> str:
    """Returns an estimated duration, marked as one, or as beyond the last bound."""
    code = "page.beyond" if estimated.beyond else "page.about"
    return say(code, lang, duration=duration(estimated.seconds, lang))


def purpose_title(purpose_id: str, purpose: Purpose | None, lang: Lang) -> str:
    """Returns the purpose's title in `lang`, or its id where the catalog does not know it."""
    if purpose is None:
        return purpose_id
    return purpose.title_fr if lang == "fr" else purpose.title_en


def channel_title(channel: str, lang: Lang) -> str:
    """Returns the channel in words where they are known, else its id, which is a word of the company's own."""
    code = f"page.channel.{channel}"
    return say(code, lang) if code in catalogue() else channel


def _subject(line: ConsentLine, choice: Choice, lang: Lang) -> str:
    count = whole(line.requires, lang)
    period = _period(choice, lang)
    if not line.channel:
        return say(plural("page.subject.all", line.requires, lang), lang, count=count, period=period)
    return say(
        plural("page.subject.channel", line.requires, lang),
        lang,
        count=count,
        channel=_of_channel(line.channel, lang),
        period=period,
    )


def _no_events(line: ConsentLine, lang: Lang) -> str:
    if not line.channel:
        return say("page.subject.none", lang)
    return say("page.subject.none_channel", lang, channel=_of_channel(line.channel, lang))


def _apart(line: ConsentLine, lang: Lang) -> list[str]:
    return [
        say(
            plural(f"page.consent.{state}", line.states[state], lang),
            lang,
            count=whole(line.states[state], lang),
        )
        for state in (ConsentState.EXEMPT, ConsentState.NOT_APPLICABLE)
        if line.states[state]
    ]


def _of_channel(channel: str, lang: Lang) -> str:
    code = f"page.of_channel.{channel}"
    return say(code, lang) if code in catalogue() else say("page.of_channel", lang, channel=channel)


def _period(choice: Choice, lang: Lang) -> str:
    return say(f"page.in_period.{choice.period}", lang)


def plural(code: str, count: int, lang: Lang) -> str:
    """Returns the code of the message for one or for many. French counts 0 as one, English as many."""
    one = count < 2 if lang == "fr" else count == 1
    return f"{code}.{'one' if one else 'many'}"


def _inside(title: str) -> str:
    """A title within a sentence: its first letter small, unless it begins an acronym."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
