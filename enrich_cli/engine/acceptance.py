"""Which answers are sure enough to be kept (contract, *Right*)."""

from __future__ import annotations

from collections.abc import Sequence

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import Found, Identity
from enrich_cli.matching.judge import Judgement, judge, likeliest


class Acceptance:
    """Judges the answers about one customer, and remembers the highest confidence of those it refused."""

    def __init__(self, data_type: DataType, customer: Customer, min_confidence: float) -> None:
        self._data_type = data_type
        self._customer = customer
        self._min_confidence = min_confidence
        self.refused: float | None = None
        """The highest confidence of an answer that was too unsure to keep."""

    def choose(self, candidates: Sequence[Identity]) -> int | None:
        """The index of the candidate that is most likely the customer; None if none is credible."""
        best = likeliest(self._data_type, self._customer, candidates)
        return best[0] if best and self._is_enough(best[1]) else None

    def of(self, found: Found) -> Judgement | None:
        """How sure an answer is; None if it must not be kept."""
        judgement = judge(self._data_type, self._customer, found.identity, found.rivals)
        return judgement if self._is_enough(judgement.confidence) else None

    def _is_enough(self, confidence: float) -> bool:
        if confidence >= self._min_confidence:
            return True
        self.refused = max(self.refused or 0.0, confidence)
        return False
