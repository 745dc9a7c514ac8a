"""What is fresh, what must be looked up, and whether a run may."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Known, State
from enrich_cli.domain.report import Count
from enrich_cli.domain.tier import Lifetimes, Tier
from enrich_cli.store.ledger import LookupOutcome
from enrich_cli.store.plan import Standing

if TYPE_CHECKING:
    from tests.store.conftest import Bench, OpenRun

PERSON, BUSINESS = DataType.PERSON, DataType.BUSINESS


@pytest.fixture
def saved(bench: Bench) -> Bench:
    """A store in which `ada` was enriched by a run that ended, and nobody was found for `bob`."""
    with bench.run(run_id="first") as run:
        run.enrich(bench.customer("ada"))
        run.plan(bench.customer("bob"))
        run.finish(bench.customer("bob"), bench.nothing(), Count.NOT_FOUND, lookups=[])
        run.end()
    return bench


class TestFresh:
    def test_a_new_customer_is_reserved_and_written_down_before_anything_is_asked(self, bench: Bench) -> None:
        with bench.run() as run:
            plan = run.plan(bench.customer())
        assert (plan.standing, plan.look_up, plan.landed) == (Standing.RESERVED, (PERSON,), None)
        assert bench.sql("SELECT customer_id, outcome, counted, at FROM run_customers") == [("ada", None, 0, None)]

    def test_what_was_saved_when_all_of_a_phone_number_counted_is_fresh_as_well(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reads = {PERSON: frozenset({"email", "phone"})}
        ada = bench.customer(phone="(312) 555-0142")
        with monkeypatch.context() as then:
            now = Customer.fingerprint
            then.setattr(Customer, "fingerprint", lambda one, fields, **_: now(one, fields, phone_as_written=True))
            with bench.run(reads=reads) as run:
                run.enrich(ada)
                run.end()
        with bench.run(reads=reads) as run:
            assert run.plan(ada).landed is Count.CACHED
            assert run.plan(bench.customer("bob", phone="x")).standing is Standing.RESERVED

    def test_what_is_within_its_lifetime_is_served_as_saved(self, saved: Bench) -> None:
        saved.later(days=7, seconds=-1)
        with saved.run() as run:
            plan = run.plan(saved.customer())
            run.end()
        assert (plan.standing, plan.landed) == (Standing.SERVED, Count.CACHED)
        assert plan.fresh[PERSON].data == {"job_title": "Countess"}
        assert saved.sql("SELECT COUNT(*) FROM run_customers WHERE run_id <> 'first'") == [(0,)]

    @pytest.mark.parametrize(
        ("tier", "hours", "expected"),
        [
            (Tier.FREE, 24 * 7 - 1, Standing.SERVED),
            (Tier.FREE, 24 * 7, Standing.RESERVED),
            (Tier.PRO, 23, Standing.SERVED),
            (Tier.PRO, 24, Standing.RESERVED),
            (Tier.ENTERPRISE, 0, Standing.RESERVED),
        ],
    )
    def test_the_lifetime_is_that_of_the_tier_today(
        self, saved: Bench, tier: Tier, hours: int, expected: Standing
    ) -> None:
        saved.set_tier(tier)
        saved.later(hours=hours)
        assert saved.standing() is expected

    def test_the_lifetimes_can_be_set(self, saved: Bench) -> None:
        saved.later(seconds=11)
        assert saved.standing(lifetimes=Lifetimes(free=10)) is Standing.RESERVED

    def test_a_field_that_the_chain_reads_has_changed(self, saved: Bench) -> None:
        with saved.run() as run:
            plan = run.plan(saved.customer(name="Ada King"))
        assert plan.standing is Standing.RESERVED

    def test_what_was_found_for_other_fields_may_be_about_somebody_else_and_is_not_shown(self, saved: Bench) -> None:
        with saved.run() as run:
            assert run.plan(saved.customer(name="Ada King")).stored == {}

    def test_what_is_no_longer_fresh_is_shown_should_the_lookup_fail(self, saved: Bench) -> None:
        saved.later(days=8)
        with saved.run() as run:
            assert run.plan(saved.customer()).stored[PERSON].data == {"job_title": "Countess"}

    def test_other_fields_and_other_spellings_change_nothing(self, saved: Bench) -> None:
        with saved.run() as run:
            plan = run.plan(saved.customer(email=" ADA@Example.com ", company="Analytical Engines"))
        assert plan.standing is Standing.SERVED

    @pytest.mark.parametrize(("least", "expected"), [(0.9, Standing.SERVED), (0.91, Standing.RESERVED)])
    def test_data_less_sure_than_asked_for_today_is_not_fresh(
        self, saved: Bench, least: float, expected: Standing
    ) -> None:
        assert saved.standing(min_confidence=least) is expected

    @pytest.mark.parametrize(("field", "expected"), [("job_title", Standing.SERVED), ("email", Standing.RESERVED)])
    def test_data_without_a_required_field_is_not_fresh(self, saved: Bench, field: str, expected: Standing) -> None:
        assert saved.standing(require={PERSON: frozenset({field})}) is expected

    def test_that_nothing_was_found_is_remembered_like_an_answer(self, saved: Bench) -> None:
        with saved.run(require={PERSON: frozenset({"email"})}) as run:
            plan = run.plan(saved.customer("bob"))
        assert (plan.standing, plan.fresh[PERSON].status) == (Standing.SERVED, Known.NOT_FOUND)

    @pytest.mark.parametrize(
        ("least", "expected"), [(0.9, Standing.SERVED), (0.71, Standing.SERVED), (0.7, Standing.RESERVED)]
    )
    def test_nothing_found_is_not_fresh_where_what_was_refused_then_would_be_kept_today(
        self, bench: Bench, least: float, expected: Standing
    ) -> None:
        with bench.run(min_confidence=0.9) as run:
            run.plan(bench.customer())
            run.finish(bench.customer(), bench.nothing(refused=0.7), Count.NOT_FOUND, lookups=[])
            run.end()
        assert bench.standing(min_confidence=least) is expected

    def test_found_data_that_a_stricter_refresh_left_in_place_serves_as_before(self, saved: Bench) -> None:
        with saved.run(refresh=True, min_confidence=0.95) as run:
            run.plan(saved.customer())
            run.finish(saved.customer(), saved.nothing(refused=0.92), Count.NOT_FOUND, lookups=[])
            run.end()
        assert saved.standing(min_confidence=0.9) is Standing.SERVED

    def test_to_a_run_as_strict_nothing_was_found_and_that_is_cached(self, saved: Bench) -> None:
        with saved.run(refresh=True, min_confidence=0.95) as run:
            run.plan(saved.customer())
            run.finish(saved.customer(), saved.nothing(refused=0.92), Count.NOT_FOUND, lookups=[])
            run.end()
        with saved.run(min_confidence=0.95) as run:
            plan = run.plan(saved.customer())
        assert (plan.landed, plan.fresh[PERSON].status, plan.fresh[PERSON].data) == (
            Count.CACHED,
            Known.NOT_FOUND,
            None,
        )

    @pytest.mark.parametrize(("days", "expected"), [(3, Standing.SERVED), (2, Standing.RESERVED)])
    def test_a_refresh_by_age_leaves_alone_what_is_younger(self, saved: Bench, days: int, expected: Standing) -> None:
        saved.later(days=2)
        assert saved.standing(refresh=True, saved_before=saved.now - timedelta(days=days)) is expected

    def test_a_refresh_by_age_buys_its_answers_anew(self, saved: Bench) -> None:
        saved.later(days=2)
        with saved.run(refresh=True, saved_before=saved.now - timedelta(days=1)) as run:
            run.plan(saved.customer())
            assert run.recall(saved.question(text="who is ada?")) is None

    def test_a_failure_is_not_remembered_as_an_answer(self, bench: Bench) -> None:
        with bench.run() as run:
            run.plan(bench.customer())
            run.finish(bench.customer(), None, Count.FAILED, lookups=[], outcome=LookupOutcome.FAILED)
            run.end()
        assert bench.standing() is Standing.RESERVED

    def test_a_refresh_ignores_what_other_runs_saved(self, saved: Bench) -> None:
        assert saved.standing(refresh=True) is Standing.RESERVED
        assert saved.standing("bob", refresh=True) is Standing.RESERVED

    def test_a_refresh_ignores_what_a_run_saved_that_ended_before_the_clock_was_set_back(self, saved: Bench) -> None:
        saved.later(hours=-1)
        with saved.run(refresh=True) as run:
            assert run.plan(saved.customer()).standing is Standing.RESERVED

    def test_a_refresh_buys_nothing_that_a_run_saves_beside_it(self, saved: Bench) -> None:
        with saved.run(refresh=True) as before, saved.run(refresh=True) as run, saved.run(refresh=True) as after:
            before.enrich(saved.customer("cy"))
            before.end()
            after.enrich(saved.customer("di"))
            after.end()
            assert [run.plan(saved.customer(who)).standing for who in ("cy", "di")] == [Standing.SERVED] * 2

    def test_only_the_types_that_are_missing_are_looked_up(self, saved: Bench) -> None:
        with saved.run() as run:
            plan = run.plan(saved.customer(), types=(PERSON, BUSINESS))
        assert (plan.standing, plan.look_up, list(plan.fresh)) == (Standing.RESERVED, (BUSINESS,), [PERSON])

    def test_what_nobody_can_be_asked_for_reserves_nothing(self, bench: Bench) -> None:
        with bench.run() as run:
            plan = run.plan(bench.customer(), usable=frozenset({BUSINESS}))
            assert (plan.standing, plan.landed) == (Standing.SERVED, Count.NOT_FOUND)
        assert bench.sql("SELECT * FROM run_customers") == []

    def test_saved_data_serves_though_no_provider_is_configured_today(self, saved: Bench) -> None:
        with saved.run() as run:
            assert run.plan(saved.customer(), usable=frozenset()).landed is Count.CACHED

    def test_another_company_knows_nothing_of_it(self, saved: Bench) -> None:
        assert saved.standing(company="rival") is Standing.RESERVED


class TestResumed:
    @pytest.mark.parametrize("name", ["ada", "bob"])
    @pytest.mark.parametrize("tier", Tier)
    def test_what_the_resumed_run_saved_serves_on_any_tier_at_any_age(
        self, bench: Bench, tier: Tier, name: str
    ) -> None:
        bench.set_tier(tier)
        with bench.run(run_id="died") as run:
            run.enrich(bench.customer("ada"))
            run.plan(bench.customer("bob"))
            run.finish(bench.customer("bob"), bench.nothing(), Count.NOT_FOUND, lookups=[])
        bench.later(days=30)
        assert bench.standing(name, resume="last", refresh=True) is Standing.SERVED

    def test_a_customer_whose_fields_have_changed_is_asked_for_again(self, bench: Bench) -> None:
        with bench.run() as run:
            run.enrich(bench.customer())
        with bench.run(resume="last") as run:
            assert run.plan(bench.customer(name="Ada King")).standing is Standing.RESERVED

    def test_what_is_less_sure_than_the_resuming_run_wants_is_asked_for_again(self, bench: Bench) -> None:
        with bench.run() as run:
            run.enrich(bench.customer(), bench.found())
        assert bench.standing(resume="last", min_confidence=0.91) is Standing.RESERVED

    def test_what_was_refused_and_would_be_kept_by_the_resuming_run_is_asked_for_again(self, bench: Bench) -> None:
        with bench.run(min_confidence=0.9) as run:
            run.plan(bench.customer())
            run.finish(bench.customer(), bench.nothing(refused=0.7), Count.NOT_FOUND, lookups=[])
        assert bench.standing(resume="last", min_confidence=0.7) is Standing.RESERVED

    @pytest.mark.parametrize("refused", [None, 0.92])
    def test_data_too_unsure_that_the_resumed_run_left_in_place_is_nothing_found(
        self, saved: Bench, refused: float | None
    ) -> None:
        with saved.run(refresh=True, min_confidence=0.95) as run:
            run.plan(saved.customer())
            run.finish(saved.customer(), saved.nothing(refused), Count.NOT_FOUND, lookups=[])
        saved.later(days=30)
        with saved.run(resume="last", min_confidence=0.95) as run:
            plan = run.plan(saved.customer())
        assert (plan.landed, plan.fresh[PERSON].status, plan.fresh[PERSON].data) == (
            Count.CACHED,
            Known.NOT_FOUND,
            None,
        )


class TestRepeated:
    def test_a_customer_that_stands_twice_is_sent_once_and_lands_where_the_first_did(self, bench: Bench) -> None:
        with bench.run() as run:
            run.enrich(bench.customer())
            second = run.plan(bench.customer())
        assert (second.standing, second.landed, second.first_line) == (Standing.REPEATED, Count.ENRICHED, 2)
        assert second.stored[PERSON].data == {"job_title": "Countess"}
        assert not second.differs

    def test_while_the_first_is_under_way_it_has_not_landed(self, bench: Bench) -> None:
        with bench.run() as run:
            run.plan(bench.customer())
            second = run.plan(bench.customer(name="Ada King"))
        assert (second.standing, second.landed, second.differs) == (Standing.REPEATED, None, True)

    def test_how_each_type_ended_is_told_to_the_later_row(self, bench: Bench) -> None:
        states = {PERSON: State.FOUND, BUSINESS: State.FAILED}
        with bench.run() as run:
            run.plan(bench.customer())
            run.finish(bench.customer(), bench.found(), Count.PARTIAL, lookups=[], states=states)
            assert run.plan(bench.customer()).states == states

    @pytest.mark.parametrize("landed", [Count.FAILED, Count.OVER_QUOTA, Count.NOT_FOUND])
    def test_it_shares_every_fate(self, bench: Bench, landed: Count) -> None:
        with bench.run() as run:
            run.plan(bench.customer())
            run.finish(bench.customer(), None, landed, lookups=[])
            assert run.plan(bench.customer()).landed is landed

    def test_data_that_was_too_unsure_for_the_first_row_is_too_for_the_second(self, saved: Bench) -> None:
        with saved.run(min_confidence=0.95) as run:
            run.plan(saved.customer())
            run.finish(saved.customer(), saved.nothing(refused=0.9), Count.NOT_FOUND, lookups=[])
            shown = run.plan(saved.customer()).stored[PERSON]
        assert (shown.status, shown.data) == (Known.NOT_FOUND, None)

    def test_what_was_saved_for_other_fields_is_shown_in_no_row_of_who_was_not_looked_up(self, saved: Bench) -> None:
        saved.sql("UPDATE customer_enrichment_usage SET enrichments_count = 50")
        with saved.run() as run:
            first, second, own = (run.plan(saved.customer(name=name)) for name in ("Bob Sample", "Bob Sample", ""))
        assert [plan.landed for plan in (first, second, own)] == [Count.OVER_QUOTA] * 3
        assert [list(plan.stored) for plan in (first, second, own)] == [[], [], [PERSON]]

    def test_a_cached_one_is_repeated_too(self, saved: Bench) -> None:
        with saved.run() as run:
            plans = [run.plan(saved.customer()) for _ in range(2)]
        assert [plan.standing for plan in plans] == [Standing.SERVED, Standing.REPEATED]
        assert plans[1].landed is Count.CACHED

    def test_in_the_next_run_it_is_no_repetition(self, saved: Bench) -> None:
        assert saved.standing() is Standing.SERVED


def test_a_person_who_objected_is_suppressed_even_with_fresh_data_under_another_id(saved: Bench) -> None:
    with saved.run() as run:
        run.plan(saved.customer("twin", email="ada@example.com"))
        run.finish(saved.customer("twin", email="ada@example.com"), None, Count.SUPPRESSED, lookups=[], withheld=True)
        plan = run.plan(saved.customer("ada"))
    assert (plan.standing, plan.landed, plan.fresh) == (Standing.SUPPRESSED, Count.SUPPRESSED, {})


class TestAtTheSameTime:
    @pytest.fixture
    def first(self, bench: Bench) -> Iterator[OpenRun]:
        """A live run that has looked somebody up, and is 0.9 sure; on a tier without a cache."""
        bench.set_tier(Tier.ENTERPRISE)
        with bench.run() as run:
            run.enrich(bench.customer())
            yield run

    @pytest.mark.parametrize(("least", "expected"), [(0.9, Standing.SERVED), (0.91, Standing.RESERVED)])
    def test_what_another_run_saved_serves_one_that_it_is_sure_enough_for(
        self, bench: Bench, first: OpenRun, least: float, expected: Standing
    ) -> None:
        assert bench.standing(min_confidence=least) is expected
        with bench.run(min_confidence=least) as run:
            assert run.plan(bench.customer(), trusts=frozenset({first.run_id})).standing is expected

    def test_nothing_found_serves_one_that_would_have_found_nothing_in_it_either(
        self, bench: Bench, first: OpenRun
    ) -> None:
        first.plan(bench.customer("bob"))
        first.finish(bench.customer("bob"), bench.nothing(refused=0.4), Count.NOT_FOUND, lookups=[])
        assert bench.standing("bob", min_confidence=0.41) is Standing.SERVED
        assert bench.standing("bob", min_confidence=0.4) is Standing.RESERVED
