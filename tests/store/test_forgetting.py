"""Whoever asks to be forgotten is: under every id, in every table, on the disk, and while a run looks them up."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.customer import Customer, customer_from
from enrich_cli.domain.report import Count
from enrich_cli.gateway.journal import Ruling
from enrich_cli.providers.lookup import Response
from enrich_cli.store import customer_search, forgetting, privacy
from enrich_cli.store.customers import Customers
from enrich_cli.store.erasing import erase
from enrich_cli.store.errors import StoreError
from enrich_cli.store.forgetting import Objector, Receipt, count_people, forget_people
from enrich_cli.store.identities import have_one_profile
from enrich_cli.store.invariants import check_store
from enrich_cli.store.ledger import LookupOutcome
from enrich_cli.store.people import Person
from enrich_cli.store.plan import Standing
from enrich_cli.store.privacy import Gone

if TYPE_CHECKING:
    from tests.store.conftest import Bench

TABLES = ("customers", "customer_enrichment_data", "answers", "provider_lookups", "run_customers")


@pytest.fixture
def stocked(bench: Bench) -> Bench:
    """`ada` stands there under two ids, which share a phone; `bob` and `bobby` share a name alone."""
    with bench.run() as run:
        run.enrich(bench.customer("ada", name="Ada King", phone="+44 20 7946 0000"), lookup=1)
        run.enrich(bench.customer("crm-7", email="countess@example.com", phone="+442079460000"), lookup=2)
        run.enrich(bench.customer("bob", name="Bob Brown"), lookup=3)
        run.enrich(bench.customer("bobby", name="Bob Brown"), lookup=4)
        run.end()
    return bench


def forget(bench: Bench, *who: str) -> Receipt:
    return forget_people(bench.path, "acme", [Objector(one) for one in who], keys=bench.master, now=bench.now)


def ids(bench: Bench) -> set[str]:
    return {one for table in TABLES for (one,) in bench.sql(f"SELECT customer_id FROM {table}")}


@pytest.mark.parametrize(
    "who",
    [
        *("ada", "ADA@example.com", "ada  king", "crm-7", "countess@example.com", "+44 20 79460000"),
        # Invisible characters get copied along.
        *("\u200bada@example.com", "Ada\u00ad King", "\u202d+44 20 79460000\u202c"),
    ],
)
def test_by_whatever_they_are_called_all_that_they_are_is_gone(stocked: Bench, who: str) -> None:
    receipt = forget(stocked, who)
    assert receipt.gone == Gone(customers=2, enrichments=2, answers=2, lookups=2)
    assert (receipt.people, receipt.stored, receipt.erased) == (1, 1, True)
    assert {one for one in ids(stocked) if not one.startswith("forgotten_")} == {"bob", "bobby"}
    assert check_store(stocked.path, stocked.master, stocked.now) == []


@pytest.mark.parametrize(
    ("theirs", "elsewhere"),
    [
        ({"linkedin_url": "https://www.linkedin.com/in/ada-king"}, {"linkedin_url": "uk.linkedin.com/in/Ada-King/"}),
        ({"twitter": "analyst"}, {"twitter": "@Analyst"}),
    ],
)
def test_what_stands_under_another_id_with_the_same_profile_is_gone_too(
    bench: Bench, theirs: dict[str, str], elsewhere: dict[str, str]
) -> None:
    with bench.run() as run:
        run.enrich(bench.customer("ada", name="Ada King", **theirs), lookup=1)
        run.enrich(bench.customer("crm-7", email="countess@example.com", **elsewhere), lookup=2)
        run.enrich(bench.customer("bob", name="Bob Brown", twitter="analyst"), lookup=3)
        run.end()
    assert forget(bench, "ada").gone == Gone(customers=2, enrichments=2, answers=2, lookups=2)
    assert {one for one in ids(bench) if not one.startswith("forgotten_")} == {"bob"}


def test_a_namesake_at_the_same_house_of_another_town_counts_as_the_same_person(bench: Bench) -> None:
    with bench.run() as run:
        run.enrich(bench.customer("ada", name="Ada King", address="12 Main St", city="Springfield"), lookup=1)
        run.enrich(bench.customer("crm-7", name="Ada King", address="12 Main Street", city="Shelbyville"), lookup=2)
        run.end()
    assert forget(bench, "ada").gone.customers == 2


def test_a_namesake_of_whom_too_only_a_unit_is_known_is_somebody_else(bench: Bench) -> None:
    with bench.run() as run:
        run.enrich(bench.customer("ada", name="Ada King", address="Apt 4"), lookup=1)
        run.enrich(bench.customer("next", name="Ada King", address="Unit 4"), lookup=2)
        run.end()
    assert forget(bench, "ada").gone.customers == 1
    assert "next" in ids(bench)


def test_what_stands_under_another_id_at_the_same_address_written_otherwise_is_gone_too(bench: Bench) -> None:
    with bench.run() as run:
        run.enrich(bench.customer("ada", name="Ada King", address="12 North Main Street, Apt. 4"), lookup=1)
        run.enrich(bench.customer("crm-7", name="Ada King", address="12 N Main St #4"), lookup=2)
        run.enrich(bench.customer("next", name="Ada King", address="14 N Main St #4"), lookup=3)
        run.enrich(bench.customer("bob", name="Bob Brown", address="12 N Main St #4"), lookup=4)
        run.enrich(bench.customer("crm-8", name="Ada King"), lookup=5)
        run.end()
    assert forget(bench, "ada").gone.customers == 2
    assert {one for one in ids(bench) if not one.startswith("forgotten_")} == {"next", "bob", "crm-8"}


@pytest.mark.slow
def test_what_it_takes_does_not_grow_with_the_square_of_the_answers_that_others_share(bench: Bench) -> None:
    """Counted in steps of SQLite, since time varies."""
    with bench.run() as run:
        run.enrich(bench.customer("ada"))
        run.end()
    ada, steps = Person(frozenset({"ada"}), frozenset(), frozenset()), []
    for numbers in (range(100), range(100, 400)):
        for number in numbers:
            of_another = ("acme", number.to_bytes(16), f"c{number}")
            bench.sql("INSERT INTO shared_answers (company_id, question, customer_id) VALUES (?, ?, ?)", *of_another)
            bench.sql(
                "INSERT INTO answers (company_id, question, customer_id, provider, run_id, at, status, cost, in_doubt,"
                " body) VALUES (?, ?, ?, 'hunter', 'run-1', '', 200, 0, 0, x'')",
                *of_another,
            )
        taken: list[None] = []
        with closing(sqlite3.connect(bench.path)) as connection:
            connection.set_progress_handler(partial(taken.append, None), 100)
            privacy.forget(connection, "acme", [ada], bench.now)
        steps.append(len(taken))
    assert steps[1] < 6 * steps[0]


def test_the_ledger_is_read_once_for_all_who_object_together(bench: Bench) -> None:
    """Counted in steps of SQLite, since time varies."""
    rows = [(f"c{number}",) for number in range(2_000)]
    with bench.run() as run:
        run.end()
    steps = []
    with closing(sqlite3.connect(bench.path)) as connection:
        connection.executemany(
            "INSERT INTO provider_lookups (run_id, company_id, customer_id, data_type, provider, outcome, retries,"
            " cost, in_doubt, at, fields) VALUES ('run-1', 'acme', ?, 'person', 'hunter', 'found', 0, 0, 0, '', '[]')",
            rows,
        )
        connection.commit()
        for who in (rows[:1], rows[:20]):
            people = [Person(frozenset(ids), frozenset(), frozenset()) for ids in who]
            taken: list[None] = []
            connection.set_progress_handler(partial(taken.append, None), 100)
            assert privacy.forget(connection, "acme", people, bench.now).lookups == len(who)
            connection.rollback()
            steps.append(len(taken))
    assert steps[1] < 2 * steps[0]


def test_many_who_share_a_handle_and_have_no_name_are_compared_once(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with bench.run() as run:
        for number in range(9):
            run.enrich(bench.customer(f"c{number}", twitter="acme"), lookup=number)
        run.end()
    compared: list[str] = []

    def noted(one: Customer, other: Customer) -> bool:
        compared.append(other.id.shown)
        return have_one_profile(one, other)

    monkeypatch.setattr(customer_search, "have_one_profile", noted)
    assert forget(bench, "c0").gone.customers == 9
    assert sorted(compared) == [f"c{number}" for number in range(9)]


@pytest.mark.parametrize(
    "fields",
    [{"linkedin_url": "linkedin.com/in/p{}"}, {"name": "Our Customer", "address": "{} Main St"}],
    ids=["by profile", "by name and house"],
)
def test_many_who_object_together_are_searched_for_in_one_reading(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, fields: dict[str, str]
) -> None:
    with bench.run() as run:
        for number in range(20):
            told = {field: value.format(number) for field, value in fields.items()}
            run.enrich(bench.customer(f"c{number}", **told), lookup=number)
        run.end()
    read: list[str] = []
    opened = Customers.opened

    def noted(customers: Customers, sealed: bytes, customer_id: str) -> Customer:
        read.append(customer_id)
        return opened(customers, sealed, customer_id)

    monkeypatch.setattr(Customers, "opened", noted)
    assert forget(bench, *(f"c{number}" for number in range(10))).stored == 10
    # Everybody once, to find out who has the same profile or house, and those who object once more.
    assert len(read) <= 20 + 2 * 10


@pytest.mark.parametrize("email", ["ada@example.com", "countess@example.com"])
def test_they_are_suppressed_by_every_identity_that_the_store_knew(stocked: Bench, email: str) -> None:
    forget(stocked, "ada")
    with stocked.run() as run:
        assert run.plan(stocked.customer("another-id", email=email)).standing is Standing.SUPPRESSED
        assert run.plan(stocked.customer("crm-7", email="new@example.com")).standing is Standing.SUPPRESSED


def test_the_money_and_the_counts_stay(stocked: Bench) -> None:
    before = stocked.sql("SELECT enrichments_count, api_costs FROM customer_enrichment_usage")
    forget(stocked, "ada")
    assert stocked.sql("SELECT enrichments_count, api_costs FROM customer_enrichment_usage") == before == [(4, 160)]
    assert stocked.sql("SELECT SUM(cost) FROM provider_lookups") == [(160,)]


def test_nothing_of_theirs_is_left_in_the_bytes_on_disk(stocked: Bench) -> None:
    sealed = [
        value
        for query in ("SELECT fields FROM customers", "SELECT enrichment_data FROM customer_enrichment_data")
        for (value,) in stocked.sql(f"{query} WHERE customer_id IN ('ada', 'crm-7')")
    ]
    hashes = [one for row in stocked.sql("SELECT fingerprint FROM customers WHERE customer_id = 'ada'") for one in row]
    assert len(sealed) == 4
    forget(stocked, "ada")
    everything = b"".join(stocked.files().values())
    assert not any(value[:32] in everything for value in [*sealed, *hashes])
    assert b"crm-7" not in everything


def test_without_room_to_write_the_store_anew_it_is_forgotten_all_the_same(
    stocked: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_room(connection: sqlite3.Connection, path: Path) -> bool:
        connection.set_authorizer(
            lambda action, *_: sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_ATTACH else sqlite3.SQLITE_OK
        )
        return erase(connection, path)

    monkeypatch.setattr(forgetting, "erase", without_room)
    assert not forget(stocked, "ada").erased
    assert "ada" not in ids(stocked)


def test_a_name_that_several_people_bear_forgets_nobody(stocked: Bench) -> None:
    with pytest.raises(StoreError, match=r"several people .* nothing was forgotten"):
        forget(stocked, "ada", "Bob Brown")
    assert ids(stocked) == {"ada", "crm-7", "bob", "bobby"}
    assert stocked.sql("SELECT * FROM objections") == []


def test_who_is_not_stored_is_an_error_unless_it_is_an_e_mail(stocked: Bench) -> None:
    with pytest.raises(StoreError, match=r"no stored customer has this id.*nothing was forgotten"):
        forget(stocked, "zoe")
    receipt = forget(stocked, "zoe@example.com")
    assert (receipt.people, receipt.stored, receipt.gone) == (1, 0, Gone())
    assert stocked.standing("zoe") is Standing.SUPPRESSED


def test_a_second_time_there_is_nothing_left_to_do(stocked: Bench) -> None:
    forget(stocked, "ada")
    assert forget(stocked, "ada").gone == forget(stocked, "ada@example.com").gone == Gone()


def test_somebody_whose_row_does_not_open_can_be_forgotten_too(stocked: Bench) -> None:
    stocked.sql("UPDATE customers SET fields = x'00' WHERE customer_id = 'bob'")
    assert forget(stocked, "bob").gone.customers == 1
    assert stocked.standing("bob", run_id="later") is Standing.SUPPRESSED


class TestColleagues:
    """Whoever shares a switchboard or an office's mailbox is not one person with everybody who does."""

    PHONE = "+44 20 7946 0001"

    @pytest.fixture
    def office(self, bench: Bench) -> Bench:
        with bench.run() as run:
            run.enrich(bench.customer("eve", name="Ms Eve Green", phone=self.PHONE), lookup=1)
            run.enrich(bench.customer("dan", name="Ms Dan Black", phone=self.PHONE), lookup=2)
            run.enrich(bench.customer("desk", email="info@example.com", name="Ann Gray"), lookup=3)
            run.enrich(bench.customer("door", email="info@example.com", name="Bob Reed"), lookup=4)
            run.end()
        return bench

    @staticmethod
    def is_suppressed(bench: Bench, **fields: str) -> bool:
        with bench.run(run_id=f"later, {fields}") as run:
            plan = run.plan(bench.customer("new", **fields))
            run.end()
        return plan.standing is Standing.SUPPRESSED

    def test_a_colleague_stays_and_may_be_looked_up(self, office: Bench) -> None:
        assert forget(office, "eve").gone.customers == 1
        assert "dan" in ids(office)
        assert not self.is_suppressed(office, name="Dan Black", phone=self.PHONE)

    def test_so_does_one_who_shares_an_office_s_mailbox(self, office: Bench) -> None:
        assert forget(office, "desk").gone.customers == 1
        assert "door" in ids(office)
        assert not self.is_suppressed(office, email="info@example.com", name="Bob Reed")

    @pytest.mark.parametrize("name", ["Eve Green", "Green, Eve", "Ms E. Green", "Eve Miller", ""])
    def test_under_a_name_that_may_be_theirs_they_are_left_alone(self, office: Bench, name: str) -> None:
        forget(office, "eve")
        assert self.is_suppressed(office, name=name, phone=self.PHONE)

    def test_a_row_that_does_not_open_is_theirs_where_it_may_be(self, office: Bench) -> None:
        office.sql("UPDATE customers SET fields = x'00' WHERE customer_id = 'dan'")
        assert forget(office, "eve").gone.customers == 2

    def test_a_customer_without_a_name_is_theirs_and_makes_no_colleague_theirs(self, office: Bench) -> None:
        with office.run(run_id="later") as run:
            run.enrich(office.customer("shop", company="Acme", phone=self.PHONE), lookup=5)
            run.end()
        assert forget(office, "eve").gone.customers == 2
        assert "dan" in ids(office)

    def test_who_objects_by_the_phone_alone_is_everybody_who_has_it(self, office: Bench) -> None:
        phone = customer_from({"phone": self.PHONE})
        assert phone
        asked = [Objector(phone, "list, line 1")]
        forget_people(office.path, "acme", asked, keys=office.master, now=office.now)
        assert not {"eve", "dan"} & ids(office)
        assert self.is_suppressed(office, name="Zoe White", phone=self.PHONE)

    @pytest.mark.parametrize("stored", ["+1 212 555 0100", "(212) 555-0100"])
    @pytest.mark.parametrize("later", ["12125550100", "212.555.0100"])
    def test_a_number_of_north_america_is_the_same_with_and_without_the_1(
        self, bench: Bench, stored: str, later: str
    ) -> None:
        with bench.run() as run:
            run.enrich(bench.customer("eve", name="Eve Green", phone=stored), lookup=1)
            run.end()
        assert forget(bench, later).gone.customers == 1
        assert self.is_suppressed(bench, name="Eve Green", phone=later)
        assert not self.is_suppressed(bench, name="Eve Green", phone=later.replace("0100", "0101"))

    @pytest.mark.parametrize(
        ("stored", "later"),
        [
            ({"phone": "+49 30 1234567"}, {"phone": "030 1234567", "country": "Germany"}),
            ({"phone": "+49 (0)30 1234567"}, {"phone": "030-1234567", "country": "DE"}),
            ({"phone": "030 1234567", "country": "Germany"}, {"phone": "0049 30 1234567", "country": "Germany"}),
            ({"phone": "030 1234567", "country": "Germany"}, {"phone": "+49 30 1234567"}),
            ({"phone": "0049 30 1234567"}, {"phone": "+49 30 1234567"}),
            ({"phone": "+1 415 555 0132"}, {"phone": "001 415 555 0132"}),
            ({"phone": "001 415 555 0132"}, {"phone": "+1 415 555 0132"}),
            ({"phone": "+52 1 55 1234 5678"}, {"phone": "+52 55 1234 5678"}),
            ({"phone": "+52 55 1234 5678"}, {"phone": "55 1234 5678", "country": "Mexico"}),
            ({"phone": "+52 1 55 1234 5678"}, {"phone": "55 1234 5678", "country": "Mexico"}),
            ({"phone": "55 1234 5678", "country": "Mexico"}, {"phone": "0052 1 55 1234 5678"}),
            ({"phone": "011 49 30 1234567"}, {"phone": "+49 30 1234567"}),
            ({"phone": "+49 30 1234567"}, {"phone": "011 49 30 1234567", "country": "US"}),
            ({"phone": "011 47 22 12 34 56", "country": "Canada"}, {"phone": "+47 22 12 34 56"}),
            ({"phone": "+49 30 1234567"}, {"phone": "49 30 1234567"}),
        ],
    )
    def test_elsewhere_it_is_the_same_with_and_without_the_country_s_code_where_the_country_is_told(
        self, bench: Bench, stored: dict[str, str], later: dict[str, str]
    ) -> None:
        with bench.run() as run:
            run.enrich(bench.customer("eve", name="Eve Green", **stored), lookup=1)
            run.end()
        phone = customer_from({"name": "Eve Green", **later})
        assert phone
        assert (
            forget_people(bench.path, "acme", [Objector(phone)], keys=bench.master, now=bench.now).gone.customers == 1
        )
        for fields in (stored, later):
            assert self.is_suppressed(bench, name="Eve Green", **fields)
            assert not self.is_suppressed(bench, name="Bob Reed", **fields)

    @pytest.mark.parametrize("phone", ["(415) 555-0132 ext. 7", "415 555 0132 x7", "+1 415 555 0132 #7"])
    def test_with_an_extension_it_is_the_same_as_without(self, bench: Bench, phone: str) -> None:
        with bench.run() as run:
            run.enrich(bench.customer("eve", name="Eve Green", phone=phone))
            run.end()
        assert forget(bench, "415-555-0132").stored == 1
        assert self.is_suppressed(bench, name="Eve Green", phone="415-555-0132")
        assert not self.is_suppressed(bench, name="Eve Green", phone="415-555-0133")
        assert not self.is_suppressed(bench, name="Bob Reed", phone="415-555-0132")

    @pytest.mark.parametrize("who", ["eve", "(415) 555-0132 ext. 7", "+1 415 555 0132 x7", "415-555-0132 #7"])
    def test_a_number_is_the_same_as_with_an_extension(self, bench: Bench, who: str) -> None:
        with bench.run() as run:
            run.enrich(bench.customer("eve", name="Eve Green", phone="415-555-0132"))
            run.end()
        listed = [Objector(who, "list, line 1")]
        assert forget_people(bench.path, "acme", listed, keys=bench.master, now=bench.now).stored == 1
        assert self.is_suppressed(bench, name="Eve Green", phone="(415) 555-0132 ext. 7")

    def test_a_number_of_another_country_that_is_written_alike_is_another_one(self, bench: Bench) -> None:
        with bench.run() as run:
            run.enrich(bench.customer("eve", phone="030 1234567", country="Austria"))
            run.end()
        with pytest.raises(StoreError, match="no stored customer"):
            forget(bench, "+49 30 1234567")
        listed = [Objector("+49 30 1234567", "list, line 1")]
        assert forget_people(bench.path, "acme", listed, keys=bench.master, now=bench.now).stored == 0
        assert not self.is_suppressed(bench, phone="030 1234567", country="Austria")
        assert self.is_suppressed(bench, phone="030 1234567", country="Germany")

    @pytest.mark.parametrize(
        ("at_home", "abroad"),
        [
            ({"phone": "011 2345 6789", "country": "India"}, "+23 456789"),
            ({"phone": "011 4567 8901"}, "+45 67 89 01"),
            ({"phone": "030 1234567"}, "+49 30 1234567"),
        ],
    )
    def test_what_may_be_a_number_of_several_countries_is_none_of_them(
        self, bench: Bench, at_home: dict[str, str], abroad: str
    ) -> None:
        listed = [Objector(abroad, "list, line 1")]
        forget_people(bench.path, "acme", listed, keys=bench.master, now=bench.now)
        assert not self.is_suppressed(bench, **at_home)

    def test_a_phone_of_several_people_forgets_nobody(self, office: Bench) -> None:
        with pytest.raises(StoreError, match="several people"):
            forget(office, self.PHONE)


