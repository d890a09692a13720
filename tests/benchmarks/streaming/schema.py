"""The example's contract for orders as the JSON Schema that the peers judge by: the same rules for all."""

import json

import yaml

from observer.contracts.document import signed
from observer.contracts.json_schema import written
from tests.running import EXAMPLE


def order_schema() -> str:
    """Returns the schema of an order's properties, as JSON."""
    file = EXAMPLE / "contracts" / "order-completed.odcs.yaml"
    contract = signed(str(file), yaml.safe_load(file.read_text(encoding="utf-8")))
    return json.dumps(written(contract.payload).schema)
