"""May it be somebody else with the same name?

A rare name identifies a person in a whole town, a common one hardly does: among a few thousand people, several are
called John Smith. So if a search by name found somebody who lives elsewhere in town, and nothing specific to one person
agrees, the name says less the more people have it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.frequencies import bearers
from enrich_cli.matching.priors import Prior
from enrich_cli.matching.text import REMEMBERED
from enrich_cli.matching.weights import Evidence
from enrich_cli.matching.written_names import words_of_name

_NAME = frozenset(found for found in Evidence if found.name.startswith("NAME_") and found.bits > 0)
_APART = frozenset({Evidence.STREET_OTHER, Evidence.NUMBER_OTHER})
_OF_FEW = frozenset(
    (
        *(Evidence.EMAIL_SAME, Evidence.LINKEDIN_SAME, Evidence.TWITTER_SAME, Evidence.PHONE_SAME),
        *(Evidence.DOMAIN_SAME, Evidence.DOMAIN_SISTER, Evidence.COMPANY_SAME, Evidence.COMPANY_ALIKE),
        *(Evidence.STREET_SAME, Evidence.UNIT_MISSING, Evidence.UNIT_OTHER, Evidence.STREET_TYPE_OTHER),
        *(Evidence.STREET_ALIKE, Evidence.STREET_PARTLY, Evidence.NUMBER_ALIKE, Evidence.STREET_ALONE),
    )
)
"""Evidence that agrees for one person, house or office. Two people of one name hardly ever share it."""


def bearers_of_name(customer: Customer, identity: Identity) -> int:
    """How many of a million people have the name that both sides give, in bits; 0 if hardly anybody does.

    It is as common as the side that gives less of it. Of several names in an identity the rarest counts.
    """
    return _bearers_of_both(customer.full_name or "", identity.names)


def common_name_bits(bearers: int, prior: Prior, worth: Mapping[Evidence, float]) -> float:
    """How many bits too many an agreement on a name this common has, given all that a search found (`worth`, in bits).

    None if something that few people share agrees as well, or if the search was by more than a name and did not find
    somebody in another house. From an agreement that is weaker by itself, such as on an initial, less is taken away,
    and never more than it has.
    """
    agreed = next(iter(_NAME & worth.keys()), None)
    if not agreed or not _OF_FEW.isdisjoint(worth) or (prior.fields > {"name"} and _APART.isdisjoint(worth)):
        return 0.0
    allowed_for = Evidence.NAME_SAME.bits - agreed.bits
    return min(max(bearers - allowed_for, 0.0), worth[agreed])


@lru_cache(maxsize=REMEMBERED)
def _bearers_of_both(ours: str, theirs: tuple[str, ...]) -> int:
    return max(0, _bearers(ours), min(map(_bearers, theirs), default=0))


def _bearers(name: str) -> int:
    words = words_of_name(name)
    return bearers(words) if len(words) > 1 else 0
