"""The plan of a run that writes nothing says what a run would say, and changes no byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.report import Count
from enrich_cli.domain.tier import Tier
from enrich_cli.providers.lookup import Response
from enrich_cli.store.dry_books import open_dry_books
from enrich_cli.store.errors import MasterKeyError, StoreError
from enrich_cli.store.master_key import MasterKey
from enrich_cli.store.plan import Plan, Standing, Wish

if TYPE_CHECKING:
    from tests.store.conftest import Bench

PERSON = DataType.PERSON


def dry_plans(bench: Bench, *names: str, **run: Any) -> list[Plan]:
    with open_dry_books(bench.path, bench.master, bench.run_plan(**run)) as books:
        return [
            plan
            for line, name in enumerate(names, 2)
            for plan in books.plan(
                [Wish(customer=bench.customer(name), line=line, types=(PERSON,), usable=frozenset(DataType))], bench.now
            )
        ]


def standings(plans: list[Plan]) -> list[Standing]:
    return [plan.standing for plan in plans]


def test_later_rows_of_who_is_refused_are_over_quota(bench: Bench) -> None:
    wishes = [Wish(customer=bench.customer(), line=2, types=(PERSON,), usable=frozenset(DataType))]
    with open_dry_books(bench.path, bench.master, bench.run_plan()) as books:
        (first,) = books.plan(wishes, bench.now)
        books.refuse([first.customer_id])
        (later,) = books.plan(wishes, bench.now)
    assert (first.landed, later.landed) == (None, Count.OVER_QUOTA)


def test_without_a_store_everybody_would_be_looked_up_and_none_is_made(no_store: Bench) -> None:
    assert standings(dry_plans(no_store, "ada", "bob")) == [Standing.RESERVED, Standing.RESERVED]
    assert no_store.files() == {}


def test_no_byte_is_changed_though_a_run_has_died(bench: Bench) -> None:
    with bench.run() as run:
        run.enrich(bench.customer("ada"))
        run.plan(bench.customer("bob"))
        run.ask(bench.question(2, "bob"))
    before = bench.files()
    assert standings(dry_plans(bench, "ada", "bob", "ada")) == [
        Standing.SERVED,
        Standing.RESERVED,
        Standing.REPEATED,
    ]
    assert bench.files() == before


def test_what_a_run_would_be_refused_for_is_refused(bench: Bench) -> None:
    with bench.run(sandbox=True) as run:
        run.end()
    with pytest.raises(StoreError, match="holds synthetic data"):
        dry_plans(bench, "ada")
    with pytest.raises(StoreError, match="has no run nine"):
        dry_plans(bench, "ada", sandbox=True, resume="nine")


def test_a_run_that_died_can_be_resumed_though_that_is_not_booked_yet(bench: Bench) -> None:
    with bench.run(refresh=True) as run:
        run.enrich(bench.customer())
    assert standings(dry_plans(bench, "ada", refresh=True)) == [Standing.RESERVED]
    assert standings(dry_plans(bench, "ada", refresh=True, resume="last")) == [Standing.SERVED]


def test_the_limit_is_reached_after_as_many_as_are_left(bench: Bench) -> None:
    bench.use_quota(48)
    plans = dry_plans(bench, "ada", "bob", "carl", "dora")
    assert standings(plans) == [Standing.RESERVED, Standing.RESERVED, Standing.FULL, Standing.FULL]


def test_with_the_limit_reached_there_is_nothing_to_wait_for(bench: Bench) -> None:
    bench.use_quota(50)
    (plan,) = dry_plans(bench, "ada")
    assert (plan.standing, plan.landed) == (Standing.OVER_QUOTA, Count.OVER_QUOTA)


def test_who_is_refused_leaves_a_place_to_others_and_who_was_not_reserved_leaves_none(bench: Bench) -> None:
    bench.use_quota(49)
    ada, bob, carl = (
        Wish(customer=bench.customer(name), line=line, types=(PERSON,), usable=frozenset(DataType))
        for line, name in enumerate(("ada", "bob", "carl"), 2)
    )
    with open_dry_books(bench.path, bench.master, bench.run_plan()) as books:
        first, _ = books.plan([ada, bob], bench.now)
        books.refuse([first.customer_id])
        assert standings(books.plan([replace(bob, again=True), carl], bench.now)) == [Standing.RESERVED, Standing.FULL]
        books.refuse([bench.customer("carl").id.shown])
        assert standings(books.plan([replace(carl, again=True)], bench.now)) == [Standing.FULL]


def test_what_live_runs_hold_is_not_there_and_what_dead_runs_hold_is(bench: Bench) -> None:
    bench.use_quota(48)
    with bench.run() as living:
        living.plan(bench.customer("zoe"))
        assert standings(dry_plans(bench, "ada", "bob")) == [Standing.RESERVED, Standing.FULL]
    assert standings(dry_plans(bench, "ada", "bob")) == [Standing.RESERVED, Standing.RESERVED]


def test_a_customer_of_a_live_run_is_claimed(bench: Bench) -> None:
    with bench.run() as living:
        living.plan(bench.customer())
        assert standings(dry_plans(bench, "ada")) == [Standing.CLAIMED]


def test_with_the_wrong_key_it_says_so_and_for_a_new_company_it_needs_none(bench: Bench) -> None:
    assert standings(dry_plans(bench, "ada")) == [Standing.RESERVED]
    bench.standing()
    bench.key = MasterKey(bytes(32))
    with pytest.raises(MasterKeyError):
        dry_plans(bench, "ada")


def to_buy(bench: Bench, *calls: list[str], **run: Any) -> list[list[bool]]:
    """Of each call's questions, which have to be bought."""
    with open_dry_books(bench.path, bench.master, bench.run_plan(**run)) as books:
        return [books.to_buy([text.encode() for text in texts], bench.now, bought=True) for texts in calls]


