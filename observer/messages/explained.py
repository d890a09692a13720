"""What rules of an envelope, states of tools and shared label values mean, an example, how to mend it."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text


def explained(code: str, what: Text, example: Text, mend: Text) -> dict[str, Text]:
    """Returns the three messages that explain a code."""
    return {f"explain.{code}.what": what, f"explain.{code}.example": example, f"explain.{code}.mend": mend}


NOTHING_TO_MEND: Final = Text("Nothing to mend.", "Rien à corriger.")

RULES_AND_TOOLS: Final[Mapping[str, Text]] = {
    **explained(
        "envelope",
        Text(
            "The event breaks a rule of its envelope: of what its format (Segment, Snowplow, CloudEvents, …) demands "
            "around the payload. The path behind the colon says where.",
            "L’événement enfreint une règle de son enveloppe : ce que son format (Segment, Snowplow, CloudEvents…) exige "
            "autour du contenu. Le chemin après les deux-points dit où.",
        ),
        Text(
            "`envelope:$.sentAt`: the time of sending is `yesterday`, where a date and time in ISO 8601 is expected.",
            "`envelope:$.sentAt` : l’heure d’envoi vaut `hier`, alors qu’une date et heure ISO 8601 est attendue.",
        ),
        Text(
            "Let the SDK fill the envelope instead of writing it by hand, and update the SDK where it is old. No "
            "contract can allow it.",
            "Laissez le SDK remplir l’enveloppe au lieu de l’écrire à la main, et mettez à jour un SDK ancien. Aucun "
            "contrat ne peut l’admettre.",
        ),
    ),
    **explained(
        "tool_declared",
        Text(
            "A tool stands in schemas/tools/tools.yaml, with both its owners and its cost.",
            "Un outil figure dans schemas/tools/tools.yaml, avec ses deux responsables et son coût.",
        ),
        Text(
            "`google-ads`, declared with a marketing owner and a technical owner.",
            "`google-ads`, déclaré avec un responsable marketing et un responsable technique.",
        ),
        NOTHING_TO_MEND,
    ),
    **explained(
        "tool_observed",
        Text(
            "Events of the period show that a tool is fed: by the SDK, a destination, a link’s click id or a context.",
            "Des événements de la période montrent qu’un outil est alimenté : par le SDK, une destination, un "
            "identifiant de clic ou un contexte.",
        ),
        Text(
            'An event with `"integrations": {{"Google Ads": true}}` shows `google-ads`.',
            'Un événement avec `"integrations": {{"Google Ads": true}}` révèle `google-ads`.',
        ),
        Text(
            "Nothing to mend where the tool is declared; if it is not, see `observer explain undeclared`.",
            "Rien à corriger si l’outil est déclaré ; sinon, voir `observer explain undeclared`.",
        ),
    ),
    **explained(
        "tool_unseen",
        Text(
            "A fingerprint could show this tool, but it is not declared and no event of the period showed it.",
            "Un indice pourrait révéler cet outil, mais il n’est pas déclaré et aucun événement de la période ne l’a "
            "révélé.",
        ),
        Text(
            "`tiktok-ads` stands in schemas/tools/fingerprints.yaml, and nobody sends anything to it.",
            "`tiktok-ads` figure dans schemas/tools/fingerprints.yaml, et personne ne lui envoie rien.",
        ),
        NOTHING_TO_MEND,
    ),
    **explained(
        "tool_unseeable",
        Text(
            "A declared tool that no fingerprint can show: events alone cannot tell whether it is used.",
            "Un outil déclaré qu’aucun indice ne peut révéler : les événements seuls ne disent pas s’il sert.",
        ),
        Text(
            "A dashboard that reads the warehouse and leaves no trace in any event.",
            "Un tableau de bord qui lit l’entrepôt et ne laisse aucune trace dans les événements.",
        ),
        Text(
            "If it does leave a trace, add it to schemas/tools/fingerprints.yaml; else ask its owners.",
            "S’il laisse une trace, ajoutez-la à schemas/tools/fingerprints.yaml ; sinon, demandez à ses responsables.",
        ),
    ),
    **explained(
        "_other",
        Text(
            "All values of a label beyond those that are known beforehand, counted together so that metrics stay few.",
            "Toutes les valeurs d’une étiquette qui ne sont pas connues d’avance, comptées ensemble pour borner les "
            "métriques.",
        ),
        Text(
            "A tool that no fingerprint knows, or the 201st rule of a contract where the settings allow 200.",
            "Un outil qu’aucun indice ne connaît, ou la 201e règle d’un contrat lorsque les réglages en admettent 200.",
        ),
        Text(
            "For tools, add a fingerprint; for rules, raise `metrics.rules_per_contract`. `observer check` and "
            "`observer quarantine list` name each rule in full.",
            "Pour les outils, ajoutez un indice ; pour les règles, relevez `metrics.rules_per_contract`. "
            "`observer check` et `observer quarantine list` nomment chaque règle en entier.",
        ),
    ),
    **explained(
        "_none",
        Text(
            "Stands where the name of a contract would: no contract claims the event, or it could not be read.",
            "Tient lieu de nom de contrat : aucun contrat ne couvre l’événement, ou celui-ci n’a pas pu être lu.",
        ),
        Text(
            "An event `Wheel Spun` that nobody declared.",
            "Un événement `Wheel Spun` que personne n’a déclaré.",
        ),
        Text(
            "See `observer explain unknown_contract` or `observer explain undecodable`.",
            "Voir `observer explain unknown_contract` ou `observer explain undecodable`.",
        ),
    ),
}
