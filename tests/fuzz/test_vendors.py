"""Whatever a vendor answers, a lookup ends: with what it declares, or with an error that the gateway knows."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import msgspec
import orjson
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.hints import EVERY_HINT, with_hints
from enrich_cli.domain.merge import filled
from enrich_cli.domain.models import MODELS, as_data, flat
from enrich_cli.domain.outcomes import Found, Identity, NotFound
from enrich_cli.matching.judge import judge, likeliest
from enrich_cli.providers.base import Provider
from enrich_cli.providers.catalog import PROVIDERS
from enrich_cli.providers.errors import ProviderError
from enrich_cli.providers.lookup import NOTHING
from enrich_cli.settings import VendorOptions
from tests.fuzz.bounds import bounded
from tests.fuzz.conversation import Conversation
from tests.fuzz.people import customers
from tests.fuzz.shapes import fits
from tests.fuzz.spoiling import Answer, answers

OPTIONS = VendorOptions.load(corelogic_reports="detail,permits,avm")
each_vendor = pytest.mark.parametrize("vendor", PROVIDERS, ids=lambda vendor: str(vendor.name))
required = st.sets(st.sampled_from(("email_status", "officers")))


@each_vendor
@bounded(80)
@given(customer=customers(), said=answers, wanted=required, min_confidence=st.floats(0, 1))
def test_a_lookup_ends_and_costs_no_more_than_was_set_aside(
    vendor: Provider, customer: Customer, said: Sequence[Answer], wanted: set[str], min_confidence: float
) -> None:
    provider = vendor.configured(OPTIONS)
    if not provider.can_ask(customer):
        event("not asked")
        return
    set_aside = provider.most(customer, frozenset(wanted))

    def choose(candidates: Sequence[Identity]) -> int | None:
        best = likeliest(provider.data_type, customer, candidates)
        return best[0] if best and best[1] >= min_confidence else None

    conversation = Conversation(provider, said)
    try:
        outcome = conversation.hold(provider.lookup(customer, frozenset(wanted), choose))
    except ProviderError as error:
        event(type(error).__name__)
    else:
        event(type(outcome).__name__)
        if isinstance(outcome, Found):
            check(provider, customer, outcome)
        else:
            assert outcome == NotFound()
    assert conversation.booked <= set_aside


@each_vendor
@bounded(20)
@given(said=answers)
def test_a_probe_ends_and_costs_nothing(vendor: Provider, said: Sequence[Answer]) -> None:
    provider = vendor.configured(OPTIONS)
    probe = provider.probe()
    assert probe is not None
    conversation = Conversation(provider, said, is_booked=False)
    with suppress(ProviderError):
        words = conversation.hold(probe)
        assert words.isprintable()
        event("told")
    assert all(request.most == NOTHING for request in conversation.requests)


def check(provider: Provider, customer: Customer, found: Found) -> None:
    """It is what it is declared to be, and what comes after a lookup can work with it."""
    data_type, model = provider.data_type, MODELS[provider.data_type]
    assert fits(found.data, model)
    assert all(fits(identity, Identity) for identity in (found.identity, *found.rivals))
    judgement = judge(data_type, customer, found.identity, found.rivals)
    assert 0 <= judgement.confidence <= 1
    assert filled(found.data) <= set(found.data.__struct_fields__)
    as_json = as_data(data_type, msgspec.to_builtins(found.data))
    flat(data_type, orjson.loads(orjson.dumps(as_json)))
    if EVERY_HINT.keys() <= as_json.keys():
        with_hints(customer, as_json)
