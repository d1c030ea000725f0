"""What one reviewer said, as it stands, and all they ever said: what the ledger knows of one hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cenotaph.ledger import Entry
from cenotaph.model import Verdict

Slot = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict on a pair, or the record chosen for a property, with its reason."""

    verdict: str
    reason: str
    sequence: int = 0

    @property
    def chosen(self) -> str:
        """The record chosen; the same slot as the verdict."""
        return self.verdict


@dataclass(slots=True)
class Live:
    """One reviewer's decisions: the last on each pair (ids in order) and on each record and property, and every one."""

    author: str
    verdicts: dict[Slot, Said] = field(default_factory=dict)
    choices: dict[Slot, Said] = field(default_factory=dict)
    ever: list[tuple[str, Slot, Said]] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Take one entry in; entries of others and entries without words say nothing here."""
        words = entry.words
        if entry.author != self.author or words is None or "about" in entry.facts:  # about an allegation: no pair
            return
        if entry.kind == "judgement":
            slot = (min(words["left"], words["right"]), max(words["left"], words["right"]))
            said = Said(str(Verdict(entry.facts["verdict"])), words.get("reason", ""), entry.sequence)
            self.verdicts[slot] = said
            self.ever.append(("judgement", slot, said))
        elif entry.kind == "choice":
            slot = (words["record"], entry.facts["property"])
            said = Said(words["chosen"], words.get("reason", ""), entry.sequence)
            self.choices[slot] = said
            self.ever.append(("choice", slot, said))


def live(entries: Iterable[Entry], author: str) -> Live:
    """Return what a reviewer decided, from the entries in their order."""
    found = Live(author)
    for entry in entries:
        found.add(entry)
    return found
