"""What is wrong with consent, as JSON: names are English and stable, shares are ratios, durations seconds."""

from observer.web.plain import Plain
from observer.windows.consent_signs import ConsentSigns


def as_plain_signs(signs: ConsentSigns) -> Plain:
    """Returns the signs as JSON can hold them."""
    return {
        "breaches": [
            {
                "destination": line.destination,
                "channel": line.channel,
                "evidence": line.evidence,
                "reason": line.reason,
                "events": line.events,
            }
            for line in signs.breaches
        ],
        "disagreements": [
            {
                "channel": line.channel,
                "purpose": line.purpose,
                "yes": line.yes,
                "no": line.no,
                "events": line.events,
            }
            for line in signs.disagreements
        ],
        "platforms": [
            {
                "cmp": line.cmp,
                "version": line.version,
                "purpose": line.states.purpose,
                "states": {state.value: count for state, count in line.states.states.items()},
            }
            for line in signs.platforms
        ],
        "choices": [
            {
                "channel": line.channel,
                "events": line.total,
                "before_choice": line.before,
                "before_choice_share": line.before_share,
                "choices": {choice.value: count for choice, count in line.events.items()},
            }
            for line in signs.choices
        ],
        "contradictions": [
            {
                "channel": line.channel,
                "purpose": line.purpose,
                "contradiction": line.contradiction,
                "events": line.events,
            }
            for line in signs.contradictions
        ],
        "honoured": [
            {"direction": line.direction, "choices": line.waited.number, "mean": line.waited.mean}
            for line in signs.honoured
        ],
        "reviews_overdue": signs.overdue,
    }
