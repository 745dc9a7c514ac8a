"""What is fresh, what must be looked up, and whether this run may: reservation and claim."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta

from enrich_cli.domain.customer import FIELDS, Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Known, State
from enrich_cli.domain.months import month_of, stamp
from enrich_cli.domain.report import Count
from enrich_cli.domain.tier import Tier
from enrich_cli.store.customers import Customers
from enrich_cli.store.enrichments import Enrichments
from enrich_cli.store.plan import Plan, RunTerms, Standing, Wish
from enrich_cli.store.usage import reserved, used


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
        self._reserved_dry = 0
        self._overlapping: dict[str, bool] = {}
        connection.execute(
            "CREATE TEMP TABLE seen"
            " (customer_id TEXT PRIMARY KEY, line INTEGER, fields INTEGER, outcome TEXT, states TEXT)"
        )

    def plan(self, wish: Wish, tier: Tier, now: datetime) -> Plan:
        """Decide one customer; a reservation and a claim are one new row of `run_customers`."""
        customer = wish.customer
        customer_id = self._customers.stored_id(customer)
        if not wish.again and (repeated := self._seen_before(wish, customer_id)):
            return repeated
        if self._customers.objects(customer):
            return self._noted(
                Plan(standing=Standing.SUPPRESSED, customer_id=customer_id, landed=Count.SUPPRESSED), wish
            )
        fresh, stored = self._known(wish, customer_id, tier, now)
        look_up = tuple(data_type for data_type in wish.types if data_type in wish.usable and data_type not in fresh)
        standing, claimant = self._reserve(customer, customer_id, tier, now) if look_up else (Standing.SERVED, "")
        landed = {
            Standing.SERVED: Count.CACHED if fresh else Count.NOT_FOUND,
            Standing.OVER_QUOTA: Count.OVER_QUOTA,
        }.get(standing)
        plan = Plan(
            standing=standing,
            customer_id=customer_id,
            fresh=fresh,
            stored=stored,
            look_up=look_up,
            landed=landed,
            claimed_by=claimant,
        )
        return self._noted(plan, wish)

    def _served_as_saved(self, wish: Wish, customer_id: str) -> Mapping[DataType, Enrichment]:
        """What is saved of a repeated customer, whatever its age: its first row has just been answered."""
        rows = ((data_type, self._enrichments.load(customer_id, data_type)) for data_type in wish.types)
        return {data_type: row.enrichment for data_type, row in rows if row}

    def land(self, customer_id: str, count: Count, states: Mapping[DataType, State]) -> None:
        """Remember where a customer landed, and how each data type ended, for its later rows."""
        self._connection.execute(
            "UPDATE temp.seen SET outcome = ?, states = ? WHERE customer_id = ?", (count, _text(states), customer_id)
        )

    def oldest(self, tier: Tier, now: datetime) -> str | None:
        """Saved after this, it is fresh; None: nothing that another run saved is."""
        lifetime = self._terms.lifetimes.of(tier)
        return None if self._terms.refresh or not lifetime else stamp(now - timedelta(seconds=lifetime))

    def _seen_before(self, wish: Wish, customer_id: str) -> Plan | None:
        """Note the row, so that a later one of the same customer is not sent again; the verdict on such a later one."""
        fields = hash(wish.customer.fingerprint(FIELDS))
        new = self._connection.execute(
            "INSERT OR IGNORE INTO temp.seen VALUES (?, ?, ?, NULL, NULL)", (customer_id, wish.line, fields)
        )
        if new.rowcount:
            return None
        line, first_fields, outcome, states = self._connection.execute(
            "SELECT line, fields, outcome, states FROM temp.seen WHERE customer_id = ?", (customer_id,)
        ).fetchone()
        landed = Count(outcome) if outcome else None
        return Plan(
            standing=Standing.REPEATED,
            customer_id=customer_id,
            stored=self._served_as_saved(wish, customer_id) if landed else {},
            landed=landed,
            first_line=line,
            differs=fields != first_fields,
            states=_states(states or ""),
        )

    def _noted(self, plan: Plan, wish: Wish) -> Plan:
        if plan.landed:
            self.land(plan.customer_id, plan.landed, _served_states(wish, plan))
        return plan

    def _reserve(self, customer: Customer, customer_id: str, tier: Tier, now: datetime) -> tuple[Standing, str]:
        """Take a place in the quota and claim the customer, in one new row; or say why not, and who has the claim."""
        standing = self._room(tier, now)
        if standing is Standing.RESERVED and not self._terms.dry:
            claimed = self._connection.execute(
                "INSERT INTO run_customers (run_id, company_id, customer_id) VALUES (?, ?, ?)"
                " ON CONFLICT (company_id, customer_id) WHERE outcome IS NULL DO NOTHING",
                (self._terms.run_id, self._company, customer_id),
            )
            if claimed.rowcount:
                self._customers.save(customer, customer_id, now)
                return standing, ""
        if claimant := self._claimant(customer_id):
            return Standing.CLAIMED, claimant
        self._reserved_dry += standing is Standing.RESERVED
        return standing, ""

    def _claimant(self, customer_id: str) -> str:
        claims = self._connection.execute(
            "SELECT run_id FROM run_customers WHERE company_id = ? AND customer_id = ? AND outcome IS NULL",
            (self._company, customer_id),
        )
        return next((run_id for (run_id,) in claims if run_id not in self._terms.dead_runs), "")

    def _known(
        self, wish: Wish, customer_id: str, tier: Tier, now: datetime
    ) -> tuple[dict[DataType, Enrichment], dict[DataType, Enrichment]]:
        fresh: dict[DataType, Enrichment] = {}
        stored: dict[DataType, Enrichment] = {}
        oldest = self.oldest(tier, now)
        for data_type in wish.types:
            row = self._enrichments.load(customer_id, data_type)
            if row is None:
                continue
            if row.fingerprint != self._customers.fingerprint(wish.customer, self._terms.reads[data_type]):
                # What was found for other fields may be about somebody else: it is not even shown.
                continue
            young = oldest is not None and stamp(row.enrichment.cached_at) > oldest
            own = row.run_id in self._terms.own_runs or row.run_id in wish.trusts
            serves = own or (young and self._good(row.enrichment)) or self._overlaps(row.run_id)
            (fresh if serves else stored)[data_type] = row.enrichment
        return fresh, stored

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

    def _room(self, tier: Tier, now: datetime) -> Standing:
        """Is there a place in the quota?"""
        limit = tier.terms.limit
        if limit is None:
            return Standing.RESERVED
        count = used(self._connection, self._company, month_of(now))
        held = reserved(self._connection, self._company, self._terms.dead_runs)
        if count + self._reserved_dry >= limit or (self._terms.dry and count + held + self._reserved_dry >= limit):
            return Standing.OVER_QUOTA
        return Standing.FULL if count + held >= limit else Standing.RESERVED


def _served_states(wish: Wish, plan: Plan) -> dict[DataType, State]:
    return {data_type: State(plan.fresh[data_type].status) for data_type in wish.types if data_type in plan.fresh}


def _text(states: Mapping[DataType, State]) -> str:
    return ",".join(f"{data_type}={state}" for data_type, state in states.items())


def _states(text: str) -> dict[DataType, State]:
    pairs = (pair.split("=") for pair in text.split(",") if pair)
    return {DataType(data_type): State(state) for data_type, state in pairs}
