"""The vendors that the sandbox stands in for, in the order of their ports."""

from __future__ import annotations

from enrich_cli.sandbox.attom import Attom
from enrich_cli.sandbox.clearbit import Clearbit
from enrich_cli.sandbox.corelogic import CoreLogic
from enrich_cli.sandbox.facebook import Facebook
from enrich_cli.sandbox.fullcontact import FullContact
from enrich_cli.sandbox.google_places import GooglePlaces
from enrich_cli.sandbox.hunter import Hunter
from enrich_cli.sandbox.linkedin import LinkedIn
from enrich_cli.sandbox.opencorporates import OpenCorporates
from enrich_cli.sandbox.twitter import Twitter
from enrich_cli.sandbox.vendor import Vendor

VENDORS: tuple[type[Vendor], ...] = (
    *(Clearbit, FullContact, Hunter),
    *(GooglePlaces, OpenCorporates),
    *(LinkedIn, Twitter, Facebook),
    *(Attom, CoreLogic),
)
NAMES = tuple(vendor.name for vendor in VENDORS)
