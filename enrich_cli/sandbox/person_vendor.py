"""What the stand-ins share that are asked about one subject by name, address or handle: whom they know, and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.people import Person, as_spelled, person_behind, somebody_else
from enrich_cli.sandbox.subject import Subject
from enrich_cli.sandbox.vendor import Vendor


@dataclass(frozen=True, slots=True)
class Finding:
    """Whom a vendor found, with its spelling of the name, and the draws for the details of its record."""

    person: Person
    draw: Draw
    full: bool
    """Nothing may be left out."""
    mistaken: bool
    """It is somebody else."""

    def without(self, block: dict[str, Any], optional: Iterable[str], empty: object = None) -> dict[str, Any]:
        """Leave out some optional members of a block, and make others null, or what the vendor uses for `empty`."""
        if self.full:
            return block
        for name in optional:
            share = self.draw.share()
            if share < 0.06:
                del block[name]
            elif share < 0.16:
                block[name] = empty
        return block


class PersonVendor(Vendor):
    """A vendor that is asked about people."""

    queues: ClassVar[float] = 0.0
    """The share of questions whose first answer is "still looking"."""

    def reset(self) -> None:
        super().reset()
        self._waits: dict[str, int] = {}

    def find(self, subject: Subject) -> Finding | None:
        """The person whom this vendor takes the subject for; None if it knows nobody."""
        marks = subject.marks
        draw = Draw(self.seed, self.name, subject.key)
        known, mistaken = draw.chance(self.knows), draw.chance(self.mistakes)
        if "miss" in marks:
            return None
        if not marks & {"hit", "other", "queued"} and ("objects" in marks or subject.is_role or not known):
            return None
        if "other" in marks or (mistaken and not marks):
            return Finding(somebody_else(self.seed, subject, self.name), draw, full=False, mistaken=True)
        person, full = person_behind(self.seed, subject), "hit" in marks
        return Finding(person if full else as_spelled(person, draw), draw, full=full, mistaken=False)

    def still_looking(self, question: str, subject: Subject) -> int:
        """0 if the answer to this question is ready, else how often it was not ready, including now; finally it is."""
        waits = self._waits.get(question, 0)
        if "forever" not in subject.marks and waits >= self._waits_before_ready(question, subject):
            return 0
        self._waits[question] = waits + 1
        return waits + 1

    def _waits_before_ready(self, question: str, subject: Subject) -> int:
        if "queued" in subject.marks:
            return 1
        if subject.marks:
            return 0
        draw = Draw(self.seed, self.name, "queue", question)
        return draw.number(1, 2) if draw.chance(self.queues) else 0
