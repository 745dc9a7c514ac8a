"""Reading what vendors of property data write."""

from __future__ import annotations

import pytest

from enrich_cli.domain.outcomes import Place
from enrich_cli.domain.property import Permit
from enrich_cli.providers.parcels import newest_first, one_line, positive, square_feet, whole


@pytest.mark.parametrize(
    ("written", "read"),
    [(216500.0, 216500), (99.6, 100), ("4000", 4000), (0, None), (0.0, None), (-1, None), (0.2, None), (None, None)],
)
def test_zero_is_unknown_and_fractions_are_rounded(written: object, read: int | None) -> None:
    assert whole({"value": written}, "value") == read


@pytest.mark.parametrize("too_large", [2.0**53 + 2, 1e30, "1e300"])
def test_what_is_too_large_to_be_exact_is_no_number_of_things(too_large: object) -> None:
    assert whole(too_large) is None
    assert square_feet(positive(too_large), None) is None
    assert square_feet(None, 1e306) is None


def test_half_a_bath_stays_one() -> None:
    assert positive(1.5) == 1.5
    assert positive(0) is None


@pytest.mark.parametrize(
    ("feet", "acres", "read"), [(8002.0, 0.5, 8002), (None, 0.1837, 8002), (None, 1.0, 43_560), (None, None, None)]
)
def test_acres_count_where_square_feet_are_missing(feet: float | None, acres: float | None, read: int | None) -> None:
    assert square_feet(feet, acres) == read


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (Place(address="742 SAMPLE ST", city="SPRINGFIELD", state="IL", postal_code="62704"),
         "742 SAMPLE ST, SPRINGFIELD, IL 62704"),
        (Place(address="742 SAMPLE ST", postal_code="62704"), "742 SAMPLE ST, 62704"),
        (Place(country="US"), None),
    ],
)  # fmt: skip
def test_an_address_is_one_line_of_what_is_there(place: Place, line: str | None) -> None:
    assert one_line(place) == line


def test_permits_stand_newest_first_each_once_and_those_without_a_date_last() -> None:
    old, new, undated = Permit(date="2013-04-04"), Permit(date="2017-05-17"), Permit(type="Roof")
    assert newest_first([undated, old, Permit(), new, old]) == (new, old, undated)
