"""A user with the keys of all ten vendors, and customers about whom each of them is asked."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Result, SandboxProcess, User

SECRETS = {
    variable: f"secret-of-{variable.lower()}"
    for variable in (
        *("CLEARBIT_API_KEY", "FULLCONTACT_API_KEY", "HUNTER_API_KEY", "GOOGLE_PLACES_API_KEY"),
        *("OPENCORPORATES_API_KEY", "RAPIDAPI_KEY", "TWITTER_BEARER_TOKEN", "FACEBOOK_APP_ID", "FACEBOOK_APP_SECRET"),
        *("ATTOM_API_KEY", "CORELOGIC_API_KEY", "CORELOGIC_API_SECRET"),
    )
}
CORELOGIC_PAIR = base64.b64encode(f"{SECRETS['CORELOGIC_API_KEY']}:{SECRETS['CORELOGIC_API_SECRET']}".encode())
ALL_TEN = "email_status,officers,permits"
"""Requiring this brings in every vendor: only the last of a chain has one of these fields."""
HEADER = "Name,Email,Company,Domain,Address,City,State,Zip,LinkedIn,Twitter"
FIRMS = {
    "Birch Tooling": "Chicago,IL,60601",
    "Ember Tooling": "Atlanta,GA,30303",
}
"""Companies that the directory, the register and Facebook all know with the fixture's seed, and their towns."""
PERSONAL = ("ada.sample", "ada sample", "ada_sample", *(firm.lower() for firm in FIRMS), "tooling.example")


def customer(firm: str, person: str = "Ada Sample", mark: str = "hit", street: str = "12 Hit St") -> str:
    """A row about somebody at one of the `FIRMS`. A Twitter handle has at most 15 letters, so names are short."""
    given, family = person.lower().split()
    domain = f"{firm.lower().replace(' ', '-')}.example"
    profile = f"https://www.linkedin.com/in/{given}-{family}-at-{domain.partition('.')[0]}-{mark}"
    handle = f"{given}_{family[:6]}{[*FIRMS].index(firm)}_{mark}"
    return f"{person},{given}.{family}+{mark}@{domain},{firm},{domain},{street},{FIRMS[firm]},{profile},{handle}"


@dataclass(frozen=True)
class Visit:
    """One run that visited all ten vendors, and what they remember of it."""

    result: Result
    bill: Decimal
    requests: dict[str, dict[str, int]]
    low: Decimal
    """The ledger's cost, in dollars."""
    high: Decimal
    """The same plus what is in doubt."""
    providers: dict[str, dict[str, Any]] = field(init=False)
    """Vendor → its entry in the report."""

    def __post_init__(self) -> None:
        entries = {entry["provider"]: entry for entry in self.result.report["providers"]}
        object.__setattr__(self, "providers", entries)

    @property
    def vendors(self) -> set[str]:
        return set(self.providers)

    @property
    def doubted(self) -> set[str]:
        """The vendors with money in doubt."""
        return {name for name, entry in self.providers.items() if Decimal(entry["in_doubt_usd"])}

    def each(self, count: str) -> set[Any]:
        """The different values of a count over all vendors."""
        return {entry[count] for entry in self.providers.values()}

    def met(self, kind: str) -> set[str]:
        """The vendors that caused trouble of this kind."""
        return {name for name, seen in self.requests.items() if seen.get(kind)}


def visit(cli: Cli, sandbox: SandboxProcess, *options: str) -> Visit:
    """Ask all ten vendors about a customer of each firm.

    Whatever the vendors do: the store is whole and holds their bill, no key is anywhere, and no customer is in a
    message.
    """
    source = cli.write("everywhere.csv", "\n".join([HEADER, *map(customer, FIRMS), ""]))
    result = cli.run("-v", "enrich", source, "--require", ALL_TEN, "--json", "-o", "out.ndjson", *options)
    assert result.counts
    said = (result.out + result.err).lower()
    assert [word for word in PERSONAL if word in said] == []
    kept = {**cli.files(), "output": said.encode()}
    leaks = [name for name, content in kept.items() if b"secret-of" in content or CORELOGIC_PAIR in content]
    assert leaks == []
    bill = sandbox.bill()
    cli.assert_whole(bill)
    low, high = cli.booked()
    assert (Decimal(result.report["cost_usd"]), Decimal(result.report["in_doubt_usd"])) == (low, high - low)
    return Visit(result, bill, sandbox.requests(), low, high)


Visiting: TypeAlias = Callable[..., Visit]
Row: TypeAlias = Callable[..., str]


@pytest.fixture(scope="session", name="row")
def _row() -> Row:
    return customer


@pytest.fixture(scope="session")
def header() -> str:
    return HEADER


@pytest.fixture(scope="session")
def pro_home(tmp_path_factory: pytest.TempPathFactory, user: User, common_sandbox: SandboxProcess) -> Path:
    """The home of a user on pro, for copying."""
    home = tmp_path_factory.mktemp("pro")
    assert user(home, common_sandbox).run("set-tier", "pro").code == 0
    return home


def give_all_keys(cli: Cli, common_sandbox: SandboxProcess) -> None:
    """A key for every vendor and a price for each.

    Tokens come from a sandbox without faults, so that another one's faults meet CoreLogic's questions too; one with the
    same seed knows them. ATTOM sells no permits, so that CoreLogic is asked for them.
    """
    cli.settings |= SECRETS | {
        "CORELOGIC_COST_USD": "0.25",
        "CORELOGIC_TOKEN_URL": f"{common_sandbox.settings['CORELOGIC_BASE_URL']}/oauth/token",
        "ATTOM_REPORTS": "profile",
        "ENRICHMENT_MAX_PAUSE": "5",
    }


@pytest.fixture
def ten(cli: Cli, common_sandbox: SandboxProcess, pro_home: Path, tmp_path: Path) -> Cli:
    """A user on pro with the keys of all ten, who asks `sandbox`."""
    give_all_keys(cli, common_sandbox)
    shutil.copytree(pro_home, tmp_path, dirs_exist_ok=True)
    return cli


@pytest.fixture(scope="session")
def acquainted_home(
    tmp_path_factory: pytest.TempPathFactory, user: User, common_sandbox: SandboxProcess, pro_home: Path
) -> Path:
    """The home of a user who has asked all ten about somebody, for copying."""
    home = tmp_path_factory.mktemp("acquainted")
    shutil.copytree(pro_home, home, dirs_exist_ok=True)
    cli = user(home, common_sandbox)
    give_all_keys(cli, common_sandbox)
    source = cli.write("everywhere.csv", "\n".join([HEADER, *map(customer, FIRMS), ""]))
    assert cli.run("enrich", source, "--require", ALL_TEN).code == 0
    return home


@pytest.fixture
def acquainted(ten: Cli, acquainted_home: Path, tmp_path: Path) -> Cli:
    """A user whose store knows everything about the two customers in `everywhere.csv`."""
    shutil.copytree(acquainted_home, tmp_path, dirs_exist_ok=True)
    ten.write("everywhere.csv", (ten.folder / "everywhere.csv").read_bytes())
    return ten


@pytest.fixture(scope="session", name="visit")
def _visit() -> Visiting:
    return visit
