"""How a run begins, what it wishes to know of a customer, and the books' verdict on that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum, auto

import msgspec
from msgspec.structs import asdict, replace

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, State
from enrich_cli.domain.report import Count
from enrich_cli.domain.tier import Lifetimes, Tier
from enrich_cli.store.caps import Caps


class Standing(Enum):
    """How a customer stands in the plan."""

    SUPPRESSED = auto()
    """The person objected."""
    SERVED = auto()
    """Nothing has to be looked up, or nothing can be."""
    RESERVED = auto()
    """This run may look it up: a place in the quota is reserved, and no other run will look it up."""
    OVER_QUOTA = auto()
    """The count has reached the limit."""
    FULL = auto()
    """Live reservations hold the rest of the quota: ask again when one has ended."""
    CLAIMED = auto()
    """Another live run is looking it up: ask again when that is done."""
    HINTED = auto()
    """The fresh person gives hints for types that can't be looked up by the row alone: plan it again with these."""
    REPEATED = auto()
    """It is a later row of a customer that stood in this source before; see `landed`."""


class Wish(msgspec.Struct, frozen=True, kw_only=True, array_like=True, omit_defaults=True):
    """What a run wants to know of one customer."""

    customer: Customer
    line: int
    types: tuple[DataType, ...]
    """The data types requested."""
    usable: frozenset[DataType]
    """Those for which some configured provider can be asked."""
    hinted: frozenset[DataType] = frozenset()
    """Those for which none can be asked by the row alone, but may be with what is learned of the person."""
    renewed: frozenset[DataType] | None = None
    """As the row has it: what is saved of other data types serves, whatever its age."""
    again: bool = False
    """It was planned before, without being decided."""
    trusts: frozenset[str] = frozenset()
    """Runs that had claimed it: what they save serves, whatever its age."""

    def within(self, tier: Tier) -> Wish:
        """The same without the data types beyond a tier."""
        types = tuple(kind for kind in self.types if kind in tier.terms.data_types)
        usable, hinted = self.usable.intersection(types), self.hinted.intersection(types)
        return replace(self, types=types, usable=usable, hinted=hinted)


class RunPlan(msgspec.Struct, frozen=True, kw_only=True):
    """How a run is meant: what counts as fresh in it, and what it may spend."""

    run_id: str
    command: str
    company: str
    sandbox: bool
    resume: str | None
    """A run's id, or `last`."""
    refresh: bool
    """Ignore what other runs saved."""
    lifetimes: Lifetimes
    min_confidence: float
    require: Mapping[DataType, frozenset[str]]
    reads: Mapping[DataType, frozenset[str]]
    """The customer fields that each data type's chain and matching read."""
    caps: Caps
    saved_before: datetime | None = None
    """For a refresh that chooses by age: what was saved later is fresh all the same."""
    skipped: tuple[DataType, ...] = ()
    """Requested data types beyond the company's tier."""

    def terms(
        self,
        *,
        own_runs: frozenset[str],
        met: frozenset[str],
        dead_runs: frozenset[str] = frozenset(),
        dry: bool = False,
    ) -> RunTerms:
        """The same, given the other runs in the books."""
        return RunTerms(**asdict(self), own_runs=own_runs, met=met, dead_runs=dead_runs, dry=dry)


class RunTerms(RunPlan, frozen=True, kw_only=True):
    """A run's plan together with the runs that were in the books when it began."""

    own_runs: frozenset[str]
    """This run and those that it resumes: what they saved, or were answered, serves whatever its age."""
    met: frozenset[str]
    """Runs that were going on when this one began: what they save serves whatever its age, too."""
    dead_runs: frozenset[str]
    """Runs that are dead though not yet recovered: their reservations and claims are worth nothing."""
    dry: bool
    """Only say what would happen: write nothing, and keep reservations in memory."""


class Plan(msgspec.Struct, frozen=True, kw_only=True, array_like=True, omit_defaults=True):
    """The verdict on one customer."""

    standing: Standing
    customer_id: str = ""
    """The customer's id in the store."""
    fresh: Mapping[DataType, Enrichment] = {}
    stored: Mapping[DataType, Enrichment] = {}
    """What is there but no longer fresh; at a refresh without persons, also the person, whose hints serve."""
    look_up: tuple[DataType, ...] = ()
    landed: Count | None = None
    """The count it lands in; None while that is open. A repeated customer lands where the first of its rows did."""
    claimed_by: str = ""
    """Of a claimed customer: the run that is looking it up."""
    beyond: tuple[DataType, ...] = ()
    """Data types that were wished for, and that the tier does not have at this time."""
    states: Mapping[DataType, State] = {}
    """Of a repeated customer that has landed: how each data type ended for the first of its rows."""
    first_line: int = 0
    """Of a repeated customer: the line of the first of its rows."""
    differs: bool = False
    """Of a repeated customer: its fields are not those of the first of its rows."""

    @property
    def person(self) -> Enrichment | None:
        """The person whose hints serve without a lookup."""
        if DataType.PERSON in self.look_up:
            return None
        return self.fresh.get(DataType.PERSON) or self.stored.get(DataType.PERSON)
