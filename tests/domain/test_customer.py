"""What becomes of a row's fields, what a customer is called, and when it counts as unchanged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich_cli.domain.cleaning import normalised
from enrich_cli.domain.customer import FIELDS, Customer, CustomerId, customer_from, customers_from

UNTIDY = st.text(" \t\x1f.,@/?:=aBw", min_size=1)
ADA = {"email": "ada@example.com", "name": "Ada Sample", "company": "Acme", "address": "1 Main St"}


def made(given_id: str | None = None, **fields: str) -> Customer:
    customer = customer_from(fields or ADA, given_id)
    assert customer is not None
    return customer


class TestFields:
    @pytest.mark.parametrize(
        ("field", "raw", "clean"),
        [
            ("name", "  Ada \t Sample\n", "Ada Sample"),
            ("email", " mailto:Ada@Example.COM ", "ada@example.com"),
            ("email", "MAILTO: ada@example.com", "ada@example.com"),
            ("domain", "https://www.Example.com:8080/about?x=1#y", "example.com"),
            ("domain", "Example.com.", "example.com"),
            ("twitter", "@ada", "ada"),
            ("twitter", "https://twitter.com/ada/?lang=en", "ada"),
            ("twitter", "@ ada / ?s=20", "ada"),
            ("twitter", "x.com/ada/status/42?s=20", "ada"),
            ("twitter", "https://Mobile.Twitter.com/@ada#top", "ada"),
            ("twitter", "https://twitter.com/#!/ada", "ada"),
            ("twitter", "https://x.com/i/user/42", "i"),
            ("city", "Par\x00is", "Par is"),
        ],
    )
    def test_a_text_is_cleaned(self, field: str, raw: str, clean: str) -> None:
        assert made(**{field: raw}).values() == {field: clean}

    @pytest.mark.parametrize(
        "fields",
        [
            {},
            {"name": "  "},
            {"email": "n/a"},
            {"email": "mailto:none"},
            {"twitter": "@"},
            {"twitter": "https://x.com/"},
            {"domain": "https://"},
            {"shoe": "42"},
        ],
    )
    def test_without_any_there_is_no_customer(self, fields: dict[str, str]) -> None:
        assert customer_from(fields, given_id="7") is None

    @given(st.dictionaries(st.sampled_from(FIELDS), st.text(st.sampled_from("a@. /?#:\t\x00\u2003w"), max_size=12)))
    def test_every_field_that_is_there_is_trimmed_and_not_empty(self, fields: dict[str, str]) -> None:
        customer = customer_from(fields)
        texts = customer.values().values() if customer else []
        assert all(text and text == " ".join(text.split()) for text in texts)

    @pytest.mark.parametrize("nothing", ["N/A", "none", "-", "@ada", "ada@"])
    def test_what_is_no_address_is_no_email_and_calls_nobody(self, nothing: str) -> None:
        customers = customers_from({"email": [nothing, "ada@example.com"], "name": ["Ada", "Ada"]}, ["", ""])
        assert [one and (one.email, one.id.shown) for one in customers] == [
            (None, "Ada"),
            ("ada@example.com", "ada@example.com"),
        ]

    @pytest.mark.parametrize("field", ["phone", "domain", "linkedin_url", "city"])
    def test_those_who_say_alike_that_they_have_no_value_are_no_one_customer(self, field: str) -> None:
        ada, bob = customers_from({field: ["N/A", "N/A"], "company": ["Pumps", "Freight"]}, ["", ""])
        assert ada
        assert bob
        assert ada.known == {"company"}
        assert ada.id != bob.id

    def test_a_name_is_known_when_both_its_parts_are(self) -> None:
        both = made(first_name="Ada", last_name="Sample")
        assert (both.full_name, set(both.known)) == ("Ada Sample", {"name", "first_name", "last_name"})
        one = made(first_name="Ada")
        assert (one.full_name, set(one.known)) == (None, {"first_name"})

    def test_a_name_given_whole_wins_over_its_parts(self) -> None:
        assert made(name="Ada S. Sample", first_name="Ada", last_name="Sample").full_name == "Ada S. Sample"


class TestId:
    @pytest.mark.parametrize("given_id", ["7", "cus_0042-A", "a" * 64])
    def test_a_plain_one_is_kept_as_given(self, given_id: str) -> None:
        assert made(f" {given_id} ").id == CustomerId(shown=given_id, hashed=None)

    @pytest.mark.parametrize("given_id", ["Ada Sample!", "a.b", "ü", "a" * 65, "../etc"])
    def test_any_other_is_hashed_and_shown_as_given(self, given_id: str) -> None:
        assert made(given_id).id == CustomerId(shown=given_id, hashed=given_id)

    @pytest.mark.parametrize(
        "nothing", ["", "NULL", "null", "None", "N/A", " n/a ", "#N/A", "-", "--", ".", "?", "NaN"]
    )
    def test_what_stands_for_no_value_is_none(self, nothing: str) -> None:
        ada, bob, cy = customers_from(
            {"email": ["ada@example.com", "bob@example.com", "cy@example.com"]}, [nothing, "7", nothing]
        )
        assert [one and one.id.shown for one in (ada, bob, cy)] == ["ada@example.com", "7", "cy@example.com"]
        assert made(nothing).id == made().id

    @pytest.mark.parametrize("given_id", ["NULL-7", "0", "none-of-them", "N-A"])
    def test_one_that_only_looks_like_that_is_kept(self, given_id: str) -> None:
        assert made(given_id).id.shown == given_id

    @pytest.mark.parametrize(
        ("given_id", "fields"),
        [("00491234", {"phone": "00491234"}), ("Ada", {"first_name": "ADA"}), ("ada_s", {"twitter": "@ada_s"})],
    )
    def test_one_that_is_another_field_is_hashed(self, given_id: str, fields: dict[str, str]) -> None:
        assert made(given_id, email="x@example.com", **fields).id.hashed is not None

    @pytest.mark.parametrize(
        ("fields", "shown"),
        [
            (ADA, "ada@example.com"),
            ({key: ADA[key] for key in ("name", "company", "address")}, "Ada Sample, Acme"),
            ({key: ADA[key] for key in ("name", "address")}, "Ada Sample, 1 Main St"),
            ({"first_name": "Ada", "last_name": "Sample", "company": "Acme"}, "Ada Sample, Acme"),
            ({"phone": "+49 30 1", "city": "Berlin"}, "+49 30 1"),
            ({"name": "Ada Sample", "linkedin_url": "https://linkedin.com/in/ada"}, "https://linkedin.com/in/ada"),
            ({"name": "Ada Sample", "city": "Berlin"}, "Ada Sample"),
            ({"company": "Acme", "city": "Berlin"}, "Acme, Berlin"),
        ],
    )
    def test_without_one_it_is_derived_from_what_identifies_the_row_and_hashed(
        self, fields: dict[str, str], shown: str
    ) -> None:
        assert made(**fields).id == CustomerId(shown=shown, hashed=normalised(shown))

    def test_a_derived_one_is_stable_whatever_case_blanks_and_other_fields_do(self) -> None:
        ids = {
            made(email=email, **rest).id.hashed
            for email, rest in (("ada@example.com", {}), (" ADA@example.com", {"city": "Paris"}))
        }
        assert ids == {"ada@example.com"}

    def test_one_that_repeats_what_it_would_be_derived_from_is_the_derived_one(self) -> None:
        assert made("ADA@Example.com").id == made().id

    def test_it_never_shows_in_the_fingerprint(self) -> None:
        assert made("7").fingerprint(FIELDS) == made("8").fingerprint(FIELDS)


class TestFingerprint:
    def test_it_changes_with_the_fields_that_are_read_and_with_no_other(self) -> None:
        before, after = made(), made(**{**ADA, "city": "Paris"})
        assert before.fingerprint(("email", "name")) == after.fingerprint(("email", "name"))
        assert before.fingerprint(("email", "city")) != after.fingerprint(("email", "city"))

    @pytest.mark.parametrize(("one", "other"), [("ada  SAMPLE", "Ada Sample"), ("Ａda", "ada"), ("STRASSE", "straße")])
    def test_case_white_space_and_spelling_forms_do_not_matter(self, one: str, other: str) -> None:
        assert made(name=one).fingerprint(("name",)) == made(name=other).fingerprint(("name",))

    @pytest.mark.parametrize("phone", ["(312) 555-0142", "312.555.0142", "3125550142"])
    def test_how_a_phone_number_is_written_does_not_matter(self, phone: str) -> None:
        assert made(phone=phone).fingerprint(("phone",)) == made(phone="312 555 0142").fingerprint(("phone",))
        assert made(phone=phone).fingerprint(("phone",)) != made(phone="312 555 0143").fingerprint(("phone",))

    def test_a_phone_number_without_digits_is_compared_as_it_is(self) -> None:
        assert made(phone="call home").fingerprint(("phone",)) != made(phone="by fax").fingerprint(("phone",))

    def test_the_order_of_the_fields_does_not_matter(self) -> None:
        assert made().fingerprint(("email", "name")) == made().fingerprint(("name", "email"))

    @given(st.lists(st.text(min_size=1), min_size=4, max_size=4))
    def test_two_customers_with_different_fields_have_different_ones(self, texts: list[str]) -> None:
        one, other = (customer_from({"name": name, "company": company}) for name, company in (texts[:2], texts[2:]))
        if one and other:
            same = all(
                normalised(getattr(one, field) or "") == normalised(getattr(other, field) or "")
                for field in ("name", "company")
            )
            assert (one.fingerprint(FIELDS) == other.fingerprint(FIELDS)) is same

    @given(st.dictionaries(st.sampled_from(sorted({*FIELDS} - {"phone"})), st.text(min_size=1) | UNTIDY))
    def test_it_is_each_value_normalised_whatever_stands_in_it(self, fields: dict[str, str]) -> None:
        """Stores keep keyed hashes of it: were it another one, everybody would be bought again."""
        if one := customer_from(fields):
            values = sorted(one.values().items())
            assert one.fingerprint(FIELDS) == "\x1f".join(f"{field}={normalised(value)}" for field, value in values)

    def test_a_value_does_not_pass_for_a_field(self) -> None:
        assert made(name="Ada\x1fcompany=Acme").fingerprint(FIELDS) != made(name="Ada", company="Acme").fingerprint(
            FIELDS
        )

    def test_a_changed_copy_knows_its_own_fields(self) -> None:
        assert made()._replace(email=None).known == {"name", "company", "address"}
