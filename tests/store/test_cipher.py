"""What is sealed opens at its own place alone, and unchanged; what is hashed tells nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich_cli.store.cipher import Cipher, SealBroken

CIPHER = Cipher("acme", bytes(32), bytes(range(32)))


@given(st.binary())
def test_what_was_sealed_opens_at_its_place(plain: bytes) -> None:
    assert CIPHER.unseal(CIPHER.seal(plain, "customers", "ada"), "customers", "ada") == plain


@pytest.mark.parametrize(
    "place",
    [("customers", "bob"), ("answers", "ada"), ("customers",), ("customers", "ada", ""), ("customer", "sada")],
    ids=["row", "table", "shorter", "longer", "shifted"],
)
def test_moved_it_does_not_open(place: tuple[str, ...]) -> None:
    sealed = CIPHER.seal(b"12 St James's Square", "customers", "ada")
    with pytest.raises(SealBroken):
        CIPHER.unseal(sealed, *place)


def test_in_another_company_it_does_not_open_though_the_keys_were_the_same() -> None:
    sealed = CIPHER.seal(b"x", "customers", "ada")
    with pytest.raises(SealBroken):
        Cipher("rival", bytes(32), bytes(range(32))).unseal(sealed, "customers", "ada")


def test_under_another_key_it_does_not_open() -> None:
    with pytest.raises(SealBroken):
        Cipher("acme", b"1" * 32, bytes(range(32))).unseal(CIPHER.seal(b"x", "customers"), "customers")


@given(st.binary(max_size=40), st.data())
def test_one_flipped_bit_anywhere_is_noticed(plain: bytes, data: st.DataObject) -> None:
    sealed = bytearray(CIPHER.seal(plain, "customers"))
    bit = data.draw(st.integers(0, 8 * len(sealed) - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SealBroken):
        CIPHER.unseal(bytes(sealed), "customers")


@pytest.mark.parametrize("length", [0, 1, 12, 27])
def test_what_is_cut_short_is_noticed(length: int) -> None:
    with pytest.raises(SealBroken):
        CIPHER.unseal(CIPHER.seal(b"x", "customers")[:length], "customers")


def test_the_error_names_the_table_and_nothing_else() -> None:
    with pytest.raises(SealBroken, match="a sealed value of customers does not open") as refused:
        CIPHER.unseal(CIPHER.seal(b"secret", "customers", "ada"), "customers", "bob")
    assert not {"secret", "ada", "bob"} & set(str(refused.value).split())


def test_the_same_text_is_never_sealed_alike() -> None:
    assert len({CIPHER.seal(b"x", "customers") for _ in range(100)}) == 100


def test_equal_texts_of_one_kind_have_equal_hashes_and_no_others() -> None:
    assert CIPHER.hash("email", "ada@example.com") == CIPHER.hash("email", b"ada@example.com")
    hashes = [
        CIPHER.hash("email", "ada@example.com"),
        CIPHER.hash("name", "ada@example.com"),
        CIPHER.hash("email", "bob@example.com"),
        Cipher("acme", bytes(32), bytes(32)).hash("email", "ada@example.com"),
    ]
    assert len(set(hashes)) == 4


@given(st.text())
def test_every_text_has_a_hash_of_sixteen_bytes(text: str) -> None:
    assert len(CIPHER.hash("name", text)) == 16
