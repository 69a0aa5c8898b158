"""The made-up words of the demo. They say themselves that they are examples.

Content of a plan is Dutch, whatever the language of the interface.
"""

from __future__ import annotations

from typing import Final

CONTACT_PERSONS: Final = {
    "verenigingen": "Amber Voorbeeld",
    "vormingsinstellingen": "Bilal Voorbeeld",
    "vormingplus-centra": "Carine Voorbeeld",
    "bewegingen": "Dries Voorbeeld",
}
SUCCESSOR: Final = "Elif Voorbeeld"
DIRECTOR: Final = "Frank Voorbeeld (directeur)"

#: What is counted once under a name: a community, an organisation.
THING: Final = "Voorbeeld"

MET: Final = (
    "Coördinator (voorbeeld)",
    "Educatief medewerker (voorbeeld)",
    "Voorzitter van het bestuur (voorbeeld)",
    "Communicatiemedewerker (voorbeeld)",
)

NEEDS: Final = (
    "digitale werkvormen",
    "vrijwilligersbeleid",
    "nieuwe financiering",
    "diversiteit",
    "impact tonen",
    "beleidsplanning",
    "nieuw decreet",
    "bestuur vernieuwen",
    "samenwerken in netwerken",
)

NOTES: Final = (
    "Voorbeeld: kennismaking met het plan; vraag naar een vorming over werken met vrijwilligers.",
    "Voorbeeld: gesprek over de overgang naar het nieuwe decreet en wat dat van besturen vraagt.",
    "Voorbeeld: de ploeg zoekt een manier om haar maatschappelijke impact te tonen.",
    "Voorbeeld: bespreking van de samenwerking met de gemeente en twee buurtinitiatieven.",
    "Voorbeeld: de organisatie wil meer jonge mensen bereiken en vraagt naar praktijken elders.",
    "Voorbeeld: terugblik op het traject rond leiderschap; vervolg in het najaar.",
    "Voorbeeld: nood aan een overzicht van fondsen en van vormen van crowdfunding.",
)

PROMISES: Final = (
    "Voorbeeld: praktijkbeschrijving van een gelijkaardige organisatie bezorgen",
    "Voorbeeld: in contact brengen met de werkgroep diversiteit",
    "Voorbeeld: lijst met fondsen doorsturen",
    "Voorbeeld: datum voorstellen voor een gesprek met het bestuur",
    "Voorbeeld: vraag doorgeven aan de collega voor communicatie",
)

STORIES: Final = (
    "Voorbeeld: doorgegaan zoals afgesproken.",
    "Voorbeeld: per mail bezorgd, de organisatie is ermee aan de slag.",
    "Voorbeeld: besproken op het volgende bezoek.",
)

NARRATIVES: Final = {
    ("SD1", 2016): (
        "Voorbeeld: de eerste ronde gesprekken over het beroepskader liep in elke werksoort.",
        "Voorbeeld: beroepskrachten herkennen zich in de gedeelde taal.",
        "Voorbeeld: het kader uittesten met twee opleidingen.",
    ),
    ("SD1", 2017): (
        "Voorbeeld: twee opleidingen werkten met het kader; de leergroepen zaten vol.",
        "Voorbeeld: de vraag is groter dan het aanbod.",
        "Voorbeeld: leergroepen laten begeleiden door deelnemers.",
    ),
    ("SD2", 2017): (
        "Voorbeeld: de bezoeken maakten duidelijk waar besturen vastlopen.",
        "Voorbeeld: ondersteuning op maat levert meer op dan een open aanbod alleen.",
        "Voorbeeld: een traject voor besturen in 2018.",
    ),
    ("SD4", 2017): (
        "Voorbeeld: het traject rond het decreet vroeg meer tijd dan gepland.",
        "Voorbeeld: de sector voelt zich gehoord.",
        "Voorbeeld: infosessies per werksoort.",
    ),
    ("BO2", 2016): (
        "Voorbeeld: bijna alle erkende organisaties kregen bezoek.",
        "Voorbeeld: de aanspreekpunten kennen hun werksoort nu persoonlijk.",
        "Voorbeeld: wie nog niet aan de beurt kwam eerst in 2017.",
    ),
}
