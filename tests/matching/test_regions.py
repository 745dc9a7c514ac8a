"""Countries and states by name and code."""

from __future__ import annotations

import pytest

from enrich_cli.matching.regions import country_code, region_code, state_code


@pytest.mark.parametrize("text", ["US", "usa", "U.S.A.", "United States of America"])
def test_a_country_is_known_by_its_names_and_codes(text: str) -> None:
    assert country_code(text) == "US"


def test_a_state_is_known_by_its_name_and_code() -> None:
    assert state_code("Illinois") == state_code("il") == "IL"
    assert state_code("Québec") == "QC"


def test_a_state_of_australia_is_a_region_and_none_of_those_that_vendors_of_the_us_know() -> None:
    assert region_code("New South Wales") == region_code("nsw") == "NSW"
    assert region_code("Illinois") == "IL"
    assert state_code("nsw") is None


def test_what_is_not_known_has_no_code() -> None:
    assert country_code("Atlantis") is None
    assert state_code("") is None
