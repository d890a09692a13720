"""Quality over windows: rules, gates, incidents and error budgets in words."""

from collections.abc import Mapping
from typing import Final

from observer.messages.quality_explained import QUALITY
from observer.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    **QUALITY,
    # Rules.
    "quality.rule": Text("{measured}: {asked}", "{measured} : {asked}"),
    "quality.of": Text("{measured} in {fields}", "{measured} dans {fields}"),
    "quality.volume": Text(
        "Volume against the usual of the same hour, over {weeks} weeks",
        "Volume comparé à l’habituel de la même heure, sur {weeks} semaines",
    ),
    "quality.metric.nullValues": Text("Absent or null values", "Valeurs absentes ou nulles"),
    "quality.metric.missingValues": Text("Missing values", "Valeurs manquantes"),
    "quality.metric.invalidValues": Text("Invalid values", "Valeurs invalides"),
    "quality.metric.duplicateValues": Text("Values that came before", "Valeurs déjà venues"),
    "quality.metric.rowCount": Text("Events", "Événements"),
    "quality.metric.volume": Text("Volume against earlier weeks", "Volume comparé aux semaines passées"),
    "quality.metric.freshness": Text("Longest silence", "Plus long silence"),
    "quality.metric.availability": Text("Minutes that were covered", "Minutes couvertes"),
    "quality.metric.validity": Text(
        "Events that break the contract", "Événements qui enfreignent le contrat"
    ),
    "quality.operator.mustBe": Text("exactly {low}", "exactement {low}"),
    "quality.operator.mustNotBe": Text("anything but {low}", "tout sauf {low}"),
    "quality.operator.mustBeGreaterThan": Text("more than {low}", "plus de {low}"),
    "quality.operator.mustBeGreaterOrEqualTo": Text("at least {low}", "{low} au moins"),
    "quality.operator.mustBeLessThan": Text("less than {low}", "moins de {low}"),
    "quality.operator.mustBeLessOrEqualTo": Text("at most {low}", "{low} au plus"),
    "quality.operator.mustBeBetween": Text("between {low} and {high}", "entre {low} et {high}"),
    "quality.operator.mustNotBeBetween": Text("not between {low} and {high}", "hors de {low} à {high}"),
    # Gates.
    "quality.gate.open": Text("Open", "Ouverte"),
    "quality.gate.closed": Text("Closed", "Fermée"),
    "quality.gate.undecided": Text("Not judged yet", "Pas encore jugée"),
    "quality.severity.error": Text("error", "erreur"),
    "quality.severity.warning": Text("warning", "avertissement"),
    "quality.severity.info": Text("information", "information"),
    "quality.outcome.kept": Text("Kept", "Respectée"),
    "quality.outcome.broken": Text("Broken", "Enfreinte"),
    "quality.outcome.too_few_events": Text("Too few events to decide", "Trop peu d’événements pour décider"),
    "quality.outcome.no_baseline": Text(
        "No earlier weeks to compare with yet", "Pas encore assez de semaines passées"
    ),
    "quality.outcome.not_observed": Text(
        "Not decided: the observer was stopped", "Non décidée : l’observateur était arrêté"
    ),
    "quality.evidence": Text("{bad} of {events}", "{bad} sur {events}"),
    "quality.usual": Text("{events}, usually {usual}", "{events}, d’habitude {usual}"),
    "quality.window": Text("windows of {length}", "fenêtres de {length}"),
    "quality.lasts": Text("lasts", "en cours"),
    "quality.since": Text("since {time}", "depuis {time}"),
    "quality.slo.validity": Text("Events that keep the contract", "Événements conformes au contrat"),
    "quality.slo.latency": Text("Events in time", "Événements à l’heure"),
    "quality.unknown": Text("too few events", "trop peu d’événements"),
    "quality.never": Text("not at this pace", "pas à ce rythme"),
    "quality.spent": Text("spent", "épuisé"),
    "quality.at_pace": Text("{time} at the pace of the last {window}", "{time} au rythme des {window}"),
    "quality.pace.1h": Text("hour", "60 dernières minutes"),
    "quality.pace.6h": Text("6 hours", "6 dernières heures"),
    # On the first screen and above the tables.
    "page.closed": Text(
        "Gate closed: {title}. {rule}. The first window that broke began {ago}. Who acts: {owners}.",
        "Porte fermée : {title}. {rule}. La première fenêtre enfreinte a commencé {ago}. Qui agit : {owners}.",
    ),
    "page.nav.quality": Text("Quality", "Qualité"),
    "page.nav.budgets": Text("Budgets", "Budgets"),
    "page.section.quality": Text("Quality gates and incidents", "Portes de qualité et incidents"),
    "page.section.budgets": Text("Error budgets", "Budgets d’erreur"),
    "page.caption.incidents": Text("Incidents of the last 30 days", "Incidents des 30 derniers jours"),
    "page.caption.gates": Text("Gates as they stand now", "Portes dans leur état actuel"),
    "page.caption.budgets": Text("Error budgets over 30 days", "Budgets d’erreur sur 30 jours"),
    "page.quality.none": Text(
        "No contract declares a quality rule.", "Aucun contrat ne déclare de règle de qualité."
    ),
    "page.quality.all_open": Text("All {gates} gates are open.", "Les {gates} portes sont ouvertes."),
    "page.quality.closed.one": Text("1 of {gates} gates is closed.", "1 porte sur {gates} est fermée."),
    "page.quality.closed.many": Text(
        "{closed} of {gates} gates are closed.", "{closed} portes sur {gates} sont fermées."
    ),
    "page.quality.incidents": Text(
        "Incidents in 30 days: {incidents}, that is {rate} per million events.",
        "Incidents en 30 jours : {incidents}, soit {rate} par million d’événements.",
    ),
    "page.note.gates": Text(
        "A gate closes when its rule is broken in enough windows in a row, and opens when it is kept in enough. It stops no event: it says that the data is not to be relied on, and who must act.",
        "Une porte se ferme quand sa règle est enfreinte sur assez de fenêtres d’affilée, et se rouvre quand elle est respectée sur assez. Elle n’arrête aucun événement : elle dit que les données ne sont pas fiables, et qui doit agir.",
    ),
    "page.note.budgets": Text(
        "The objective allows some bad events: that is the budget. Every event of the last 30 days weighs the same, so quiet nights and gaps distort nothing.",
        "L’objectif tolère quelques mauvais événements : c’est le budget. Chaque événement des 30 derniers jours pèse autant, si bien que nuits calmes et interruptions ne faussent rien.",
    ),
    # Columns.
    "page.column.incident": Text("Incident", "Incident"),
    "page.column.incident.why": Text(
        "The contract and the rule whose gate closed, and who answers for it.",
        "Le contrat et la règle dont la porte s’est fermée, et qui en répond.",
    ),
    "page.column.began": Text("From, until", "Du, au"),
    "page.column.began.why": Text(
        "From the beginning of the first window that broke to the end of the last one, in UTC.",
        "Du début de la première fenêtre enfreinte à la fin de la dernière, en UTC.",
    ),
    "page.column.hit": Text("Events hit", "Événements touchés"),
    "page.column.hit.why": Text(
        "Bad events in the windows that broke; of a rule about quantities, how many were missing or too many.",
        "Mauvais événements dans les fenêtres enfreintes ; pour une règle de quantité, ceux qui manquaient ou étaient en trop.",
    ),
    "page.column.worst": Text("Worst value", "Pire valeur"),
    "page.column.worst.why": Text(
        "The value furthest from what the rule asks.",
        "La valeur la plus éloignée de ce que demande la règle.",
    ),
    "page.column.top_rule": Text("Broke most", "Le plus enfreint"),
    "page.column.top_rule.why": Text(
        "The rule of the contract that broke most often in that time, and how often.",
        "La règle du contrat la plus souvent enfreinte pendant ce temps, et combien de fois.",
    ),
    "page.column.gate": Text("Gate", "Porte"),
    "page.column.gate.why": Text(
        "The contract, its rule in words, the name of the gate in metrics and alerts, and who answers for it.",
        "Le contrat, sa règle en mots, le nom de la porte dans les métriques et les alertes, et qui en répond.",
    ),
    "page.column.gate_state": Text("State", "État"),
    "page.column.gate_state.why": Text(
        "Open while the rule is kept, closed while it is broken. Before its first decision a gate counts as open.",
        "Ouverte tant que la règle est respectée, fermée tant qu’elle est enfreinte. Avant sa première décision, une porte compte comme ouverte.",
    ),
    "page.column.gate_value": Text("Last value", "Dernière valeur"),
    "page.column.gate_value.why": Text(
        "What the last closed window measured, and out of how many events.",
        "Ce qu’a mesuré la dernière fenêtre close, et sur combien d’événements.",
    ),
    "page.column.gate_window": Text("Last window", "Dernière fenêtre"),
    "page.column.gate_window.why": Text(
        "What the last closed window said of the rule, and when it ended.",
        "Ce que la dernière fenêtre close a dit de la règle, et quand elle s’est achevée.",
    ),
    "page.column.budget": Text("Promise", "Engagement"),
    "page.column.budget.why": Text(
        "The contract and what it promises, and who answers for it.",
        "Le contrat et ce qu’il promet, et qui en répond.",
    ),
    "page.column.objective": Text("Objective", "Objectif"),
    "page.column.objective.why": Text(
        "Share of events that must be good.", "Part des événements qui doivent être bons."
    ),
    "page.column.budget_bad": Text("Bad events", "Mauvais événements"),
    "page.column.budget_bad.why": Text(
        "Events of the last 30 days that did not keep the promise, of all that count for it.",
        "Événements des 30 derniers jours qui n’ont pas tenu l’engagement, parmi tous ceux qui comptent.",
    ),
    "page.column.budget_left": Text("Budget left", "Budget restant"),
    "page.column.budget_left.why": Text(
        "Share of the bad events that the objective allows which are still left. Below zero it is overspent.",
        "Part restante des mauvais événements que tolère l’objectif. En dessous de zéro, le budget est dépassé.",
    ),
    "page.column.time_left": Text("Spent in", "Épuisé dans"),
    "page.column.time_left.why": Text(
        "How long the budget lasts if bad events come on as in the last hour or the last 6 hours. Told from 5 bad events on.",
        "Combien de temps dure le budget si les mauvais événements continuent comme pendant la dernière heure ou les 6 dernières. Indiqué à partir de 5 mauvais événements.",
    ),
}
