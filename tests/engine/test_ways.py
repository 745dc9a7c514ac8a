"""The ways that a customer's lookups may take."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Known, content_of
from enrich_cli.domain.money import Money
from enrich_cli.engine.chain import Chain
from enrich_cli.engine.ways import EVERY_FIELD, GoesOn, Step, Way, sure_steps, way_through, ways
from enrich_cli.providers.base import Provider
from enrich_cli.providers.catalog import PROVIDERS
from enrich_cli.providers.lookup import NOTHING
from enrich_cli.store.plan import Plan, Standing

if TYPE_CHECKING:
    from tests.engine.conftest import Make

NOW = datetime(2026, 11, 3, tzinfo=UTC)
PERSON, SOCIAL = DataType.PERSON, DataType.SOCIAL
HANDLE = frozenset({"twitter"})


def test_a_step_is_a_provider_that_can_be_asked_with_the_prices_of_its_sheet(make: Make) -> None:
    asked = make.link("clearbit", price=Money(100), most=lambda *_: Fraction(3), miss=Fraction(1, 2))
    chain = Chain(PERSON, [asked, make.link("mute", needs=(HANDLE,))])
    assert way_through(chain, make.customer()).steps == (Step("clearbit", most=300, miss=50),)


def test_a_step_knows_what_required_fields_cost_beside_the_first_answer(make: Make) -> None:
    asked = make.link("hunter", price=Money(100), most=lambda *asked: Fraction(3 if asked[-1] else 1))
    (step,) = way_through(Chain(PERSON, [asked], frozenset({"email_status"})), make.customer()).steps
    assert (step.most, step.follow_up) == (300, 200)


@pytest.mark.parametrize(
    ("data_type", "required", "goes_on"),
    [
        (PERSON, (), GoesOn.NO),
        (DataType.BUSINESS, (), GoesOn.YES),
        (SOCIAL, (), GoesOn.YES),
        (PERSON, ("job_title",), GoesOn.PERHAPS),
    ],
)
def test_whether_it_goes_on_after_somebody_was_found_depends_on_what_is_wanted(
    make: Make, data_type: DataType, required: tuple[str, ...], goes_on: GoesOn
) -> None:
    chain = make.chain("clearbit", data_type=data_type, required=required)
    assert way_through(chain, make.customer()).goes_on is goes_on


def test_an_answer_on_disk_is_free_unless_more_has_to_be_bought_beside_it() -> None:
    def on_disk(*steps: Step) -> bool:
        return Way(PERSON, steps, GoesOn.NO).served({"hunter"}).is_free

    alone, followed, dear, unpriced = (
        Step("hunter", 100, 0),
        Step("hunter", 300, 0, follow_up=200),
        Step("clearbit", 100, 100),
        Step("facebook", 0, 0),
    )
    assert on_disk(alone)
    assert on_disk(alone, unpriced)
    assert not on_disk(followed)
    assert not on_disk(alone, dear)


class TestHints:
    @pytest.fixture
    def chains(self, make: Make) -> dict[DataType, Chain]:
        links = [make.link("twitter", needs=(HANDLE,), reads=HANDLE), make.link("facebook")]
        return {PERSON: make.chain("clearbit"), SOCIAL: Chain(SOCIAL, links)}

    def test_what_can_be_asked_only_with_a_hint_is_marked(self, make: Make, chains: dict[DataType, Chain]) -> None:
        plan = Plan(standing=Standing.RESERVED, look_up=(PERSON, SOCIAL))
        person, social = ways(make.customer(), plan, chains)
        assert [step.hinted for step in person.steps] == [False]
        assert {step.provider: step.hinted for step in social.steps} == {"twitter": True, "facebook": False}
        assert [account.provider.name for account, _, _ in sure_steps(make.customer(), plan, chains)] == [
            "clearbit",
            "facebook",
        ]

    def test_a_hint_that_the_row_itself_gives_is_none(self, make: Make, chains: dict[DataType, Chain]) -> None:
        plan = Plan(standing=Standing.RESERVED, look_up=(PERSON, SOCIAL))
        _, social = ways(make.customer(twitter="ada"), plan, chains)
        assert not any(step.hinted for step in social.steps)

    @pytest.mark.parametrize(("handle", "asked"), [("ada", ["twitter", "facebook"]), (None, ["facebook"])])
    def test_of_a_person_who_is_known_the_hints_are_sure(
        self, make: Make, chains: dict[DataType, Chain], handle: str | None, asked: list[str]
    ) -> None:
        known = Enrichment(
            data_type=PERSON, status=Known.FOUND, cached_at=NOW, expires_at=NOW, content=content_of({"twitter": handle})
        )
        plan = Plan(standing=Standing.RESERVED, fresh={PERSON: known}, look_up=(SOCIAL,))
        (social,) = ways(make.customer(), plan, chains)
        assert [step.provider for step in social.steps] == asked
        assert not any(step.hinted for step in social.steps)


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)
def test_there_is_a_customer_whom_every_provider_can_be_asked_about(provider: Provider) -> None:
    assert provider.can_ask(EVERY_FIELD)


def test_a_miss_is_free_where_the_sheet_says_so() -> None:
    free = {provider.name for provider in PROVIDERS if provider.miss == NOTHING}
    assert free == {"hunter", "twitter", "facebook", "attom"}
