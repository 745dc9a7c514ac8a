"""Random histories of commands: whatever came before, each step leaves a whole store that holds the vendors' bill."""

from __future__ import annotations

import csv
import io
import json
import random
import signal
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Result, SandboxProcess, Serve

STEPS = 12
TYPES = ("person", "business", "social", "property")
PEOPLE = ("Ada Sample", "Ben Archer", "Carla Brooks", "David Calloway", "Eve Dunn")
TOWNS = {"Birch Tooling": "Chicago,IL,60601", "Ember Tooling": "Atlanta,GA,30303"}
MARKS = (*["hit"] * 4, "miss", "other", "objects")
HEADER = ("customer_id", "name", "email", "company", "domain", "address", "city", "state", "zip", "linkedin")
OPTIONS = (
    ("--require", "email_status,officers"),
    ("--max-cost", "0.30"),
    ("--max-cost", "2"),
    ("--min-confidence", "0.9"),
    ("--concurrency", "1"),
    ("--optimize-cost",),
    ("--stop-after-misses", "2"),
)
CHAINS = ("", "hunter,clearbit", "fullcontact")
TROUBLE = "*=500:0.1,*=429:0.05,hunter=close:0.2,attom=truncated:0.2,google_places=reset:0.2"
REFUSED = "clearbit=401,hunter=credit,google_places=503"
TO_RENEW = (("--failed",), ("--expired",), ("--older-than", "90m"), ())
HOUSEKEEPING = (
    ("rotate-key",),
    ("rotate-key", "--deep"),
    ("purge", "--older-than", "1d"),
    ("export", "-o", "all.json"),
)
ENDINGS = {0, 3, 4, 5}
SELDOM = 0.3


