from __future__ import annotations

from collections.abc import Sequence

import pytest

from enrich_cli.sandbox.catalog import VENDORS
from enrich_cli.sandbox.person_vendor import Finding, PersonVendor
from enrich_cli.sandbox.subject import Subject, by_email

PERSON_VENDORS = [vendor for vendor in VENDORS if issubclass(vendor, PersonVendor)]
every_vendor = pytest.mark.parametrize("kind", PERSON_VENDORS, ids=lambda kind: kind.name)


def subject(email: str) -> Subject:
    found = by_email(email)
    assert found
    return found


def findings(vendor: PersonVendor) -> Sequence[Finding | None]:
    return [vendor.find(subject(f"ada.sample{number}@example.com")) for number in range(2000)]


@every_vendor
def test_a_vendor_knows_its_share_of_people_and_mistakes_a_few(kind: type[PersonVendor]) -> None:
    found = [finding for finding in findings(kind(seed=1)) if finding]
    assert kind.knows - 0.05 < len(found) / 2000 < kind.knows + 0.05
    assert 0.01 < sum(finding.mistaken for finding in found) / len(found) < 0.06


@every_vendor
def test_the_share_of_answers_about_somebody_else_is_as_asked_for(kind: type[PersonVendor]) -> None:
    def mistaken(share: float) -> list[bool | None]:
        return [finding.mistaken if finding else None for finding in findings(kind(seed=1, wrong_person=share))]

    assert not any(mistaken(0.0))
    assert all(wrong is not False for wrong in mistaken(1.0))
    fifth = mistaken(0.2)
    assert 0.16 < fifth.count(True) / (len(fifth) - fifth.count(None)) < 0.24
    assert [wrong is None for wrong in fifth] == [wrong is None for wrong in mistaken(0.0)]
    assert fifth == mistaken(0.2)


@every_vendor
def test_whom_a_vendor_knows_depends_on_the_seed_and_not_on_the_order(kind: type[PersonVendor]) -> None:
    known = [finding and finding.person for finding in findings(kind(seed=1))]
    backwards = kind(seed=1)
    assert (
        known[:50]
        == [
            (finding := backwards.find(subject(f"ada.sample{number}@example.com"))) and finding.person
            for number in reversed(range(50))
        ][::-1]
    )
    assert known != [finding and finding.person for finding in findings(kind(seed=2))]


def test_vendors_agree_about_a_person() -> None:
    found = [vendor(seed=3).find(subject("ada.sample+hit@example.com")) for vendor in PERSON_VENDORS]
    assert len({finding.person for finding in found if finding}) == 1
    assert None not in found


@every_vendor
def test_nobody_is_behind_a_role_mailbox(kind: type[PersonVendor]) -> None:
    assert not any(kind(seed).find(subject("info@example.com")) for seed in range(50))


@every_vendor
def test_a_mark_overrules_what_is_drawn(kind: type[PersonVendor]) -> None:
    for seed in range(50):
        vendor = kind(seed)
        hit, other = vendor.find(subject("ada+hit@example.com")), vendor.find(subject("ada+other@example.com"))
        assert (hit and hit.full, hit and hit.mistaken) == (True, False)
        assert (other and other.mistaken) is True
        assert vendor.find(subject("ada+miss@example.com")) is None


@pytest.mark.parametrize("kind", [vendor for vendor in PERSON_VENDORS if vendor.queues], ids=lambda kind: kind.name)
def test_some_first_answers_are_not_ready_and_the_second_or_third_is(kind: type[PersonVendor]) -> None:
    vendor = kind(seed=1)
    waits = []
    for number in range(2000):
        asked = subject(f"ada{number}@example.com")
        waits.append([vendor.still_looking(asked.key, asked) for _ in range(3)])
    assert {tuple(each) for each in waits} == {(0, 0, 0), (1, 0, 0), (1, 2, 0)}
    assert 0.03 < sum(each[0] for each in waits) / 2000 < 0.07


def test_optional_blocks_are_missing_or_null_now_and_then_but_never_for_a_sure_hit() -> None:
    vendor = PERSON_VENDORS[0](seed=1)
    shapes = set()
    for finding in findings(vendor):
        block = finding.without({"geo": 1}, ["geo"]) if finding else {}
        shapes.add(tuple(block.values()))
    assert shapes == {(), (None,), (1,)}
    sure = [PERSON_VENDORS[0](seed).find(subject("ada+hit@example.com")) for seed in range(50)]
    assert all(finding and finding.without({"geo": 1}, ["geo"]) == {"geo": 1} for finding in sure)
