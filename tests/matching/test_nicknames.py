"""Which first names are taken for one another."""

from __future__ import annotations

import pytest

from enrich_cli.matching.nicknames import known, same_first_name


@pytest.mark.parametrize(
    "pair",
    [
        *("bob/robert", "liz/elizabeth", "peggy/margaret", "kate/katherine", "sean/shaun", "hans/johannes"),
        *("gosia/malgorzata", "honza/jan", "lola/dolores", "susi/susanne", "pippa/philippa", "fred/frederic"),
        *("laxman/lakshman", "fatma/fatima", "guenther/gunther", "natasha/natalia"),
        *("frederic/frederick", "nathalie/natalie", "dominik/dominic", "katharina/katherine", "susie/susi"),
        *("lukas/lukasz", "luca/lucas"),
    ],
)
def test_forms_of_one_name_are_one_in_both_directions(pair: str) -> None:
    one, other = pair.split("/")
    assert same_first_name(one, other)
    assert same_first_name(other, one)


@pytest.mark.parametrize(
    "pair",
    [
        *("bob/bill", "john/jane", "andrew/andrea", "ann/nancy", "will/wilson", "sam/bob", "genevieve/jean"),
        *("frederic/frederica", "dominik/dominika", "valentin/valentina", "francois/francis"),
    ],
)
def test_names_of_two_people_are_two(pair: str) -> None:
    one, other = pair.split("/")
    assert not same_first_name(one, other)


def test_it_knows_names_from_misspellings() -> None:
    assert known("katherine")
    assert known("kyle")
    assert known("liam")
    assert not known("kathreine")
