"""Changes between two versions of a contract as text, Markdown and JSON."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from observer.contracts.comparing.change import Change, Example, Grade
from observer.messages import Lang, say, speak

_ORDER: Final = (Grade.BREAKING, Grade.WARNING, Grade.FINE)


class Comparison(NamedTuple):
    """One old version beside the new one. sides: for whom grades are told."""

    old: str
    new: str
    changes: tuple[Change, ...]
    sides: tuple[str, ...] = ("consumer", "producer")

    def ordered(self) -> list[Change]:
        """Returns the changes, the worst for these sides first."""
        return sorted(
            self.changes, key=lambda one: min(_ORDER.index(_grade(one, side)) for side in self.sides)
        )

    def breaking(self, side: str) -> int:
        """Returns how many changes break a side."""
        return sum(_grade(one, side) is Grade.BREAKING for one in self.changes)


def as_text(found: Comparison, lang: Lang) -> str:
    """Returns the comparison as lines for people."""
    lines = [say("contract_diff.title", lang, old=found.old, new=found.new)]
    for one in found.ordered():
        grades = ", ".join(_told_grade(one, side, lang) for side in found.sides)
        lines += [f"  {one.rule} [{grades}]", f"    {_change_line(one, lang)}", f"    {speak(one.why, lang)}"]
        lines += [f"    {_example_line(example, lang)}" for example in one.examples]
    return "\n".join([*lines, f"  {_summary(found, lang)}"])


def as_markdown(found: Comparison, lang: Lang) -> str:
    """Returns the comparison as a table and its counter-examples, for a merge request."""
    heads = ["change", "where", "before", "after", *found.sides, "why"]
    titles = [say(f"contract_diff.head.{head}", lang) for head in heads]
    lines = [
        f"### {say('contract_diff.title', lang, old=found.old, new=found.new)}",
        "",
        _summary(found, lang),
    ]
    if not found.changes:
        return "\n".join(lines)
    lines += ["", _row(titles), _row(["---"] * len(heads))]
    for one in found.ordered():
        grades = [say(f"contract_diff.grade.{_grade(one, side).value}", lang) for side in found.sides]
        cells = [_code(one.rule), _code(_where(one)), _code(one.old), _code(one.new)]
        lines.append(_row([*cells, *grades, speak(one.why, lang)]))
    shown = [(one, example) for one in found.ordered() for example in one.examples]
    if shown:
        lines += ["", f"#### {say('contract_diff.head.examples', lang)}", ""]
    for one, example in shown:
        lines += [f"- {_code(_where(one))}, {_which(example, lang)}:", "", f"      {example.event}", ""]
    return "\n".join(lines).rstrip()


def as_json(found: Comparison, lang: Lang) -> dict[str, Any]:
    """Returns the comparison as JSON values: stable words, and `why` in `lang`."""
    return {
        "old": found.old,
        "new": found.new,
        "breaking": {side: found.breaking(side) for side in ("consumer", "producer")},
        "changes": [_change_json(one, lang) for one in found.ordered()],
    }


def _change_json(one: Change, lang: Lang) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "area": one.area.value,
        "schema": one.schema or None,
        "path": one.path,
        "keyword": one.keyword or None,
        "old": one.old or None,
        "new": one.new or None,
        "consumer": one.consumer.value,
        "producer": one.producer.value,
        "reason": one.why.code.removeprefix("contract_diff.why."),
        "why": speak(one.why, lang),
        "examples": [
            {
                "event": example.event,
                "validUnder": "old" if example.valid_under_old else "new",
                "breaks": list(example.broken),
            }
            for example in one.examples
        ],
    }


def _grade(one: Change, side: str) -> Grade:
    return one.consumer if side == "consumer" else one.producer


def _told_grade(one: Change, side: str, lang: Lang) -> str:
    grade = say(f"contract_diff.grade.{_grade(one, side).value}", lang)
    return say("contract_diff.grades", lang, side=say(f"contract_diff.side.{side}", lang), grade=grade)


def _where(one: Change) -> str:
    parts = [one.schema, one.path, one.keyword if one.keyword != "property" else ""]
    return " ".join(part for part in parts if part)


def _change_line(one: Change, lang: Lang) -> str:
    nothing = say("contract_diff.nothing", lang)
    return say(
        "contract_diff.line", lang, where=_where(one), before=one.old or nothing, after=one.new or nothing
    )


def _which(example: Example, lang: Lang) -> str:
    return say("contract_diff.old_only" if example.valid_under_old else "contract_diff.new_only", lang)


def _example_line(example: Example, lang: Lang) -> str:
    rules = ", ".join(example.broken)
    return say("contract_diff.example", lang, which=_which(example, lang), event=example.event, rules=rules)


def _summary(found: Comparison, lang: Lang) -> str:
    if not found.changes:
        return say("contract_diff.none", lang)
    counts = {side: found.breaking(side) for side in ("consumer", "producer")}
    return say("contract_diff.counts", lang, changes=len(found.changes), **counts)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _code(text: str) -> str:
    # A pipe would end the cell, and a tick the code: GitHub reads `\|` as a pipe even inside code.
    fence = "``" if "`" in text else "`"
    return f"{fence}{text.replace('|', chr(92) + '|')}{fence}" if text else ""
