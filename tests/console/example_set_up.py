"""What may be set up, and what is done with a store."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from enrich_cli.console.overview import Overview
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.tier import Tier
from enrich_cli.engine.roster import Entry
from enrich_cli.gateway import probing
from enrich_cli.gateway.opening import rate_in_force
from enrich_cli.providers.catalog import PROVIDERS
from enrich_cli.settings import ProviderSettings
from enrich_cli.store.access import Issued
from enrich_cli.store.forgetting import Receipt
from enrich_cli.store.privacy import Gone
from enrich_cli.store.retention import Purged
from tests.console.example_runs import (
    NOW,
    RUN,
    quota,
)

OVERVIEW = Overview(
    store=Path("/home/ada/.local/share/enrich-cli/enrichment.db"),
    exists=True,
    synthetic=False,
    quota=quota(Tier.PRO, 444),
    configured=[one.name for one in PROVIDERS[:8]],
    providers=len(PROVIDERS),
    last_run=RUN,
)


def entries(*, configured: bool) -> list[Entry]:
    places = dict.fromkeys(DataType, 0)
    listed = []
    for one in PROVIDERS:
        places[one.data_type] += 1
        keyless = not configured or one.name == "facebook"
        listed.append(
            Entry(
                provider=one,
                position=places[one.data_type],
                account=None,
                disabled=f"not configured: set {' and '.join(one.keys)}" if keyless else None,
                price=one.price,
                rate=rate_in_force(one, ProviderSettings.model_construct(rate=None)),
            )
        )
    return listed


STANDINGS = {
    "clearbit": probing.Standing(probing.State.REFUSED, "the key was refused (status 401)"),
    "fullcontact": probing.Standing(probing.State.NOT_CHECKED, probing.NOT_CHECKABLE),
    "hunter": probing.Standing(probing.State.ACCEPTED, "4,980 of 5,000 credits left until 2026-12-01"),
    "linkedin": probing.Standing(probing.State.OUT_OF_CREDIT, "the account has no credit left (status 402)"),
    "attom": probing.Standing(probing.State.NO_ANSWER, "no connection"),
}


RECEIPT = Receipt(
    company="acme",
    at=NOW,
    people=2,
    stored=1,
    gone=Gone(customers=1, enrichments=3, answers=4, lookups=1_234),
    identities=9,
    erased=True,
    synthetic=False,
)


PURGED = Purged(
    before=NOW - timedelta(days=365), enrichments=1_234, answers=4_321, customers=0, erased=True, synthetic=False
)


KEYS = [Issued("0f1e2d3c4b5a6978", NOW), Issued("a978695a4b3c2d1e", NOW - timedelta(days=200))]


STORE = Path("/home/ada/.local/share/enrich-cli/enrichment.db")
