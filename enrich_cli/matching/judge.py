"""How sure are we that an answer is about this customer?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.companies import compare_companies
from enrich_cli.matching.domains import compare_domains
from enrich_cli.matching.emails import compare_emails, is_shared
from enrich_cli.matching.handles import compare_linkedin, compare_twitter
from enrich_cli.matching.names import compare_names
from enrich_cli.matching.phones import compare_phones
from enrich_cli.matching.places import compare_places
from enrich_cli.matching.weights import (
    BITS_AT_MOST,
    CERTAIN,
    SEARCHED_AGREES,
    SEARCHED_DISAGREES,
    UNCERTAIN,
    Evidence,
    How,
    Prior,
    best,
    certainty_bits,
)

READS: Mapping[DataType, frozenset[str]] = MappingProxyType(
    {
        DataType.PERSON: frozenset(
            {
                "name",
                "first_name",
                "last_name",
                "email",
                "phone",
                "company",
                "domain",
                "city",
                "state",
                "postal_code",
                "country",
                "linkedin_url",
                "twitter",
            }
        )
    }
)
"""The customer fields that a judgement rests on, by data type: when one changes, so may the judgement."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How sure we are, and why."""

    confidence: float
    """0..1, rounded to four digits; neither 0 nor 1 is ever reached."""
    reasons: tuple[str, ...]
    """What spoke for and against, the weightiest first; free of personal data."""


@dataclass(frozen=True, slots=True)
class _Subject:
    """One independent piece of evidence, and the fields of a search that it is about."""

    fields: frozenset[str]
    compare: Callable[[Customer, Identity], Evidence | None]


def choose(
    data_type: DataType, customer: Customer, candidates: Sequence[Identity], *, min_confidence: float
) -> int | None:
    """The place of the candidate that is most likely the customer; None when none reaches `min_confidence`."""
    judged = [
        (judge(data_type, customer, one, [other for other in candidates if other is not one]).confidence, -place)
        for place, one in enumerate(candidates)
    ]
    confidence, place = max(judged, default=(0.0, 0))
    return -place if judged and confidence >= min_confidence else None


def judge(
    data_type: DataType,  # noqa: ARG001
    customer: Customer,
    identity: Identity,
    rivals: Sequence[Identity] = (),  # noqa: ARG001
) -> Judgement:
    """Weigh all that is known on both sides. What one side alone knows says nothing; the best of several counts."""
    prior = _prior(customer, identity.asked_by)
    weighed = [(prior.bits, prior.reason)]
    for subject in _SUBJECTS:
        asked = bool(subject.fields & prior.fields)
        if asked and prior.how is How.KEY:
            continue
        if evidence := subject.compare(customer, identity):
            weighed.append((_bits(evidence, asked), evidence.reason))
    if identity.certainty is not None:
        bits = certainty_bits(identity.certainty)
        weighed.append((bits, CERTAIN if bits > 0 else UNCERTAIN))
    weighed.sort(key=lambda weight: -abs(weight[0]))
    return Judgement(_confidence(sum(bits for bits, _ in weighed)), tuple(reason for _, reason in weighed))


def _compare_employers(customer: Customer, identity: Identity) -> Evidence | None:
    """Company and domain are two names of one employer, hence one piece of evidence."""
    return best((compare_companies(customer, identity), compare_domains(customer, identity)))


_SUBJECTS = (
    _Subject(frozenset({"name"}), compare_names),
    _Subject(frozenset({"email"}), compare_emails),
    _Subject(frozenset({"linkedin_url"}), compare_linkedin),
    _Subject(frozenset({"twitter"}), compare_twitter),
    _Subject(frozenset({"phone"}), compare_phones),
    _Subject(frozenset({"company", "domain"}), _compare_employers),
    _Subject(frozenset({"address"}), compare_places),
)


def _prior(customer: Customer, asked_by: frozenset[str]) -> Prior:
    asked = asked_by | {"name"} if {"first_name", "last_name"} <= asked_by else asked_by
    shared = "email" in asked and is_shared(customer.email or "")
    return next(prior for prior in Prior if prior.fields <= asked and not (prior is Prior.EMAIL and shared))


def _bits(evidence: Evidence, searched: bool) -> float:
    if not searched:
        return evidence.bits
    return evidence.bits * (SEARCHED_AGREES if evidence.bits > 0 else SEARCHED_DISAGREES)


def _confidence(bits: float) -> float:
    within = min(max(bits, -BITS_AT_MOST), BITS_AT_MOST)
    return round(1 / (1 + 2**-within), 4)
