"""Questions are written down before they are sent, and what was answered is not bought again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.domain.report import Count
from enrich_cli.domain.tier import Tier
from enrich_cli.gateway.journal import Ruling
from enrich_cli.providers.lookup import Response

if TYPE_CHECKING:
    from tests.store.conftest import Bench

HIT = Response(200, b'{"title": "Countess"}')
NOT_READY = Response(202, b"{}")


@pytest.fixture
def answered(bench: Bench) -> Bench:
    """A store with one answer, which a run that ended has paid for."""
    with bench.run() as run:
        run.ask(bench.question())
        run.answered(cost=40, answer=HIT)
        run.end()
    return bench


def test_a_question_that_may_be_sent_is_on_disk_with_its_price_in_the_air(bench: Bench) -> None:
    with bench.run(run_id="now") as run:
        assert run.ask(bench.question(lookup=7, most=100, whole=Money(250))) is Ruling.SEND
        rows = bench.sql(
            "SELECT run_id, lookup, company_id, customer_id, data_type, provider, in_air, aside, at, fields"
            " FROM open_lookups"
        )
    assert rows == [("now", 7, "acme", "ada", "person", "clearbit", 100, 150, "2026-11-03T09:30:00.000Z", "email")]


def test_an_answer_is_on_disk_as_soon_as_it_is_settled(bench: Bench) -> None:
    with bench.run() as run:
        run.ask(bench.question())
        assert run.recall(bench.question()) is None
        run.answered(cost=40, answer=HIT)
        assert run.recall(bench.question(lookup=2)) == HIT
        assert run.ask(bench.question(lookup=2)) == HIT
    assert bench.sql("SELECT provider, status, cost, in_doubt FROM answers") == [("clearbit", 200, 40, 0)]


def test_an_answer_on_disk_tells_when_it_came(bench: Bench) -> None:
    came = bench.now
    with bench.run() as run:
        run.ask(bench.question())
        run.answered(answer=HIT)
        bench.later(minutes=5)
        answer = run.recall(bench.question(lookup=2))
    assert answer is not None
    assert answer.at == came.timestamp()


@pytest.mark.parametrize("doubt", [0, 100])
def test_an_error_is_not_kept_and_may_be_asked_again(bench: Bench, doubt: int) -> None:
    with bench.run() as run:
        run.ask(bench.question())
        run.answered(doubt=doubt)
        assert run.recall(bench.question()) is None
        assert run.ask(bench.question()) is Ruling.SEND


def test_the_fields_of_all_requests_of_a_lookup_are_remembered(bench: Bench) -> None:
    with bench.run() as run:
        run.ask(bench.question(fields=frozenset({"name", "domain"})))
        run.answered(answer=HIT)
        run.ask(bench.question(text="and her address?", fields=frozenset({"email"})))
        assert bench.sql("SELECT fields FROM open_lookups") == [("domain,email,name",)]


class TestSharing:
    def test_the_same_question_waits_and_is_answered(self, bench: Bench) -> None:
        with bench.run() as run:
            run.ask(bench.question(lookup=1))
            assert run.ask(bench.question(lookup=2, customer_id="twin")) is Ruling.WAIT
            run.answered(lookup=1, cost=40, answer=HIT)
            assert run.ask(bench.question(lookup=2, customer_id="twin")) == HIT
            assert bench.sql("SELECT lookup FROM open_lookups") == [(1,)]

    def test_so_it_does_in_another_run(self, bench: Bench) -> None:
        with bench.run() as first, bench.run() as second:
            first.ask(bench.question())
            assert second.ask(bench.question()) is Ruling.WAIT
            first.answered(answer=HIT)
            assert second.ask(bench.question()) == HIT

    def test_when_the_first_gets_no_answer_the_one_that_waited_may_ask(self, bench: Bench) -> None:
        with bench.run() as run:
            run.ask(bench.question(lookup=1))
            run.answered(lookup=1)
            assert run.ask(bench.question(lookup=2)) is Ruling.SEND
            assert run.ask(bench.question(lookup=1)) is Ruling.WAIT

    def test_different_questions_do_not_wait_for_each_other(self, bench: Bench) -> None:
        with bench.run() as run:
            run.ask(bench.question(lookup=1))
            assert run.ask(bench.question(lookup=2, text="who is bob?")) is Ruling.SEND

    def test_companies_share_nothing(self, answered: Bench) -> None:
        with answered.run(company="rival") as rival:
            assert rival.ask(answered.question()) is Ruling.SEND

    def test_what_a_run_that_died_was_asking_waits_for_nobody(self, bench: Bench) -> None:
        with bench.run() as run:
            run.ask(bench.question())
        with bench.run() as run:
            assert run.ask(bench.question()) is Ruling.SEND


class TestFresh:
    @pytest.mark.parametrize(
        ("tier", "hours", "expected"),
        [
            (Tier.FREE, 24 * 7 - 1, HIT),
            (Tier.FREE, 24 * 7, None),
            (Tier.PRO, 23, HIT),
            (Tier.PRO, 24, None),
            (Tier.ENTERPRISE, 0, None),
        ],
    )
    def test_an_answer_serves_other_runs_within_the_lifetime_of_the_tier(
        self, answered: Bench, tier: Tier, hours: int, expected: Response | None
    ) -> None:
        answered.set_tier(tier)
        answered.later(hours=hours)
        with answered.run() as run:
            assert run.recall(answered.question()) == expected

    @pytest.mark.parametrize("tier", Tier)
    def test_it_serves_its_own_run_and_those_that_resume_it_always(self, bench: Bench, tier: Tier) -> None:
        bench.set_tier(tier)
        with bench.run(refresh=True) as run:
            run.ask(bench.question())
            run.answered(answer=HIT)
            bench.later(days=90)
            assert run.recall(bench.question()) == HIT
        with bench.run(refresh=True, resume="last"):
            pass
        with bench.run(refresh=True, resume="last") as run:
            assert run.ask(bench.question()) == HIT

    @pytest.mark.parametrize("first_began", [True, False], ids=["began before", "began later"])
    def test_it_serves_runs_that_went_on_at_the_same_time_on_any_tier(self, bench: Bench, *, first_began: bool) -> None:
        """As of two customers at one address, each in a run of its own: the question is bought once."""
        bench.set_tier(Tier.ENTERPRISE)
        with bench.run() as one, bench.run() as two:
            asks, waits = (one, two) if first_began else (two, one)
            asks.ask(bench.question())
            assert waits.ask(bench.question(customer_id="bob")) is Ruling.WAIT
            asks.answered(cost=40, answer=HIT)
            asks.end()
            assert waits.ask(bench.question(customer_id="bob")) == HIT
            waits.end()
        with bench.run() as later:
            assert later.ask(bench.question()) is Ruling.SEND

    def test_a_refresh_asks_again_and_the_new_answer_takes_the_place_of_the_old(self, answered: Bench) -> None:
        newer = Response(200, b'{"title": "Analyst"}')
        with answered.run(refresh=True) as run:
            assert run.ask(answered.question()) is Ruling.SEND
            run.answered(answer=newer)
            run.end()
        with answered.run() as run:
            assert run.recall(answered.question()) == newer


class TestNotReadyYet:
    def test_a_vendor_that_is_still_looking_keeps_others_waiting(self, bench: Bench) -> None:
        with bench.run() as run:
            run.ask(bench.question(lookup=1))
            run.answered(lookup=1, answer=NOT_READY, pending=True)
            assert run.ask(bench.question(lookup=2, repeat=True)) is Ruling.WAIT
            assert run.ask(bench.question(lookup=1, repeat=True)) is Ruling.SEND
            run.answered(lookup=1, answer=HIT)
            assert run.ask(bench.question(lookup=2, repeat=True)) == HIT

    def test_that_it_was_not_ready_serves_the_first_question_but_no_repetition(self, bench: Bench) -> None:
        with bench.run() as run:
            run.ask(bench.question())
            run.answered(answer=NOT_READY, pending=True)
        with bench.run() as run:
            assert run.ask(bench.question()) == NOT_READY
            assert run.ask(bench.question(repeat=True)) is Ruling.SEND


def test_business_and_person_lookups_of_one_customer_are_told_apart_by_number(bench: Bench) -> None:
    with bench.run() as run:
        run.ask(bench.question(lookup=1))
        run.ask(bench.question(lookup=2, text="what is her firm?", data_type=DataType.BUSINESS))
        assert bench.sql("SELECT lookup, data_type FROM open_lookups") == [(1, "person"), (2, "business")]


class TestCountedBefore:
    """Is an answer on disk one that its customer was counted for, by a run that came to its end with them?"""

    QUESTION = "who is ada?"

    def news(self, bench: Bench, customer_id: str = "ada") -> bool:
        with bench.run() as run:
            answer = run.recall(bench.question(text=self.QUESTION, customer_id=customer_id))
            assert answer
            run.end()
        return not answer.counted

    def test_who_was_counted_for_it_is_not_looked_up_by_it_again(self, bench: Bench) -> None:
        with bench.run() as run:
            run.enrich(bench.customer())
            run.end()
        assert not self.news(bench)

    def test_who_landed_elsewhere_by_it_is(self, bench: Bench) -> None:
        """By a lower --min-confidence it may come to something, and nothing is saved without its count."""
        with bench.run() as run:
            run.plan(bench.customer())
            run.ask(bench.question(text=self.QUESTION))
            run.answered(cost=40, answer=HIT)
            run.finish(bench.customer(), bench.nothing(), Count.NOT_FOUND)
            run.end()
        assert self.news(bench)

    def test_what_a_dead_run_left_is_an_answer_like_any(self, bench: Bench) -> None:
        both = (DataType.PERSON, DataType.BUSINESS)
        with bench.run() as run:
            run.plan(bench.customer(), types=both)
            run.finish(bench.customer(), bench.found(), lookups=[])
            run.ask(bench.question(text=self.QUESTION))
            run.answered(cost=40, answer=HIT)
        assert self.news(bench)

    def use(self, bench: Bench, customer_id: str = "ada", **changes: Any) -> None:
        """A run that is served by it, finds something by that, and counts the customer."""
        customer = bench.customer(customer_id)
        with bench.run(**changes) as run:
            run.plan(customer, types=(DataType.BUSINESS,))
            assert run.recall(bench.question(text=self.QUESTION, customer_id=customer_id))
            run.finish(customer, bench.found_of(DataType.BUSINESS), Count.ENRICHED, lookups=[])
            run.end()

    def test_until_another_run_has_counted_the_customer_for_it(self, bench: Bench) -> None:
        with bench.run() as run:
            run.plan(bench.customer())
            run.ask(bench.question(text=self.QUESTION))
            run.answered(cost=40, answer=HIT)
        bench.later(minutes=1)
        assert self.news(bench)
        self.use(bench)
        assert not self.news(bench)

    def test_what_a_dead_run_left_is_none_to_those_after_the_one_that_resumed_it(self, bench: Bench) -> None:
        """That one goes on with the count of the first, which came before the answer."""
        with bench.run() as run:
            run.plan(bench.customer(), types=(DataType.PERSON, DataType.BUSINESS))
            run.finish(bench.customer(), bench.found(), lookups=[])
            bench.later(minutes=1)
            run.ask(bench.question(text=self.QUESTION))
            run.answered(cost=40, answer=HIT)
        self.use(bench, resume="last")
        assert bench.sql("SELECT SUM(counted) FROM run_customers") == [(1,)]
        assert not self.news(bench)

    def test_one_that_another_customer_brought_is_until_then_too(self, bench: Bench) -> None:
        with bench.run() as run:
            run.enrich(bench.customer())
            bench.later(minutes=1)
            run.enrich(bench.customer("bob"), lookup=2)
            run.end()
        assert self.news(bench, "bob")
        self.use(bench, "bob")
        assert not self.news(bench, "bob")

    def test_a_newer_answer_to_the_same_question_is_news_again(self, bench: Bench) -> None:
        with bench.run() as run:
            run.enrich(bench.customer())
            run.end()
        self.use(bench, "bob")
        bench.later(minutes=1)
        with bench.run(refresh=True) as run:
            run.enrich(bench.customer())
            run.end()
        assert self.news(bench, "bob")

    def test_one_that_another_brought_after_the_customer_was_counted_is_none_to_a_later_run(self, bench: Bench) -> None:
        """The count comes with the first data type that is found, and the answer with a later one."""
        with bench.run() as run:
            run.plan(bench.customer("bob"), types=(DataType.PERSON, DataType.BUSINESS))
            run.finish(bench.customer("bob"), bench.found(), lookups=[])
            bench.later(seconds=1)
            run.enrich(bench.customer(), lookup=2)
            assert run.recall(bench.question(text=self.QUESTION, customer_id="bob"))
            run.finish(bench.customer("bob"), bench.found_of(DataType.BUSINESS), Count.ENRICHED, lookups=[])
            run.end()
        assert not self.news(bench, "bob")

    def test_a_question_of_another_that_gets_no_answer_makes_it_no_news_again(self, bench: Bench) -> None:
        with bench.run() as run:
            run.plan(bench.customer())
            run.ask(bench.question(text=self.QUESTION))
            run.answered(cost=40, answer=HIT)
        self.use(bench)
        with bench.run(refresh=True) as run:
            run.plan(bench.customer("bob"))
            assert run.ask(bench.question(text=self.QUESTION, customer_id="bob")) is Ruling.SEND
        assert not self.news(bench)

    def test_a_run_that_resumes_one_counts_for_none_of_its_answers_but_those_it_uses(self, bench: Bench) -> None:
        with bench.run() as run:
            run.plan(bench.customer(), types=(DataType.PERSON, DataType.BUSINESS))
            run.ask(bench.question(text=self.QUESTION))
            run.answered(cost=40, answer=HIT)
        bench.later(minutes=1)
        with bench.run(resume="last") as run:
            run.plan(bench.customer(), types=(DataType.PERSON,))
            run.finish(bench.customer(), bench.found(), Count.ENRICHED, lookups=[])
            run.end()
        assert self.news(bench)
