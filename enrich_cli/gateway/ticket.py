"""What accompanies a lookup on its way."""

from __future__ import annotations

import msgspec

from enrich_cli.gateway.journal import Settlement
from enrich_cli.gateway.slots import Slot


class Ticket(msgspec.Struct, kw_only=True):
    """The notes on one lookup of what happened, which stay valid if the lookup is cut short."""

    lookup: int
    """Its number within the run."""
    customer_id: str
    slot: Slot
    after: int | None = None
    """The previous lookup of its chain, which is over."""
    begun: bool = False
    """A request was written down to be sent: the lookup belongs in the ledger."""
    news: bool = False
    """It got an answer that counts as looking the customer up: over the wire, another customer's, or a dead run's."""
    latency_ms: int = 0
    """Time on the wire, over all of its requests."""
    retries: int = 0
    on_trial: bool = False
    """It is part of the trial in which the vendor has to find somebody."""
    unsettled: Settlement | None = None
    """The final answer, if the lookup ended with one. It goes to disk when the chain ends with it, or through
    `Gateway.settle` before anything more is sent.
    """
