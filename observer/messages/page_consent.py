"""What the page says of faults in consent, and of who was never asked."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "page.breached.one": Text(
        "1 event went to {names} without a basis.", "1 événement est parti vers {names} sans base."
    ),
    "page.breached.many": Text(
        "{count} events went without a basis to {names}.",
        "{count} événements sont partis sans base vers {names}.",
    ),
    "page.overdue.one": Text(
        "1 justification of the consent policy should have been read again.",
        "1 justification de la politique de consentement aurait dû être relue.",
    ),
    "page.overdue.many": Text(
        "{count} justifications of the consent policy should have been read again.",
        "{count} justifications de la politique de consentement auraient dû être relues.",
    ),
    "page.caption.breaches": Text("Sent without a basis {period}", "Envoyés sans base {period}"),
    "page.caption.choices": Text("Events before any choice {period}", "Événements avant tout choix {period}"),
    "page.caption.disagreements": Text("Signals that disagree {period}", "Signaux contradictoires {period}"),
    "page.caption.contradictions": Text(
        "What contradicts an exemption {period}", "Ce qui contredit une dispense {period}"
    ),
    "page.caption.platforms": Text(
        "Consent platforms and their versions {period}",
        "Plateformes de consentement et leurs versions {period}",
    ),
    "page.caption.measures": Text("What these figures mean", "Ce que disent ces chiffres"),
    "page.note.breaches": Text(
        "What an event shows of a tool is a sign that it went there, and no proof that it was received.",
        "Ce qu’un événement montre d’un outil indique qu’il y est parti, sans prouver sa réception.",
    ),
    "page.honoured.refused.one": Text(
        "1 refusal told by an event was honoured after {median}.",
        "1 refus annoncé par un événement a été pris en compte en {median}.",
    ),
    "page.honoured.refused.many": Text(
        "{count} refusals told by events were honoured: half within {median}, 95 % within {most}.",
        "{count} refus annoncés par des événements ont été pris en compte : la moitié en {median}, 95 % en {most}.",
    ),
    "page.honoured.granted.one": Text(
        "1 consent told by an event was honoured after {median}.",
        "1 accord annoncé par un événement a été pris en compte en {median}.",
    ),
    "page.honoured.granted.many": Text(
        "{count} consents told by events were honoured: half within {median}, 95 % within {most}.",
        "{count} accords annoncés par des événements ont été pris en compte : la moitié en {median}, 95 % en {most}.",
    ),
    "page.platform.other": Text("not declared", "non déclarée"),
    "page.measure.divided": Text("{numerator} ÷ {denominator}", "{numerator} ÷ {denominator}"),
    "page.evidence.library": Text("the SDK that made the event", "le SDK qui a créé l’événement"),
    "page.evidence.integration": Text("an integration that is on", "une intégration activée"),
    "page.evidence.click_id": Text(
        "a click id in the page’s address", "un identifiant de clic dans l’adresse"
    ),
    "page.evidence.vendor": Text("the vendor’s data attached", "des données jointes du fournisseur"),
    "page.contradiction.click_id": Text(
        "a click id, which tells people apart across sites",
        "un identifiant de clic, qui distingue les personnes d’un site à l’autre",
    ),
    "page.contradiction.destination": Text(
        "a destination that the exemption does not cover", "une destination que la dispense ne couvre pas"
    ),
    "page.contradiction.third_party": Text(
        "another vendor’s data attached", "des données jointes d’un autre fournisseur"
    ),
    "page.choice.made": Text("chosen", "choix fait"),
    "page.choice.not_yet": Text("not yet answered", "pas encore répondu"),
    "page.choice.no_signal": Text("no signal", "aucun signal"),
    "page.choice.unreadable": Text("unreadable", "illisible"),
    "page.column.evidence": Text("Shown by", "Montré par"),
    "page.column.evidence.why": Text(
        "What in the event shows that it went there.", "Ce qui, dans l’événement, montre qu’il y est parti."
    ),
    "page.column.no_basis": Text("Why there was no basis", "Pourquoi sans base"),
    "page.column.no_basis.why": Text(
        "The reason for which the destination may not use the event.",
        "La raison pour laquelle la destination ne peut utiliser l’événement.",
    ),
    "page.column.breaches": Text("Events", "Événements"),
    "page.column.breaches.why": Text(
        "Events that show the destination without a basis for it.",
        "Événements qui montrent la destination sans base pour elle.",
    ),
    "page.column.says_yes": Text("Says yes", "Dit oui"),
    "page.column.says_yes.why": Text(
        "The signal of the event that grants the purpose.",
        "Le signal de l’événement qui accorde la finalité.",
    ),
    "page.column.says_no": Text("Says no", "Dit non"),
    "page.column.says_no.why": Text(
        "The signal of the same event that refuses it. The no stands.",
        "Le signal du même événement qui la refuse. Le non l’emporte.",
    ),
    "page.column.disagreements": Text("Events", "Événements"),
    "page.column.disagreements.why": Text(
        "Events in which these two signals contradict each other.",
        "Événements où ces deux signaux se contredisent.",
    ),
    "page.column.platform": Text("Platform", "Plateforme"),
    "page.column.platform.why": Text(
        "The consent platform that wrote the TC string, where the policy declares it.",
        "La plateforme de consentement qui a écrit la chaîne TC, si la politique la déclare.",
    ),
    "page.column.platform_version": Text("Version", "Version"),
    "page.column.platform_version.why": Text(
        "Its version, as the string gives it, where the policy declares it.",
        "Sa version, telle que la chaîne la donne, si la politique la déclare.",
    ),
    "page.column.before_choice": Text("Before any choice", "Avant tout choix"),
    "page.column.before_choice.why": Text(
        "Share of events that carry no signal, or a signal without any choice of the person.",
        "Part des événements sans signal, ou dont le signal ne porte aucun choix de la personne.",
    ),
    "page.column.choices": Text("Shares", "Parts"),
    "page.column.choices.why": Text(
        "All events of the channel, by whether the person had chosen.",
        "Tous les événements du canal, selon que la personne avait choisi.",
    ),
    "page.column.choice_made": Text("Chosen", "Choix fait"),
    "page.column.choice_made.why": Text(
        "Events whose signals hold a choice, however old.",
        "Événements dont les signaux portent un choix, même ancien.",
    ),
    "page.column.choice_not_yet": Text("Not yet answered", "Pas encore répondu"),
    "page.column.choice_not_yet.why": Text(
        "Events whose signals are there and hold no choice.",
        "Événements dont les signaux ne portent aucun choix.",
    ),
    "page.column.choice_no_signal": Text("No signal", "Aucun signal"),
    "page.column.choice_no_signal.why": Text(
        "Events that carry no consent signal.", "Événements sans signal de consentement."
    ),
    "page.column.choice_unreadable": Text("Unreadable", "Illisible"),
    "page.column.choice_unreadable.why": Text(
        "Events whose signals cannot be read or judged.",
        "Événements dont les signaux ne peuvent être lus ou jugés.",
    ),
    "page.column.contradiction": Text("Contradicted by", "Contredit par"),
    "page.column.contradiction.why": Text(
        "What the event shows that the exemption rules out.",
        "Ce que l’événement montre et que la dispense exclut.",
    ),
    "page.column.contradictions": Text("Events", "Événements"),
    "page.column.contradictions.why": Text(
        "Events that are judged as if no exemption were declared.",
        "Événements jugés comme si aucune dispense n’était déclarée.",
    ),
    "page.column.measure": Text("Figure", "Chiffre"),
    "page.column.measure.why": Text("What it is called.", "Son nom."),
    "page.column.measure_question": Text("Question", "Question"),
    "page.column.measure_question.why": Text(
        "What marketing asks and it answers.", "La question du marketing à laquelle il répond."
    ),
    "page.column.measure_definition": Text("Definition", "Définition"),
    "page.column.measure_definition.why": Text(
        "How it is counted, and the metrics that export it.",
        "Comment il est compté, et les métriques qui l’exportent.",
    ),
    "page.column.measure_divided": Text("What is divided by what", "Ce qui est divisé par quoi"),
    "page.column.measure_divided.why": Text(
        "Numerator and denominator. Both are exported, never their quotient.",
        "Numérateur et dénominateur. Les deux sont exportés, jamais leur quotient.",
    ),
}
