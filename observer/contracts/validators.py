"""The JSON Schema validators of the house: jsonschema-rs, one set of choices for all.

Nothing is ever fetched (`offline`), a pattern runs in linear time and bounded memory, a format is a rule.
"""

from collections.abc import Mapping
from typing import Any, Final

import jsonschema_rs

from observer.contracts.temporal_keywords import KEYWORDS

_PATTERNS: Final = jsonschema_rs.RegexOptions(size_limit=2_000_000, dfa_size_limit=2_000_000)
_EMAIL: Final = jsonschema_rs.EmailOptions(allow_display_text=False)


def validator(schema: Mapping[str, Any]) -> jsonschema_rs.Draft202012Validator:
    """Returns the validator of a schema of draft 2020-12.

    Raises jsonschema_rs.ValidationError or ValueError where `schema` is no schema.
    """
    return jsonschema_rs.Draft202012Validator(
        dict(schema),
        validate_formats=True,
        ignore_unknown_formats=False,
        pattern_options=_PATTERNS,
        email_options=_EMAIL,
        keywords=KEYWORDS,
        offline=True,
    )
