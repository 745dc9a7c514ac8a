"""The list of vendors. A new one is a new file, and one line here."""

from __future__ import annotations

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.suggestion import may_be
from enrich_cli.providers.attom import Attom
from enrich_cli.providers.base import Provider
from enrich_cli.providers.clearbit import Clearbit
from enrich_cli.providers.corelogic import CoreLogic
from enrich_cli.providers.facebook import Facebook
from enrich_cli.providers.fullcontact import FullContact
from enrich_cli.providers.google_places import GooglePlaces
from enrich_cli.providers.hunter import Hunter
from enrich_cli.providers.linkedin import LinkedIn
from enrich_cli.providers.opencorporates import OpenCorporates
from enrich_cli.providers.twitter import Twitter

PROVIDERS: tuple[Provider, ...] = (
    Clearbit(),
    FullContact(),
    Hunter(),
    GooglePlaces(),
    OpenCorporates(),
    LinkedIn(),
    Twitter(),
    Facebook(),
    Attom(),
    CoreLogic(),
)
"""All vendors, in the fallback order of each data type."""


def default_chain(data_type: DataType) -> tuple[Provider, ...]:
    """A data type's vendors in fallback order."""
    return tuple(provider for provider in PROVIDERS if provider.data_type is data_type)


def chain(data_type: DataType, order: str | None = None) -> tuple[Provider, ...]:
    """A data type's vendors in the order of a comma list, which may leave some out; None: the default chain.

    Raises ValueError for a name that is not in the chain or occurs twice; its text says what is allowed.
    """
    by_name = {provider.name: provider for provider in default_chain(data_type)}
    if order is None:
        return tuple(by_name.values())
    names = [name.strip().lower() for name in order.split(",") if name.strip()]
    for name in names:
        if name not in by_name:
            raise ValueError(f"{name} is not a provider of the {data_type} chain: {may_be(name, by_name)}")
    if len(set(names)) < len(names) or not names:
        raise ValueError(f"it must be a comma list of different providers from {', '.join(by_name)}")
    return tuple(by_name[name] for name in names)


def fields_read(data_type: DataType) -> frozenset[str]:
    """Every customer field by which a vendor of the type may be asked, whether or not the vendor is configured."""
    return frozenset[str]().union(*(provider.reads for provider in default_chain(data_type)))
