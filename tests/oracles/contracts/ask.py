"""Runs in datacontract-cli's environment: questions as one JSON object on standard input, answers on standard output.

{"breaking": [[old, new], …]} -> {"breaking": [{"consumer": bool, "producer": bool} or {"error": kind}, …]}
{"lint": [document, …]}       -> {"lint": ["passed" or "warning" or "failed" or …, …]}
"""

import json
import logging
import sys
from typing import Any

from datacontract.data_contract import DataContract

logging.disable(logging.CRITICAL)


def contract(document: Any) -> DataContract:
    """Returns the library's contract. Nothing that it links to is fetched."""
    return DataContract(data_contract_str=json.dumps(document), inline_references=False)


def breaking(old: Any, new: Any) -> dict[str, Any]:
    """Returns whom the change breaks."""
    former, latter = contract(old), contract(new)
    try:
        return {
            side: former.breaking(latter, perspective=side).is_breaking for side in ("consumer", "producer")
        }
    except Exception as error:
        return {"error": type(error).__name__}


def lint(document: Any) -> str:
    """Returns the library's word for the document."""
    return str(contract(document).lint().result.value)


asked = json.load(sys.stdin)
answers = {
    "breaking": [breaking(old, new) for old, new in asked.get("breaking", ())],
    "lint": [lint(document) for document in asked.get("lint", ())],
}
json.dump(answers, sys.stdout)
