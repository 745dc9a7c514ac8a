"""One reserved customer on the real store: each data type is settled as it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from enrich_cli.domain.business import Business
from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Known, Result, State
from enrich_cli.domain.models import values_of
from enrich_cli.domain.outcomes import Failed, Found, Identity, NotFound, Objected, Outcome, Place
from enrich_cli.domain.property import Property
from enrich_cli.domain.report import Count
from enrich_cli.domain.social import Profile, Social
from enrich_cli.domain.tier import Tier
from enrich_cli.engine.chain import Chain, Link
from enrich_cli.gateway.stop import Interrupted
from enrich_cli.store.plan import Standing, Wish

if TYPE_CHECKING:
    from tests.engine.conftest import Make, Office, Pass, Says

PERSON, BUSINESS, SOCIAL, PROPERTY = DataType
NOBODY = NotFound()
BROKEN = Failed("out of order")
REFUSED = Failed("it does not fit the cost cap", refused=True)


@dataclass
class LookedUp:
    """What `of` said, and the run that it was part of."""

    results: dict[DataType, Result]
    count: Count
    run: Pass

    @property
    def states(self) -> dict[DataType, State]:
        return {kind: result.state for kind, result in self.results.items()}


async def look_up(
    office: Office,
    chains: Mapping[DataType, Chain],
    says: Says,
    customer: Customer,
    *,
    refresh: bool = False,
    unusable: frozenset[DataType] = frozenset(),
) -> LookedUp:
    """`unusable`: data types of which nobody can be asked."""
    async with office.store(refresh=refresh) as store:
        run = await office.new_pass(store, chains, says)
        wish = Wish(customer=customer, line=2, types=tuple(chains), usable=frozenset(chains) - unusable)
        (plan,) = await store.plan([wish])
        assert plan.standing is Standing.RESERVED
        return LookedUp(*await office.lookups(store, chains, run).of(customer, plan, tuple(chains)), run)


async def test_what_is_found_is_saved_counted_and_returned_as_saved(make: Make, office: Office) -> None:
    chains = make.chains(person="clearbit hunter")
    says: Says = {"clearbit": NOBODY, "hunter": make.found("Ada Sample", city="Paris")}
    done = await look_up(office, chains, says, make.customer())
    enrichment = done.results[PERSON].enrichment
    assert enrichment is not None
    assert (done.count, enrichment.status, enrichment.source) == (Count.ENRICHED, Known.FOUND, "hunter")
    assert enrichment.data is not None
    assert (enrichment.data["city"], enrichment.provenance) == ("Paris", {"city": "hunter"})
    assert office.sql("SELECT customer_id, outcome, counted FROM run_customers") == [("ada", "enriched", 1)]


async def test_every_lookup_gets_its_row_in_the_ledger(make: Make, office: Office) -> None:
    chains = make.chains(person="clearbit fullcontact hunter")
    says: Says = {"clearbit": make.found("Bob Other"), "fullcontact": BROKEN, "hunter": make.found()}
    await look_up(office, chains, says, make.customer())
    rows = office.sql("SELECT provider, outcome, cost, in_doubt, latency_ms, customer_id FROM provider_lookups")
    assert rows == [
        ("clearbit", "not_found", 100_000, 0, 120, "ada"),
        ("fullcontact", "failed", 0, 0, 120, "ada"),
        ("hunter", "found", 100_000, 0, 120, "ada"),
    ]


async def test_nothing_found_is_saved_and_not_counted(make: Make, office: Office) -> None:
    done = await look_up(office, make.chains(person="clearbit"), {"clearbit": NOBODY}, make.customer())
    assert (done.count, done.states) == (Count.NOT_FOUND, {PERSON: State.NOT_FOUND})
    assert office.sql("SELECT status FROM customer_enrichment_data") == [("not_found",)]
    assert office.sql("SELECT outcome, counted FROM run_customers") == [("not_found", 0)]


async def test_a_failure_is_not_saved_and_says_who_failed_and_why(make: Make, office: Office) -> None:
    chains = make.chains(person="clearbit hunter")
    done = await look_up(office, chains, {"clearbit": BROKEN, "hunter": NOBODY}, make.customer())
    assert (done.count, done.results[PERSON].reason) == (Count.FAILED, "clearbit: out of order")
    assert office.sql("SELECT COUNT(*) FROM customer_enrichment_data") == [(0,)]


async def test_a_failure_leaves_what_was_stored_in_place_and_shows_it(make: Make, office: Office) -> None:
    chains = make.chains(person="clearbit")
    await look_up(office, chains, {"clearbit": make.found(city="Paris")}, make.customer())
    done = await look_up(office, chains, {"clearbit": BROKEN}, make.customer(), refresh=True)
    shown = done.results[PERSON].enrichment
    assert (done.count, done.states) == (Count.PARTIAL, {PERSON: State.FAILED})
    assert shown is not None
    assert shown.data is not None
    assert shown.data["city"] == "Paris"


class TestAChainThatFailedInPart:
    """Somebody was found, and a provider that would have been asked for the rest failed."""

    REQUIRED = ("phone", "job_title")

    @staticmethod
    def chains(make: Make, *required: str) -> dict[DataType, Chain]:
        return {PERSON: make.chain("clearbit", "hunter", required=required)}

    async def saved_first(self, make: Make, office: Office) -> None:
        says: Says = {
            "clearbit": make.found("Ada Sample", city="Paris", phone="+1 217 555 0100"),
            "hunter": make.found("Ada Sample", job_title="Countess"),
        }
        await look_up(office, self.chains(make, *self.REQUIRED), says, make.customer())

    async def saved(self, make: Make, office: Office, then: Outcome, *required: str) -> Enrichment:
        """What is saved when first both say what they know, and later one alone says `then`."""
        await self.saved_first(make, office)
        says: Says = {"clearbit": BROKEN, "hunter": then}
        done = await look_up(office, self.chains(make, *required), says, make.customer(), refresh=True)
        assert (done.count, done.states) == (Count.ENRICHED, {PERSON: State.FOUND})
        enrichment = done.results[PERSON].enrichment
        assert enrichment is not None
        return enrichment

    async def test_what_it_had_said_stays_and_what_the_others_say_counts(self, make: Make, office: Office) -> None:
        said = make.found("Ada Sample", city="London", job_title="Duchess")
        known = await self.saved(make, office, said, *self.REQUIRED)
        assert known.data is not None
        assert (known.data["phone"], known.data["city"], known.data["job_title"]) == (
            "+1 217 555 0100",
            "London",
            "Duchess",
        )
        assert known.provenance == {"phone": "clearbit", "city": "hunter", "job_title": "hunter"}
        assert known.source == "clearbit,hunter"

    async def test_it_stays_though_nothing_is_missing_that_was_asked_for(self, make: Make, office: Office) -> None:
        known = await self.saved(make, office, make.found("Ada Sample", city="London"))
        assert known.data is not None
        assert (known.data["phone"], known.data["city"]) == ("+1 217 555 0100", "London")
        assert (known.source, known.provenance) == ("clearbit,hunter", {"phone": "clearbit", "city": "hunter"})

    async def test_it_is_as_sure_as_the_less_sure_of_both(self, make: Make, office: Office) -> None:
        await self.saved_first(make, office)
        for confidence, sources in ((0.6, "clearbit,hunter"), (0.4, "hunter")):
            office.sql("UPDATE customer_enrichment_data SET confidence_score = ?", confidence)
            says: Says = {"clearbit": BROKEN, "hunter": make.found("Ada Sample", job_title="Duchess")}
            chains = self.chains(make, *self.REQUIRED)
            known = (await look_up(office, chains, says, make.customer(), refresh=True)).results[PERSON].enrichment
            assert known is not None
            assert known.source == sources
            assert (known.confidence == confidence) == (sources != "hunter")


class TestALookupThatFailedInPart:
    """A provider found somebody, and a further request that would have told more failed."""

    UNTOLD = frozenset({"phone", "email_status"})

    async def saved(self, make: Make, office: Office, **then: str) -> Enrichment:
        """What is saved when at first nothing failed, and later all that is said is `then`."""
        chains = make.chains(person="clearbit hunter")
        first = {"email": "ada@example.com", "email_status": "deliverable", "phone": "+1 217 555 0100", "city": "Paris"}
        says: dict[str, Outcome] = {"clearbit": NOBODY, "hunter": make.found("Ada Sample", **first)}
        await look_up(office, chains, says, make.customer())
        says["hunter"] = replace(make.found("Ada Sample", **then), untold=self.UNTOLD)
        done = await look_up(office, chains, says, make.customer(), refresh=True)
        assert (done.count, done.states) == (Count.ENRICHED, {PERSON: State.FOUND})
        enrichment = done.results[PERSON].enrichment
        assert enrichment is not None
        return enrichment

    async def test_what_that_had_told_stays_and_nothing_else(self, make: Make, office: Office) -> None:
        known = await self.saved(make, office, email="ada@example.com", job_title="Countess")
        assert known.data is not None
        assert (known.data["phone"], known.data["email_status"], known.data["city"]) == (
            "+1 217 555 0100",
            "deliverable",
            None,
        )
        assert known.provenance == dict.fromkeys(("email", "job_title", "phone", "email_status"), "hunter")

    async def test_it_stays_though_the_same_provider_has_something_that_stands_in_for_it(
        self, make: Make, office: Office
    ) -> None:
        known = await self.saved(make, office, email="ada@example.com", phone="+1 217 555 0199")
        assert known.data is not None
        assert known.data["phone"] == "+1 217 555 0100"

    async def test_a_verdict_on_another_e_mail_does_not(self, make: Make, office: Office) -> None:
        known = await self.saved(make, office, email="ada@example.org")
        assert known.data is not None
        assert (known.data["email"], known.data["email_status"]) == ("ada@example.org", None)

    async def test_nor_does_one_on_an_e_mail_that_nobody_gives_any_more(self, make: Make, office: Office) -> None:
        chains = {PERSON: make.chain("clearbit", "hunter", required=("email_status", "phone"))}
        says: dict[str, Outcome] = {
            "clearbit": make.found("Ada Sample", email="ada@example.com"),
            "hunter": make.found("Ada Sample", email="ada@example.com", email_status="deliverable"),
        }
        await look_up(office, chains, says, make.customer())
        says["clearbit"] = make.found("Ada Sample", city="Paris")
        says["hunter"] = replace(make.found("Ada Sample", job_title="Countess"), untold=self.UNTOLD | {"email"})
        known = (await look_up(office, chains, says, make.customer(), refresh=True)).results[PERSON].enrichment
        assert known is not None
        assert known.provenance == {"city": "clearbit", "job_title": "hunter"}

    async def test_what_another_provider_says_of_it_counts(self, make: Make, office: Office) -> None:
        chains = {PERSON: make.chain("hunter", "clearbit", required=("phone", "job_title"))}
        says: dict[str, Outcome] = {"hunter": make.found("Ada Sample", phone="+1 217 555 0100"), "clearbit": NOBODY}
        await look_up(office, chains, says, make.customer())
        says["hunter"] = replace(make.found("Ada Sample", city="Paris"), untold=self.UNTOLD)
        says["clearbit"] = make.found("Ada Sample", phone="+1 217 555 0199")
        known = (await look_up(office, chains, says, make.customer(), refresh=True)).results[PERSON].enrichment
        assert known is not None
        assert known.provenance == {"city": "hunter", "phone": "clearbit"}


class TestAParcelWhoseValueIsNotToldAgain:
    """The property was found again, and the further request for its value failed."""

    FIELDS: Mapping[str, str] = {"address": "742 Sample St", "city": "Springfield", "state": "IL"}

    @staticmethod
    def parcel(street: str, *, untold: frozenset[str] = frozenset(), **known: Any) -> Found:
        place = Place(address=street, city="Springfield", state="IL", postal_code="62704")
        house = Property(address=f"{street}, SPRINGFIELD, IL 62704", **known)
        return Found(house, Identity(asked_by=frozenset({"address"}), places=(place,)), untold=untold)

    @pytest.mark.parametrize(("unit", "value"), [("2", 243_000), ("5", None)])
    async def test_it_stays_on_the_same_parcel_and_goes_to_no_other(
        self, make: Make, office: Office, unit: str, value: int | None
    ) -> None:
        office.set_tier(Tier.PRO)
        chains, ada = make.chains(property="attom"), make.customer(**self.FIELDS)
        await look_up(office, chains, {"attom": self.parcel("742 SAMPLE ST APT 2", market_value=243_000)}, ada)
        now = self.parcel(f"742 SAMPLE ST APT {unit}", untold=frozenset({"market_value"}), beds=3)
        known = (await look_up(office, chains, {"attom": now}, ada, refresh=True)).results[PROPERTY].enrichment
        assert known is not None
        assert values_of(PROPERTY, known.data or {}).get("market_value") == value


@pytest.mark.parametrize(("employer", "number"), [("Acme", "77"), ("Beta", None)])
async def test_what_was_known_of_a_business_goes_to_no_other_that_the_person_works_for_today(
    make: Make, office: Office, employer: str, number: str | None
) -> None:
    def works_for(name: str) -> dict[str, Outcome]:
        domain, by = f"{name.lower()}.com", frozenset({"company", "domain"})
        evidence = Identity(asked_by=by, names=(name,), companies=(name,), domains=(domain,))
        return {
            "clearbit": make.found("Ada Sample", company=name, company_domain=domain),
            "places": Found(Business(name=name, website=f"https://{domain}"), evidence),
            "registry": Found(Business(company_number="77", jurisdiction="us_il"), evidence),
        }

    office.set_tier(Tier.PRO)
    chains = make.chains(person="clearbit", business="places registry")
    await look_up(office, chains, works_for("Acme"), make.customer())
    says = works_for(employer) | {"registry": BROKEN}
    await look_up(office, {PERSON: chains[PERSON]}, says, make.customer(), refresh=True)
    known = await look_up(office, {BUSINESS: chains[BUSINESS]}, says, make.customer(), refresh=True)
    enrichment = known.results[BUSINESS].enrichment
    assert enrichment is not None
    assert enrichment.data is not None
    assert (enrichment.data["name"], enrichment.data["company_number"]) == (employer, number)


class TestAProviderThatIsNotAsked:
    """What it had said, and was paid for, stays where something is missing."""

    REQUIRED = ("phone", "bio")

    async def saved(self, make: Make, office: Office, chain: Chain, **says: Outcome) -> Enrichment:
        """What is saved when first all know something, and later those of `chain` are asked."""
        first: dict[str, Outcome] = {
            "clearbit": make.found("Ada Sample", city="Paris", phone="+1 217 555 0100"),
            "fullcontact": make.found("Ada Sample", twitter="ada"),
            "hunter": make.found("Ada Sample", job_title="Countess"),
        }
        before = {PERSON: make.chain(*first, required=self.REQUIRED)}
        await look_up(office, before, first, make.customer())
        office.sql("UPDATE customer_enrichment_data SET confidence_score = 0.6")
        done = await look_up(office, {PERSON: chain}, first | says, make.customer(), refresh=True)
        enrichment = done.results[PERSON].enrichment
        assert enrichment is not None
        return enrichment

    async def test_since_it_is_not_configured_any_more(self, make: Make, office: Office) -> None:
        links = [Link(make.provider("clearbit"), None, "not configured"), make.link("fullcontact"), make.link("hunter")]
        chain = Chain(PERSON, links, frozenset(self.REQUIRED))
        hunter = make.found("Ada Sample", city="London")
        known = await self.saved(make, office, chain, fullcontact=NOBODY, hunter=hunter)
        assert known.provenance == {"city": "hunter", "phone": "clearbit"}
        assert known.data is not None
        assert (known.data["city"], known.data["phone"]) == ("London", "+1 217 555 0100")
        assert (known.source, known.confidence) == ("clearbit,hunter", 0.6)

    async def test_since_it_is_not_in_the_chain_any_more(self, make: Make, office: Office) -> None:
        known = await self.saved(make, office, make.chain("hunter", "fullcontact", required=self.REQUIRED))
        assert known.provenance == {
            "job_title": "hunter",
            "twitter": "fullcontact",
            "city": "clearbit",
            "phone": "clearbit",
        }
        assert known.source == "hunter,fullcontact,clearbit"

    async def test_unless_others_say_all_that_is_wanted(self, make: Make, office: Office) -> None:
        known = await self.saved(make, office, make.chain("clearbit", "fullcontact", "hunter"))
        assert known.source == "clearbit"
        assert (known.confidence or 0) > 0.9

    async def test_one_that_is_asked_is_held_to_what_it_says_now(self, make: Make, office: Office) -> None:
        chain = make.chain("clearbit", "fullcontact", "hunter", required=self.REQUIRED)
        found = make.found("Ada Sample", email="ada@example.com")
        known = await self.saved(make, office, chain, clearbit=found, hunter=NOBODY)
        assert known.provenance == {"email": "clearbit", "twitter": "fullcontact"}


class TestWhatIsKnownOfThePerson:
    """It is what profiles are looked up by: once both are found, each later run finds or loses one of them."""

    URL = "https://www.linkedin.com/in/ada-sample"

    @staticmethod
    def chains(make: Make) -> dict[DataType, Chain]:
        networks = {"linkedin": frozenset({"linkedin_url"}), "twitter": frozenset({"twitter"})}
        links = [make.link(name, data_type=SOCIAL, reads=by, needs=(by,)) for name, by in networks.items()]
        return {PERSON: make.chain("clearbit"), SOCIAL: Chain(SOCIAL, links)}

    @staticmethod
    def profile(network: str, by: str) -> Found:
        found = Social(**{network: Profile(handle="ada")})
        return Found(found, Identity(asked_by=frozenset({by}), names=("Ada Sample",)))

    async def later(self, make: Make, office: Office, **says: Outcome) -> LookedUp:
        office.set_tier(Tier.PRO)
        first: dict[str, Outcome] = {
            "clearbit": make.found("Ada Sample", linkedin_url=self.URL, twitter="ada"),
            "linkedin": self.profile("linkedin", "linkedin_url"),
            "twitter": self.profile("twitter", "twitter"),
        }
        done = await look_up(office, self.chains(make), first, make.customer())
        assert self.provenance(done) == {"linkedin": "linkedin", "twitter": "twitter"}
        return await look_up(office, self.chains(make), first | says, make.customer(), refresh=True)

    @staticmethod
    def provenance(done: LookedUp) -> Mapping[str, str] | None:
        enrichment = done.results[SOCIAL].enrichment
        assert enrichment is not None
        return enrichment.provenance

    @pytest.mark.parametrize("says", [BROKEN, NOBODY])
    async def test_it_serves_where_they_are_not_found_again(self, make: Make, office: Office, says: Outcome) -> None:
        done = await self.later(make, office, clearbit=says)
        assert self.provenance(done) == {"linkedin": "linkedin", "twitter": "twitter"}
        assert [provider for provider, _ in done.run.desk.asked] == ["clearbit", "linkedin", "twitter"]

    @pytest.mark.parametrize(("handle", "kept"), [("ada", {"linkedin", "twitter"}), ("another", {"linkedin"})])
    async def test_what_a_provider_that_fails_had_said_stays_if_it_is_asked_by_the_same(
        self, make: Make, office: Office, handle: str, kept: set[str]
    ) -> None:
        person = make.found("Ada Sample", linkedin_url=self.URL, twitter=handle)
        done = await self.later(make, office, clearbit=person, twitter=BROKEN)
        assert (self.provenance(done) or {}).keys() == kept

    @pytest.mark.parametrize(("handle", "kept"), [("ada", {"linkedin", "twitter"}), ("another", {"linkedin"})])
    async def test_so_does_that_of_one_that_is_not_configured_any_more(
        self, make: Make, office: Office, handle: str, kept: set[str]
    ) -> None:
        await self.later(make, office)
        linkedin, twitter = self.chains(make)[SOCIAL].links
        chains = self.chains(make) | {SOCIAL: Chain(SOCIAL, [linkedin, Link(twitter.provider, None)])}
        says = {
            "clearbit": make.found("Ada Sample", linkedin_url=self.URL, twitter=handle),
            "linkedin": self.profile("linkedin", "linkedin_url"),
        }
        done = await look_up(office, chains, says, make.customer(), refresh=True)
        assert (self.provenance(done) or {}).keys() == kept

    @pytest.mark.parametrize(
        ("refresh", "who", "asked"),
        [
            (True, {}, ["linkedin", "twitter"]),
            (True, {"linkedin_url": URL}, ["linkedin", "twitter"]),
            (True, {"email": "eve@example.com"}, []),
            (False, {}, []),
        ],
    )
    async def test_it_serves_a_refresh_of_other_types_of_the_same_customer(
        self, make: Make, office: Office, *, refresh: bool, who: dict[str, str], asked: list[str]
    ) -> None:
        person = make.found("Ada Sample", linkedin_url=self.URL, twitter="ada")
        office.set_tier(Tier.PRO)
        await look_up(office, {PERSON: make.chain("clearbit")}, {"clearbit": person}, make.customer())
        says: Says = {name: self.profile(name, name) for name in ("linkedin", "twitter")}
        async with office.store(refresh=refresh) as store:
            social = {SOCIAL: self.chains(make)[SOCIAL]}
            run = await office.new_pass(store, social, says)
            await office.go(store, social, run, [make.row(2, "ada", **who)])
        assert [provider for provider, _ in run.desk.asked] == asked

    @pytest.mark.parametrize(("confidence", "asked"), [(0.6, ["linkedin", "twitter"]), (0.4, [])])
    async def test_it_serves_where_nobody_can_be_asked_about_them_and_claims_nothing_if_it_is_too_unsure(
        self, make: Make, office: Office, confidence: float, asked: list[str]
    ) -> None:
        office.set_tier(Tier.PRO)
        person = make.found("Ada Sample", linkedin_url=self.URL, twitter="ada")
        await look_up(office, {PERSON: make.chain("clearbit")}, {"clearbit": person}, make.customer())
        office.sql("UPDATE customer_enrichment_data SET confidence_score = ?", confidence)
        chains = self.chains(make) | {PERSON: Chain(PERSON, [Link(make.provider("clearbit"), None)])}
        run = await office.run(chains, {"linkedin": NOBODY, "twitter": NOBODY}, [make.row(2, "ada")], refresh=True)
        assert [provider for provider, _ in run.desk.asked] == asked
        assert bool(office.sql("SELECT 1 FROM run_customers WHERE run_id = 'run-2'")) is bool(asked)

    async def test_what_was_found_by_a_hint_that_nobody_gives_now_stays(self, make: Make, office: Office) -> None:
        done = await self.later(make, office, clearbit=make.found("Ada Sample", linkedin_url=self.URL))
        assert [provider for provider, _ in done.run.desk.asked] == ["clearbit", "linkedin"]
        assert self.provenance(done) == {"linkedin": "linkedin", "twitter": "twitter"}


@pytest.mark.parametrize(("confidence", "shown"), [(0.6, Known.FOUND), (0.4, Known.NOT_FOUND)])
async def test_data_that_a_miss_leaves_in_place_is_shown_where_it_is_sure_enough_for_today(
    make: Make, office: Office, confidence: float, shown: Known
) -> None:
    chains = make.chains(person="clearbit")
    await look_up(office, chains, {"clearbit": make.found()}, make.customer())
    office.sql("UPDATE customer_enrichment_data SET confidence_score = ?", confidence)
    done = await look_up(office, chains, {"clearbit": NOBODY}, make.customer(), refresh=True)
    enrichment = done.results[PERSON].enrichment
    assert enrichment is not None
    assert (done.states, enrichment.status) == ({PERSON: State.NOT_FOUND}, shown)
    assert (enrichment.data is None) == (shown is Known.NOT_FOUND)
    assert office.sql("SELECT status, confidence_score FROM customer_enrichment_data") == [("found", confidence)]


@pytest.mark.parametrize("first", ["person", "property"])
async def test_where_a_customer_lands_by_that_does_not_depend_on_which_type_ends_last(
    make: Make, office: Office, first: str
) -> None:
    await look_up(office, make.chains(person="clearbit"), {"clearbit": make.found()}, make.customer())
    office.sql("UPDATE customer_enrichment_data SET confidence_score = 0.4")
    office.set_tier(Tier.PRO)
    names = {"person": "clearbit", "property": "attom"}
    chains = make.chains(**{first: names.pop(first)}, **names)
    done = await look_up(office, chains, {"clearbit": NOBODY, "attom": BROKEN}, make.customer(), refresh=True)
    assert (done.count, done.states[PERSON]) == (Count.FAILED, State.NOT_FOUND)


async def test_two_types_found_count_once(make: Make, office: Office) -> None:
    chains = make.chains(person="clearbit", business="places")
    done = await look_up(office, chains, {"clearbit": make.found(), "places": make.found()}, make.customer())
    assert (done.count, list(done.results)) == (Count.ENRICHED, [PERSON, BUSINESS])
    assert office.sql("SELECT enrichments_count FROM customer_enrichment_usage") == [(1,)]


async def test_one_found_and_one_failed_is_partial_and_counted(make: Make, office: Office) -> None:
    chains = make.chains(person="clearbit", business="places")
    done = await look_up(office, chains, {"clearbit": make.found(), "places": BROKEN}, make.customer())
    assert done.count is Count.PARTIAL
    assert office.sql("SELECT outcome, counted FROM run_customers") == [("partial", 1)]


async def test_only_what_is_not_fresh_is_looked_up(make: Make, office: Office) -> None:
    await look_up(office, make.chains(person="clearbit"), {"clearbit": make.found()}, make.customer())
    chains = make.chains(person="clearbit", business="places")
    done = await look_up(office, chains, {"places": NOBODY}, make.customer())
    assert (done.count, done.results[PERSON].fresh) == (Count.NOT_FOUND, True)
    assert done.run.desk.asked == [("places", "ada")]


@pytest.mark.parametrize(
    ("said", "count"), [(NOBODY, Count.NOT_FOUND), (BROKEN, Count.PARTIAL)], ids=["nobody", "broken"]
)
async def test_what_is_stored_of_a_type_that_nobody_can_be_asked_for_is_shown_and_known(
    make: Make, office: Office, said: Outcome, count: Count
) -> None:
    chains = make.chains(person="clearbit", business="places")
    await look_up(office, chains, {"clearbit": make.found(city="Paris"), "places": NOBODY}, make.customer())
    nobody = frozenset({PERSON})
    done = await look_up(office, chains, {"places": said}, make.customer(), refresh=True, unusable=nobody)
    shown = done.results[PERSON].enrichment
    assert (done.count, done.states[PERSON]) == (count, State.SKIPPED)
    assert shown is not None
    assert (shown.data or {}).get("city") == "Paris"


class TestCaps:
    async def test_when_nothing_could_be_sent_it_is_over_quota_and_leaves_no_trace(
        self, make: Make, office: Office
    ) -> None:
        chains = make.chains(person="clearbit", business="places")
        done = await look_up(office, chains, {"clearbit": REFUSED, "places": REFUSED}, make.customer())
        assert done.count is Count.OVER_QUOTA
        assert office.sql("SELECT COUNT(*) FROM run_customers") == [(0,)]
        assert office.sql("SELECT COUNT(*) FROM provider_lookups") == [(0,)]

    @pytest.mark.parametrize(("first", "count"), [("found", Count.PARTIAL), ("nobody", Count.FAILED)])
    async def test_what_is_refused_after_something_was_sent_has_failed(
        self, make: Make, office: Office, first: str, count: Count
    ) -> None:
        chains = make.chains(person="clearbit", business="places")
        said = make.found() if first == "found" else NOBODY
        done = await look_up(office, chains, {"clearbit": said, "places": REFUSED}, make.customer())
        assert (done.count, done.results[BUSINESS].refused) == (count, True)


class TestLoweredTier:
    """The limit was lowered while the customer was looked up, and leaves it no place."""

    @staticmethod
    def lowered_meanwhile(office: Office, says: Mapping[str, Outcome]) -> Says:
        """Under `pro`, the 50 of `free` are used; whoever is asked first sees the tier change."""
        office.use_quota(50)
        office.set_tier(Tier.PRO)

        def say(provider: str, _: Customer) -> Outcome:
            office.set_tier(Tier.FREE)
            return says[provider]

        return say

    async def test_it_is_over_quota_whatever_was_found_and_nothing_of_it_is_kept(
        self, make: Make, office: Office
    ) -> None:
        says = self.lowered_meanwhile(office, {"clearbit": make.found(), "places": make.found()})
        chains = make.chains(person="clearbit", business="places")
        done = await look_up(office, chains, says, make.customer())
        assert (done.count, done.states) == (Count.OVER_QUOTA, {PERSON: State.SKIPPED, BUSINESS: State.SKIPPED})
        assert office.sql("SELECT COUNT(*) FROM customer_enrichment_data") == [(0,)]
        assert office.sql("SELECT enrichments_count FROM customer_enrichment_usage") == [(50,)]
        assert office.broken() == []

    async def test_what_was_stored_before_is_shown(self, make: Make, office: Office) -> None:
        chains = make.chains(person="clearbit")
        await look_up(office, chains, {"clearbit": make.found(city="Paris")}, make.customer())
        office.sql("UPDATE customer_enrichment_usage SET enrichments_count = 50")
        office.set_tier(Tier.PRO)

        def say(provider: str, _: Customer) -> Outcome:
            office.set_tier(Tier.FREE)
            return make.found(city="Rome")

        done = await look_up(office, chains, say, make.customer(), refresh=True)
        shown = done.results[PERSON].enrichment
        assert shown is not None
        assert shown.data is not None
        assert (done.count, shown.data["city"]) == (Count.OVER_QUOTA, "Paris")


class TestObjection:
    async def test_nothing_more_is_asked_and_all_that_was_stored_is_gone(self, make: Make, office: Office) -> None:
        await look_up(office, make.chains(person="clearbit"), {"clearbit": make.found()}, make.customer())
        chains = make.chains(person="hunter", business="places")
        done = await look_up(office, chains, {"hunter": Objected()}, make.customer(), refresh=True)
        assert (done.count, done.results) == (Count.SUPPRESSED, {})
        assert done.run.desk.asked == [("hunter", "ada")]
        for table in ("customers", "customer_enrichment_data", "answers"):
            assert office.sql(f"SELECT COUNT(*) FROM {table}") == [(0,)]

    async def test_what_it_cost_stays_booked_without_the_person(self, make: Make, office: Office) -> None:
        await look_up(office, make.chains(person="hunter"), {"hunter": Objected()}, make.customer())
        ((customer_id, cost),) = office.sql("SELECT customer_id, cost FROM provider_lookups")
        assert (customer_id.startswith("forgotten_"), cost) == (True, 100_000)


class TestInterrupt:
    async def test_the_types_that_are_done_are_saved_and_what_was_asked_is_booked(
        self, make: Make, office: Office
    ) -> None:
        chains = make.chains(person="clearbit", business="places registry")
        says: Says = {"clearbit": make.found(), "places": NOBODY, "registry": Interrupted()}
        with pytest.raises(Interrupted):
            await look_up(office, chains, says, make.customer())
        assert office.sql("SELECT data_type, status FROM customer_enrichment_data") == [("person", "found")]
        assert office.sql("SELECT provider FROM provider_lookups") == [("clearbit",), ("places",), ("registry",)]
        assert office.sql("SELECT outcome, counted FROM run_customers") == [(None, 1)]

    async def test_an_unfinished_chain_never_says_that_there_is_nothing(self, make: Make, office: Office) -> None:
        says: Says = {"clearbit": NOBODY, "hunter": Interrupted()}
        with pytest.raises(Interrupted):
            await look_up(office, make.chains(person="clearbit hunter"), says, make.customer())
        assert office.sql("SELECT COUNT(*) FROM customer_enrichment_data") == [(0,)]
