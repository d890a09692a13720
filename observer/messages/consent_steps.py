"""A consent decision step by step, in plain words."""

from collections.abc import Mapping
from typing import Final

from observer.messages.text import Text

_STEPS: Final[Mapping[str, Text]] = {
    "consent.step.fed": Text(
        "{destination} receives events of the source {source}: it needs a basis for them.",
        "{destination} reçoit les événements de la source {source} : il lui faut une base pour les utiliser.",
    ),
    "consent.step.not_fed": Text(
        "No declared flow brings events of this source to this destination: nothing allows it to use them.",
        "Aucun flux déclaré ne mène les événements de cette source à cette destination : rien ne l’autorise à les utiliser.",
    ),
    "consent.step.needs": Text(
        "{destination} needs a yes for the purpose “{purpose}”.",
        "{destination} a besoin d’un oui pour la finalité « {purpose} ».",
    ),
    "consent.step.regions_reach": Text(
        "Rules of these regions of your policy reach the source: {regions}. The strictest decides.",
        "Les règles de ces régions de votre politique s’appliquent à la source : {regions}. La plus stricte décide.",
    ),
    "consent.step.no_region_reaches": Text(
        "No region of your policy reaches the source: the general rules hold.",
        "Aucune région de votre politique ne s’applique à la source : les règles générales valent.",
    ),
    "consent.step.gpc_refuses": Text(
        "Global Privacy Control applies here: a browser that sends it refuses.",
        "Global Privacy Control s’applique ici : un navigateur qui l’envoie refuse.",
    ),
    "consent.step.gpc_says_nothing": Text(
        "Global Privacy Control does not apply here: a browser that sends it refuses nothing.",
        "Global Privacy Control ne s’applique pas ici : un navigateur qui l’envoie ne refuse rien.",
    ),
    "consent.step.choice_holds": Text(
        "A choice holds for {maximum} days at most here.",
        "Un choix vaut ici {maximum} jours au plus.",
    ),
    "consent.step.stream_alone": Text(
        "One event alone does not show everything: that the person withdrew the choice earlier, or that the event "
        "contradicts an exemption, is judged on the stream and is not seen here.",
        "Un événement seul ne montre pas tout : le retrait d’un choix annoncé plus tôt et un événement qui contredit "
        "une dispense se jugent sur le flux et ne se voient pas ici.",
    ),
    "consent.step.no_signal": Text(
        "The event carries no consent signal. Silence is never consent.",
        "L’événement ne porte aucun signal de consentement. Le silence ne vaut jamais consentement.",
    ),
    "consent.step.signal_there": Text("The event carries {format}.", "L’événement porte {format}."),
    "consent.step.signal_unsupported": Text(
        "The event carries a signal of a format that is not supported: it cannot be a yes.",
        "L’événement porte un signal d’un format non pris en charge : il ne peut valoir un oui.",
    ),
    "consent.step.signal_silent": Text("It can be read, and says nothing.", "Il se lit, et ne dit rien."),
    "consent.step.signal_malformed": Text(
        "It cannot be read: it holds {why}. What cannot be read is never a yes.",
        "Il est illisible : il contient {why}. Ce qui ne se lit pas ne vaut jamais un oui.",
    ),
    "consent.step.refuses_only": Text(
        "Anybody can make such a link: only its refusals count, a yes in it is nobody’s.",
        "N’importe qui peut fabriquer un tel lien : seuls ses refus comptent, un oui n’y est celui de personne.",
    ),
    "consent.step.choice_undated": Text(
        "It does not say when the choice was made.", "Il ne dit pas quand le choix a été fait."
    ),
    "consent.step.choice_later": Text(
        "The choice is of {updated}, after the event of {day}: it does not cover it.",
        "Le choix date du {updated}, après l’événement du {day} : il ne le couvre pas.",
    ),
    "consent.step.choice_before": Text(
        "The choice is of {updated}, not later than the event of {day}.",
        "Le choix date du {updated}, il n’est pas postérieur à l’événement du {day}.",
    ),
    "consent.step.choice_too_old": Text(
        "The choice is {age} days old; it holds for {maximum} days at most.",
        "Le choix a {age} jours ; il vaut {maximum} jours au plus.",
    ),
    "consent.step.choice_fresh": Text(
        "The choice is {age} days old and holds for {maximum} days.",
        "Le choix a {age} jours et vaut {maximum} jours.",
    ),
    "consent.step.choice_lapsed": Text(
        "By its own word the choice held until {expired}.",
        "De son propre aveu, le choix valait jusqu’au {expired}.",
    ),
    "consent.step.categories_undeclared": Text(
        "Categories in it that nobody declared, and that count for nothing: {count}.",
        "Catégories qu’il contient sans que personne les ait déclarées, et qui ne comptent pas : {count}.",
    ),
    "consent.step.category_said": Text(
        "The category “{category}” ({platform}), which stands for “{purpose}”: {reason}.",
        "La catégorie « {category} » ({platform}), qui correspond à « {purpose} » : {reason}.",
    ),
    "consent.step.not_spoken_of": Text(
        "It does not speak of “{purpose}”.", "Il ne parle pas de « {purpose} »."
    ),
    "consent.step.signal_says": Text(
        "So for “{purpose}” this signal says: {reason}.",
        "Pour « {purpose} », ce signal dit donc : {reason}.",
    ),
    "consent.step.vendor_refused_by_platform": Text(
        "The platform also asked about this vendor, and its answer is stricter.",
        "La plateforme a aussi posé la question pour ce fournisseur, et la réponse est plus stricte.",
    ),
    "consent.step.vendor_not_asked": Text(
        "The platform asks about each vendor, and has no answer for this one.",
        "La plateforme pose la question pour chaque fournisseur, et n’a pas de réponse pour celui-ci.",
    ),
    "consent.step.exempted": Text(
        "“{purpose}”: {reason}. Declared justification (to be read again by {review}): {justification}",
        "« {purpose} » : {reason}. Justification déclarée (à relire avant le {review}) : {justification}",
    ),
    "consent.step.signals_differ": Text(
        "The signals part on “{purpose}”: the strictest stands.",
        "Les signaux divergent sur « {purpose} » : le plus strict l’emporte.",
    ),
    "consent.step.purpose_answer": Text(
        "“{purpose}”: {state} ({reason}).", "« {purpose} » : {state} ({reason})."
    ),
    "consent.step.allowed": Text(
        "{destination} may use the event: {reason}.", "{destination} peut utiliser l’événement : {reason}."
    ),
    "consent.step.refused": Text(
        "{destination} may not use the event: {reason}.",
        "{destination} ne peut pas utiliser l’événement : {reason}.",
    ),
}

