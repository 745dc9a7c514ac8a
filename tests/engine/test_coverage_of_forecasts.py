"""A forecast is honest: of 200 towns, about four in five cost what its interval says, and none more than the most."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from contextlib import closing

import pytest

from enrich_cli.domain.data_type import DataType
from tests.engine.sandbox_runs import Town, customers

SEEDS = 200


async def verdicts(types: Sequence[DataType], before: int, then: int, seeds: int = SEEDS) -> Counter[str]:
    """In each town so many customers are looked up, as many as `then` are forecast, and looked up as well."""
    verdicts: Counter[str] = Counter()
    for seed in range(seeds):
        chance = random.Random(seed)
        with closing(Town(seed, types)) as town:
            await town.run("before", list(customers(before, chance)))
            people = list(customers(then, chance))
            said = town.forecast(people).cost
            cost = await town.run("then", people)
        assert cost <= said.most.micros
        verdicts["below" if cost < said.low.micros else "above" if cost > said.high.micros else "inside"] += 1
    return verdicts


def assert_honest(said: Counter[str]) -> None:
    assert 0.75 <= said["inside"] / said.total() <= 0.90, said
    assert abs(said["below"] - said["above"]) <= 0.15 * said.total(), said


async def test_of_a_few_towns_none_costs_more_than_the_most_and_most_are_inside() -> None:
    assert (await verdicts([DataType.PERSON], before=20, then=20, seeds=20))["inside"] >= 12


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_of_people() -> None:
    assert_honest(await verdicts([DataType.PERSON], before=20, then=20))


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_of_all_data_types_with_shared_questions_and_hints() -> None:
    assert_honest(await verdicts(list(DataType), before=40, then=25))


async def test_without_any_record_the_interval_is_wide_and_holds_what_they_cost() -> None:
    people = list(customers(40, random.Random(1)))
    with closing(Town(1)) as town:
        said = town.forecast(people).cost
        assert said.low.micros <= await town.run("first", people) <= said.high.micros
        known = town.forecast(people, town.ledger.records()).cost
    assert known.most == said.most
