"""What a chain brings together about one data type of a customer: its lookups, and the answers merged."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Finding, Result, State, content_of
from enrich_cli.domain.merge import fitting, take
from enrich_cli.domain.models import as_data, values_of
from enrich_cli.domain.outcomes import Answered, Failed, Found, Model, NotFound, Objected, Outcome
from enrich_cli.engine.still_true import still_true
from enrich_cli.gateway.ticket import Ticket
from enrich_cli.matching.judge import Judgement
from enrich_cli.store.ledger import LookupDone, LookupOutcome


class Attempt(msgspec.Struct, frozen=True):
    """One lookup that a chain made, and how it ended: with an answer too unsure to be kept, as a NotFound."""

    provider: str
    ticket: Ticket
    outcome: Outcome | None
    """None: it was cut short by an interrupt."""

    @property
    def booked_as(self) -> LookupOutcome:
        """What the ledger and the report call it."""
        if isinstance(self.outcome, Found):
            return LookupOutcome.FOUND
        return LookupOutcome.NOT_FOUND if isinstance(self.outcome, NotFound) else LookupOutcome.FAILED

    @property
    def done(self) -> LookupDone:
        """As it is handed to the books."""
        ticket = self.ticket
        return LookupDone(
            lookup=ticket.lookup, outcome=self.booked_as, latency_ms=ticket.latency_ms, retries=ticket.retries
        )


class Findings(msgspec.Struct):
    """What a chain brought together. Filled while it goes on, so that nothing is lost when it is cut short."""

    order: Sequence[str]
    """The providers of the chain, in order."""
    complete: bool = False
    """What is wanted is there: whoever was not asked need not be."""
    attempts: list[Attempt] = []
    data: Model | None = None
    confidence: float | None = None
    reasons: tuple[str, ...] = ()
    provenance: dict[str, str] = {}
    refused: float | None = None
    """The highest confidence of the answers that were too unsure to be kept."""
    interrupted: bool = False

    @property
    def sources(self) -> list[str]:
        """The contributing providers in chain order; those that the chain no longer has come last."""
        contributing = set(self.provenance.values())
        return [one for one in dict.fromkeys((*self.order, *self.provenance.values())) if one in contributing]

    @property
    def failures(self) -> list[tuple[str, Failed]]:
        """The providers that failed, and how."""
        return [(one.provider, one.outcome) for one in self.attempts if isinstance(one.outcome, Failed)]

    @property
    def answered(self) -> bool:
        """Did at least one provider give an answer, over the wire or from disk?"""
        return any(isinstance(one.outcome, Answered) for one in self.attempts)

    @property
    def looked_up(self) -> bool:
        """Was one of these answers more than what the customer was counted for before?"""
        return any(isinstance(one.outcome, Answered) and one.ticket.news for one in self.attempts)

    @property
    def objected(self) -> bool:
        return any(isinstance(one.outcome, Objected) for one in self.attempts)

    @property
    def state(self) -> State:
        """Only a chain whose every usable provider answered may say that there is nothing."""
        if self.data is not None:
            return State.FOUND
        if self.failures:
            return State.FAILED
        return State.NOT_FOUND if self.answered else State.SKIPPED

    def keep(self, provider: str, found: Found, said: frozenset[str], judgement: Judgement) -> None:
        """Take what is new; the first provider that says a thing keeps it, the lowest confidence counts."""
        new = said - self.provenance.keys()
        if self.data is None:
            self.data = found.data
        else:
            new = fitting(self.data, found.data, new)
            self.data = take(self.data, found.data, new)
        self.provenance.update(dict.fromkeys(new, provider))
        if new and (self.confidence is None or judgement.confidence < self.confidence):
            self.confidence, self.reasons = judgement.confidence, judgement.reasons

    def restore(self, data_type: DataType, stored: Enrichment, contradicts: Callable[[str], bool]) -> None:
        """Put back what a provider said when `stored` was saved, and could not say again: it failed, or a part of its
        lookup did, or it was not asked although something is missing. What others say now stays.

        `contradicts`: is a provider asked about somebody else today?
        """
        if self.data is None:
            return
        earlier = stored.provenance or {}
        lost = {
            field: provider
            for field, provider in earlier.items()
            if self._misses(field, provider)
            and self.provenance.get(field, provider) == provider
            and not contradicts(provider)
        }
        if not lost:
            return
        values = values_of(data_type, stored.data or {})
        try:
            before = msgspec.convert({name: said for name, said in values.items() if said is not None}, type(self.data))
        except msgspec.ValidationError:
            return  # It was saved in another form than today's.
        told_again = frozenset(field for field, one in self.provenance.items() if earlier.get(field) == one)
        back = still_true(self.data, before, frozenset(lost), told_again)
        self.data = take(self.data, before, back)
        self.provenance.update((field, lost[field]) for field in back)
        if back and (stored.confidence or 0) < (self.confidence or 0):
            self.confidence, self.reasons = stored.confidence, stored.reasons

    def _misses(self, field: str, provider: str) -> bool:
        """Is what the provider said of it earlier needed, because it failed to tell this time, or was not asked?"""
        for one in self.attempts:
            if one.provider == provider:
                untold = one.outcome.untold if isinstance(one.outcome, Found) else ()
                return field in untold or not isinstance(one.outcome, Answered)
        return not self.complete

    def result(self, stored: Enrichment | None) -> Result:
        """How the data type ended: what was found is put in once it is saved; else `stored` is shown."""
        refused = any(failed.refused for _, failed in self.failures)
        if self.state is State.FOUND:
            return Result(State.FOUND, refused=refused)
        reason = "; ".join(f"{provider}: {failed.reason}" for provider, failed in self.failures)
        return Result(self.state, stored, reason=reason, refused=refused)

    def finding(self, data_type: DataType) -> Finding | None:
        """What is to be saved; None when nothing is."""
        if self.interrupted or self.objected or self.state not in (State.FOUND, State.NOT_FOUND):
            return None
        if self.data is None:
            return Finding(data_type=data_type, refused=self.refused)
        data = as_data(data_type, msgspec.to_builtins(self.data))
        return Finding(
            data_type=data_type,
            source=",".join(self.sources),
            confidence=self.confidence,
            content=content_of(data, self.provenance, self.reasons),
        )
