"""What a contract asks, in sentences that need no knowledge of its language."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from observer.contracts import vocabulary
from observer.messages import Lang, Words, say

_OPERATORS: Final = (
    "mustBe", "mustNotBe", "mustBeGreaterThan", "mustBeGreaterOrEqualTo", "mustBeLessThan", "mustBeLessOrEqualTo",
)  # fmt: skip
_RANGES: Final = ("mustBeBetween", "mustNotBeBetween")
_METRICS: Final = ("nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount")
_UNITS: Final[Mapping[str, tuple[str, ...]]] = {
    "milliseconds": ("ms", "millisecond", "milliseconds"),
    "seconds": ("s", "sec", "second", "seconds"),
    "minutes": ("m", "min", "minute", "minutes"),
    "hours": ("h", "hour", "hours"),
    "days": ("d", "day", "days"),
    "months": ("month", "months"),
    "years": ("y", "yr", "year", "years"),
    "percent": ("%", "percent"),
}
_DEFAULT_OBJECTIVE: Final = 0.99


def rules(stated: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    """Yields what one property asks of its values, one phrase a rule."""
    options = stated.get("logicalTypeOptions") or {}
    if stated.get("enum"):
        words = [_word(one) for one in stated["enum"]]
        yield say("exchange.page.rule.enum", lang, values=", ".join(words))
    for name, value in options.items():
        if name == "uniqueItems" and not value:
            continue
        if name in vocabulary.CONSTRAINTS:
            yield say(
                f"exchange.page.rule.{name}",
                lang,
                value=value if isinstance(value, str) else json.dumps(value),
            )
    if stated.get("unique") or stated.get("primaryKey"):
        yield say("exchange.page.rule.unique", lang)
    for quality in stated.get("quality") or ():
        yield quality_rule(quality, lang)


def quality_rule(stated: Mapping[str, Any], lang: Lang) -> str:
    """Returns one quality rule as a sentence; one without a metric that we know by its own words."""
    metric = stated.get("metric") or stated.get("rule")
    bound = _bound(stated, lang)
    if metric not in _METRICS or not bound:
        told = (
            stated.get("description")
            or stated.get("name")
            or stated.get("metric")
            or stated.get("type")
            or "?"
        )
        return say("exchange.page.quality.other", lang, rule=told)
    fields = (stated.get("arguments") or {}).get("properties")
    about = ", ".join(map(str, fields)) if isinstance(fields, list) else ""
    code = "exchange.page.quality.about" if about else "exchange.page.quality.all"
    named = Words(f"exchange.page.metric.{metric}")
    return say(code, lang, **({"fields": about} if about else {}), metric=named, bound=bound)


def service_level(stated: Mapping[str, Any], lang: Lang) -> str:
    """Returns one promise of slaProperties as a sentence."""
    name = next((one for one in vocabulary.SERVICE_LEVELS if one.lower() == stated["property"].lower()), "")
    amount = _amount(stated.get("value"), stated.get("unit"), lang)
    if name == "latency":
        share = _objective(stated)
        return say(
            "exchange.page.level.latency", lang, amount=amount, share=number(round(share * 100, 6), lang)
        )
    if name:
        return say(f"exchange.page.level.{name}", lang, amount=amount)
    return say("exchange.page.level.other", lang, name=stated["property"], amount=amount)


def number(value: object, lang: Lang) -> str:
    """Returns a number as people write it; anything else as JSON writes it, text as it is."""
    if isinstance(value, str):
        return value
    text = f"{value:.15g}" if isinstance(value, float) else json.dumps(value, ensure_ascii=False)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return text.replace(".", ",") if lang == "fr" and is_number else text


def _bound(stated: Mapping[str, Any], lang: Lang) -> str:
    unit = " " + say("exchange.page.unit.percent", lang) if stated.get("unit") == "percent" else ""
    for name in _OPERATORS:
        if name in stated:
            return say(f"exchange.page.operator.{name}", lang, value=number(stated[name], lang)) + unit
    for name in _RANGES:
        if name in stated and len(stated[name]) == 2:
            low, high = (number(one, lang) for one in stated[name])
            return say(f"exchange.page.operator.{name}", lang, low=low, high=high) + unit
    return ""


def _amount(value: object, unit: object, lang: Lang) -> str:
    known = next((name for name, names in _UNITS.items() if str(unit).lower() in names), None)
    told = say(f"exchange.page.unit.{known}", lang) if known else str(unit or "")
    return f"{number(value, lang)} {told}".strip()


def _objective(stated: Mapping[str, Any]) -> float:
    for custom in stated.get("customProperties") or ():
        if custom["property"] == "martechObjective":
            return float(custom["value"])
    return _DEFAULT_OBJECTIVE


def _word(stated: Mapping[str, Any]) -> str:
    value = stated["value"]
    text = value if isinstance(value, str) else json.dumps(value)
    return f"{text} ({stated['label']})" if stated.get("label") else text