class History:
    """A user and what they do, drawn from a seed."""

    def __init__(self, cli: Cli, vendors: Sequence[SandboxProcess], seed: int) -> None:
        self._cli = cli
        self._vendors = vendors
        self._asks = vendors[0]
        self._chance = random.Random(seed)
        self._people = [self._person(number) for number in range(15)]
        self._files = 0

    def step(self) -> None:
        """Do something."""
        self._cli.settings["ENRICHMENT_PERSON_PROVIDERS"] = self._chance.choice(CHAINS)
        self._asks = self._chance.choices(self._vendors, [2, 1, 1])[0]
        self._cli.asks(self._asks)
        does = {self.enrich: 5, self.stop: 3, self.refresh: 2, self.forget: 1, self.set_tier: 1, self.keep_house: 1}
        self._chance.choices(list(does), list(does.values()))[0]()
        self.assert_all_is_booked()

    def enrich(self) -> None:
        source, options = self._source(), self._options()
        output = f"{source}.ndjson"
        result = self._cli.run("enrich", source, *options, "-o", output, "--json")
        self._assert_told_truly(result)
        lines = [json.loads(line) for line in (self._cli.folder / output).read_text().splitlines()]
        assert Counter(line["enrichment_status"] for line in lines) == result.counts
        undisturbed = self._asks is self._vendors[0] and not {"--max-cost", "--stop-after-misses"}.intersection(options)
        if undisturbed and result.report["tier"] != "enterprise":
            self._assert_nothing_is_left_to_do(source, options, result)

    def _assert_nothing_is_left_to_do(self, source: str, options: Sequence[str], before: Result) -> None:
        """The same again sends nothing, and counts nobody again."""
        asked = self._asked()
        again = self._cli.run("enrich", source, *options, "--json")
        assert self._asked() == asked
        assert (again.report["cost_usd"], again.report["in_doubt_usd"]) == ("0.00", "0.00")
        assert again.report["quota"]["used"] == before.report["quota"]["used"]

    def stop(self) -> None:
        """Kill a run or ask it to end, and perhaps go on with it."""
        source, options = self._source(), self._options()
        number = self._chance.choice((signal.SIGKILL, signal.SIGINT))
        asked = self._asked() + self._chance.randrange(20)
        running = self._cli.start("enrich", source, *options, "--json")
        running.until_it_takes_signals()
        while not running.ended and self._asked() < asked:
            pass
        running.signal(number)
        assert running.wait().code in {-signal.SIGKILL, 130, *ENDINGS}
        self.assert_all_is_booked()
        if self._cli.store.exists() and self._chance.random() > SELDOM:
            resumed = self._cli.run("enrich", source, *options, "--resume", "last", "--json")
            if resumed.code != 2:
                self._assert_told_truly(resumed)

    def refresh(self) -> None:
        result = self._cli.run("refresh", *self._chance.choice(TO_RENEW), *self._options(), "--json")
        self._assert_told_truly(result)

    def forget(self) -> None:
        """Whoever objected is not asked about again."""
        person = self._chance.choice(self._people)
        if self._cli.run("forget", person["email"], "--yes").code == 0:
            asked = self._asked()
            assert self._cli.run("enrich", self._source([person]), "--json").counts == {"suppressed": 1}
            assert self._asked() == asked

    def set_tier(self) -> None:
        assert self._cli.run("set-tier", self._chance.choice(("pro", "enterprise"))).code == 0

    def keep_house(self) -> None:
        assert self._cli.run(*self._chance.choice(HOUSEKEEPING)).code in {0, 2}

    def assert_all_is_booked(self) -> None:
        self._cli.assert_whole(sum((vendors.bill() for vendors in self._vendors), Decimal(0)))

    def _assert_told_truly(self, result: Result) -> None:
        """The report adds up, and says what the ledger says."""
        assert result.code in ENDINGS, result.err
        report = result.report
        assert result.counts or not report["customers"]["read"]
        assert result.code >= (4 if "over_quota" in result.counts else 3 if "failed" in result.counts else 0)
        told = {entry["provider"]: entry for entry in report["providers"] if entry["lookups"]}
        booked = self._cli.rows(
            "SELECT provider, COUNT(*), TOTAL(outcome = 'found'), TOTAL(outcome = 'not_found'), TOTAL(cost),"
            f" TOTAL(in_doubt) FROM provider_lookups WHERE run_id = '{report['run_id']}' GROUP BY provider"
        )
        assert {provider for provider, *_ in booked} == set(told)
        for provider, lookups, found, missed, cost, doubt in booked:
            entry = told[provider]
            assert (entry["lookups"], entry["found"], entry["not_found"]) == (lookups, found, missed)
            assert [round(Decimal(entry[sum_]) * 1_000_000) for sum_ in ("cost_usd", "in_doubt_usd")] == [cost, doubt]

    def _asked(self) -> int:
        return sum(vendors.asked() for vendors in self._vendors)

    def _options(self) -> list[str]:
        types = ("--types", ",".join(self._chance.sample(TYPES, 2)))
        chosen = [option for option in OPTIONS if self._chance.random() < SELDOM / 2]
        with_types = self._chance.random() < SELDOM and not any("--require" in option for option in chosen)
        return [word for option in (*chosen, *((types,) if with_types else ())) for word in option]

    def _source(self, people: Sequence[Mapping[str, str]] = ()) -> str:
        """Some of them, some with a field less, perhaps one of them twice, perhaps without their ids."""
        rows = [dict(one) for one in people or self._chance.sample(self._people, self._chance.randint(1, 12))]
        for row in rows:
            if not people and self._chance.random() < SELDOM / 3:
                row[self._chance.choice(("name", "company", "address"))] = ""
        if not people and self._chance.random() < SELDOM:
            rows.append(dict(rows[0]))
        columns = HEADER if people or self._chance.random() > SELDOM else HEADER[1:]
        text = io.StringIO()
        writer = csv.DictWriter(text, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
        self._files += 1
        return self._cli.write(f"source-{self._files}.csv", text.getvalue())

    def _person(self, number: int) -> dict[str, str]:
        name, mark = PEOPLE[number % len(PEOPLE)], self._chance.choice(MARKS)
        firm = self._chance.choice([*TOWNS])
        given, family = name.lower().split()
        domain = f"{firm.lower().replace(' ', '-')}.example"
        profile = f"https://www.linkedin.com/in/{given}-{family}-at-{domain.partition('.')[0]}-{mark}"
        street = f"{number} {self._chance.choice(('Hit', 'Miss', 'Oak'))} St"
        email = f"{given}.{family}{number}+{mark}@{domain}"
        values = (f"c{number}", name, email, firm, domain, street, *TOWNS[firm].split(","), profile)
        return dict(zip(HEADER, values, strict=True))


@pytest.fixture(scope="module")
def vendors(serve: Serve) -> Iterator[list[SandboxProcess]]:
    """The same world three times: as it should be, with trouble of all kinds, and with refused keys."""
    with serve(latency=0.01) as sound, serve(TROUBLE) as troubled, serve(REFUSED) as refusing:
        yield [sound, troubled, refusing]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_any_history_is_booked_to_the_micro_dollar(ten: Cli, vendors: list[SandboxProcess], seed: int) -> None:
    for sandbox in vendors:
        sandbox.reset()
    history = History(ten, vendors, seed)
    for _ in range(STEPS):
        history.step()
