"""Prometheus alerts on the workers: events about to be lost, or lost, and what stands still."""

from typing import Any, Final

from observer import metrics
from observer.deployment.rules import RUNBOOKS
from observer.deployment.rules_yaml import rules_yaml
from observer.messages import Lang, say

_MARGIN: Final = 0.1
"""Part of what is not judged yet below which the rest of the log is too little to sleep on."""


def worker_rules(lang: Lang = "en") -> str:
    """Returns the rule file as YAML."""
    lag, margin = metrics.LAG.name, metrics.LOG_MARGIN.name
    status = metrics.PARTITION_STATUS.name
    alerts = [
        _alert(
            "MartechEventsLostUnread",
            f"increase({metrics.REMOVED_UNREAD.name}[15m]) > 0",
            "",
            "critical",
            lang,
        ),
        _alert(
            "MartechEventsAboutToBeLost",
            f"{lag} > 0 and {margin} < {_MARGIN:g} * {lag}",
            "15m",
            "critical",
            lang,
        ),
        _alert(
            "MartechPartitionStuck", f'{status}{{status=~"stall|stop|rewind"}} == 1', "10m", "warning", lang
        ),
        _alert(
            "MartechLedgerRefused", f"increase({metrics.FOLD_REFUSALS.name}[15m]) > 0", "", "critical", lang
        ),
        _alert("MartechStoreUnreachable", f"{metrics.STORE_REACHABLE.name} == 0", "2m", "critical", lang),
        _alert(
            "MartechCatalogsDiffer",
            f"count by (job) (count by (job, digest) ({metrics.CATALOG_INFO.name})) > 1",
            "10m",
            "warning",
            lang,
        ),
    ]
    return rules_yaml({"groups": [{"name": "martech-workers", "rules": alerts}]})


def _alert(name: str, expression: str, lasting: str, severity: str, lang: Lang) -> dict[str, Any]:
    place = {
        "instance": "{{ $labels.instance }}",
        "topic": "{{ $labels.topic }}",
        "source": "{{ $labels.source }}",
    }
    return {
        "alert": name,
        "expr": expression,
        **({"for": lasting} if lasting else {}),
        "labels": {"severity": severity},
        "annotations": {
            "summary": say(f"deploy.alert.{name}", lang, **place),
            "runbook": f"{RUNBOOKS}/workers.md#{name.lower()}",
        },
    }