_TCF: Final[Mapping[str, Text]] = {
    "consent.step.tc_string": Text(
        "It decodes: written by consent platform number {cmp} (version {cmp_version}), last updated on {updated}, TCF policy {policy}.",
        "La chaîne TC se décode : écrite par la plateforme de consentement numéro {cmp} (version {cmp_version}), mise à jour le {updated}, politique TCF {policy}.",
    ),
    "consent.step.scope_own": Text(
        "It speaks for this publisher alone, as it must.",
        "Elle ne vaut que pour cet éditeur, comme il se doit.",
    ),
    "consent.step.scope_global": Text(
        "It claims to hold for many sites at once: such strings count for nothing any more.",
        "Elle prétend valoir pour plusieurs sites à la fois : de telles chaînes ne comptent plus.",
    ),
    "consent.step.policy_holds": Text(
        "Its TCF policy ({policy}) was in force when it was written.",
        "Sa politique TCF ({policy}) était en vigueur quand elle a été écrite.",
    ),
    "consent.step.policy_outdated": Text(
        "Its TCF policy ({policy}) was no longer in force when it was written.",
        "Sa politique TCF ({policy}) n’était plus en vigueur quand elle a été écrite.",
    ),
    "consent.step.disclosure_there": Text(
        "It says which vendors were shown to the person.",
        "Elle dit quels fournisseurs ont été présentés à la personne.",
    ),
    "consent.step.disclosure_not_yet": Text(
        "It does not say which vendors were shown, and was written before {since}, from when it must.",
        "Elle ne dit pas quels fournisseurs ont été présentés, mais a été écrite avant le {since}, date de cette obligation.",
    ),
    "consent.step.disclosure_missing": Text(
        "It does not say which vendors were shown to the person, as it must since 1 March 2026.",
        "Elle ne dit pas quels fournisseurs ont été présentés à la personne, comme elle le doit depuis le 1er mars 2026.",
    ),
    "consent.step.vendor_list_known": Text(
        "It names version {version} of the vendor list, which is here.",
        "Elle nomme la version {version} de la liste des fournisseurs, qui est disponible.",
    ),
    "consent.step.vendor_list_missing": Text(
        "It names version {version} of the vendor list, which is not here: vendors cannot be judged.",
        "Elle nomme la version {version} de la liste des fournisseurs, qui manque : les fournisseurs ne peuvent être jugés.",
    ),
    "consent.step.no_vendor_id": Text(
        "The destination has no number in the vendor list: only the purposes are read.",
        "La destination n’a pas de numéro dans la liste des fournisseurs : seules les finalités sont lues.",
    ),
    "consent.step.no_word": Text(
        "The TCF has no word for “{purpose}”.", "Le TCF n’a pas de mot pour « {purpose} »."
    ),
    "consent.step.purpose_needs": Text(
        "“{purpose}” needs these purposes of the TCF, all of them: {numbers}.",
        "« {purpose} » exige ces finalités du TCF, toutes : {numbers}.",
    ),
    "consent.step.purpose_consented": Text(
        "Purpose {number} ({purpose}): the person consented.",
        "Finalité {number} ({purpose}) : la personne a consenti.",
    ),
    "consent.step.purpose_refused": Text(
        "Purpose {number} ({purpose}): the person did not consent.",
        "Finalité {number} ({purpose}) : la personne n’a pas consenti.",
    ),
    "consent.step.purpose_one_waived": Text(
        "Purpose {number} ({purpose}) was not shown, and the law of the publisher’s country ({country}) does not ask for it.",
        "La finalité {number} ({purpose}) n’a pas été présentée, et la loi du pays de l’éditeur ({country}) ne l’exige pas.",
    ),
    "consent.step.purpose_one_hidden": Text(
        "Purpose {number} ({purpose}) was not shown to the person.",
        "La finalité {number} ({purpose}) n’a pas été présentée à la personne.",
    ),
    "consent.step.vendor_not_disclosed": Text(
        "Purpose {number}: vendor {vendor} was not shown to the person.",
        "Finalité {number} : le fournisseur {vendor} n’a pas été présenté à la personne.",
    ),
    "consent.step.vendor_not_disclosed_lenient": Text(
        "Purpose {number}: vendor {vendor} was not shown to the person; policy.yaml lets that pass.",
        "Finalité {number} : le fournisseur {vendor} n’a pas été présenté à la personne ; policy.yaml l’admet.",
    ),
    "consent.step.vendor_not_listed": Text(
        "Purpose {number}: vendor {vendor} is not in the list that the string names.",
        "Finalité {number} : le fournisseur {vendor} n’est pas dans la liste que nomme la chaîne.",
    ),
    "consent.step.vendor_deleted": Text(
        "Purpose {number}: vendor {vendor} was struck off the list.",
        "Finalité {number} : le fournisseur {vendor} a été radié de la liste.",
    ),
    "consent.step.purpose_undeclared": Text(
        "Purpose {number} ({purpose}): vendor {vendor} does not declare it.",
        "Finalité {number} ({purpose}) : le fournisseur {vendor} ne la déclare pas.",
    ),
    "consent.step.declared_consent": Text(
        "Purpose {number} ({purpose}): vendor {vendor} declares that it asks for consent.",
        "Finalité {number} ({purpose}) : le fournisseur {vendor} déclare demander le consentement.",
    ),
    "consent.step.declared_li": Text(
        "Purpose {number} ({purpose}): vendor {vendor} declares a legitimate interest.",
        "Finalité {number} ({purpose}) : le fournisseur {vendor} déclare un intérêt légitime.",
    ),
    "consent.step.restricted": Text(
        "Purpose {number}: the publisher forbids it to vendor {vendor}.",
        "Finalité {number} : l’éditeur l’interdit au fournisseur {vendor}.",
    ),
    "consent.step.restricted_other_basis": Text(
        "Purpose {number}: the publisher asks for another legal basis than vendor {vendor} can offer.",
        "Finalité {number} : l’éditeur exige une autre base légale que celle que le fournisseur {vendor} peut offrir.",
    ),
    "consent.step.flexible_to_consent": Text(
        "Purpose {number}: the publisher asks for consent, and vendor {vendor} can change over to it.",
        "Finalité {number} : l’éditeur exige le consentement, et le fournisseur {vendor} peut s’y plier.",
    ),
    "consent.step.flexible_to_li": Text(
        "Purpose {number}: the publisher asks for legitimate interest, and vendor {vendor} can change over to it.",
        "Finalité {number} : l’éditeur exige l’intérêt légitime, et le fournisseur {vendor} peut s’y plier.",
    ),
    "consent.step.interest_forbidden": Text(
        "Purpose {number} ({purpose}): the TCF admits no legitimate interest for it.",
        "Finalité {number} ({purpose}) : le TCF n’y admet pas l’intérêt légitime.",
    ),
    "consent.step.vendor_consented": Text(
        "Purpose {number}: the person consented to it, and to vendor {vendor}.",
        "Finalité {number} : la personne y a consenti, ainsi qu’au fournisseur {vendor}.",
    ),
    "consent.step.vendor_refused": Text(
        "Purpose {number}: the person consented to it, and not to vendor {vendor}.",
        "Finalité {number} : la personne y a consenti, mais pas au fournisseur {vendor}.",
    ),
    "consent.step.interest_opposed": Text(
        "Purpose {number} ({purpose}): the person objected, or was never told of the interest.",
        "Finalité {number} ({purpose}) : la personne s’y est opposée, ou n’a jamais été informée de cet intérêt.",
    ),
    "consent.step.vendor_interest_opposed": Text(
        "Purpose {number}: the person objected to vendor {vendor}, or was never told of its interest.",
        "Finalité {number} : la personne s’est opposée au fournisseur {vendor}, ou n’a jamais été informée de son intérêt.",
    ),
    "consent.step.interest_unopposed": Text(
        "Purpose {number}: nobody objected to the legitimate interest of vendor {vendor}.",
        "Finalité {number} : personne ne s’est opposé à l’intérêt légitime du fournisseur {vendor}.",
    ),
    "consent.step.interest_not_enough": Text(
        "Purpose {number} ({purpose}): the law asks for consent here, and vendor {vendor} relies on its interest.",
        "Finalité {number} ({purpose}) : la loi exige ici le consentement, et le fournisseur {vendor} invoque son intérêt.",
    ),
}

