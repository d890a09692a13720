"""Planted beside found, for people."""

from observer.demo.run import Outcome
from observer.messages import Lang, say


def table(outcome: Outcome, second: int, lang: Lang) -> list[str]:
    """Returns the lines of the table after `second` seconds."""
    titles = [say(f"demo.fault.{score.code}", lang) for score in outcome.scores]
    head = say("demo.column.fault", lang), say("demo.column.planted", lang), say("demo.column.found", lang)
    width = max(len(title) for title in (*titles, head[0]))
    lines = [
        say("demo.received", lang, events=outcome.received, seconds=second),
        "",
        f"{head[0]:<{width}}  {head[1]:>8}  {head[2]:>8}",
    ]
    for title, score in zip(titles, outcome.scores, strict=True):
        sign = "" if score.planted == score.found else "  ≠"
        lines.append(f"{title:<{width}}  {score.planted:>8}  {score.found:>8}{sign}")
    return lines