class TestLists:
    def listed(self, bench: Bench, *who: str, **fields: str) -> Receipt:
        rows = [Objector(one, f"list, line {line}") for line, one in enumerate(who, 1)]
        if fields and (customer := customer_from(fields, fields.pop("id", None))):
            rows.append(Objector(customer, "list, line 99"))
        return forget_people(bench.path, "acme", rows, keys=bench.master, now=bench.now)

    def test_it_may_name_the_same_person_twice_and_people_who_are_not_stored(self, stocked: Bench) -> None:
        receipt = self.listed(stocked, "ada", "crm-7", "unknown-id", "zoe@example.com")
        assert (receipt.people, receipt.stored) == (3, 1)
        with stocked.run() as run:
            for name in ("unknown-id", "zoe"):
                assert run.plan(stocked.customer(name, email=f"{name}@example.com")).standing is Standing.SUPPRESSED

    def test_a_row_s_fields_find_the_person_and_are_remembered_themselves(self, stocked: Bench) -> None:
        assert self.listed(stocked, email="new@example.com", phone="+44 (20) 79460000").stored == 1
        assert stocked.standing("new") is Standing.SUPPRESSED

    def test_a_row_with_an_id_or_a_name_alone_finds_whom_it_names(self, stocked: Bench) -> None:
        assert self.listed(stocked, name="Ada King").stored == 1
        with pytest.raises(StoreError, match=r"^list, line 99: several people"):
            self.listed(stocked, name="Bob Brown")

    @pytest.mark.parametrize("profile", [{"linkedin_url": "linkedin.com/in/new-one"}, {"twitter": "newone"}])
    def test_a_row_with_a_profile_alone_is_remembered_by_it(self, stocked: Bench, profile: dict[str, str]) -> None:
        self.listed(stocked, **profile)
        with stocked.run() as run:
            assert run.plan(stocked.customer("another-id", **profile)).standing is Standing.SUPPRESSED

    def test_a_linkedin_profile_in_a_line_is_as_good_as_in_a_row(self, bench: Bench) -> None:
        with bench.run() as run:
            run.enrich(bench.customer("ada", linkedin_url="uk.linkedin.com/in/Ada-King/"))
            run.end()
        assert self.listed(bench, "https://www.linkedin.com/in/ada-king", "linkedin.com/in/zoe").stored == 1
        with bench.run() as run:
            for name in ("ada-king", "zoe"):
                other = bench.customer(f"crm-{name}", linkedin_url=f"https://linkedin.com/in/{name}")
                assert run.plan(other).standing is Standing.SUPPRESSED

    def test_a_phone_in_a_line_is_as_good_as_in_a_row(self, stocked: Bench) -> None:
        receipt = self.listed(stocked, "+44 20 7946-0000", "10007", "\u202d(212) 555-0100\u202c")
        assert (receipt.people, receipt.stored) == (3, 1)
        with stocked.run() as run:
            for id_, fields in (("new", {"phone": "+442079460000"}), ("10007", {}), ("zoe", {"phone": "2125550100"})):
                customer = stocked.customer(id_, email=f"{id_}@example.com", **fields)
                assert run.plan(customer).standing is Standing.SUPPRESSED

    def test_one_that_is_not_clear_and_none_is_forgotten(self, stocked: Bench) -> None:
        with pytest.raises(StoreError, match=r"^list, line 2: several people"):
            self.listed(stocked, "ada", "Bob Brown")
        assert stocked.sql("SELECT * FROM objections") == []

    def test_how_many_are_meant_is_told_before(self, stocked: Bench) -> None:
        asked = [Objector("ada"), Objector("bob"), Objector("zoe@example.com")]
        before = stocked.files()
        assert count_people(stocked.path, "acme", asked, keys=stocked.master) == (3, 3)
        assert stocked.files() == before


