"""Moments for people, in UTC: where the visitor's own clock stands is not ours to guess."""

from datetime import UTC, datetime

from observer.messages import Lang, say


def clock(time: float) -> str:
    """Returns hours, minutes and seconds."""
    return datetime.fromtimestamp(time, UTC).strftime("%H:%M:%S")


def covers(since: float, until: float, lang: Lang) -> str:
    """Returns from when to when, with dates where the two are not of one day."""
    first, last = (datetime.fromtimestamp(time, UTC) for time in (since, until))
    date = "" if first.date() == last.date() else ("%d/%m/%Y " if lang == "fr" else "%Y-%m-%d ")
    return say("page.covers", lang, since=first.strftime(f"{date}%H:%M"), until=last.strftime(f"{date}%H:%M"))
