from __future__ import annotations

import pytest

from enrich_cli.sandbox.faults import KINDS, Chances, Fault
from enrich_cli.sandbox.vendor import Call


def call(number: int = 0) -> Call:
    return Call("GET", "/v2/people/find", {"email": f"ada{number}@example.com"}, {})


def test_a_fault_is_read_from_its_text() -> None:
    assert Fault.parse("hunter=503") == Fault("hunter", "503", 1.0)
    assert Fault.parse("clearbit=429:0.2") == Fault("clearbit", "429", 0.2)
    assert Fault.parse("clearbit=429:5") == Fault("clearbit", "429", count=5)
    assert Fault.parse(" *=close ") == Fault("*", "close")


def test_a_colon_may_stand_for_the_equals_sign() -> None:
    assert Fault.parse("hunter:503:0.5") == Fault.parse("hunter=503:0.5")


def test_several_faults_are_read_from_one_text() -> None:
    faults = [Fault("hunter", "429", count=5), Fault("clearbit", "500", 0.2), Fault("*", "timeout")]
    assert Fault.parse_all("hunter=429:5,clearbit=500:0.2, *=timeout") == faults


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("hunter", "VENDOR=KIND"),
        ("", "VENDOR=KIND"),
        ("hunter=retry-after", "retry-after-N"),
        ("hunter=503:-1", "from 0.0 to 1.0"),
        ("nobody:503", "clearbit, fullcontact, hunter"),
        ("hunter:418", "404path"),
        ("hunter:503:2.0", "from 0.0 to 1.0"),
        ("hunter:503:nan", "from 0.0 to 1.0"),
        ("hunter:503:often", "from 0.0 to 1.0"),
        ("hunter:503:0.5:x", "from 0.0 to 1.0"),
    ],
)
def test_a_bad_text_is_refused_with_what_it_may_be(text: str, advice: str) -> None:
    with pytest.raises(ValueError, match=advice.replace("*", r"\*")):
        Fault.parse(text)


@pytest.mark.parametrize("kind", [kind.replace("N", "7") for kind in KINDS])
def test_every_kind_can_be_asked_for(kind: str) -> None:
    assert Chances(0, "hunter", [Fault.parse(f"*={kind}")]).kind(call()) == kind


def test_a_fault_meets_its_own_vendor_alone() -> None:
    assert Chances(0, "clearbit", [Fault("hunter", "503")]).kind(call()) is None


def test_a_share_is_kept_and_another_fault_may_take_from_the_rest() -> None:
    chances = Chances(0, "hunter", [Fault("*", "503", 0.2), Fault("hunter", "close", 0.5)])
    met = [chances.kind(call(number)) for number in range(2000)]
    assert 300 < met.count("503") < 500
    assert 650 < met.count("close") < 950


def test_a_count_is_each_vendors_own_and_starts_again_with_a_reset() -> None:
    faults = [Fault("*", "429", count=2), Fault("*", "503", count=1)]
    one, other = Chances(0, "hunter", faults), Chances(0, "clearbit", faults)
    assert [one.kind(call(number)) for number in range(4)] == ["429", "429", "503", None]
    assert other.kind(call()) == "429"
    one.reset()
    assert one.kind(call()) == "429"


def test_a_question_asked_again_may_pass_and_the_story_is_the_same_each_time() -> None:
    faults = [Fault("*", "503", 0.5)]
    one, other = Chances(5, "hunter", faults), Chances(5, "hunter", faults)
    story = [one.kind(call()) for _ in range(20)]
    assert set(story) == {"503", None}
    assert [other.kind(call()) for _ in range(20)] == story
    one.reset()
    assert [one.kind(call()) for _ in range(20)] == story
