"""What invented people, businesses and parcels are made of: names from Faker, and terms from the vendors' sheets.

Faker is asked once, when the sandbox starts, and always with the same seed; who has which name is drawn for each
question.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from faker import Generator
from faker.providers.address.en_US import Provider as Addresses
from faker.providers.company.en_US import Provider as Companies
from faker.providers.person.en_US import Provider as People

_STREET_TYPES = {
    "Avenue": "Ave", "Street": "St", "Road": "Rd", "Lane": "Ln", "Drive": "Dr", "Court": "Ct", "Boulevard": "Blvd",
    "Place": "Pl",
}  # fmt: skip
_faker = Generator()
for _provider in (People, Companies, Addresses):
    _faker.add_provider(_provider)
_faker.seed_instance(0)


def _made_up(count: int, make: Callable[[], str]) -> tuple[str, ...]:
    """This many different texts."""
    texts: dict[str, None] = {}
    while len(texts) < count:
        if text := make():
            texts[text] = None
    return tuple(texts)


def _company() -> str:
    """One without a legal form, which is drawn for each."""
    name = Companies(_faker).company().replace(",", "")
    return "" if name.endswith(("Inc", "LLC", "Ltd", "PLC")) else name


def _street() -> str:
    """Sample Street as Sample St; nothing for Sample Mountains and the like."""
    name, _, kind = Addresses(_faker).street_name().rpartition(" ")
    return f"{name} {_STREET_TYPES[kind]}" if kind in _STREET_TYPES else ""


GIVEN_NAMES = _made_up(200, People(_faker).first_name)
FAMILY_NAMES = _made_up(400, People(_faker).last_name)
COMPANIES = _made_up(200, _company)
STREETS = _made_up(40, _street)
NICKNAMES = {
    "Andrew": "Andy", "Daniel": "Dan", "Elizabeth": "Liz", "James": "Jim", "Katherine": "Kate", "Michael": "Mike",
    "Robert": "Bob", "Samuel": "Sam", "Thomas": "Tom", "Victoria": "Vicky", "William": "Bill",
}  # fmt: skip
PERMITS = (
    ("Electrical", "200 amp service"), ("Plumbing", "Water heater"), ("Roofing", "New shingles"),
    ("Mechanical", "Furnace"), ("Building", "Deck at the back"), ("Solar", "Panels on the roof"),
)  # fmt: skip
"""Kind of work, and what was done."""
PLEASURES = ("chess", "cycling", "gardening", "jazz", "mountains", "sailing", "tea", "woodwork")


@dataclass(frozen=True, slots=True)
class Job:
    """A position. Vocabulary of `role`, `sub_role` and `seniority` as in the Clearbit sheet."""

    title: str
    role: str
    sub_role: str
    seniority: str | None


JOBS = (
    Job("Chief Executive Officer", "leadership", "ceo", "executive"),
    Job("VP Sales", "sales", "account_executive", "executive"),
    Job("Head of Finance", "finance", "accounting", "executive"),
    Job("Marketing Director", "marketing", "brand_marketing", "director"),
    Job("Director of Operations", "operations", "operations", "director"),
    Job("Product Manager", "product", "product_manager", "manager"),
    Job("Office Manager", "operations", "office_management", "manager"),
    Job("Software Engineer", "engineering", "software_engineer", None),
    Job("Data Analyst", "engineering", "data_science_engineer", None),
    Job("Recruiter", "human_resources", "recruiter", None),
)


@dataclass(frozen=True, slots=True)
class Town:
    """Where an invented person lives, in the United States; offset in hours from UTC, position in degrees."""

    city: str
    state: str
    state_code: str
    time_zone: str
    utc_offset: int
    latitude: float
    longitude: float
    area_code: str

    @property
    def label(self) -> str:
        return f"{self.city}, {self.state}, United States"


TOWNS = (
    Town("Springfield", "Illinois", "IL", "America/Chicago", -6, 39.8, -89.6, "217"),
    Town("Portland", "Oregon", "OR", "America/Los_Angeles", -8, 45.5, -122.7, "503"),
    Town("Austin", "Texas", "TX", "America/Chicago", -6, 30.3, -97.7, "512"),
    Town("Denver", "Colorado", "CO", "America/Denver", -7, 39.7, -105.0, "303"),
    Town("Boston", "Massachusetts", "MA", "America/New_York", -5, 42.4, -71.1, "617"),
    Town("Atlanta", "Georgia", "GA", "America/New_York", -5, 33.7, -84.4, "404"),
    Town("Madison", "Wisconsin", "WI", "America/Chicago", -6, 43.1, -89.4, "608"),
    Town("Tucson", "Arizona", "AZ", "America/Phoenix", -7, 32.2, -110.9, "520"),
)


@dataclass(frozen=True, slots=True)
class Trade:
    """What a business does: as Google's type and its label, and as a US SIC code and its description."""

    type: str
    label: str
    sic: str
    description: str


TRADES = (
    Trade("dentist", "Dentist", "8021", "Offices and Clinics of Dentists"),
    Trade("restaurant", "Restaurant", "5812", "Eating Places"),
    Trade("plumber", "Plumber", "1711", "Plumbing, Heating and Air-Conditioning"),
    Trade("lawyer", "Lawyer", "8111", "Legal Services"),
    Trade("hardware_store", "Hardware store", "5251", "Hardware Stores"),
    Trade("accounting", "Accounting firm", "8721", "Accounting, Auditing and Bookkeeping Services"),
    Trade("car_repair", "Auto repair shop", "7538", "General Automotive Repair Shops"),
    Trade("corporate_office", "Corporate office", "7372", "Prepackaged Software"),
)
