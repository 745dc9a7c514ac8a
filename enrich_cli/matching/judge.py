"""How sure are we that an answer is about this customer?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.comparisons import COMPARISONS
from enrich_cli.matching.emails import is_shared
from enrich_cli.matching.namesakes import bearers_of_name, common_name_bits
from enrich_cli.matching.priors import How, Prior, prior_of
from enrich_cli.matching.weights import (
    BITS_AT_MOST,
    CERTAIN,
    COMMON_NAME,
    DOUBTED,
    MISTAKEN,
    NEAR_RIVAL,
    NEAR_RIVAL_BITS,
    SEARCHED_AGREES,
    SEARCHED_DISAGREES,
    SLOPE,
    UNCERTAIN,
    Evidence,
    certainty_bits,
)
from enrich_cli.matching.weights_by_type import missed_of, weights_of

_CANDIDATES = 256
"""Customers in flight: each is weighed when a candidate is chosen, and again when that one is judged."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How sure we are, and why."""

    confidence: float
    """0..1, rounded to four digits; never quite 0 or 1."""
    reasons: tuple[str, ...]
    """What spoke for and against, by decreasing weight; free of personal data."""


def likeliest(data_type: DataType, customer: Customer, candidates: Sequence[Identity]) -> tuple[int, float] | None:
    """The index of the candidate that is most likely the customer, and the confidence in it; None if there are none."""
    worth = [_sum(_weighed(data_type, customer, one)) for one in candidates]
    if not worth:
        return None
    first = worth.index(max(worth))
    rivals = _rivals(candidates[first], candidates, worth)
    return first, _confidence(data_type, worth[first], rivals, mistaken=_mistaken(candidates[first]))


def judge(data_type: DataType, customer: Customer, identity: Identity, rivals: Sequence[Identity] = ()) -> Judgement:
    """Weigh everything that is known on both sides. What only one side knows says nothing; of several values the best
    counts.

    `rivals`: the other candidates of the same answer. At most one of all of them is the customer, so if two fit equally
    well, the confidence in each is below one half.
    """
    weighed = _weighed(data_type, customer, identity)
    bits = _sum(weighed)
    against = _rivals(identity, rivals, [_sum(_weighed(data_type, customer, rival)) for rival in rivals])
    if any(bits - rival < NEAR_RIVAL_BITS for rival in against):
        weighed += ((-NEAR_RIVAL_BITS, NEAR_RIVAL),)
    weightiest = sorted(weighed, key=lambda weight: -abs(weight[0]))
    confidence = _confidence(data_type, bits, against, mistaken=_mistaken(identity))
    return Judgement(confidence, tuple(reason for _, reason in weightiest))


@lru_cache(maxsize=_CANDIDATES)
def _weighed(data_type: DataType, customer: Customer, identity: Identity) -> tuple[tuple[float, str], ...]:
    prior = prior_of(data_type, identity.asked_by, shared_mailbox=bool(customer.email and is_shared(customer.email)))
    weights = weights_of(data_type, identity)
    weighed = [(prior.bits, prior.reason)]
    found: list[Evidence] = []
    for comparison in COMPARISONS[data_type]:
        asked = not comparison.fields.isdisjoint(prior.fields)
        if asked and prior.how is How.KEY:
            continue
        if evidence := comparison.compare(customer, identity):
            found.append(evidence)
            weighed.append((_scaled(weights[evidence], prior, asked), evidence.reason))
    if prior.how is How.SEARCH and (bearers := bearers_of_name(customer, identity)) > 0:
        worth = {evidence: bits for evidence, (bits, _) in zip(found, weighed[1:], strict=True)}
        if too_much := common_name_bits(bearers, prior, worth):
            weighed.append((-too_much, COMMON_NAME))
    if identity.certainty is not None:
        bits = certainty_bits(identity.certainty)
        weighed.append((bits, CERTAIN if bits > 0 else UNCERTAIN))
    return tuple(weighed)


def _scaled(bits: float, prior: Prior, asked: bool) -> float:
    if not asked or prior.how is not How.SEARCH:
        return bits
    return bits * (SEARCHED_AGREES if bits > 0 else SEARCHED_DISAGREES)


def _sum(weighed: Iterable[tuple[float, str]]) -> float:
    return min(max(sum(bits for bits, _ in weighed), -BITS_AT_MOST), BITS_AT_MOST)


def _rivals(identity: Identity, others: Sequence[Identity], worth: Sequence[float]) -> list[float]:
    """The bits of the other candidates, without duplicates of this one: a listing that occurs twice is not a rival."""
    return [bits for other, bits in zip(others, worth, strict=True) if not _is_listed_twice(identity, other)]


def _is_listed_twice(one: Identity, other: Identity) -> bool:
    same_names = one.companies == other.companies and one.names == other.names
    return same_names and one.places == other.places and one.phones == other.phones and one.domains == other.domains


def _mistaken(identity: Identity) -> float:
    """The share of seemingly certain matches that are wrong."""
    unsure = identity.certainty is not None and certainty_bits(identity.certainty) < 0
    return DOUBTED if unsure else MISTAKEN


def _confidence(data_type: DataType, bits: float, rivals: Sequence[float], *, mistaken: float) -> float:
    """The probability, from the odds of each, that this one is meant rather than a rival or none of them."""
    mine: float = 2 ** (SLOPE * bits)
    share = mine / (mine + 1 + sum(2 ** (SLOPE * rival) for rival in rivals))
    all_the_same = mistaken if share > 0.5 else missed_of(data_type)
    return round(all_the_same + (1 - 2 * all_the_same) * share, 4)
