"""What goes with a lookup on its way."""

from __future__ import annotations

import msgspec

from enrich_cli.gateway.journal import Settlement
from enrich_cli.gateway.slots import Slot


class Ticket(msgspec.Struct, kw_only=True):
    """One lookup on its way; what happened is noted here, also when the lookup is cut short."""

    lookup: int
    """A number of its own within the run."""
    customer_id: str
    slot: Slot
    after: int | None = None
    """The lookup before it in its chain, which is over."""
    begun: bool = False
    """A request was written down to be sent: the lookup belongs into the ledger."""
    news: bool = False
    """An answer came that the customer was not counted for before: over the wire, another's, or a dead run's."""
    latency_ms: int = 0
    """Time on the wire, over all its requests."""
    retries: int = 0
    on_trial: bool = False
    """It is one of the lookups by which the vendor has to find somebody."""
    unsettled: Settlement | None = None
    """The last answer, when the lookup ended with it: it is put on disk when the chain ends with it, or else by
    `Gateway.settle` before anything more is sent."""
