"""The page: its frame, its sentences and its sections."""

from collections.abc import Mapping
from typing import Final

from observer.messages import page_columns, page_explain, page_store, page_words
from observer.messages.text import Text

_OWN: Final[Mapping[str, Text]] = {
    # The frame.
    "page.title": Text("Martech Observer", "Martech Observer"),
    "page.heading": Text("Marketing events of {company}", "Événements marketing de {company}"),
    "page.skip": Text("Skip to the figures", "Aller aux chiffres"),
    "page.sections": Text("Sections", "Rubriques"),
    "page.language": Text("Language", "Langue"),
    "page.pause": Text("Pause updates", "Suspendre l’actualisation"),
    "page.resume": Text("Resume updates", "Reprendre l’actualisation"),
    "page.live": Text("Live", "En direct"),
    "page.paused": Text("Paused: the figures stand still", "En pause : les chiffres sont figés"),
    "page.lost": Text(
        "No answer from the observer. The figures are the last that came.",
        "L’observateur ne répond pas. Les chiffres sont les derniers reçus.",
    ),
    "page.reload": Text("Reload for new figures", "Recharger pour actualiser les chiffres"),
    "page.covers": Text("From {since} to {until} UTC", "De {since} à {until} UTC"),
    "page.updated": Text("As of {time} UTC", "Relevé à {time} UTC"),
    "page.stale": Text(
        "Nothing new was stored for {duration}. The observer that judges events may have stopped.",
        "Rien de nouveau n’a été enregistré depuis {duration}. L’observateur qui juge les événements est peut-être arrêté.",
    ),
    "page.conserved": Text(
        "In: {events}. Judged: {events}. Each event has exactly one verdict.",
        "Reçus : {events}. Jugés : {events}. Chaque événement a exactement un verdict.",
    ),
    "page.unjudged": Text(
        "In: {received}, but judged: {events}. Please report this: no event may be lost.",
        "Reçus : {received}, mais jugés : {events}. Merci de le signaler : aucun événement ne doit se perdre.",
    ),
    "page.data": Text("The same figures as JSON", "Les mêmes chiffres en JSON"),
    "page.catalog": Text("Catalog {digest}", "Catalogue {digest}"),
    "page.filter": Text("What to show", "Ce qu’il faut afficher"),
    "page.filter.period": Text("Period", "Période"),
    "page.filter.channel": Text("Channel", "Canal"),
    "page.filter.purpose": Text("Purpose", "Finalité"),
    "page.filter.all_channels": Text("All channels", "Tous les canaux"),
    "page.filter.all_purposes": Text("All purposes", "Toutes les finalités"),
    "page.filter.show": Text("Show", "Afficher"),
    "page.filter.hint": Text(
        "The channel narrows everything but tools and rules; the purpose narrows consent and destinations.",
        "Le canal restreint tout sauf les outils et les règles ; la finalité restreint le consentement et les destinations.",
    ),
    "page.columns": Text("What the columns mean", "Signification des colonnes"),
    "page.metric": Text("Metric: {metric}", "Métrique : {metric}"),
    "page.nothing": Text("Nothing in this period.", "Rien sur cette période."),
    "page.scroll": Text("{caption}: scrolls sideways", "{caption} : défile horizontalement"),
    # Periods.
    "page.period.15m": Text("15 minutes", "15 minutes"),
    "page.period.1h": Text("1 hour", "1 heure"),
    "page.period.24h": Text("24 hours", "24 heures"),
    "page.period.7d": Text("7 days", "7 jours"),
    "page.in_period.15m": Text("in the last 15 minutes", "au cours des 15 dernières minutes"),
    "page.in_period.1h": Text("in the last hour", "au cours de la dernière heure"),
    "page.in_period.24h": Text("in the last 24 hours", "au cours des dernières 24 heures"),
    "page.in_period.7d": Text("in the last 7 days", "au cours des 7 derniers jours"),
    "page.ago": Text("{duration} ago", "il y a {duration}"),
    "page.just_now": Text("just now", "à l’instant"),
    "page.never": Text("never", "jamais"),
    "page.about": Text("≈ {duration}", "≈ {duration}"),
    "page.beyond": Text("over {duration}", "plus de {duration}"),
    "unit.ms": Text("ms", "ms"),
    "unit.s": Text("s", "s"),
    "unit.min": Text("min", "min"),
    "unit.h": Text("h", "h"),
    "unit.d": Text("d", "j"),
    # Channels: as a title, and as they qualify events in a sentence.
    "page.channel.web": Text("Web", "Web"),
    "page.channel.app": Text("App", "Application"),
    "page.channel.store": Text("Store", "Magasin"),
    "page.channel.server": Text("Server", "Serveur"),
    "page.channel.email": Text("E-mail", "E-mail"),
    "page.of_channel.web": Text("web", "du web"),
    "page.of_channel.app": Text("app", "de l’application"),
    "page.of_channel.store": Text("store", "des magasins"),
    "page.of_channel.server": Text("server", "des serveurs"),
    "page.of_channel.email": Text("e-mail", "des e-mails"),
    "page.of_channel": Text("{channel}", "du canal « {channel} »"),
    # The consent answer.
    "page.subject.all.one": Text("{count} event {period}", "{count} événement enregistré {period}"),
    "page.subject.all.many": Text("{count} events {period}", "{count} événements enregistrés {period}"),
    "page.subject.channel.one": Text(
        "{count} {channel} event {period}", "{count} événement {channel} enregistré {period}"
    ),
    "page.subject.channel.many": Text(
        "{count} {channel} events {period}", "{count} événements {channel} enregistrés {period}"
    ),
    "page.subject.none": Text("No event", "Aucun événement"),
    "page.subject.none_channel": Text("No {channel} event", "Aucun événement {channel}"),
    "page.consent.answer.one": Text(
        "Of {subject} that needs consent, {granted} may serve {purpose}",
        "Sur {subject} et soumis à consentement, {granted} peut servir la finalité « {purpose} »",
    ),
    "page.consent.answer.many": Text(
        "Of {subject} that need consent, {granted} may serve {purpose}",
        "Sur {subject} et soumis à consentement, {granted} peuvent servir la finalité « {purpose} »",
    ),
    "page.consent.rest": Text("; {parts}.", " ; {parts}."),
    "page.consent.part.denied": Text("{share} refused", "{share} ont essuyé un refus"),
    "page.consent.part.missing": Text("{share} no choice yet", "{share} sont sans choix à ce jour"),
    "page.consent.part.expired": Text("{share} an expired choice", "{share} reposent sur un choix expiré"),
    "page.consent.part.malformed": Text(
        "{share} an unreadable signal", "{share} portent un signal illisible"
    ),
    "page.consent.part.unknown": Text("{share} could not be judged", "{share} n’ont pas pu être jugés"),
    "page.consent.none": Text(
        "{events} {period} needed consent for {purpose}.",
        "{events} {period} n’avait besoin d’un consentement pour la finalité « {purpose} ».",
    ),
    "page.consent.exempt.one": Text(
        "{count} more event is exempt from consent.", "{count} autre événement est exempté de consentement."
    ),
    "page.consent.exempt.many": Text(
        "{count} more events are exempt from consent.",
        "{count} autres événements sont exemptés de consentement.",
    ),
    "page.consent.not_applicable.one": Text(
        "{count} more event is not concerned.", "{count} autre événement n’est pas concerné."
    ),
    "page.consent.not_applicable.many": Text(
        "{count} more events are not concerned.", "{count} autres événements ne sont pas concernés."
    ),
    # The headline.
    "page.headline": Text("At a glance", "L’essentiel"),
    "page.headline.empty": Text("No event {period}.", "Aucun événement {period}."),
    "page.headline.events.one": Text(
        "{count} event {period}, {valid} valid.", "{count} événement {period}, {valid} valides."
    ),
    "page.headline.events.many": Text(
        "{count} events {period}, {valid} valid.", "{count} événements {period}, {valid} valides."
    ),
    "page.headline.usable": Text(
        "{share} of those that need consent may serve {purpose}.",
        "{share} de ceux qui sont soumis à consentement peuvent servir la finalité « {purpose} ».",
    ),
    "page.headline.latency": Text(
        "95 % arrive within {duration} end to end.", "95 % arrivent en {duration} de bout en bout."
    ),
    "page.headline.undeclared.one": Text(
        "{count} tool seen that nobody declared.", "{count} outil observé que personne n’a déclaré."
    ),
    "page.headline.undeclared.many": Text(
        "{count} tools seen that nobody declared.", "{count} outils observés que personne n’a déclarés."
    ),
    "page.card.events": Text("Events", "Événements"),
    "page.card.valid": Text("Valid", "Valides"),
    "page.card.valid.note": Text(
        "keep the contract that their owners signed", "respectent le contrat signé par leurs responsables"
    ),
    "page.card.usable": Text("Usable consent", "Consentement utilisable"),
    "page.card.usable.note": Text("{purpose}, {channel}", "{purpose}, {channel}"),
    "page.card.usable.none": Text("no purpose is declared", "aucune finalité déclarée"),
    "page.card.latency": Text("End to end, 95 % within", "De bout en bout, 95 % en"),
    "page.card.latency.note.one": Text("estimated from {count} event", "estimation sur {count} événement"),
    "page.card.latency.note.many": Text("estimated from {count} events", "estimation sur {count} événements"),
    "page.card.undeclared": Text("Undeclared tools", "Outils non déclarés"),
    "page.card.undeclared.none": Text("every tool seen is declared", "tout outil observé est déclaré"),
    "page.timeline.minute": Text(
        "Events a minute: {most} at most. The pale part is not valid.",
        "Événements par minute : {most} au plus. La partie pâle n’est pas valide.",
    ),
    "page.timeline.hour": Text(
        "Events an hour: {most} at most. The pale part is not valid.",
        "Événements par heure : {most} au plus. La partie pâle n’est pas valide.",
    ),
    "page.timeline.hours": Text(
        "Events in {hours} hours: {most} at most. The pale part is not valid.",
        "Événements par tranche de {hours} heures : {most} au plus. La partie pâle n’est pas valide.",
    ),
    "page.silent": Text(
        "Silent source: {source}. Last event {ago}. Who acts: {owners}.",
        "Source muette : {source}. Dernier événement {ago}. Qui agit : {owners}.",
    ),
    "page.owner.marketing": Text("Marketing: {name}", "Marketing : {name}"),
    "page.owner.technical": Text("IT: {name}", "DSI : {name}"),
    # The sections.
    "page.section.sources": Text("Events and verdicts by source", "Événements et verdicts par source"),
    "page.section.consent": Text(
        "Usable consent by channel and purpose", "Consentement utilisable par canal et par finalité"
    ),
    "page.section.destinations": Text(
        "What each destination may use", "Ce que chaque destination peut utiliser"
    ),
    "page.section.latency": Text("Latency by stage", "Latence par étape"),
    "page.section.tools": Text("Tools seen against tools declared", "Outils observés et outils déclarés"),
    "page.section.findings": Text("Latest findings", "Derniers constats"),
    "page.nav.sources": Text("Sources", "Sources"),
    "page.nav.consent": Text("Consent", "Consentement"),
    "page.nav.destinations": Text("Destinations", "Destinations"),
    "page.nav.latency": Text("Latency", "Latence"),
    "page.nav.tools": Text("Tools", "Outils"),
    "page.nav.findings": Text("Findings", "Constats"),
    "page.caption.sources": Text("Sources {period}", "Sources {period}"),
    "page.caption.undecodable": Text("What could not be read {period}", "Ce qui n’a pas pu être lu {period}"),
    "page.caption.upstream": Text(
        "Verdicts of other systems that events carried {period}",
        "Verdicts d’autres systèmes portés par les événements {period}",
    ),
    "page.caption.consent": Text("Consent {period}", "Consentement {period}"),
    "page.caption.destinations": Text(
        "Decisions for each destination {period}", "Décisions par destination {period}"
    ),
    "page.caption.stages": Text(
        "Stages over all sources {period}", "Étapes, toutes sources confondues, {period}"
    ),
    "page.caption.stages_by_source": Text("Stages by source {period}", "Étapes par source {period}"),
    "page.caption.skew": Text(
        "Clocks of devices {period}, apart from latency",
        "Horloges des appareils {period}, à part de la latence",
    ),
    "page.caption.tools": Text("Tools {period}, all channels", "Outils {period}, tous canaux"),
    "page.caption.rules": Text(
        "Rules broken most {period}, all channels", "Règles les plus enfreintes {period}, tous canaux"
    ),
    "page.caption.findings": Text(
        "Findings, newest first, without any value of the event",
        "Constats, du plus récent au plus ancien, sans aucune valeur de l’événement",
    ),
    "page.note.latency": Text(
        "Percentiles (≈) are estimates: counts are kept in buckets, and a value is taken to lie evenly within its own. Each stage compares two moments of one clock.",
        "Les centiles (≈) sont des estimations : les durées sont comptées par tranches, et supposées réparties également dans chacune. Chaque étape compare deux instants d’une même horloge.",
    ),
    "page.note.unheard": Text(
        "Channels without an event to judge: {channels}.", "Canaux sans événement à juger : {channels}."
    ),
    "page.note.skew": Text(
        "A device whose clock is wrong tells nothing about speed, so its offset is measured on its own.",
        "Un appareil mal réglé ne dit rien de la vitesse : son décalage est donc mesuré à part.",
    ),
    "page.note.tools": Text(
        "Declared: {declared} (seen: {seen}, not seen: {idle}, without a trace to see: {untraceable}). Seen without being declared: {undeclared}.",
        "Déclarés : {declared} (observés : {seen}, non observés : {idle}, sans trace observable : {untraceable}). Observés sans être déclarés : {undeclared}.",
    ),
    "page.note.findings": Text(
        "What was expected is in the words of the contract; what came is named by its kind alone.",
        "L’attendu est dans les mots du contrat ; ce qui est venu n’est nommé que par son type.",
    ),
    # Before the first event.
    "page.empty": Text("No event yet", "Pas encore d’événement"),
    "page.empty.how": Text(
        "Send the first one. Its verdict is on this page a few seconds later:",
        "Envoyez le premier. Son verdict s’affiche ici quelques secondes plus tard :",
    ),
    "page.empty.key": Text(
        "The observer printed the key of each source when it started, unless the variable already held one.",
        "L’observateur a affiché la clé de chaque source à son démarrage, sauf si la variable en contenait déjà une.",
    ),
    "page.empty.any": Text(
        "The observer printed the address and the key of each source when it started: point an SDK there.",
        "L’observateur a affiché l’adresse et la clé de chaque source à son démarrage : dirigez-y un SDK.",
    ),
    # At the door.
    "page.sign_in": Text("Sign in", "Se connecter"),
    "page.sign_in.why": Text(
        "Outside this machine the page asks for the token in the observer's settings.",
        "Hors de cette machine, la page demande le jeton inscrit dans les réglages de l’observateur.",
    ),
    "page.sign_in.token": Text("Token", "Jeton"),
    "page.sign_in.wrong": Text(
        "That is not the token. Look it up in the observer's settings.",
        "Ce n’est pas le bon jeton. Il se trouve dans les réglages de l’observateur.",
    ),
    "page.sign_out": Text("Sign out", "Se déconnecter"),
    "page.refused.token": Text(
        "the token of the observer's settings, as `Authorization: Bearer`",
        "le jeton des réglages de l’observateur, dans `Authorization: Bearer`,",
    ),
    "page.refused.token.got": Text("none that fits", "aucun qui convienne"),
    "page.refused.host": Text(
        "a Host header that names this machine", "un en-tête Host désignant cette machine"
    ),
    "page.refused.host.got": Text("another name", "un autre nom"),
    "page.refused.host.mend": Text(
        "Open the page by the address that the observer printed, or set a token for it.",
        "Ouvrez la page à l’adresse affichée par l’observateur, ou définissez un jeton pour elle.",
    ),
    "page.refused.origin": Text("a form of this page", "un formulaire de cette page"),
    "page.refused.origin.got": Text("one of another site", "celui d’un autre site"),
    "page.refused.known": Text("one of {known}", "l’un de ces mots ({known})"),
    "page.refused.other": Text("another word", "un autre mot"),
    "page.refused.file": Text("a file that the page uses", "un fichier qu’emploie la page"),
    "page.refused.form": Text(
        "a short form with the field `token`", "un court formulaire avec le champ `token`"
    ),
    "page.refused.form.got": Text("something else", "autre chose"),
    "page.refused": Text("This page cannot be shown", "Cette page ne peut pas s’afficher"),
    "page.refused.back": Text("Back to the start", "Retour à l’accueil"),
}

TEXTS: Final[Mapping[str, Text]] = {
    **_OWN,
    **page_words.TEXTS,
    **page_columns.TEXTS,
    **page_store.TEXTS,
    **page_explain.TEXTS,
}
