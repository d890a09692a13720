"""Quality rules and what they measured, as one would say them to a colleague."""

from observer.contracts.quality import Metric, QualityRule
from observer.messages import Lang, say
from observer.windows.numbers import NARROW, NO_BREAK, decimal, duration, whole


def rule_words(rule: QualityRule, lang: Lang) -> str:
    """Returns what a rule asks, as `Missing values in $.total: at most 1 %`."""
    return say("quality.rule", lang, measured=measured(rule, lang), asked=asked(rule, lang))


def measured(rule: QualityRule, lang: Lang) -> str:
    """Returns what a rule measures, with the fields that it looks at."""
    words = say(f"quality.metric.{rule.metric}", lang)
    if rule.metric is Metric.VOLUME:
        return say("quality.volume", lang, weeks=whole(rule.weeks, lang))
    if not rule.fields:
        return words
    return say("quality.of", lang, measured=words, fields=", ".join(rule.fields))


def asked(rule: QualityRule, lang: Lang) -> str:
    """Returns the bound of a rule, as `at most 1 %`."""
    low, high = amount(rule, rule.bound.low, lang), amount(rule, rule.bound.high, lang)
    return say(f"quality.operator.{rule.bound.operator}", lang, low=low, high=high)


def amount(rule: QualityRule, value: float, lang: Lang) -> str:
    """Returns a value in the unit of a rule: 1.25 %, 14 rows, 12 min."""
    if rule.unit == "seconds":
        return duration(value, lang)
    if rule.unit == "percent":
        return percentage(value, lang)
    return whole(value, lang)


def percentage(value: float, lang: Lang) -> str:
    """Returns a percentage with at most two decimals."""
    return f"{_short(value, lang)}{NARROW if lang == 'fr' else NO_BREAK}%"


def _short(value: float, lang: Lang) -> str:
    """A number with at most two decimals, and never nothing where there is something."""
    if 0 < value < 0.01:
        return f"<{NO_BREAK}{decimal(0.01, lang, 2)}"
    digits = next(digits for digits in (0, 1, 2) if digits == 2 or round(value, digits) == round(value, 2))
    return decimal(value, lang, digits)
