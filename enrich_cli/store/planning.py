"""What is fresh, what must be looked up, and whether this run may: reservation and claim."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from enrich_cli.domain.customer import FIELDS
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Known, State
from enrich_cli.domain.hints import with_hints
from enrich_cli.domain.report import Count
from enrich_cli.domain.tier import Tier
from enrich_cli.store.customers import Customers
from enrich_cli.store.enrichments import Enrichments
from enrich_cli.store.freshness import Freshness
from enrich_cli.store.objections import Objections
from enrich_cli.store.plan import Plan, RunTerms, Standing, Wish
from enrich_cli.store.reservations import Reservations
from enrich_cli.store.seen import Landing, Seen, SeenCustomers

_STATES = {status: State(status) for status in Known}
"""Several times faster than asking the enumeration, for each customer that is served."""


class _Wished(NamedTuple):
    wish: Wish
    customer_id: str
    """The customer's id in the store."""
    fields: int
    """A hash of all fields in normalised form."""


class Planner:
    """The verb `plan`. Every call is inside the transaction of its caller."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        company: str,
        terms: RunTerms,
        *,
        customers: Customers,
        enrichments: Enrichments,
        objections: Objections,
    ) -> None:
        self._terms = terms
        self._customers = customers
        self._enrichments = enrichments
        self._objections = objections
        self._seen = SeenCustomers(connection)
        self._reservations = Reservations(connection, company, terms)
        self.freshness = Freshness(connection, terms, customers)

    def plan(self, wishes: Sequence[Wish], tier: Tier, now: datetime) -> list[Plan]:
        """Decide customers, in order. One new row of `run_customers` is both reservation and claim."""
        beyond = [_beyond(wish.types, tier) for wish in wishes]
        if not any(beyond):
            return self._plan(wishes, tier, now)
        plans = self._plan([wish.within(tier) for wish in wishes], tier, now)
        return [replace(plan, beyond=types) for plan, types in zip(plans, beyond, strict=True)]

    def _plan(self, wishes: Sequence[Wish], tier: Tier, now: datetime) -> list[Plan]:
        wished = [
            _Wished(wish, self._customers.stored_id(wish.customer), hash(wish.customer.fingerprint(FIELDS)))
            for wish in wishes
        ]
        seen = self._seen.of([one.customer_id for one in wished if not one.wish.again])
        new: dict[str, Seen] = {}
        first, repeated = [], []
        for place, (wish, customer_id, fields) in enumerate(wished):
            if wish.again:
                first.append(place)
            elif customer_id in seen or customer_id in new:
                repeated.append(place)
            else:
                first.append(place)
                new[customer_id] = Seen(wish.line, fields)
        plans = dict(zip(first, self._decide([wished[place] for place in first], tier, now), strict=True))
        landings = []
        for place, plan in plans.items():
            wish, customer_id, fields = wished[place]
            if plan.landed and customer_id in new:
                new[customer_id] = Seen(wish.line, fields, plan.landed, _served_states(wish, plan))
            elif plan.landed:
                landings.append((customer_id, plan.landed, _served_states(wish, plan)))
        self._seen.add(new)
        self._seen.land(landings)
        plans |= zip(repeated, self._repeated([wished[place] for place in repeated], {**seen, **new}), strict=True)
        return [plans[place] for place in range(len(wishes))]

    def land(self, landings: Iterable[Landing]) -> None:
        """Remember where customers landed, for their later rows."""
        self._seen.land(landings)

    def refuse(self, customer_ids: Collection[str]) -> None:
        """For a dry run: nothing can be sent for these, so their places are free and their later rows over quota."""
        self._reservations.give_back(customer_ids)
        self._seen.land((customer_id, Count.OVER_QUOTA, {}) for customer_id in customer_ids)

    def _decide(self, wished: Sequence[_Wished], tier: Tier, now: datetime) -> list[Plan]:
        objecting = self._objections.of([one.wish.customer for one in wished])
        saved = self._enrichments.load([one.customer_id for one in wished])
        since = self.freshness.saved_since(tier, now)
        known = [self.freshness.sort_out(one.wish, one.customer_id, saved, since) for one in wished]
        hinted = [
            not objects and _may_help(one.wish, fresh, stored, self._terms.min_confidence)
            for one, objects, (fresh, stored) in zip(wished, objecting, known, strict=True)
        ]
        open_types = [
            () if objects or hints else _to_look_up(one.wish, fresh)
            for one, objects, hints, (fresh, _) in zip(wished, objecting, hinted, known, strict=True)
        ]
        wanting = [one for one, look_up in zip(wished, open_types, strict=True) if look_up]
        standings = iter(self._reserve(wanting, tier, now))
        plans = []
        for one, objects, hints, (fresh, stored), look_up in zip(
            wished, objecting, hinted, known, open_types, strict=True
        ):
            if objects:
                plans.append(Plan(standing=Standing.SUPPRESSED, customer_id=one.customer_id, landed=Count.SUPPRESSED))
                continue
            decided = (Standing.HINTED if hints else Standing.SERVED, "")
            standing, claimant = next(standings) if look_up else decided
            plans.append(
                Plan(
                    standing=standing,
                    customer_id=one.customer_id,
                    fresh=fresh,
                    stored=stored,
                    look_up=look_up,
                    landed=_landed(standing, fresh),
                    claimed_by=claimant,
                )
            )
        return plans

    def _reserve(self, wished: Sequence[_Wished], tier: Tier, now: datetime) -> list[tuple[Standing, str]]:
        standings = self._reservations.take([one.customer_id for one in wished], tier, now)
        if not self._terms.dry:
            reserved = [
                one for one, (standing, _) in zip(wished, standings, strict=True) if standing is Standing.RESERVED
            ]
            self._customers.save([(one.wish.customer, one.customer_id) for one in reserved], now)
        return standings

    def _repeated(self, wished: Sequence[_Wished], seen: Mapping[str, Seen]) -> list[Plan]:
        """Later rows of a customer: once the first has landed, what is saved serves them, whatever its age."""
        saved = self._enrichments.load([one.customer_id for one in wished if seen[one.customer_id].landed])
        plans = []
        for wish, customer_id, fields in wished:
            first = seen[customer_id]
            rows = [row for kind in wish.types if first.landed and (row := saved.get((customer_id, kind)))]
            plans.append(
                Plan(
                    standing=Standing.REPEATED,
                    customer_id=customer_id,
                    stored={
                        row.enrichment.data_type: self._shown(row.enrichment, first)
                        for row in rows
                        if row.enrichment.data_type in first.known or self.freshness.is_about(wish, row)
                    },
                    landed=first.landed,
                    first_line=first.line,
                    differs=fields != first.fields,
                    states=first.states,
                )
            )
        return plans

    def _shown(self, saved: Enrichment, first: Seen) -> Enrichment:
        missed = first.states.get(saved.data_type) is State.NOT_FOUND
        return saved.shown_of_a_miss(self._terms.min_confidence) if missed else saved


@lru_cache
def _beyond(types: tuple[DataType, ...], tier: Tier) -> tuple[DataType, ...]:
    return tuple(kind for kind in types if kind not in tier.terms.data_types)


def _may_help(
    wish: Wish, fresh: Mapping[DataType, Enrichment], stored: Mapping[DataType, Enrichment], least: float
) -> bool:
    """Does the fresh person, or the stored one if nobody is asked about them, give hints that the row lacks, for a data
    type that is not fresh? Whoever is less sure than `least` gives none.
    """
    if wish.hinted <= fresh.keys():
        return False
    person = fresh.get(DataType.PERSON)
    if person is None and DataType.PERSON not in wish.usable:
        person = stored.get(DataType.PERSON)
    known = person.shown_of_a_miss(least).data if person else None
    return known is not None and with_hints(wish.customer, known) != wish.customer


def _to_look_up(wish: Wish, fresh: Mapping[DataType, Enrichment]) -> tuple[DataType, ...]:
    """What is not fresh and can be looked up: by the row, or by what the person's lookup may tell."""
    if len(fresh) == len(wish.types):
        return ()
    asks_person = DataType.PERSON in wish.usable and DataType.PERSON not in fresh
    usable = wish.usable | wish.hinted if asks_person else wish.usable
    return tuple(kind for kind in wish.types if kind in usable and kind not in fresh)


def _landed(standing: Standing, fresh: Mapping[DataType, Enrichment]) -> Count | None:
    if standing is Standing.SERVED:
        return Count.CACHED if fresh else Count.NOT_FOUND
    return Count.OVER_QUOTA if standing is Standing.OVER_QUOTA else None


def _served_states(wish: Wish, plan: Plan) -> dict[DataType, State]:
    return {kind: _STATES[plan.fresh[kind].status] for kind in wish.types if kind in plan.fresh}
