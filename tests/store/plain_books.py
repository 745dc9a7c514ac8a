"""The books in plain Python: what the store must answer to each verb, and what it must hold afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.months import month_of
from enrich_cli.domain.report import Count
from enrich_cli.domain.tier import Lifetimes, Tier
from enrich_cli.gateway.journal import Ruling
from enrich_cli.store.plan import Standing

PENDING = 202


@dataclass(slots=True, kw_only=True)
class PlainLookup:
    """Money in micro-dollars."""

    customer: str
    data_type: DataType
    question: str
    month: str
    in_air: int
    aside: int
    cost: int = 0
    doubt: int = 0
    busy: bool = True
    unanswered: bool = True
    over: bool = False

    @property
    def spent(self) -> int:
        return self.cost + self.doubt

    @property
    def held(self) -> int:
        return self.in_air + self.aside


@dataclass(slots=True)
class Case:
    """A customer whom a run has reserved."""

    open_types: list[DataType]
    counted: bool = False
    overbooked: bool = False
    """It no longer fits the limit, and gets nothing any more."""
    sent: bool = False
    outcome: str | None = None


@dataclass(slots=True)
class PlainRun:
    run_id: str
    own: frozenset[str]
    """This run and those that it resumes."""
    cap: int | None
    began: datetime
    state: str = "running"
    """As the store calls it; a dead run stays `running` there until somebody notices."""
    alive: bool = True
    ended: datetime | None = None
    seen: set[str] = field(default_factory=set)
    cases: dict[str, Case] = field(default_factory=dict)
    lookups: dict[int, PlainLookup] = field(default_factory=dict)
    cost: int = 0
    doubt: int = 0

    def lookups_of(self, customer: str, data_type: DataType) -> list[int]:
        """The open ones, in order."""
        return [
            number for number, one in self.lookups.items() if (one.customer, one.data_type) == (customer, data_type)
        ]


class Saved(NamedTuple):
    status: str
    run_id: str
    at: datetime


class Kept(NamedTuple):
    """An answer on disk."""

    status: int
    run_id: str
    at: datetime


class PlainBooks:
    """One company's."""

    def __init__(self, budget: int | None) -> None:
        self.budget = budget
        self.tier = Tier.FREE
        self.runs: dict[str, PlainRun] = {}
        self.saved: dict[tuple[str, DataType], Saved] = {}
        self.answers: dict[str, Kept] = {}
        self.counts: Counter[str] = Counter()
        self.costs: Counter[str] = Counter()

    @property
    def open_runs(self) -> list[PlainRun]:
        return [run for run in self.runs.values() if run.state == "running"]

    def lookups(self, month: str) -> Iterator[PlainLookup]:
        """The open ones of a month."""
        return (one for run in self.open_runs for one in run.lookups.values() if one.month == month)

    def resumable(self) -> PlainRun | None:
        """The run that `--resume last` would resume."""
        last = next(reversed(self.runs.values()), None)
        return last if last and not last.alive and last.state != "done" else None

    def begin(self, run_id: str, cap: int | None, resumes: PlainRun | None, now: datetime) -> PlainRun:
        self.recover(now)
        own = frozenset({run_id}) | (resumes.own if resumes else frozenset())
        self.runs[run_id] = PlainRun(run_id, own, cap, now)
        return self.runs[run_id]

    def plan(
        self,
        run: PlainRun,
        customer: str,
        types: tuple[DataType, ...],
        again: bool,
        trusts: frozenset[str],
        now: datetime,
    ) -> Standing:
        if customer in run.seen and not again:
            return Standing.REPEATED
        run.seen.add(customer)
        if not (wanted := [kind for kind in types if not self._is_fresh(run, customer, kind, trusts, now)]):
            return Standing.SERVED
        if self.claimant(customer):
            return Standing.CLAIMED
        if self._was_counted(run, customer):
            run.cases[customer] = Case(wanted, counted=True)
            return Standing.RESERVED
        used, reserved, limit = self.counts[month_of(now)], self.reserved(), self.limit
        if used + reserved >= limit:
            return Standing.FULL if used < limit else Standing.OVER_QUOTA
        run.cases[customer] = Case(wanted)
        return Standing.RESERVED

    def _was_counted(self, run: PlainRun, customer: str) -> bool:
        """Did a run that this one resumes count the customer and not finish it? Then this one goes on with that."""
        for run_id in run.own - {run.run_id}:
            case = self.runs[run_id].cases.get(customer)
            if case and case.counted and case.outcome == "crashed":
                del self.runs[run_id].cases[customer]
                return True
        return False

    def claimant(self, customer: str) -> PlainRun | None:
        for run in self.open_runs:
            if (case := run.cases.get(customer)) and case.outcome is None:
                return run
        return None

    @property
    def limit(self) -> float:
        limit = self.tier.terms.limit
        return float("inf") if limit is None else limit

    def reserved(self) -> int:
        cases = (case for run in self.open_runs for case in run.cases.values())
        return sum(case.outcome is None and not case.counted for case in cases)

    def _is_fresh(self, run: PlainRun, customer: str, kind: DataType, trusts: frozenset[str], now: datetime) -> bool:
        if (saved := self.saved.get((customer, kind))) is None:
            return False
        return saved.run_id in trusts or self._is_young(saved.at, now) or self._is_near(run, saved.run_id)

    def _is_near(self, run: PlainRun, run_id: str) -> bool:
        """Is it this run, one that it resumes, or one that went on at the same time?"""
        other = self.runs[run_id]
        return run_id in run.own or other.ended is None or other.ended > run.began

    def _is_young(self, at: datetime, now: datetime) -> bool:
        lifetime = Lifetimes().of(self.tier)
        return lifetime > 0 and at > now - timedelta(seconds=lifetime)

    def ask(
        self, run: PlainRun, number: int, lookup: PlainLookup, *, repeat: bool, after: int | None, now: datetime
    ) -> int | Ruling:
        """The status of an answer on disk, or a ruling. `lookup`: as it would be written down, with its first request.

        A lookup that has begun goes on: of `lookup`, the question and the price in flight are the next request's.
        """
        kept = self.answers.get(lookup.question)
        if (
            kept
            and (self._is_near(run, kept.run_id) or self._is_young(kept.at, now))
            and not (repeat and kept.status == PENDING)
        ):
            return kept.status
        begun = run.lookups.get(number)
        if begun is None and after is not None:
            self.let_go(run, after)
        case = run.cases[lookup.customer]
        if begun is None and self._fits_no_longer(case, now):
            return Ruling.OVER_QUOTA
        for other in self.open_runs:
            for its, one in other.lookups.items():
                if one.busy and one.question == lookup.question and (other, its) != (run, number):
                    return Ruling.WAIT
        if begun is None:
            if (ruling := self._ruling(run, lookup.held, lookup.month)) is Ruling.SEND:
                run.lookups[number] = lookup
                case.sent = True
            return ruling
        month = begun.month if begun.spent else month_of(now)
        held, begun.aside = begun.aside, 0
        need = max(held, lookup.in_air)
        if (need > held or month != begun.month) and self._ruling(run, need, month) is not Ruling.SEND:
            begun.aside = held
            return Ruling.REFUSED
        begun.month, begun.aside = month, need - lookup.in_air
        begun.question, begun.in_air, begun.busy, begun.unanswered = lookup.question, lookup.in_air, True, True
        return Ruling.SEND

    def _ruling(self, run: PlainRun, need: int, month: str) -> Ruling:
        caps = [
            (run.cap, run.cost + run.doubt, list(run.lookups.values())),
            (self.budget, self.costs[month], list(self.lookups(month))),
        ]
        ruling = Ruling.SEND
        for cap, booked, lookups in caps:
            unspent = float("inf") if cap is None else cap - booked - sum(one.spent for one in lookups)
            if need > unspent:
                return Ruling.REFUSED
            if need > unspent - sum(one.held for one in lookups):
                ruling = Ruling.HELD
        return ruling

    def answered(self, run: PlainRun, number: int, cost: int, doubt: int, status: int | None, now: datetime) -> None:
        one = run.lookups[number]
        one.cost, one.doubt = one.cost + cost, one.doubt + doubt
        one.aside, one.in_air = one.aside + one.in_air - cost - doubt, 0
        one.busy, one.unanswered = status == PENDING, False
        if status:
            self.answers[one.question] = Kept(status, run.run_id, now)

    def let_go(self, run: PlainRun, number: int) -> None:
        one = run.lookups[number]
        one.aside, one.busy, one.over = 0, False, True

    def finish(
        self, run: PlainRun, customer: str, kind: DataType, status: str | None, numbers: list[int], now: datetime
    ) -> Count | None:
        """Returns where the customer lands; None as long as that is open."""
        self._book(run, numbers)
        case = run.cases[customer]
        case.open_types.remove(kind)
        if case.overbooked or (status == "found" and self._fits_no_longer(case, now)):
            status = None
        if status:
            before = self.saved.get((customer, kind))
            kept = "found" if before and before.status == "found" else status
            case.sent = True
            self.saved[customer, kind] = Saved(kept, run.run_id, now)
        if status == "found" and not case.counted:
            case.counted = True
            self.counts[month_of(now)] += 1
            assert self.counts[month_of(now)] <= self.limit
        if case.open_types:
            return None
        if case.overbooked or not case.sent:
            case.outcome = "crashed"
            if not case.counted:
                del run.cases[customer]
            return Count.OVER_QUOTA
        landed = Count.ENRICHED if case.counted else Count.FAILED if status is None else Count.NOT_FOUND
        case.outcome = landed.value
        return landed

    def _fits_no_longer(self, case: Case, now: datetime) -> bool:
        """Is there no place left to be counted in? Then there will be none, whatever changes."""
        case.overbooked |= not case.counted and self.counts[month_of(now)] >= self.limit
        return case.overbooked

    def _book(self, run: PlainRun, numbers: list[int]) -> None:
        for one in [run.lookups.pop(number) for number in numbers]:
            self.costs[one.month] += one.spent + one.in_air
            run.cost, run.doubt = run.cost + one.cost, run.doubt + one.doubt + one.in_air

    def end(self, run: PlainRun, state: str, now: datetime) -> None:
        self._book(run, list(run.lookups))
        for case in run.cases.values():
            case.outcome = case.outcome or "crashed"
        run.state, run.ended, run.alive = state, now, False

    def recover(self, now: datetime) -> None:
        for run in self.open_runs:
            if not run.alive:
                self.end(run, "crashed", now)

    def set_tier(self, tier: Tier, now: datetime) -> None:
        self.recover(now)
        self.tier = tier