class TestWhileARunGoesOn:
    def test_no_further_request_of_theirs_is_let_go_in_whatever_chain(self, bench: Bench) -> None:
        ada = bench.customer()
        with bench.run() as run:
            run.plan(ada)
            run.ask(bench.question(1))
            forget(bench, "ada")
            assert run.ask(bench.question(1, text="more?")) is Ruling.WITHHELD
            assert run.ask(bench.question(2, text="somebody else?", provider="hunter")) is Ruling.WITHHELD
            assert run.ask(bench.question(3, text="who is bob?", customer_id="bob")) is Ruling.SEND

    def test_not_even_by_an_answer_that_is_there(self, bench: Bench) -> None:
        with bench.run() as run:
            run.plan(bench.customer("ada"))
            run.ask(bench.question(1, customer_id="bob"))
            run.answered(1, answer=Response(200, b"{}"))
            forget(bench, "ada")
            assert run.ask(bench.question(2, customer_id="ada")) is Ruling.WITHHELD

    def test_what_was_in_the_air_is_booked_without_them_and_its_answer_dropped(self, bench: Bench) -> None:
        ada = bench.customer()
        with bench.run() as run:
            run.plan(ada)
            run.ask(bench.question(1))
            forget(bench, "ada")
            run.answered(1, cost=40, answer=Response(200, b"{}"))
            assert bench.sql("SELECT * FROM answers") == []
            settled = run.finish(ada, bench.found(), Count.ENRICHED)
            assert (settled.dropped, settled.enrichment) == (Count.SUPPRESSED, None)
            run.end()
        assert all(one.startswith("forgotten_") for one in ids(bench))
        assert bench.sql("SELECT cost FROM provider_lookups") == [(40,)]
        assert bench.sql("SELECT enrichments_count, api_costs FROM customer_enrichment_usage") == [(0, 40)]
        assert bench.sql("SELECT outcome, counted FROM run_customers") == [("suppressed", 0)]
        assert check_store(bench.path, bench.master, bench.now) == []

    def test_what_was_found_of_them_before_is_gone_and_its_count_stays(self, bench: Bench) -> None:
        ada = bench.customer()
        with bench.run() as run:
            run.plan(ada)
            run.ask(bench.question(1))
            run.answered(1, cost=40)
            run.finish(ada, bench.found())
            forget(bench, "ada")
            run.finish(ada, bench.nothing(), Count.ENRICHED, lookups=[])
            run.end()
        assert bench.sql("SELECT * FROM customer_enrichment_data") == []
        assert bench.sql("SELECT outcome, counted FROM run_customers") == [("suppressed", 1)]
        assert check_store(bench.path, bench.master, bench.now) == []

    def test_when_the_run_dies_nothing_of_them_comes_back(self, bench: Bench) -> None:
        with bench.run() as run:
            run.plan(bench.customer())
            run.ask(bench.question(1))
            forget(bench, "ada")
        assert check_store(bench.path, bench.master, bench.now) == []
        assert all(one.startswith("forgotten_") for one in ids(bench))
        assert bench.sql("SELECT outcome, in_doubt FROM provider_lookups") == [(LookupOutcome.IN_DOUBT, 100)]

    def test_their_place_in_the_quota_is_free(self, bench: Bench) -> None:
        bench.use_quota(49)
        with bench.run() as run:
            run.plan(bench.customer("ada"))
            assert run.plan(bench.customer("bob")).standing is Standing.FULL
            forget(bench, "ada")
            assert run.plan(bench.customer("bob"), again=True).standing is Standing.RESERVED
