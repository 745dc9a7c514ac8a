"""What a run wishes to know of a row, as far as somebody can be asked for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.hints import EVERY_HINT, HINTED, with_hints
from enrich_cli.domain.row import Row
from enrich_cli.engine.chain import Chain
from enrich_cli.store.plan import Plan, Standing, Wish


def wish(row: Row, chains: Mapping[DataType, Chain]) -> Wish:
    """Every requested data type; those that can be looked up, and those that may be once the person is known."""
    customer = row.customer
    asked = chains.keys() if row.renewed is None else chains.keys() & row.renewed
    usable = frozenset(kind for kind in asked if chains[kind].is_usable(customer))
    hinted = [kind for kind in HINTED & asked - usable if DataType.PERSON in chains]
    return Wish(
        customer=customer,
        line=row.line,
        types=tuple(chains),
        usable=usable,
        hinted=_usable(customer, hinted, chains, EVERY_HINT),
        renewed=row.renewed,
    )


def to_plan_again(wishes: Sequence[Wish], plans: Sequence[Plan], chains: Mapping[DataType, Chain]) -> dict[int, Wish]:
    """The places of those that what is known of the person may help, and what is wished when it is known."""
    return {
        place: _knowing(wishes[place], plan.fresh[DataType.PERSON].data or {}, chains)
        for place, plan in enumerate(plans)
        if plan.standing is Standing.HINTED
    }


def _knowing(wish: Wish, person: Mapping[str, Any], chains: Mapping[DataType, Chain]) -> Wish:
    usable = wish.usable | _usable(wish.customer, tuple(wish.hinted), chains, person)
    return replace(wish, usable=usable, hinted=frozenset(), again=True)


def _usable(
    customer: Customer, types: Sequence[DataType], chains: Mapping[DataType, Chain], person: Mapping[str, Any]
) -> frozenset[DataType]:
    """Those of the types that can be looked up with what is known of the person."""
    hinted = with_hints(customer, person) if types else customer
    return frozenset(kind for kind in types if chains[kind].is_usable(hinted))
