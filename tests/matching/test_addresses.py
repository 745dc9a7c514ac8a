"""How a street line is read."""

from __future__ import annotations

import pytest

from enrich_cli.matching.addresses import Street, street


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("120 Example Ave", Street(number="120", name="example", type="ave")),
        ("120 N. Example Avenue, Suite 4", Street(number="120", direction="n", name="example", type="ave", unit="4")),
        ("120 EXAMPLE AVE # 4", Street(number="120", name="example", type="ave", unit="4")),
        ("120 Example Ave 4B", Street(number="120", name="example", type="ave", unit="4b")),
        ("Suite 4, 120 Example Ave", Street(number="120", name="example", type="ave", unit="4")),
        ("4/120 Example St", Street(number="120", name="example", type="st", unit="4")),
        ("100 Example Dr, 5th Floor", Street(number="100", name="example", type="dr", unit="5")),
        ("60 W. Fifty Rd between 5th and 6th", Street(number="60", direction="w", name="fifty", type="rd")),
        ("500 E Fifth Ave", Street(number="500", direction="e", name="5", type="ave")),
        ("500 Example Avenue NW", Street(number="500", direction="nw", name="example", type="ave")),
        ("One Example Plaza", Street(number="1", name="example", type="plz")),
        ("123 North St", Street(number="123", name="north", type="st")),
        ("12 St James St", Street(number="12", name="saintjames", type="st")),
        ("12-16 Example Street", Street(number="12", until="16", name="example", type="st")),
        ("31-10 Example Ave", Street(number="3110", name="example", type="ave")),
        ("c/o Ada Sample, 12 Example Rd", Street(number="12", name="example", type="rd")),
        ("Musterstraße 5", Street(number="5", name="musterstrasse")),
        ("Musterstr. 5-7", Street(number="5", until="7", name="musterstrasse")),
        ("Avenida de la Muestra 5", Street(number="5", name="muestra", type="ave")),
        ("12 r. de la Paix", Street(number="12", name="paix", type="st")),
        ("4500 Highway 7", Street(number="4500", name="7", type="hwy")),
        ("12 Co Rd 5", Street(number="12", name="5", type="cr")),
        ("12 I-35 N", Street(number="12", direction="n", name="35", type="ih")),
        ("12 N Twp Rd 500 W", Street(number="12", direction="nw", name="500", type="twp")),
        ("Musterstr. 5", Street(number="5", name="musterstrasse")),
        ("12 N Avenue B", Street(number="12", direction="n", name="b", type="ave")),
        ("12 FM 1960 Rd W, Ste 3", Street(number="12", direction="w", name="1960", type="fm", unit="3")),
        ("1200 S.W. 5th Ave", Street(number="1200", direction="sw", name="5", type="ave")),
        ("1234 E 3900 S", Street(number="1234", direction="es", name="3900")),
        ("N6W23001 Example Rd", Street(number="n6w23001", name="example", type="rd")),
        ("12 Example Boulevrad", Street(number="12", name="example", type="blvd")),
        ("Example Farm, 12 Ware Pl", Street(number="12", name="ware", type="pl", beside=(Street(name="examplefarm"),))),
        ("12 Ware Pl Example Farm", Street(number="12", name="ware", type="pl", beside=(Street(name="examplefarm"),))),
        (
            "12 Ware Pl Example Shopping Center",
            Street(number="12", name="ware", type="pl", beside=(Street(name="exampleshopping", type="ctr"),)),
        ),
        ("12 Shopping Center Rd", Street(number="12", name="shoppingcenter", type="rd")),
        ("Villa 3, 12 Ware Pl", Street(number="12", name="ware", type="pl", unit="3")),
        ("Five Oaks, 12 Ware Pl", Street(number="12", name="ware", type="pl", beside=(Street(name="fiveoaks"),))),
        ("12 Forest Hill Road", Street(number="12", name="foresthill", type="rd")),
        ("P.O. Box 77", Street(box="77")),
        ("", Street()),
    ],
)
def test_a_line_is_taken_apart(line: str, read: Street) -> None:
    assert street(line) == read


@pytest.mark.parametrize("line", ["12 Ware Pl" + " " * 10_000, "(" * 1_000_000])
def test_a_line_longer_than_any_address_names_nothing(line: str) -> None:
    assert street(line) == Street()
