"""One data type of one customer: who is asked next, when it stops, and how answers merge."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import State
from enrich_cli.domain.outcomes import Failed, Found, Identity, NotFound, Objected
from enrich_cli.domain.person import Person
from enrich_cli.domain.property import Property
from enrich_cli.engine.chain import Chain, Link, follow
from enrich_cli.engine.findings import Findings
from enrich_cli.gateway.journal import OverQuota
from enrich_cli.gateway.slots import Slots
from enrich_cli.gateway.stop import Interrupted
from enrich_cli.gateway.ticket import Ticket
from enrich_cli.matching.judge import judge

if TYPE_CHECKING:
    from tests.engine.conftest import Desk, Make

NOBODY = NotFound()
BROKEN = Failed("out of order")


async def followed(make: Make, chain: Chain, desk: Desk, *, min_confidence: float = 0.5) -> Findings:
    numbers = itertools.count(1)
    async with Slots(1).slot() as slot:

        def ticket(after: int | None) -> Ticket:
            return Ticket(lookup=next(numbers), customer_id="ada", slot=slot, after=after)

        return await follow(chain, make.customer(), desk, min_confidence=min_confidence, ticket=ticket)


def asked(desk: Desk) -> list[str]:
    return [provider for provider, _ in desk.asked]


class TestFallback:
    async def test_the_first_accepted_answer_ends_the_chain(self, make: Make) -> None:
        desk = make.desk({"first": NOBODY, "second": make.found(), "third": make.found()})
        findings = await followed(make, make.chain("first", "second", "third"), desk)
        assert (asked(desk), findings.state, findings.sources) == (["first", "second"], State.FOUND, ["second"])

    async def test_a_provider_that_fails_hands_over_to_the_next(self, make: Make) -> None:
        desk = make.desk({"first": BROKEN, "second": make.found()})
        findings = await followed(make, make.chain("first", "second"), desk)
        assert (findings.state, findings.failures) == (State.FOUND, [("first", BROKEN)])

    async def test_each_lookup_has_a_number_of_its_own_and_knows_the_one_before_it(self, make: Make) -> None:
        desk = make.desk({"first": NOBODY, "second": NOBODY})
        findings = await followed(make, make.chain("first", "second"), desk)
        assert desk.lookups == [1, 2]
        assert [one.ticket.after for one in findings.attempts] == [None, 1]

    async def test_each_answer_is_settled_before_the_next_is_asked_and_the_last_is_left_on_its_ticket(
        self, make: Make
    ) -> None:
        desk = make.desk({"first": NOBODY, "second": NOBODY, "third": NOBODY})
        await followed(make, make.chain("first", "second", "third"), desk)
        assert desk.settled == [1, 2]

    async def test_who_is_not_configured_or_lacks_a_field_is_not_asked(self, make: Make) -> None:
        needs = (frozenset({"phone"}),)
        links = [
            Link(make.provider("without key"), None, "not configured"),
            make.link("by phone", needs=needs),
            make.link("by e-mail"),
        ]
        desk = make.desk({"by e-mail": make.found()})
        findings = await followed(make, Chain(links[0].provider.data_type, links), desk)
        assert (asked(desk), findings.sources) == (["by e-mail"], ["by e-mail"])

    async def test_an_objection_ends_the_chain(self, make: Make) -> None:
        desk = make.desk({"first": NOBODY, "second": Objected(), "third": make.found()})
        findings = await followed(make, make.chain("first", "second", "third"), desk)
        assert (asked(desk), findings.objected, findings.data) == (["first", "second"], True, None)

    async def test_an_interrupt_ends_the_chain_and_keeps_what_came(self, make: Make) -> None:
        desk = make.desk({"first": make.found(city="Paris"), "second": Interrupted()})
        findings = await followed(make, make.chain("first", "second", "third", required=["email"]), desk)
        assert (asked(desk), findings.interrupted) == (["first", "second"], True)
        assert [one.outcome for one in findings.attempts] == [make.found(city="Paris"), None]

    async def test_who_has_lost_its_place_in_the_quota_is_asked_about_nowhere_else(self, make: Make) -> None:
        desk = make.desk({"first": NOBODY, "second": OverQuota(), "third": make.found()})
        findings = await followed(make, make.chain("first", "second", "third"), desk)
        assert (asked(desk), findings.state) == (["first", "second"], State.FAILED)
        assert len(desk.judged_as) == 2


class TestRequire:
    async def test_the_chain_goes_on_until_all_is_there_and_fills_gaps_only(self, make: Make) -> None:
        desk = make.desk(
            {
                "first": make.found("Ada Sample", city="Paris", company="Acme"),
                "second": make.found("Ada Sample", city="Rome", email="ada@example.com"),
                "third": make.found("Ada Sample", job_title="Countess"),
                "fourth": make.found(),
            }
        )
        chain = make.chain("first", "second", "third", "fourth", required=["job_title", "email"])
        findings = await followed(make, chain, desk)
        assert asked(desk) == ["first", "second", "third"]
        assert findings.provenance == {"city": "first", "company": "first", "email": "second", "job_title": "third"}
        assert isinstance(findings.data, Person)
        assert (findings.data.city, findings.data.email, findings.data.job_title) == (
            "Paris",
            "ada@example.com",
            "Countess",
        )

    @pytest.mark.parametrize("none", [{"permits": ()}, {"owner_occupied": False}])
    async def test_that_there_is_none_is_an_answer(self, make: Make, none: dict[str, Any]) -> None:
        (field,) = none
        house = Found(Property(**none), Identity(asked_by=frozenset({"email"})))
        desk = make.desk({"first": house, "second": house})
        chain = make.chain("first", "second", data_type=DataType.PROPERTY, required=[field])
        findings = await followed(make, chain, desk, min_confidence=0)
        assert (asked(desk), findings.provenance) == (["first"], {field: "first"})

    async def test_what_it_then_has_is_kept_though_something_is_missing(self, make: Make) -> None:
        desk = make.desk({"first": make.found(city="Paris"), "second": NOBODY, "third": BROKEN})
        findings = await followed(make, make.chain("first", "second", "third", required=["email"]), desk)
        assert (findings.state, findings.provenance, len(desk.asked)) == (State.FOUND, {"city": "first"}, 3)

    async def test_providers_are_told_what_is_required(self, make: Make) -> None:
        desk = make.desk({"first": NOBODY})
        await followed(make, make.chain("first", required=["email_status"]), desk)
        assert desk.wanted == [{"email_status"}]

    async def test_sources_stand_in_chain_order_and_only_those_that_contributed(self, make: Make) -> None:
        desk = make.desk(
            {
                "zeta": make.found(city="Paris"),
                "alpha": make.found(city="Rome"),
                "mid": make.found(email="ada@example.com"),
            }
        )
        findings = await followed(make, make.chain("zeta", "alpha", "mid", required=["email"]), desk)
        assert findings.sources == ["zeta", "mid"]


class TestConfidence:
    async def test_the_lowest_of_those_that_contributed_counts_with_its_reasons(self, make: Make) -> None:
        unsure = judge(DataType.PERSON, make.customer(), Identity(asked_by=frozenset({"email"})))
        for surer_first in (True, False):
            answers = [make.found("Ada Sample", city="Paris"), make.found(email="ada@example.com")]
            first, second = answers if surer_first else reversed(answers)
            desk = make.desk({"first": first, "second": second})
            findings = await followed(make, make.chain("first", "second", required=["city", "email"]), desk)
            assert (findings.confidence, findings.reasons) == (unsure.confidence, unsure.reasons)

    async def test_who_adds_nothing_does_not_lower_it(self, make: Make) -> None:
        desk = make.desk({"first": make.found("Ada Sample", city="Paris"), "second": make.found(city="Paris")})
        findings = await followed(make, make.chain("first", "second", required=["email"]), desk)
        sure = judge(DataType.PERSON, make.customer(), make.found("Ada Sample").identity)
        assert findings.confidence == sure.confidence

    async def test_an_answer_about_somebody_else_is_a_miss_and_the_chain_goes_on(self, make: Make) -> None:
        desk = make.desk({"first": make.found("Bob Other", city="Rome"), "second": make.found(city="Paris")})
        findings = await followed(make, make.chain("first", "second"), desk)
        assert findings.attempts[0].outcome == NOBODY
        assert isinstance(findings.data, Person)
        assert (findings.provenance, findings.data.city) == ({"city": "second"}, "Paris")

    async def test_it_fills_no_gap_either(self, make: Make) -> None:
        desk = make.desk({"first": make.found(city="Paris"), "second": make.found("Bob Other", email="bob@other.com")})
        findings = await followed(make, make.chain("first", "second", required=["email"]), desk)
        assert findings.provenance == {"city": "first"}

    async def test_nothing_but_such_answers_is_not_found(self, make: Make) -> None:
        desk = make.desk({"first": make.found("Bob Other")})
        assert (await followed(make, make.chain("first"), desk)).state is State.NOT_FOUND

    async def test_the_surest_of_what_was_refused_is_remembered(self, make: Make) -> None:
        unsure = judge(DataType.PERSON, make.customer(), make.found().identity).confidence
        desk = make.desk({"first": make.found(), "second": make.found("Bob Other"), "third": NOBODY})
        findings = await followed(make, make.chain("first", "second", "third"), desk, min_confidence=unsure + 0.01)
        assert (findings.state, findings.refused) == (State.NOT_FOUND, unsure)

    async def test_without_an_answer_nothing_was_refused(self, make: Make) -> None:
        nothing_said = make.found("Ada Sample", city="")
        findings = await followed(
            make, make.chain("first", "second"), make.desk({"first": NOBODY, "second": nothing_said})
        )
        assert (findings.state, findings.refused) == (State.NOT_FOUND, None)

    async def test_as_sure_as_the_minimum_is_sure_enough(self, make: Make) -> None:
        confidence = judge(DataType.PERSON, make.customer(), make.found().identity).confidence
        for minimum, state in ((confidence, State.FOUND), (confidence + 0.0001, State.NOT_FOUND)):
            desk = make.desk({"first": make.found()})
            assert (await followed(make, make.chain("first"), desk, min_confidence=minimum)).state is state

    async def test_an_answer_that_says_nothing_is_a_miss(self, make: Make) -> None:
        desk = make.desk({"first": make.found("Ada Sample", city="", employment=()), "second": NOBODY})
        findings = await followed(make, make.chain("first", "second"), desk)
        assert (findings.state, len(desk.asked)) == (State.NOT_FOUND, 2)


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ((NOBODY, NOBODY), State.NOT_FOUND),
        ((BROKEN, NOBODY), State.FAILED),
        ((NOBODY, BROKEN), State.FAILED),
        ((BROKEN, BROKEN), State.FAILED),
        ((), State.SKIPPED),
    ],
    ids=["all answered", "the first failed", "the last failed", "all failed", "nobody to ask"],
)
async def test_only_a_chain_whose_every_usable_provider_answered_may_say_that_there_is_nothing(
    make: Make, said: tuple[NotFound | Failed, ...], state: State
) -> None:
    names = ["first", "second"][: len(said)]
    findings = await followed(make, make.chain(*names), make.desk(dict(zip(names, said, strict=True))))
    assert findings.state is state
    assert findings.answered is (NOBODY in said)
