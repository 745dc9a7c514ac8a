"""What many customers will cost: as the providers did before, cut off as caps and quotas would."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.expectation import Expectation
from enrich_cli.domain.money import ZERO, Money
from enrich_cli.engine.crowd import NO_BOUNDS, Bounds, Crowd
from enrich_cli.engine.ways import GoesOn, Step, Way
from enrich_cli.store.track_record import Costs, TrackRecord

PRICE = 100_000
CLEARBIT, HUNTER = Step("clearbit", PRICE, PRICE), Step("hunter", PRICE, 0)


def way(*steps: Step, goes_on: GoesOn = GoesOn.NO, data_type: DataType = DataType.PERSON) -> Way:
    return Way(data_type, steps, goes_on)


def record(found: int, missed: int, *, hit: int = PRICE, miss: int = PRICE) -> TrackRecord:
    return TrackRecord(
        found=Costs(found, found * hit, found * hit * hit), missed=Costs(missed, missed * miss, missed * miss * miss)
    )


def expected(asked: Way, customers: int = 100, *, bounds: Bounds = NO_BOUNDS, **records: TrackRecord) -> Expectation:
    return Crowd({asked: customers}, records, {(asked,): customers}).expectation(bounds)


def width(said: Expectation) -> int:
    return (said.high - said.low).micros


class TestExpected:
    def test_a_price_that_is_the_same_for_hit_and_miss_is_certain(self) -> None:
        assert expected(way(CLEARBIT), 7) == Expectation(
            most=Money(7 * PRICE), expected=Money(7 * PRICE), low=Money(7 * PRICE), high=Money(7 * PRICE)
        )

    def test_a_provider_with_a_long_record_will_do_as_it_did(self) -> None:
        """A quarter is found, at 40,000 micro-dollars each; misses are free."""
        said = expected(way(CLEARBIT), clearbit=record(250_000, 750_000, hit=40_000, miss=0))
        assert said.expected.micros == pytest.approx(100 * 10_000, rel=0.02)

    def test_a_later_provider_costs_only_where_those_before_it_found_nobody(self) -> None:
        clearbit, hunter = record(750_000, 250_000, hit=0, miss=0), record(10**6, 0)
        said = expected(way(CLEARBIT, HUNTER), clearbit=clearbit, hunter=hunter)
        assert said.expected.micros == pytest.approx(100 * PRICE * 0.25, rel=0.02)

    def test_of_a_chain_that_goes_on_every_provider_is_asked(self) -> None:
        said = expected(way(CLEARBIT, Step("other", PRICE, PRICE), goes_on=GoesOn.YES), clearbit=record(10**6, 0))
        assert said.expected == said.most == Money(200 * PRICE)

    def test_where_fields_are_required_nobody_knows_whether_it_goes_on(self) -> None:
        said = expected(way(CLEARBIT, Step("other", PRICE, PRICE), goes_on=GoesOn.PERHAPS), clearbit=record(10**6, 0))
        assert said.expected.micros == pytest.approx(150 * PRICE, rel=0.03)
        assert width(said) == pytest.approx(0.8 * 100 * PRICE, rel=0.1)

    def test_what_is_served_from_disk_costs_nothing_and_ends_the_chain_as_often(self) -> None:
        served = Step("clearbit", PRICE, PRICE, bought=False)
        said = expected(way(served, Step("other", PRICE, PRICE)), clearbit=record(750_000, 250_000))
        assert said.expected.micros == pytest.approx(25 * PRICE, rel=0.02)
        assert said.most == Money(200 * PRICE)

    def test_what_follows_an_answer_on_disk_for_required_fields_has_to_be_bought(self) -> None:
        served = Step("clearbit", PRICE, PRICE, bought=False, follow_up=30_000)
        said = expected(way(served), clearbit=record(10**6, 0))
        assert said.expected.micros == pytest.approx(100 * 30_000, rel=0.01)

    def test_nothing_costs_more_than_the_price_of_today(self) -> None:
        assert expected(way(CLEARBIT), clearbit=record(100, 100, hit=9 * PRICE, miss=9 * PRICE)).expected == Money(
            100 * PRICE
        )


class TestHints:
    """Twitter is asked only of those whose person is found and brings a handle."""

    twitter = way(Step("twitter", PRICE, PRICE, hinted=True), goes_on=GoesOn.YES, data_type=DataType.SOCIAL)
    person = way(Step("clearbit", 0, 0))

    def said(self, **records: TrackRecord) -> Expectation:
        return Crowd({self.twitter: 100, self.person: 100}, records).expectation()

    def test_it_is_asked_as_often_as_it_could_be_before(self) -> None:
        seen = TrackRecord(people=500_000, people_asked=100_000)
        said = self.said(clearbit=record(500_000, 500_000), twitter=seen)
        assert said.expected.micros == pytest.approx(100 * PRICE * 0.5 * 0.2, rel=0.03)

    def test_at_most_of_everybody(self) -> None:
        assert self.said().most == Money(100 * PRICE)


class TestInterval:
    def test_the_shorter_the_record_the_wider_it_is(self) -> None:
        said = [expected(way(HUNTER), hunter=record(n, n, miss=0)) for n in (0, 5, 50, 5_000)]
        assert [width(one) for one in said] == sorted((width(one) for one in said), reverse=True)
        assert all(one.expected.micros == pytest.approx(50 * PRICE, rel=0.05) for one in said)

    def test_with_a_long_record_it_is_that_of_the_binomial_distribution(self) -> None:
        """Of 100 coins 80 % of all throws show between 44 and 56 heads."""
        said = expected(way(HUNTER), hunter=record(500_000, 500_000, miss=0))
        assert said.low.micros == pytest.approx(43.6 * PRICE, rel=0.02)
        assert said.high.micros == pytest.approx(56.4 * PRICE, rel=0.02)

    def test_the_same_question_gets_the_same_answer(self) -> None:
        assert expected(way(CLEARBIT, HUNTER)) == expected(way(CLEARBIT, HUNTER))


class TestBounds:
    def test_a_cap_bounds_all_of_it_and_what_is_left_of_it_is_less_than_a_lookup(self) -> None:
        said = expected(way(CLEARBIT), bounds=Bounds(cap=Money(10 * PRICE)))
        assert Money(9 * PRICE) <= said.low <= said.expected <= said.high <= said.most == Money(10 * PRICE)

    def test_where_every_lookup_costs_the_same_a_cap_is_spent_as_far_as_whole_lookups_go(self) -> None:
        certain = expected(way(CLEARBIT), bounds=Bounds(cap=Money(10 * PRICE)))
        known = expected(way(HUNTER), bounds=Bounds(cap=Money(10 * PRICE + 5)), hunter=record(1_000, 0))
        for said in (certain, known):
            assert said.low == said.expected == said.high == Money(10 * PRICE)

    def test_of_a_provider_never_asked_whose_hits_may_cost_less_something_may_be_left_of_a_cap(self) -> None:
        said = expected(way(HUNTER), bounds=Bounds(cap=Money(10 * PRICE)))
        assert Money(9 * PRICE) <= said.low < said.high == Money(10 * PRICE)

    def test_a_cap_may_well_be_spent_to_the_last_cent_where_prices_differ(self) -> None:
        cheap = Step("hunter", 4_900, 0)
        said = expected(way(CLEARBIT, cheap), bounds=Bounds(cap=Money(10 * PRICE)), clearbit=record(500, 500))
        assert Money(10 * PRICE - 4_900) <= said.low < said.high == Money(10 * PRICE)

    def test_a_quota_is_reached_when_so_many_are_found(self) -> None:
        asked = way(Step("clearbit", PRICE, PRICE))
        said = expected(asked, bounds=Bounds(places=20), clearbit=record(500_000, 500_000))
        assert said.expected.micros == pytest.approx(40 * PRICE, rel=0.03)
        assert said.low < said.expected < said.high

    def test_without_a_place_nothing_is_spent(self) -> None:
        assert expected(way(CLEARBIT), bounds=Bounds(places=0)) == Expectation()

    def test_nobody_costs_nothing(self) -> None:
        assert Crowd({}, {}).expectation() == Expectation()


counts = st.integers(0, 1_000)
records = st.builds(record, counts, counts, hit=st.integers(0, PRICE), miss=st.integers(0, PRICE))


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 30), records, records, st.none() | st.integers(0, 60 * PRICE), st.none() | st.integers(0, 40))
def test_low_expected_high_and_most_stand_in_this_order(
    customers: int, one: TrackRecord, other: TrackRecord, cap: int | None, places: int | None
) -> None:
    bounds = Bounds(cap=None if cap is None else Money(cap), places=places)
    said = expected(way(CLEARBIT, HUNTER), customers, bounds=bounds, clearbit=one, hunter=other)
    assert ZERO <= said.low <= said.expected <= said.high <= said.most
    assert said.most <= Money(min(customers * 2 * PRICE, customers * 2 * PRICE if cap is None else cap))
