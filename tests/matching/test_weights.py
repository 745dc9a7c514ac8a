"""The table of weights."""

from __future__ import annotations

from itertools import pairwise

from enrich_cli.matching.priors import Prior
from enrich_cli.matching.weights import CERTAINTY_NEUTRAL, CERTAINTY_RANGE, Evidence, best, certainty_bits


def test_every_reason_is_given_once() -> None:
    reasons = [item.reason for item in (*Prior, *Evidence)]
    assert len(reasons) == len(set(reasons))


def test_the_surer_a_provider_is_the_more_it_is_worth_within_bounds() -> None:
    worth = [certainty_bits(step / 100) for step in range(101)]
    assert all(lower <= higher for lower, higher in pairwise(worth))
    assert (worth[0], worth[-1]) == CERTAINTY_RANGE
    assert certainty_bits(CERTAINTY_NEUTRAL) == 0


def test_the_best_of_several_counts_and_of_none_nothing() -> None:
    assert best([Evidence.PHONE_OTHER, None, Evidence.PHONE_SAME]) is Evidence.PHONE_SAME
    assert best([None]) is None


def test_a_contradicting_name_outweighs_all_that_a_family_or_an_office_shares() -> None:
    shared = (Evidence.PHONE_SAME, Evidence.DOMAIN_SAME, Evidence.CITY_AND_POSTAL_CODE_SAME)
    most = Prior.EMAIL.bits + CERTAINTY_RANGE[1] + sum(evidence.bits for evidence in shared)
    assert most + Evidence.NAME_FIRST_OTHER.bits < 0
    assert most + Evidence.NAME_OTHER.bits < 0
    assert most + Evidence.STREET_SAME.bits + Evidence.NAME_HOUSEMATE.bits < 0


def test_a_house_that_agrees_speaks_for_nobody_whose_first_name_disagrees() -> None:
    assert Evidence.NAME_HOUSEMATE.bits + Evidence.STREET_SAME.bits <= Evidence.NAME_FIRST_OTHER.bits
