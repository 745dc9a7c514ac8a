"""How long a run takes: vendor pace, chain, hit rate and places, worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.domain.rate import parse_rate
from enrich_cli.engine.chain import Chain
from enrich_cli.engine.chains import accounts_of
from enrich_cli.engine.crowd import NO_BOUNDS, Bounds, Crowd
from enrich_cli.engine.duration import CONCURRENCY, Duration, Load, duration
from enrich_cli.engine.ways import GoesOn, Step, Way
from enrich_cli.gateway.account import Account
from enrich_cli.gateway.opening import HEAD_START
from enrich_cli.providers.lookup import Requests
from enrich_cli.store.track_record import Costs, TrackRecord

if TYPE_CHECKING:
    from tests.engine.conftest import Make

PERSON, BUSINESS, SOCIAL, PROPERTY = DataType.PERSON, DataType.BUSINESS, DataType.SOCIAL, DataType.PROPERTY
MANY = 10**6
"""So many lookups that the rate of hits is known."""
PRICE = 100_000
A_WINDOW = 1 + HEAD_START
"""How many seconds one of a second is kept."""


def record(found: float, *, seconds: float = 0.2, retries: int = 0) -> TrackRecord:
    """A provider that finds this share of those it is asked about, and takes so long."""
    hits, misses = round(MANY * found), round(MANY * (1 - found))
    return TrackRecord(
        found=Costs(hits, hits * PRICE, hits * PRICE**2),
        missed=Costs(misses, misses * PRICE, misses * PRICE**2),
        timed=MANY,
        milliseconds=round(1000 * seconds) * MANY,
        retries=retries,
    )


def step(provider: str, **differs: Any) -> Step:
    return Step(provider, PRICE, PRICE, **differs)


def way(*steps: Step, kind: DataType = PERSON, goes_on: GoesOn = GoesOn.NO) -> Way:
    return Way(kind, steps, goes_on)


class Town:
    """Vendors with their pace, and what is known of them."""

    def __init__(self, make: Make) -> None:
        self._make = make
        self._chains: dict[DataType, Chain] = {}
        self._records: dict[str, TrackRecord] = {}

    def has(
        self,
        name: str,
        rate: str = "none",
        known: TrackRecord | None = None,
        *,
        kind: DataType = PERSON,
        **differs: Any,
    ) -> None:
        links = self._chains[kind].links if kind in self._chains else []
        self._chains[kind] = Chain(kind, [*links, self._make.link(name, rate=rate, data_type=kind, **differs)])
        self._records |= {name: known} if known else {}

    def account(self, name: str) -> Account:
        return next(one for one in accounts_of(self._chains.values()) if one.provider.name == name)

    def takes(self, customers: int, *ways: Way, concurrency: int = MANY, bounds: Bounds = NO_BOUNDS) -> Duration:
        """What it takes to look up so many customers, each in all of these ways."""
        crowd = Crowd(dict.fromkeys(ways, customers), self._records, {ways: customers})
        return duration(crowd, self._chains.values(), concurrency, bounds)


@pytest.fixture
def town(make: Make) -> Town:
    return Town(make)


class TestPace:
    def test_the_last_request_leaves_when_the_windows_let_it_and_is_then_answered(self, town: Town) -> None:
        """20 leave at once, 20 more after each second: the last after 4 s, its answer comes 0.2 s later."""
        town.has("clearbit", "20/1s", record(1))
        said = town.takes(100, way(step("clearbit")))
        assert said.seconds == pytest.approx(4 * A_WINDOW + 0.2)
        assert said.bottleneck == "clearbit"
        (load,) = said.loads
        assert load == Load(provider="clearbit", requests=100, rate=parse_rate("20/1s"), seconds=4 * A_WINDOW)

    def test_how_many_get_as_far_as_a_vendor_depends_on_how_many_were_found_before_it(self, town: Town) -> None:
        """Of 1,000, clearbit leaves 400 over and fullcontact half of these: 200 at 5 a second take 39 s."""
        town.has("clearbit", "600/1m", record(0.6))
        town.has("fullcontact", "20/1s", record(0.5))
        town.has("hunter", "5/1s", record(0.9))
        said = town.takes(1_000, way(step("clearbit"), step("fullcontact"), step("hunter")))
        assert [(load.requests, load.seconds) for load in said.loads] == [
            (1_000, 60 + HEAD_START),
            (400, 19 * A_WINDOW),
            (200, 39 * A_WINDOW),
        ]
        assert said.bottleneck == "clearbit"
        assert said.seconds == pytest.approx(60 + HEAD_START + 3 * 0.2)

    def test_another_order_may_be_faster(self, town: Town) -> None:
        """Behind one that finds nine of ten, the slow one is asked about 100 only."""
        town.has("slow", "1/1s", record(0.5))
        town.has("quick", "none", record(0.9))
        slow_first = town.takes(1_000, way(step("slow"), step("quick")))
        quick_first = town.takes(1_000, way(step("quick"), step("slow")))
        assert (round(slow_first.seconds), round(quick_first.seconds)) == (1019, 101)

    def test_a_chain_that_wants_more_than_one_has_asks_all(self, town: Town) -> None:
        town.has("google_places", "none", record(1), kind=BUSINESS)
        town.has("opencorporates", "2/1s", record(0.5), kind=BUSINESS)
        said = town.takes(100, way(step("google_places"), step("opencorporates"), kind=BUSINESS, goes_on=GoesOn.YES))
        assert [load.requests for load in said.loads] == [100, 100]
        assert said.seconds == pytest.approx(49 * A_WINDOW + 0.4)

    def test_where_fields_are_required_half_of_those_found_go_on(self, town: Town) -> None:
        town.has("clearbit", "none", record(1))
        town.has("hunter", "none", record(1))
        said = town.takes(100, way(step("clearbit"), step("hunter"), goes_on=GoesOn.PERHAPS))
        assert [load.requests for load in said.loads] == [100, 50]

    def test_of_a_vendor_that_was_never_asked_every_other_customer_is_taken_to_be_found(self, town: Town) -> None:
        town.has("clearbit")
        town.has("hunter")
        assert [load.requests for load in town.takes(100, way(step("clearbit"), step("hunter"))).loads] == [100, 50]

    def test_an_answer_on_disk_takes_nothing(self, town: Town) -> None:
        town.has("clearbit", "1/1s", record(0.5))
        town.has("hunter", "10/1s", record(0.5))
        said = town.takes(100, way(step("clearbit", bought=False), step("hunter")))
        assert [(load.provider, load.requests) for load in said.loads] == [("hunter", 50)]
        assert said.seconds == pytest.approx(4 * A_WINDOW + 0.2)

    def test_a_lookup_may_take_several_requests(self, town: Town) -> None:
        """90 of 100 are found: three requests each; two for each of the others."""
        town.has("attom", "50/1s", record(0.9), kind=PROPERTY, requests=lambda *_: Requests(hit=3, miss=2))
        assert town.takes(100, way(step("attom"), kind=PROPERTY)).loads[0].requests == 90 * 3 + 10 * 2

    def test_what_was_tried_again_is_expected_to_be_tried_again(self, town: Town) -> None:
        town.has("clearbit", "20/1s", record(1, retries=MANY // 4))
        assert town.takes(100, way(step("clearbit"))).loads[0].requests == 125

    def test_who_can_be_asked_only_with_a_hint_is_asked_about_those_who_give_it(self, town: Town) -> None:
        """80 of 100 people are found, and a fourth of them have a handle."""
        handles = record(0.5)
        handles.people, handles.people_asked = MANY, MANY // 4
        town.has("clearbit", "none", record(0.8))
        town.has("twitter", "none", handles, kind=SOCIAL)
        twitter = way(step("twitter", hinted=True), kind=SOCIAL, goes_on=GoesOn.YES)
        assert [load.requests for load in town.takes(100, way(step("clearbit")), twitter).loads] == [100, 20]


class TestPlaces:
    def test_a_slow_vendor_has_places_of_its_own_and_takes_none_of_the_others(self, town: Town) -> None:
        """Ten rounds of 50 at 5 s; at the same time the others have all the places: 100 rounds at 0.2 s."""
        town.has("clearbit", "none", record(1))
        town.has("attom", "none", record(1, seconds=5), kind=PROPERTY)
        ways = (way(step("clearbit")), way(step("attom"), kind=PROPERTY))
        assert town.takes(500, *ways, concurrency=50).seconds == pytest.approx(10 * 5)
        assert town.takes(5_000, ways[0], concurrency=50).seconds == pytest.approx(100 * 0.2)

    def test_so_many_lookups_go_on_at_once_and_then_the_next(self, town: Town) -> None:
        """Ten rounds of ten lookups of 0.2 s."""
        town.has("clearbit", "none", record(1))
        said = town.takes(100, way(step("clearbit")), concurrency=10)
        assert said.seconds == pytest.approx(2.0)
        assert (said.bottleneck, said.at_once) == (CONCURRENCY, 10)

    def test_a_place_is_held_for_the_whole_chain(self, town: Town) -> None:
        """Half of the customers take 0.2 s, the others 0.2 + 0.4: 0.4 s in the mean, and 0.6 in the last round."""
        town.has("clearbit", "none", record(0.5))
        town.has("hunter", "none", record(0.5, seconds=0.4))
        said = town.takes(100, way(step("clearbit"), step("hunter")), concurrency=10)
        assert said.seconds == pytest.approx(9 * 0.4 + 0.6)

    def test_each_data_type_takes_a_place(self, town: Town) -> None:
        """200 chains, ten at a time."""
        town.has("clearbit", "none", record(1))
        town.has("attom", "none", record(1), kind=PROPERTY)
        said = town.takes(100, way(step("clearbit")), way(step("attom"), kind=PROPERTY), concurrency=10)
        assert said.seconds == pytest.approx(20 * 0.2)

    def test_with_places_enough_it_is_the_pace_that_limits(self, town: Town) -> None:
        town.has("clearbit", "20/1s", record(1))
        few, enough = (town.takes(100, way(step("clearbit")), concurrency=places) for places in (2, 20))
        assert (few.bottleneck, enough.bottleneck) == (CONCURRENCY, "clearbit")
        assert (few.seconds, enough.seconds) == pytest.approx((10, 4 * A_WINDOW + 0.2))

    def test_as_long_as_the_ledger_holds_none_a_vendor_s_sheet_tells_how_long_it_takes(self, town: Town) -> None:
        town.has("clearbit", latency=1.5)
        assert town.takes(1, way(step("clearbit"))).seconds == pytest.approx(1.5)

    def test_an_account_may_know_better_than_the_sheet(self, town: Town) -> None:
        town.has("clearbit", latency=1.5)
        town.account("clearbit").latency = 0.04
        assert town.takes(1, way(step("clearbit"))).seconds == pytest.approx(0.04)


class TestOwnWay:
    def test_with_places_for_all_nothing_limits_it_but_the_answers(self, town: Town) -> None:
        town.has("clearbit", "20/1s", record(1))
        said = town.takes(20, way(step("clearbit")), concurrency=20)
        assert said.seconds == pytest.approx(0.2)
        assert said.bottleneck is None

    def test_what_a_hint_may_help_waits_for_the_person_and_the_property_does_not(self, town: Town) -> None:
        """0.2 s for the person, then 0.3 for the longer of the others; beside it 0.4 for the property."""
        town.has("clearbit", "none", record(1))
        town.has("google_places", "none", record(1, seconds=0.3), kind=BUSINESS)
        town.has("facebook", "none", record(1, seconds=0.1), kind=SOCIAL)
        town.has("attom", "none", record(1, seconds=0.4), kind=PROPERTY)
        said = town.takes(
            10,
            way(step("clearbit")),
            way(step("google_places"), kind=BUSINESS),
            way(step("facebook"), kind=SOCIAL),
            way(step("attom"), kind=PROPERTY),
        )
        assert said.seconds == pytest.approx(0.5)

    def test_a_vendor_that_hardly_anybody_is_asked_at_holds_up_nobody(self, town: Town) -> None:
        town.has("clearbit", "none", record(0.99))
        town.has("hunter", "none", record(0.5, seconds=5))
        asked = way(step("clearbit"), step("hunter"))
        assert [town.takes(number, asked).seconds for number in (10, 100)] == pytest.approx([0.2, 5.2])


class TestBounds:
    def test_a_run_that_a_quota_ends_is_shorter(self, town: Town) -> None:
        """Half of the customers are found: of 1,000, 400 are looked up until 200 places are taken."""
        town.has("clearbit", "20/1s", record(0.5))
        said = town.takes(1_000, way(step("clearbit")), bounds=Bounds(places=200))
        assert (said.loads[0].requests, said.seconds) == pytest.approx((400, 19 * A_WINDOW + 0.2))

    def test_so_is_one_that_a_cap_ends(self, town: Town) -> None:
        town.has("clearbit", "20/1s", record(0.5))
        said = town.takes(1_000, way(step("clearbit")), bounds=Bounds(cap=Money(100 * PRICE)))
        assert (said.loads[0].requests, said.seconds) == pytest.approx((100, 4 * A_WINDOW + 0.2))

    def test_bounds_that_are_wide_enough_change_nothing(self, town: Town) -> None:
        town.has("clearbit", "20/1s", record(0.5))
        asked = way(step("clearbit"))
        wide = Bounds(places=5_000, cap=Money(MANY * PRICE))
        assert town.takes(1_000, asked, bounds=wide) == town.takes(1_000, asked)

    def test_where_nothing_may_or_has_to_be_looked_up_it_takes_no_time(self, town: Town) -> None:
        town.has("clearbit", "20/1s", record(0.5))
        asked = way(step("clearbit"))
        assert town.takes(1_000, asked, bounds=Bounds(places=0)) == Duration()
        assert town.takes(1_000, way(step("clearbit", bought=False))) == Duration()
        assert town.takes(0) == Duration()
