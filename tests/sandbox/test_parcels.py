from __future__ import annotations

from enrich_cli.sandbox.addresses import Address, read_address
from enrich_cli.sandbox.parcels import Parcel, parcel_at, parcel_numbered, parcel_of


def at(line1: str, *, seed: int = 7, postal_code: str = "83702") -> Parcel:
    return parcel_at(seed, address(line1, postal_code))


def address(line1: str, postal_code: str) -> Address:
    found = read_address(line1, city="Boise", state="ID", postal_code=postal_code)
    assert found
    return found


def test_one_address_is_one_parcel_with_or_without_its_zip() -> None:
    assert at("9 Mill Lane") == at("9 Mill Ln", postal_code="")
    assert at("9 Mill Ln Apt 2") != at("9 Mill Ln")
    assert at("9 Mill Ln") != at("9 Mill Ln", seed=8)


def test_a_parcel_is_found_again_by_its_number_at_either_vendor() -> None:
    parcel = at("9 Mill Ln")
    for check in (7, 41):
        assert parcel_of(7, str(parcel.identifier(check)), check) == parcel
        assert parcel_of(7, f"{parcel.identifier(check):010}", check) == parcel
    assert parcel_of(7, str(parcel.identifier(7)), 41) is None


def test_what_is_no_number_or_too_large_is_no_parcel() -> None:
    for text in ("", "x", "-7", "²", str(97 * 10**8 + 7)):
        assert parcel_of(7, text, 7) is None


def test_numbers_have_ten_digits_at_most() -> None:
    assert all(at(f"{number} Mill Ln").identifier(96) < 10**10 for number in range(1, 300))


def test_many_addresses_are_many_parcels() -> None:
    assert len({at(f"{number} Mill Ln").serial for number in range(1, 1000)}) == 999


def test_a_sure_hit_has_everything() -> None:
    parcels = [at(f"{number} Hit St") for number in range(1, 100)]
    assert all(parcel.full and parcel.beds and parcel.estimate and parcel.permits for parcel in parcels)
    assert all(parcel.sale_price and not parcel.absentee for parcel in parcels)


def test_other_parcels_have_gaps() -> None:
    parcels = [parcel_numbered(7, 2 * number) for number in range(300)]
    assert any(parcel.beds is None for parcel in parcels)
    assert any(parcel.estimate is None for parcel in parcels)
    assert any(not parcel.permits for parcel in parcels)
    assert any(parcel.owners[0].is_corporate for parcel in parcels)


def test_a_companys_parcel_is_not_lived_in_by_its_owner() -> None:
    parcels = [parcel_numbered(7, 2 * number) for number in range(300)]
    assert all(parcel.absentee for parcel in parcels if parcel.owners[0].is_corporate)


def test_owners_are_written_in_either_order() -> None:
    owner = at("9 Hit St").owners[0]
    assert owner.first_last == f"{owner.given} {owner.initial} {owner.family}"
    assert owner.last_first == f"{owner.family} {owner.given} {owner.initial}"
