"""Whatever stands in a file, the answer is a contract or a list of problems; and no problem is empty words."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml
from contract_examples import accepts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observer.contracts.compiler import compile_contract
from observer.contracts.document import problems
from observer.errors import ContractError

FOLDER = Path(__file__).parents[2] / "schemas" / "contracts"
NAMES = ("order-completed", "consent-updated", "lead-scored", "till-receipt-issued")
DOCUMENTS: list[dict[str, Any]] = [
    yaml.safe_load((FOLDER / f"{name}.odcs.yaml").read_text("utf-8")) for name in NAMES
]
PLACE = "schemas/contracts/any.odcs.yaml"

WORDS = st.sampled_from(
    ("string", "integer", "map", "vector", "name", "martechClosed", "^(", "2026-01-01", "", "é")
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.dates(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS, inner, max_size=2),
    max_leaves=4,
)


def _places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for key, one in inner for place in _places(one, (*at, key)))]


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_part_of_a_contract_may_be_anything(data: st.DataObject) -> None:
    whole = deepcopy(data.draw(st.sampled_from(DOCUMENTS)))
    for _ in range(data.draw(st.integers(1, 2))):
        place = data.draw(st.sampled_from(_places(whole)[1:]))
        holder: Any = whole
        for step in place[:-1]:
            holder = holder[step]
        if data.draw(st.booleans()):
            holder[place[-1]] = data.draw(VALUES)
        else:
            del holder[place[-1]]
    try:
        compiled = compile_contract(PLACE, whole)
    except ContractError as error:
        assert error.problems == problems(PLACE, whole)
        assert all(problem.place == PLACE and problem.path.startswith("$") for problem in error.problems)
        assert error.told("fr")
    else:
        assert problems(PLACE, whole) == ()
        assert accepts(compiled, b"{}") <= (not compiled.exact(b"{}", "$"))
