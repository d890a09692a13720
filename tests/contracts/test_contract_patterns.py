"""Which patterns a contract may use, and what they match."""

from time import perf_counter

import pytest
from contract_examples import accepts, contract, stated

from observer.contracts.patterns import fault

ALLOWED = (
    "^ML-[0-9]{8}$", "^(?:a|b)+?$", "^[a-z0-9]+(-[a-z0-9]+)*$", "\\d{2,}\\.\\w", "[\\w.-]", "\\/", "\\x41\\u00e9",
    "^[^\\s@]+@[^\\s@]+$", "[a\\]b]", "a{2}?", "(a+)+$", "", "é", "[-a]",
)  # fmt: skip
REFUSED = {
    "(?=a)": "(?=a", "(?!a)": "(?!a", "(?<=a)b": "(?<=", "(?i)a": "(?i)", "(?P<n>a)": "(?P<", "(?#a)": "(?#a",
    "(a)\\1": "\\1", "\\bword": "\\bwo", "\\Aa": "\\Aa", "a\\z": "\\z", "\\p{L}": "\\p{L", "[[:alpha:]]": "[[:a",
    "[a&&b]": "[a&&", "[]a]": "[]a]", "[^]": "[^]", "a**": "*", "a++": "+", "a{2}{3}": "{3}", "a{,3}": "{,3}",
    "a}": "}", "a]": "]", "[a": "[a", "\\é": "", "\\": "\\", "[a\\": "[a\\",
}  # fmt: skip


@pytest.mark.parametrize("pattern", ALLOWED)
def test_allowed(pattern: str) -> None:
    assert fault(pattern) is None


@pytest.mark.parametrize("pattern", [pattern for pattern in REFUSED if REFUSED[pattern]])
def test_refused_where_engines_part(pattern: str) -> None:
    found = fault(pattern)
    assert found is not None
    assert found.values == {"part": REFUSED[pattern]}


@pytest.mark.parametrize("pattern", ["(", "a)", "*a", "[z-a]", "((a{99}){99}){99}", "a" * 1001])
def test_refused_where_they_cannot_run(pattern: str) -> None:
    assert fault(pattern) is not None


def test_a_pattern_that_blows_up_elsewhere_stays_linear() -> None:
    compiled = contract(stated("p", "string", pattern="^(a|a)*(a+)+$"))
    payload = b'{"p":"' + b"a" * 200_000 + b'!"}'
    start = perf_counter()
    assert not accepts(compiled, payload)
    assert compiled.exact(payload, "$")
    # Backtracking would take longer than the universe has; linear time is some milliseconds.
    assert perf_counter() - start < 5
