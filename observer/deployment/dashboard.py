"""The overview as a Grafana dashboard. Needs the extra `deploy`."""

from typing import Final

from grafana_foundation_sdk.builders import common, dashboard, prometheus, stat, timeseries
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.common import DataSourceRef, LegendDisplayMode, LegendPlacement
from grafana_foundation_sdk.models.dashboard import VariableRefresh

from observer import metrics
from observer.deployment.panels import Panel, Row, overview
from observer.messages import Lang, say

UID: Final = "martech-overview"
_SOURCE: Final = DataSourceRef(type_val="prometheus", uid="${datasource}")
_HEIGHT: Final = 8


def overview_dashboard(lang: Lang = "en") -> str:
    """Returns the overview as the JSON that Grafana is provisioned with, its words in `lang`."""
    built = (
        dashboard.Dashboard(say("deploy.overview", lang))
        .uid(UID)
        .description(say("deploy.overview.about", lang))
        .tags(["martech"])
        .readonly()
        .refresh("30s")
        .time("now-6h", "now")
        .timezone("browser")
        .with_variable(dashboard.DatasourceVariable("datasource").label("Prometheus").type("prometheus"))
        .with_variable(_label("job", ""))
        .with_variable(_label("instance", 'job=~"$job"'))
    )
    for row in overview():
        built.with_row(_row(row, lang))
        for panel in row.panels:
            built.with_panel(_panel(panel, lang))
    return JSONEncoder(sort_keys=True, indent=2).encode(built.build())


def _label(name: str, which: str) -> dashboard.QueryVariable:
    selector = metrics.BUILD_INFO.name + (f"{{{which}}}" if which else "")
    return (
        dashboard.QueryVariable(name)
        .label(name)
        .datasource(_SOURCE)
        .query(f"label_values({selector}, {name})")
        .refresh(VariableRefresh.ON_TIME_RANGE_CHANGED)
        .multi(True)
        .include_all(True)
        .all_value(".+")
    )


def _row(row: Row, lang: Lang) -> dashboard.Row:
    return dashboard.Row(say(f"deploy.row.{row.code}", lang))


def _panel(panel: Panel, lang: Lang) -> stat.Panel | timeseries.Panel:
    built: stat.Panel | timeseries.Panel
    if panel.form == "number":
        built = stat.Panel()
    else:
        legend = (
            common.VizLegendOptions()
            .show_legend(True)
            .display_mode(LegendDisplayMode.LIST)
            .placement(LegendPlacement.BOTTOM)
        )
        built = timeseries.Panel().legend(legend).fill_opacity(10)
    built.title(say(f"deploy.panel.{panel.code}", lang))
    built.description(say(f"deploy.panel.{panel.code}.about", lang))
    built.unit(panel.unit).datasource(_SOURCE).height(_HEIGHT).span(panel.width)
    for number, query in enumerate(panel.queries):
        target = prometheus.Dataquery().expr(query.promql).legend_format(query.legend)
        built.with_target(target.ref_id(chr(ord("A") + number)).datasource(_SOURCE))
    return built
