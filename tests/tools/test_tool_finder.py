"""What an event shows of the tools behind it, by the shipped fingerprints."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from observer.tools.declarations import Capabilities, Fingerprints, Tools
from observer.tools.fingerprints import compile_finders, known_tools
from observer.tools.sighting import Evidence, Sighting

FOLDER = Path(__file__).parents[2] / "schemas" / "tools"
TOOLS = Tools.model_validate(yaml.safe_load((FOLDER / "tools.yaml").read_text("utf-8")))
CAPABILITIES = Capabilities.model_validate(yaml.safe_load((FOLDER / "capabilities.yaml").read_text("utf-8")))
FINGERPRINTS = Fingerprints.model_validate(yaml.safe_load((FOLDER / "fingerprints.yaml").read_text("utf-8")))
FIND, FIND_CLICK_IDS = compile_finders(TOOLS, CAPABILITIES, FINGERPRINTS)


def evidence(
    library: str = "",
    version: str = "",
    integrations: bytes | str = b"",
    click_ids: tuple[str, ...] = (),
    vendors: tuple[str, ...] = (),
) -> Evidence:
    raw = integrations.encode() if isinstance(integrations, str) else integrations
    return Evidence(library, version, raw, click_ids, vendors)


CASES = {
    "no evidence shows nothing": (evidence(), ""),
    "Segment in the browser": (evidence("analytics.js", "npm:next-1.70.0"), "segment"),
    "Segment for Node.js": (evidence("@segment/analytics-node", "2.1.3"), "segment"),
    "Segment for Node.js, its first SDK": (evidence("analytics-node", "6.2.0"), "segment"),
    "Segment for Python": (evidence("analytics-python", "2.3.3"), "segment"),
    "RudderStack in the browser": (evidence("RudderLabs JavaScript SDK", "3.0.3"), "rudderstack"),
    "RudderStack on Android": (evidence("com.rudderstack.android.sdk.core", "1.20.0"), "rudderstack"),
    "RudderStack on iOS": (evidence("rudder-ios-library", "1.31.0"), "rudderstack"),
    "Snowplow in the browser": (evidence("snowplow-js", "3.24.0"), "snowplow"),
    "Snowplow for Python": (evidence("snowplow-py", "1.1.0"), "snowplow"),
    "Amplitude, name and version in one": (evidence("amplitude-ts/2.7.2"), "amplitude"),
    "Amplitude, name and version apart": (evidence("amplitude-ts", "2.7.2"), "amplitude"),
    "the case of a library does not matter": (evidence("Analytics.JS"), "segment"),
    "an unknown library is _other": (evidence("maison-tracker", "1.0"), "_other"),
    "an integration set to true is fed": (evidence(integrations='{"Google Ads": true}'), "google-ads"),
    "an integration with options is fed": (
        evidence(integrations='{"Mixpanel": {"groups": []}}'),
        "mixpanel",
    ),
    "an integration with no options given is fed": (evidence(integrations='{ "Braze" : {} }'), "braze"),
    "an integration set to false is not": (evidence(integrations='{"Criteo": false}'), ""),
    "an integration set to null is not": (evidence(integrations='{"Criteo": null}'), ""),
    "an integration set to a text is not": (evidence(integrations='{"Criteo": "true"}'), ""),
    "an integration set to a number is not": (evidence(integrations='{"Criteo": 1}'), ""),
    "All is no tool": (evidence(integrations='{"All": true}'), ""),
    "All does not hide the others": (evidence(integrations='{"All": false, "Braze": true}'), "braze"),
    "case, spaces and punctuation do not matter": (
        evidence(integrations='{"GOOGLE_ADS": true}'),
        "google-ads",
    ),
    "a longer display name": (
        evidence(integrations='{"Facebook Conversions API (Actions)": true}'),
        "meta-ads",
    ),
    "the longest beginning wins": (
        evidence(integrations='{"Salesforce Marketing Cloud (Actions)": true}'),
        "salesforce-marketing-cloud",
    ),
    "a whole name is not a beginning": (evidence(integrations='{"Salesforce Pardot": true}'), "_other"),
    "an unknown integration is _other": (evidence(integrations='{"Spotlight": true}'), "_other"),
    "an unknown integration that is off is nothing": (evidence(integrations='{"Spotlight": false}'), ""),
    "a tool that is not declared": (evidence(integrations='{"TikTok Ads": true}'), "tiktok-ads!"),
    "integrations that are no JSON": (evidence(integrations='{"Braze": tr'), ""),
    "integrations that are no object": (evidence(integrations='["Braze"]'), ""),
    "integrations in no encoding": (evidence(integrations=b'{"\xff": true}'), ""),
    "integrations nested too deep": (
        evidence(integrations=b'{"Braze": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
        "",
    ),
    "a click id of a declared tool": (evidence(click_ids=("gclid",)), "google-ads"),
    "a click id of a tool that is not": (evidence(click_ids=("ttclid",)), "tiktok-ads!"),
    "a click id in mixed case": (evidence(click_ids=("ScCid",)), "snapchat-ads!"),
    "the vendor of a context": (
        evidence(vendors=("com.google.analytics.enhanced-ecommerce",)),
        "google-analytics",
    ),
    "the vendor of another's context": (evidence(vendors=("com.optimizely.optimizelyx",)), "optimizely!"),
    "a vendor that nobody knows is no tool": (evidence(vendors=("example.maison-lumiere",)), ""),
    "the trackers' own vendor says no more than the tracker": (
        evidence("snowplow-js", vendors=("com.snowplowanalytics.snowplow",)),
        "snowplow",
    ),
    "a tool that shows twice counts once": (
        evidence(integrations='{"Google Ads": true, "google-ads": {}}', click_ids=("gbraid", "gclid")),
        "google-ads",
    ),
    "all kinds of evidence together, in order of their ids": (
        evidence(
            "analytics.js", "", '{"Hotjar": true, "Braze": true, "Own": true}', ("fbclid",), ("com.hubspot",)
        ),
        "_other braze hotjar! hubspot! meta-ads segment",
    ),
}


@pytest.mark.parametrize(("given", "shown"), CASES.values(), ids=CASES)
def test_evidence_shows_tools(given: Evidence, shown: str) -> None:
    found = FIND(given)
    told = [s.tool + "!" * (s.status == "undeclared" and s.tool != "_other") for s in found]
    assert " ".join(told) == shown


def test_a_sighting_carries_the_capability_and_the_status() -> None:
    assert FIND(evidence("maison-tracker", "", '{"Braze": true, "TikTok Ads": true}')) == (
        Sighting("_other", "_other", "undeclared"),
        Sighting("braze", "journeys", "declared"),
        Sighting("tiktok-ads", "paid-activation", "undeclared"),
    )


def test_declaring_a_tool_outweighs_its_entry_in_the_fingerprints() -> None:
    hotjar = TOOLS.tools[0].model_copy(update={"id": "hotjar", "capability": "analytics"})
    find, _ = compile_finders(TOOLS.model_copy(update={"tools": (hotjar,)}), CAPABILITIES, FINGERPRINTS)
    assert find(evidence(integrations='{"Hotjar": true}')) == (Sighting("hotjar", "analytics", "declared"),)


def test_a_capability_that_is_not_declared_becomes_other() -> None:
    strange = FINGERPRINTS.tools[0].model_copy(update={"capability": "telepathy"})
    only = FINGERPRINTS.model_copy(update={"tools": (strange,)})
    assert known_tools(TOOLS, CAPABILITIES, only)[-1].capability == "_other"


def test_versions_part_two_tools_of_one_library_name() -> None:
    prints = Fingerprints.model_validate(
        {
            "libraries": [
                {"name": "analytics-node", "tool": "segment"},
                {"name": "analytics-node", "version": "rudder-*", "tool": "rudderstack"},
                {"name": "analytics-node", "version": "0.0.1", "tool": "mixpanel"},
            ]
        }
    )
    find, _ = compile_finders(TOOLS, CAPABILITIES, prints)
    shown = [
        find(evidence("analytics-node", v))[0].tool for v in ("6.2.0", "rudder-2.1", "0.0.1", "0.0.10", "")
    ]
    assert shown == ["segment", "rudderstack", "mixpanel", "segment", "segment"]


def test_a_version_alone_does_not_show_a_library() -> None:
    prints = Fingerprints.model_validate(
        {"libraries": [{"name": "analytics-node", "version": "6.*", "tool": "segment"}]}
    )
    find, _ = compile_finders(TOOLS, CAPABILITIES, prints)
    assert [s.tool for s in find(evidence("analytics-node", "2.0"))] == ["_other"]


def test_every_trace_in_the_shipped_file_shows_its_tool() -> None:
    """A beginning that swallows a longer name of another tool would show here."""
    wrong = []
    for trace in (*FINGERPRINTS.libraries, *FINGERPRINTS.integrations, *FINGERPRINTS.context_vendors):
        name = trace.name.removesuffix("*")
        of = {
            "libraries": evidence(name),
            "integrations": evidence(integrations=b'{"%s": true}' % name.encode()),
            "vendors": evidence(vendors=(name,)),
        }
        kind = (
            "libraries" if trace in FINGERPRINTS.libraries
            else "integrations" if trace in FINGERPRINTS.integrations
            else "vendors"
        )  # fmt: skip
        if [s.tool for s in FIND(of[kind])] != [trace.tool]:
            wrong.append((kind, trace.name))
    assert wrong == []


TEXTS = st.text(max_size=20)


@given(TEXTS, TEXTS, st.binary(max_size=60), st.lists(TEXTS, max_size=3), st.lists(TEXTS, max_size=3))
def test_the_finder_raises_nothing_and_names_each_tool_once(
    library: str, version: str, integrations: bytes, click_ids: list[str], vendors: list[str]
) -> None:
    found = FIND(Evidence(library, version, integrations, tuple(click_ids), tuple(vendors)))
    tools = [sighting.tool for sighting in found]
    assert tools == sorted(set(tools))
