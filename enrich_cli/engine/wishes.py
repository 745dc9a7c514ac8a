"""What a run wishes to know about a row, and which of it some provider can be asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.hints import EVERY_HINT, HINTED, with_hints
from enrich_cli.domain.row import Row
from enrich_cli.engine.chain import Chain
from enrich_cli.store.plan import Plan, Standing, Wish

_NONE: frozenset[DataType] = frozenset()


def wish(row: Row, chains: Mapping[DataType, Chain]) -> Wish:
    """The requested data types, those that can be looked up, and those that may be once the person is known."""
    customer, renewed = row.customer, row.renewed
    asked = [kind for kind in chains if renewed is None or kind in renewed]
    usable = _usable(customer, asked, chains)
    hinted = [kind for kind in asked if kind in HINTED and kind not in usable]
    return Wish(
        customer=customer,
        line=row.line,
        types=tuple(chains),
        usable=usable,
        hinted=_usable(with_hints(customer, EVERY_HINT), hinted, chains) if hinted else _NONE,
        renewed=renewed,
    )


def to_plan_again(wishes: Sequence[Wish], plans: Sequence[Plan], chains: Mapping[DataType, Chain]) -> dict[int, Wish]:
    """Place → new wish, for the customers whose stored person gives hints that may help other data types."""
    return {
        place: _knowing(wishes[place], (plan.person and plan.person.data) or {}, chains)
        for place, plan in enumerate(plans)
        if plan.standing is Standing.HINTED
    }


def _knowing(wish: Wish, person: Mapping[str, Any], chains: Mapping[DataType, Chain]) -> Wish:
    usable = wish.usable | _usable(with_hints(wish.customer, person), wish.hinted, chains)
    return replace(wish, usable=usable, hinted=_NONE, again=True)


def _usable(customer: Customer, types: Iterable[DataType], chains: Mapping[DataType, Chain]) -> frozenset[DataType]:
    """Those of the types that can be looked up."""
    return frozenset([kind for kind in types if chains[kind].is_usable(customer)])
