"""Customers whom the stand-ins know, with some fields of them replaced by anything."""

from __future__ import annotations

from hypothesis import strategies as st

from enrich_cli.domain.customer import FIELDS, Customer, customer_from

_FIELDS = {
    "name": ("Ada Sample", "Sample, Ada", "Ada"),
    "first_name": ("Ada",),
    "last_name": ("Sample",),
    "email": ("ada.sample+hit@amber-pumps.example", "ada+queued@acme.example", "ada+forever@acme.example"),
    "phone": ("+1 217 555 0132", "020 7946 0018"),
    "company": ("Amber Pumps +hit", "Amber Pumps"),
    "domain": ("amber-pumps.example",),
    "address": ("12 Hit St", "12 Oak St Apt 4"),
    "city": ("Springfield",),
    "state": ("IL", "Illinois"),
    "postal_code": ("62701", "62701-1234"),
    "country": ("US", "United Kingdom"),
    "linkedin_url": ("https://www.linkedin.com/in/ada-sample-hit", "https://www.linkedin.com/in/ada-sample"),
    "twitter": ("ada_hit", "adasample"),
}
_whole = st.fixed_dictionaries({field: st.sampled_from(values) for field, values in _FIELDS.items()})
_replaced = st.dictionaries(st.sampled_from(FIELDS), st.just("") | st.text(max_size=20), max_size=4)


@st.composite
def customers(draw: st.DrawFn) -> Customer:
    """Somebody by whom most vendors can be asked."""
    customer = customer_from(draw(_whole) | draw(st.just({}) | _replaced), "1")
    assert customer is not None
    return customer
