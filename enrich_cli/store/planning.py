"""What is fresh, what must be looked up, and whether this run may: reservation and claim."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Known, State
from enrich_cli.domain.months import stamp
from enrich_cli.domain.report import Count
from enrich_cli.domain.tier import Tier
from enrich_cli.store.customers import Customers
from enrich_cli.store.enrichments import Enrichments, Key, SavedEnrichment
from enrich_cli.store.many import among, insert
from enrich_cli.store.plan import Plan, RunTerms, Standing, Wish
from enrich_cli.store.room import Room
from enrich_cli.store.seen import Landing, Seen, SeenCustomers

_CLAIMS = "SELECT customer_id, run_id FROM run_customers WHERE company_id = ? AND outcome IS NULL AND customer_id IN"

_Wished: TypeAlias = tuple[Wish, str]
"""A wish, and the stored id of its customer."""


class Planner:
    """The verb `plan`. Every call is inside the transaction of its caller."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        company: str,
        terms: RunTerms,
        customers: Customers,
        enrichments: Enrichments,
    ) -> None:
        self._connection = connection
        self._company = company
        self._terms = terms
        self._customers = customers
        self._enrichments = enrichments
        self._seen = SeenCustomers(connection)
        self._reserved_dry = 0
        self._overlapping: dict[str, bool] = {}

    def plan(self, wishes: Sequence[Wish], tier: Tier, now: datetime) -> list[Plan]:
        """Decide customers, in order; a reservation and a claim are one new row of `run_customers`."""
        wished = [(wish, self._customers.stored_id(wish.customer)) for wish in wishes]
        seen = self._seen.of([customer_id for wish, customer_id in wished if not wish.again])
        new: dict[str, Seen] = {}
        first, repeated = [], []
        for place, (wish, customer_id) in enumerate(wished):
            if wish.again:
                first.append(place)
            elif customer_id in seen or customer_id in new:
                repeated.append(place)
            else:
                first.append(place)
                new[customer_id] = Seen.of(wish.customer, wish.line)
        plans = dict(zip(first, self._decide([wished[place] for place in first], tier, now), strict=True))
        landings = []
        for place, plan in plans.items():
            wish, customer_id = wished[place]
            if plan.landed and customer_id in new:
                new[customer_id] = replace(new[customer_id], landed=plan.landed, states=_served_states(wish, plan))
            elif plan.landed:
                landings.append((customer_id, plan.landed, _served_states(wish, plan)))
        self._seen.add(new)
        self._seen.land(landings)
        plans |= zip(repeated, self._repeated([wished[place] for place in repeated], {**seen, **new}), strict=True)
        return [plans[place] for place in range(len(wishes))]

    def land(self, landings: Iterable[Landing]) -> None:
        """Remember where customers landed, for their later rows."""
        self._seen.land(landings)

    def oldest(self, tier: Tier, now: datetime) -> str | None:
        """Saved after this, it is fresh; None: nothing that another run saved is."""
        lifetime = self._terms.lifetimes.of(tier)
        return None if self._terms.refresh or not lifetime else stamp(now - timedelta(seconds=lifetime))

    def _decide(self, wished: Sequence[_Wished], tier: Tier, now: datetime) -> list[Plan]:
        objecting = self._customers.object([wish.customer for wish, _ in wished])
        saved = self._enrichments.load([customer_id for _, customer_id in wished])
        oldest = self.oldest(tier, now)
        plans = [
            Plan(standing=Standing.SUPPRESSED, customer_id=one[1], landed=Count.SUPPRESSED)
            if objects
            else self._from_store(one, saved, oldest)
            for one, objects in zip(wished, objecting, strict=True)
        ]
        open_places = [place for place, plan in enumerate(plans) if plan.look_up]
        standings = self._reserve([wished[place] for place in open_places], tier, now)
        for place, (standing, claimant) in zip(open_places, standings, strict=True):
            landed = Count.OVER_QUOTA if standing is Standing.OVER_QUOTA else None
            plans[place] = replace(plans[place], standing=standing, claimed_by=claimant, landed=landed)
        return plans

    def _from_store(self, wished: _Wished, saved: Mapping[Key, SavedEnrichment], oldest: str | None) -> Plan:
        """What the store can say of a customer, and what is left to look up."""
        wish, customer_id = wished
        fresh: dict[DataType, Enrichment] = {}
        stored: dict[DataType, Enrichment] = {}
        for data_type in wish.types:
            row = saved.get((customer_id, data_type))
            if row is None:
                continue
            if row.fingerprint != self._customers.fingerprint(wish.customer, self._terms.reads[data_type]):
                # What was found for other fields may be about somebody else: it is not even shown.
                continue
            young = oldest is not None and stamp(row.enrichment.cached_at) > oldest
            own = row.run_id in self._terms.own_runs or row.run_id in wish.trusts
            serves = own or (young and self._good(row.enrichment)) or self._overlaps(row.run_id)
            (fresh if serves else stored)[data_type] = row.enrichment
        return Plan(
            standing=Standing.SERVED,
            customer_id=customer_id,
            fresh=fresh,
            stored=stored,
            look_up=tuple(kind for kind in wish.types if kind in wish.usable and kind not in fresh),
            landed=Count.CACHED if fresh else Count.NOT_FOUND,
        )

    def _reserve(self, wished: Sequence[_Wished], tier: Tier, now: datetime) -> list[tuple[Standing, str]]:
        """Take a place in the quota and claim the customer, in one new row; or say why not, and who has the claim."""
        if not wished:
            return []
        dry, own = self._terms.dry, self._terms.run_id
        room = Room(self._connection, self._company, tier, now, dead_runs=self._terms.dead_runs, waits=not dry)
        room.take(self._reserved_dry)
        claims = self._claims([customer_id for _, customer_id in wished])
        reserved: list[_Wished] = []
        standings = []
        for wish, customer_id in wished:
            if claimant := claims.get(customer_id):
                standings.append((Standing.CLAIMED, claimant))
                continue
            standing = room.standing()
            if standing is Standing.RESERVED:
                room.take()
                reserved.append((wish, customer_id))
                claims[customer_id] = own
            standings.append((standing, ""))
        if dry:
            self._reserved_dry += len(reserved)
        else:
            rows = [(own, self._company, customer_id) for _, customer_id in reserved]
            insert(self._connection, "INSERT INTO run_customers (run_id, company_id, customer_id)", rows)
            self._customers.save([(wish.customer, customer_id) for wish, customer_id in reserved], now)
        return standings

    def _claims(self, customer_ids: Sequence[str]) -> dict[str, str]:
        rows = among(self._connection, _CLAIMS, (self._company,), customer_ids)
        return {customer_id: run_id for customer_id, run_id in rows if run_id not in self._terms.dead_runs}

    def _repeated(self, wished: Sequence[_Wished], seen: Mapping[str, Seen]) -> list[Plan]:
        """Later rows of customers: served by what is saved, whatever its age, once the first row has been answered."""
        saved = self._enrichments.load([customer_id for _, customer_id in wished if seen[customer_id].landed])
        plans = []
        for wish, customer_id in wished:
            first = seen[customer_id]
            rows = {kind: row for kind in wish.types if (row := saved.get((customer_id, kind)))} if first.landed else {}
            plans.append(
                Plan(
                    standing=Standing.REPEATED,
                    customer_id=customer_id,
                    stored={kind: row.enrichment for kind, row in rows.items()},
                    landed=first.landed,
                    first_line=first.line,
                    differs=Seen.of(wish.customer, wish.line).fields != first.fields,
                    states=first.states,
                )
            )
        return plans

    def _overlaps(self, run_id: str) -> bool:
        """Did that run and this one go on at the same time? Then what it saved is not looked up once more."""
        known = self._overlapping.get(run_id)
        if known is None:
            row = self._connection.execute(
                "SELECT r.state = 'running' OR r.ended_at > own.started_at FROM runs r, runs own"
                " WHERE r.run_id = ? AND own.run_id = ?",
                (run_id, self._terms.run_id),
            ).fetchone()
            known = self._overlapping[run_id] = bool(row and row[0])
        return known

    def _good(self, enrichment: Enrichment) -> bool:
        if enrichment.status is Known.NOT_FOUND:
            return True
        wanted = self._terms.require.get(enrichment.data_type, frozenset())
        return (enrichment.confidence or 0) >= self._terms.min_confidence and enrichment.has(wanted)


def _served_states(wish: Wish, plan: Plan) -> dict[DataType, State]:
    return {data_type: State(plan.fresh[data_type].status) for data_type in wish.types if data_type in plan.fresh}
