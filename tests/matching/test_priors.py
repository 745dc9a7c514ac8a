"""What a lookup is worth by the fields that the record was found by."""

from __future__ import annotations

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.matching.priors import Prior, prior_of


@pytest.mark.parametrize(
    ("data_type", "asked_by", "prior"),
    [
        (DataType.PERSON, {"email", "name"}, Prior.EMAIL),
        (DataType.PERSON, {"first_name", "last_name", "domain"}, Prior.NAME_AND_DOMAIN),
        (DataType.PERSON, {"company"}, Prior.OTHERWISE),
        (DataType.BUSINESS, {"company", "phone"}, Prior.BUSINESS),
        (DataType.SOCIAL, {"twitter"}, Prior.TWITTER),
        (DataType.SOCIAL, {"company"}, Prior.PAGE),
        (DataType.PROPERTY, {"address", "city"}, Prior.PARCEL),
    ],
)
def test_the_first_that_fits_is_taken(data_type: DataType, asked_by: set[str], prior: Prior) -> None:
    assert prior_of(data_type, frozenset(asked_by), shared_mailbox=False) is prior


def test_an_office_s_mailbox_is_no_key_of_a_person() -> None:
    assert prior_of(DataType.PERSON, frozenset({"email"}), shared_mailbox=True) is Prior.SHARED_MAILBOX
