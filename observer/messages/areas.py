"""The areas of the catalogue, joined. A code that two areas claim is refused at import."""

from collections.abc import Mapping
from typing import Final

from observer.messages import (
    catalog,
    check,
    cli,
    collector,
    consent,
    consent_cli,
    consent_steps,
    contract_cli,
    contract_exchange,
    contracts,
    decoding,
    demo,
    deploy,
    drift,
    errors,
    glossary,
    kafka_quarantine,
    ownership,
    page,
    page_consent,
    quality,
    quarantine,
    streams_connection,
    streams_records,
    streams_topics,
    streams_workers,
    tools,
    versions,
)
from observer.messages.text import Text


def _join(*areas: Mapping[str, Text]) -> dict[str, Text]:
    joined: dict[str, Text] = {}
    for area in areas:
        twice = joined.keys() & area.keys()
        if twice:
            raise ValueError(f"observer/messages: expected each code once, got {sorted(twice)} in two areas")
        joined.update(area)
    return joined


ALL: Final[Mapping[str, Text]] = _join(
    errors.TEXTS,
    decoding.TEXTS,
    contracts.TEXTS,
    contract_exchange.TEXTS,
    contract_cli.TEXTS,
    consent.TEXTS,
    consent_cli.TEXTS,
    consent_steps.TEXTS,
    tools.TEXTS,
    versions.TEXTS,
    catalog.TEXTS,
    collector.TEXTS,
    quarantine.TEXTS,
    kafka_quarantine.TEXTS,
    ownership.TEXTS,
    page.TEXTS,
    page_consent.TEXTS,
    glossary.TEXTS,
    quality.TEXTS,
    drift.TEXTS,
    cli.TEXTS,
    check.TEXTS,
    demo.TEXTS,
    deploy.TEXTS,
    streams_connection.TEXTS,
    streams_records.TEXTS,
    streams_topics.TEXTS,
    streams_workers.TEXTS,
)