class TestToBuy:
    @pytest.fixture
    def answered(self, bench: Bench) -> Bench:
        """One question was answered; another run may have died since."""
        with bench.run(run_id="before") as run:
            run.plan(bench.customer())
            run.ask(bench.question(1, text="who?"))
            run.answered(1, cost=10, answer=Response(200, b"{}"))
            run.finish(bench.customer(), lookups=[1])
        return bench

    def test_of_equal_questions_the_first_alone(self, no_store: Bench) -> None:
        assert to_buy(no_store, ["who?", "what?", "who?"], ["what?", "where?"]) == [[True, True, False], [False, True]]

    def test_what_can_not_be_bought_serves_nobody_after(self, no_store: Bench) -> None:
        with open_dry_books(no_store.path, no_store.master, no_store.run_plan()) as books:
            told = [books.to_buy([b"who?", b"who?"], no_store.now, bought=bought) for bought in (False, True, False)]
        assert told == [[True, True], [True, False], [False, False]]

    def test_what_is_on_disk_serves_while_it_is_fresh(self, answered: Bench) -> None:
        assert to_buy(answered, ["who?"]) == [[False]]
        answered.later(days=8)
        assert to_buy(answered, ["who?"]) == [[True]]

    def test_what_a_live_run_was_answered_serves_whatever_its_age(self, bench: Bench) -> None:
        bench.set_tier(Tier.ENTERPRISE)
        with bench.run() as living:
            living.enrich(bench.customer())
            assert to_buy(bench, ["who is ada?"]) == [[False]]
            assert standings(dry_plans(bench, "ada")) == [Standing.SERVED]
            living.end()
        assert to_buy(bench, ["who is ada?"]) == [[True]]
        assert standings(dry_plans(bench, "ada")) == [Standing.RESERVED]

    def test_a_refresh_buys_it_again_unless_it_resumes_the_run_that_did(self, answered: Bench) -> None:
        assert to_buy(answered, ["who?"], refresh=True) == [[True]]
        assert to_buy(answered, ["who?"], refresh=True, resume="before") == [[False]]
