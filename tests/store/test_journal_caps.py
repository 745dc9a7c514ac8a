"""What may be spent at most, doubt included: by a run, and by a company in a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.money import Money
from enrich_cli.gateway.journal import Ruling
from enrich_cli.providers.lookup import Response
from enrich_cli.store.caps import Caps

if TYPE_CHECKING:
    from tests.store.conftest import Bench

HIT = Response(200, b"{}")
CAPS = pytest.mark.parametrize("caps", [Caps(run=Money(250)), Caps(month=Money(250))], ids=["run", "month"])


@CAPS
class TestWhatFits:
    def test_it_may_reach_the_cap_and_what_does_not_fit_beside_others_is_held(self, bench: Bench, caps: Caps) -> None:
        with bench.run(caps=caps) as run:
            assert run.ask(bench.question(1, "a", most=100)) is Ruling.SEND
            assert run.ask(bench.question(2, "b", most=150)) is Ruling.SEND
            assert run.ask(bench.question(3, "c", most=1)) is Ruling.HELD

    def test_what_is_held_holds_nothing(self, bench: Bench, caps: Caps) -> None:
        with bench.run(caps=caps) as run:
            run.ask(bench.question(1, "a", most=200))
            assert run.ask(bench.question(2, "b", most=60)) is Ruling.HELD
            assert run.ask(bench.question(3, "c", most=50)) is Ruling.SEND

    def test_what_would_not_fit_with_nothing_set_aside_is_refused(self, bench: Bench, caps: Caps) -> None:
        with bench.run(caps=caps) as run:
            assert run.ask(bench.question(1, "a", most=251)) is Ruling.REFUSED
            assert bench.sql("SELECT * FROM open_lookups") == []

    @pytest.mark.parametrize("settled", [{"cost": 100}, {"doubt": 100}, {"cost": 60, "doubt": 40}])
    def test_cost_and_doubt_count_alike_before_the_lookup_is_done_and_after(
        self, bench: Bench, caps: Caps, settled: dict[str, int]
    ) -> None:
        with bench.run(caps=caps) as run:
            run.plan(bench.customer())
            run.ask(bench.question(1, "a", most=100))
            run.answered(1, cost=settled.get("cost", 0), doubt=settled.get("doubt", 0))
            assert run.ask(bench.question(2, "b", most=151)) is Ruling.REFUSED
            run.finish(bench.customer())
            assert run.ask(bench.question(2, "b", most=151)) is Ruling.REFUSED
            assert run.ask(bench.question(2, "b", most=150)) is Ruling.SEND

    def test_what_a_lookup_did_not_cost_is_free_when_it_is_done(self, bench: Bench, caps: Caps) -> None:
        with bench.run(caps=caps) as run:
            run.plan(bench.customer())
            run.ask(bench.question(1, "a", most=200))
            run.answered(1, cost=10, answer=HIT)
            assert run.ask(bench.question(2, "b", most=240)) is Ruling.HELD
            run.finish(bench.customer())
            assert run.ask(bench.question(2, "b", most=240)) is Ruling.SEND


@CAPS
class TestSecondRequest:
    def test_it_uses_what_the_first_set_aside(self, bench: Bench, caps: Caps) -> None:
        with bench.run(caps=caps) as run:
            run.ask(bench.question(1, "search", most=100, whole=Money(250)))
            run.answered(1, cost=100, answer=HIT)
            assert run.ask(bench.question(1, "details", most=150)) is Ruling.SEND
            assert bench.sql("SELECT cost, in_air, aside FROM open_lookups") == [(100, 150, 0)]

    def test_what_the_first_did_not_cost_serves_the_second(self, bench: Bench, caps: Caps) -> None:
        with bench.run(caps=caps) as run:
            run.ask(bench.question(1, "search", most=250))
            run.answered(1, answer=HIT)
            assert run.ask(bench.question(1, "search differently", most=250)) is Ruling.SEND

    def test_a_question_asked_again_after_its_answer_was_lost_must_fit_too(self, bench: Bench, caps: Caps) -> None:
        with bench.run(caps=caps) as run:
            run.ask(bench.question(most=100))
            run.answered(doubt=100)
            assert run.ask(bench.question(most=100)) is Ruling.SEND
            run.answered(doubt=100)
            assert run.ask(bench.question(most=100)) is Ruling.REFUSED

    def test_one_that_needs_more_than_was_set_aside_never_waits_while_it_holds_money(
        self, bench: Bench, caps: Caps
    ) -> None:
        with bench.run(caps=caps) as run:
            run.ask(bench.question(1, "a", most=100))
            run.ask(bench.question(2, "b", most=100))
            run.answered(1, cost=100, answer=HIT)
            assert run.ask(bench.question(1, "more", most=51)) is Ruling.REFUSED
            assert run.ask(bench.question(1, "more", most=50)) is Ruling.SEND


def test_the_budget_of_a_month_is_shared_by_all_runs_of_the_company(bench: Bench) -> None:
    caps = Caps(month=Money(250))
    with bench.run(caps=caps) as one, bench.run(caps=caps) as two, bench.run(company="rival", caps=caps) as rival:
        one.ask(bench.question(1, "a", most=200))
        assert two.ask(bench.question(1, "b", most=60)) is Ruling.HELD
        assert rival.ask(bench.question(1, "b", most=60)) is Ruling.SEND


def test_the_cap_of_a_run_is_its_own(bench: Bench) -> None:
    with bench.run() as other, bench.run(caps=Caps(run=Money(250))) as run:
        other.ask(bench.question(1, "a", most=1000))
        assert run.ask(bench.question(1, "b", most=250)) is Ruling.SEND


def test_the_next_month_has_a_budget_of_its_own(bench: Bench) -> None:
    with bench.run(caps=Caps(month=Money(250))) as run:
        run.plan(bench.customer())
        run.ask(bench.question(most=250))
        run.answered(cost=250, answer=HIT)
        run.finish(bench.customer())
        assert run.ask(bench.question(2, "b", most=1)) is Ruling.REFUSED
        bench.later(days=30)
        assert run.ask(bench.question(2, "b", most=250)) is Ruling.SEND


def test_of_two_caps_both_hold(bench: Bench) -> None:
    with bench.run(caps=Caps(run=Money(250), month=Money(100))) as run:
        assert run.ask(bench.question(most=101)) is Ruling.REFUSED
        assert run.ask(bench.question(most=100)) is Ruling.SEND


@CAPS
def test_an_answer_on_disk_costs_nothing_and_needs_no_room(bench: Bench, caps: Caps) -> None:
    with bench.run(caps=caps) as run:
        run.ask(bench.question(1, most=250))
        run.answered(1, cost=250, answer=HIT)
        assert run.ask(bench.question(2, most=250)) == HIT