_PURPOSES: Final[Mapping[str, Text]] = {
    "consent.tcf_purpose.1": Text("store or read on the device", "stocker ou lire sur l’appareil"),
    "consent.tcf_purpose.2": Text("choose ads with little data", "choisir la publicité avec peu de données"),
    "consent.tcf_purpose.3": Text("build profiles for ads", "établir des profils pour la publicité"),
    "consent.tcf_purpose.4": Text("choose ads by profiles", "choisir la publicité par profil"),
    "consent.tcf_purpose.5": Text("build profiles for content", "établir des profils pour les contenus"),
    "consent.tcf_purpose.6": Text("choose content by profiles", "choisir les contenus par profil"),
    "consent.tcf_purpose.7": Text("measure ads", "mesurer la publicité"),
    "consent.tcf_purpose.8": Text("measure content", "mesurer les contenus"),
    "consent.tcf_purpose.9": Text("understand audiences", "comprendre les audiences"),
    "consent.tcf_purpose.10": Text("develop services", "développer les services"),
    "consent.tcf_purpose.11": Text(
        "choose content with little data", "choisir les contenus avec peu de données"
    ),
    "consent.tcf_purpose.other": Text("not defined by the TCF", "non définie par le TCF"),
}

_AUTHORITIES: Final[Mapping[str, Text]] = {
    "consent.authority.destinations": Text("your destinations.yaml", "votre destinations.yaml"),
    "consent.authority.categories": Text("your categories.yaml", "votre categories.yaml"),
    "consent.authority.policy": Text("your policy.yaml", "votre policy.yaml"),
    "consent.authority.purposes": Text("your purposes.yaml", "votre purposes.yaml"),
    "consent.authority.exemption": Text(
        "an exemption in your policy.yaml", "une dispense de votre policy.yaml"
    ),
    "consent.authority.tcf": Text(
        "IAB Europe, TCF specification 2.3 and policies",
        "IAB Europe, spécification TCF 2.3 et ses politiques",
    ),
    "consent.authority.vendor_list": Text(
        "IAB Europe, Global Vendor List", "IAB Europe, liste mondiale des fournisseurs"
    ),
    "consent.authority.article_82": Text(
        "a country’s law as declared in policy.yaml, such as article 82 of the French data protection act",
        "la loi d’un pays déclarée dans policy.yaml, comme l’article 82 de la loi Informatique et Libertés",
    ),
    "consent.authority.gpp": Text(
        "IAB Tech Lab, Global Privacy Platform", "IAB Tech Lab, Global Privacy Platform"
    ),
    "consent.authority.gpc": Text("Global Privacy Control", "Global Privacy Control"),
    "consent.authority.google": Text("Google Consent Mode", "Consent Mode de Google"),
    "consent.authority.platform": Text(
        "the consent platform’s own documentation", "la documentation de la plateforme de consentement"
    ),
    "consent.authority.gdpr": Text(
        "GDPR, articles 4(11) and 7(1): a clear choice, that can be proven",
        "RGPD, articles 4(11) et 7(1) : un choix clair, qui se prouve",
    ),
    "consent.authority.strictest": Text(
        "the rule of this house: the strictest answer stands",
        "la règle de la maison : la réponse la plus stricte l’emporte",
    ),
}

_PASTED: Final[Mapping[str, Text]] = {
    "consent.expected.proof_keys": Text(
        "keys of proof, as `id:secret` with at least 16 bytes of secret",
        "des clés de preuve, sous la forme `id:secret` avec au moins 16 octets de secret",
    ),
    "consent.came.no_key_id": Text(
        "a key without an id of a to z, 0 to 9 and -", "une clé sans identifiant fait de a à z, 0 à 9 et -"
    ),
    "consent.came.key_twice": Text("two keys of one id", "deux clés du même identifiant"),
    "consent.came.short_key": Text("a shorter secret", "un secret plus court"),
    "consent.expected.pasted": Text(
        "consent signals, one a line", "des signaux de consentement, un par ligne"
    ),
    "consent.expected.format": Text("a format of consent signal", "un format de signal de consentement"),
    "consent.came.no_shape": Text(
        "a line whose shape tells no format", "une ligne dont la forme n’indique aucun format"
    ),
    "consent.mend.choose_format": Text("Choose its format by hand.", "Choisissez son format à la main."),
}

TEXTS: Final[Mapping[str, Text]] = {**_PASTED, **_STEPS, **_TCF, **_PURPOSES, **_AUTHORITIES}
