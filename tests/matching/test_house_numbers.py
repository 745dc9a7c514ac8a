"""The number of a house, and that of a unit in it."""

from __future__ import annotations

import pytest

from enrich_cli.matching.house_numbers import house_number, without_unit


@pytest.mark.parametrize(
    ("line", "number", "rest"),
    [
        ("12 main st", "12", "main st"),
        ("12 b main st", "12b", "main st"),
        ("n6w23001 maple ave", "n6w23001", "maple ave"),
        ("one main st", "1", "main st"),
        ("hauptstrasse 12", "12", "hauptstrasse"),
        ("hauptstrasse 12 b", "12b", "hauptstrasse"),
        ("12 bis rue de la paix", "12b", "rue de la paix"),
        ("12 r de la paix", "12", "r de la paix"),
        ("12 r main st", "12r", "main st"),
        ("highway 7 n", "", "highway 7 n"),
        ("county rd 5 n", "", "county rd 5 n"),
        ("e 300 s", "", "e 300 s"),
        ("highway 7", "", "highway 7"),
        ("main st", "", "main st"),
    ],
)
def test_a_house_s_number_begins_the_line_or_ends_it(line: str, number: str, rest: str) -> None:
    assert house_number([line.split()]) == (number, [rest.split()])


def test_a_number_that_begins_a_later_part_wins_over_one_that_ends_the_first() -> None:
    assert house_number([["building", "4"], ["12", "main", "st"]]) == ("12", [["building", "4"], ["main", "st"]])


@pytest.mark.parametrize(
    ("line", "rest", "unit"),
    [
        ("12 main st apt 2", "12 main st", "2"),
        ("12 main st 2nd floor", "12 main st", "2"),
        ("2 floor 12 main st", "12 main st", "2"),
        ("12 level st", "12 level st", ""),
        ("12 stock rd", "12 stock rd", ""),
        ("12 main st unit 04 b", "12 main st", "4b"),
        ("12 main st", "12 main st", ""),
    ],
)
def test_a_unit_is_told_by_its_word(line: str, rest: str, unit: str) -> None:
    assert without_unit(line.split()) == (rest.split(), unit)


def test_a_cell_full_of_units_is_read_like_any_other() -> None:
    assert without_unit(["apt", "4"] * 3000) == ([], "4" * 3000)
