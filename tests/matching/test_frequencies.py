"""How common is a name?"""

from __future__ import annotations

import pytest

from enrich_cli.matching.frequencies import bearers


def test_it_is_told_how_many_of_a_million_bear_a_name() -> None:
    """By the census 3.3 % of the men are called James, and 1 % of all people Smith: 165 of a million are both."""
    assert 100 < 2 ** bearers(("james", "smith")) < 250


@pytest.mark.parametrize(
    ("rarer", "commoner"),
    [
        (("james", "okafor"), ("james", "smith")),
        (("amara", "smith"), ("james", "smith")),
        (("amara", "okafor"), ("amara", "smith")),
        (("jane", "baker"), ("mary", "baker")),
        (("james", "lee", "smith"), ("james", "smith")),
        (("james", "smith"), ("j", "smith")),
        (("james", "t", "smith"), ("james", "smith")),
    ],
)
def test_a_rarer_part_and_one_more_part_make_a_name_rarer(rarer: tuple[str, ...], commoner: tuple[str, ...]) -> None:
    assert bearers(rarer) < bearers(commoner)


def test_the_surname_may_stand_first() -> None:
    assert bearers(("smith", "james")) == bearers(("james", "smith"))


def test_of_a_name_whose_parts_are_not_listed_there_are_few() -> None:
    assert bearers(("amara", "okafor")) < 0
