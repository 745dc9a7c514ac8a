"""The data types of one customer: beside each other where they can be, with what is learned of the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio
import pytest

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import State
from enrich_cli.domain.outcomes import Failed, Found, Identity, NotFound, Objected, Outcome
from enrich_cli.domain.report import Count
from enrich_cli.domain.social import Profile, Social
from enrich_cli.domain.tier import Tier
from enrich_cli.engine.chain import Chain
from enrich_cli.gateway.stop import Interrupted

if TYPE_CHECKING:
    from tests.engine.conftest import Make, Office

PERSON, BUSINESS, SOCIAL, PROPERTY = DataType
BY_HANDLE = {"needs": (frozenset({"twitter"}),)}
NOBODY = NotFound()


@pytest.fixture(autouse=True)
def all_types(office: Office) -> None:
    office.set_tier(Tier.PRO)


def chains(make: Make, **differs: object) -> dict[DataType, Chain]:
    """A vendor a type; that of social is asked by a handle, which no row of these tests has."""
    links = {kind: make.link(kind.value, data_type=kind) for kind in (PERSON, BUSINESS, PROPERTY)}
    links[SOCIAL] = make.link("social", data_type=SOCIAL, **BY_HANDLE)
    return {kind: Chain(kind, [links[kind]]) for kind in DataType}


class TestHints:
    async def test_what_the_person_brings_reaches_social_and_business(self, make: Make, office: Office) -> None:
        asked: dict[str, Customer] = {}

        def says(vendor: str, customer: Customer) -> Outcome:
            asked[vendor] = customer
            return make.found("Ada Sample", twitter="ada", company="Pumps") if vendor == "person" else NOBODY

        run = await office.run(chains(make), says, [make.row(2, "ada")])
        assert asked["social"].twitter == "ada"
        assert asked["business"].company == "Pumps"
        assert asked["property"].company is None
        assert run.finished[0].results[SOCIAL].state is State.NOT_FOUND

    @pytest.mark.parametrize("person", [NOBODY, Failed("out of order")])
    async def test_without_any_social_is_skipped_and_remembered_as_nothing(
        self, make: Make, office: Office, person: Outcome
    ) -> None:
        says: dict[str, Outcome] = {"person": person, "business": NOBODY, "property": NOBODY}
        run = await office.run(chains(make), says, [make.row(2, "ada")])
        assert run.finished[0].results[SOCIAL].state is State.SKIPPED
        assert office.sql("SELECT COUNT(*) FROM customer_enrichment_data WHERE data_type = 'social'") == [(0,)]

    async def test_a_person_who_is_known_already_brings_them_too(self, make: Make, office: Office) -> None:
        known = {PERSON: chains(make)[PERSON]}
        await office.run(known, {"person": make.found("Ada Sample", twitter="ada")}, [make.row(2, "ada")])
        both = {kind: chains(make)[kind] for kind in (PERSON, SOCIAL)}
        profile = Found(
            Social(twitter=Profile(handle="ada")), Identity(asked_by=frozenset({"twitter"}), names=("Ada Sample",))
        )
        run = await office.run(both, {"social": profile}, [make.row(2, "ada")])
        assert run.desk.asked == [("social", "ada")]
        assert (run.counts, office.broken()) == ({Count.ENRICHED: 1}, [])

    async def test_a_person_known_to_have_none_lets_social_be_and_nothing_is_reserved(
        self, make: Make, office: Office
    ) -> None:
        both = {kind: chains(make)[kind] for kind in (PERSON, SOCIAL)}
        await office.run(both, {"person": make.found("Ada Sample")}, [make.row(2, "ada")])
        run = await office.run(both, {}, [make.row(2, "ada")])
        assert (run.desk.asked, run.counts) == ([], {Count.CACHED: 1})


class TestBesideEachOther:
    async def test_property_does_not_wait_for_the_person(self, make: Make, office: Office) -> None:
        async with office.store() as store:
            run = await office.new_pass(store, chains(make), lambda *_: NOBODY)
            run.desk.hold = anyio.Event()
            async with anyio.create_task_group() as going:
                going.start_soon(office.go, store, chains(make), run, [make.row(2, "ada")])
                with anyio.fail_after(10):
                    while len(run.desk.asked) < 2:
                        run.desk.began = anyio.Event()
                        await run.desk.began.wait()
                await anyio.wait_all_tasks_blocked()
                beside = {vendor for vendor, _ in run.desk.asked}
                run.desk.hold.set()
        assert beside == {"person", "property"}
        assert {vendor for vendor, _ in run.desk.asked} == {"person", "property", "business"}

    async def test_no_more_than_the_places_are_in_flight(self, make: Make, office: Office) -> None:
        rows = [make.row(number) for number in range(2, 12)]
        run = await office.run(chains(make), lambda *_: NOBODY, rows, concurrency=3)
        assert run.desk.most_in_flight <= 3

    async def test_one_count_and_one_outcome_come_of_all_types(self, make: Make, office: Office) -> None:
        says: dict[str, Outcome] = {
            **dict.fromkeys(DataType, NOBODY),
            "person": make.found("Ada Sample", twitter="ada"),
        }
        run = await office.run(chains(make), says, [make.row(2, "ada")])
        states = {kind: result.state for kind, result in run.finished[0].results.items()}
        assert states == {**dict.fromkeys(DataType, State.NOT_FOUND), PERSON: State.FOUND}
        assert office.sql("SELECT outcome, counted FROM run_customers") == [("enriched", 1)]
        assert office.sql("SELECT enrichments_count FROM customer_enrichment_usage") == [(1,)]
        assert office.broken() == []


class TestEndings:
    async def test_an_objection_to_one_stops_the_others_and_keeps_nothing(self, make: Make, office: Office) -> None:
        says: dict[str, Outcome] = {"person": Objected(), "property": make.found()}
        run = await office.run(chains(make), says, [make.row(2, "ada")])
        assert {vendor for vendor, _ in run.desk.asked} <= {"person", "property"}
        assert run.counts == {Count.SUPPRESSED: 1}
        assert office.sql("SELECT COUNT(*) FROM customer_enrichment_data") == [(0,)]
        assert office.broken() == []

    async def test_an_interrupt_saves_the_types_that_are_done_and_leaves_the_customer_open(
        self, make: Make, office: Office
    ) -> None:
        def says(vendor: str, _: Customer) -> Outcome | Interrupted:
            return Interrupted() if vendor == "property" else make.found("Ada Sample")

        run = await office.run(chains(make), says, [make.row(2, "ada")])
        assert (run.complete, run.counts) == (False, {})
        saved = {kind for (kind,) in office.sql("SELECT data_type FROM customer_enrichment_data")}
        assert "person" in saved
        assert "property" not in saved
