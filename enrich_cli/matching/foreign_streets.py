"""Types of streets where they precede the name, or are written in one word with it; all folded."""

from __future__ import annotations

import re

from enrich_cli.matching.vocabulary import word_set, word_table

HEADS = word_table("""
    calle c cl cll carrer
    via
    ul ulica ulice
    ave av avda avd avenue avenida avinguda
    blvd bd boul boulevard bulevar
    viale vle
    plaza pza plz plac place pl piazza pzza praca namesti nam
    paseo pso po passeig
    carretera ctra
    camino cno
    corso cso
    poligono pol
    zone za zi zac
""") | dict.fromkeys(("rue", "r", "rua"), "st")
"""Types that precede the name, as in Calle Mayor, Avenue Victor Hugo and ul. Polna; what is a rue in Montreal is a
street there, too.
"""

BETWEEN = word_set(
    "de del della dei di do dos da das du des d la las los el le les l ind industrial artisanale industrielle"
)
"""What may stand between such a type and the name, and be left out: Paseo de la Reforma, Polígono Industrial Norte."""

SIDES = word_table("""
    n nord norte nte
    s sud sur
    e est este oriente ote
    w ouest oeste poniente pte o
""")
"""Directions that end such a line: rue Sherbrooke Ouest."""

_ENDINGS = {
    **dict.fromkeys(("str", "straat", "strasse"), "strasse"),
    **dict.fromkeys(("pl", "platz"), "platz"),
    **dict.fromkeys(("gt", "gate", "gaten", "gata", "gatan"), "gate"),
    **dict.fromkeys(("vei", "veien", "veg", "vegen", "vag", "vagen"), "vei"),
}
"""Types as German, Dutch and Nordic streets end with them."""
_ENDING = re.compile(rf"(?<=\w{{3}})(?:{'|'.join(_ENDINGS)})$")


def with_ending_spelt_out(name: str) -> str:
    """Hauptstr is Hauptstrasse, and Storgt Storgate."""
    ending = _ENDING.search(name)
    return name[: ending.start()] + _ENDINGS[ending[0]] if ending else name
