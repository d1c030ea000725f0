"""The labelled sample of a case: entries that ask about a pair, and the labels that coders gave.

They are judgements whose facts say ``about: sample``. Invariant: a label never reaches `Decided.judgements`, so it has
no part in linking; the latest sample alone counts, and of a coder's labels of a pair the latest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from cenotaph.ledger import Entry
from cenotaph.model import SampledPair, Verdict

ABOUT_SAMPLE = "sample"
ASKED = "asked"  # the verdict of an entry that only puts a pair into a sample
Sampled = dict[tuple[str, str], SampledPair]


def is_about_sample(entry: Entry) -> bool:
    """Say whether a judgement measures the links instead of deciding about them."""
    return entry.kind == "judgement" and entry.facts.get("about") == ABOUT_SAMPLE


def take(pairs: Sampled, entry: Entry) -> None:
    """Take one entry about a sample in: the first of a later sample ends the earlier one."""
    words = entry.words or {}
    number, slot = entry.facts["sample"], (words["left"], words["right"])
    if entry.facts["verdict"] == ASKED:
        if any(each.sample < number for each in pairs.values()):
            pairs.clear()
        pairs[slot] = _asked(slot, entry.facts)
    elif slot in pairs and pairs[slot].sample == number:
        said = {**pairs[slot].said, entry.author: Verdict(entry.facts["verdict"])}
        pairs[slot] = replace(pairs[slot], said=MappingProxyType(said))


def _asked(slot: tuple[str, str], facts: Mapping[str, object]) -> SampledPair:
    number, of, drawn = (int(str(facts[name])) for name in ("sample", "of", "drawn"))
    return SampledPair(left=slot[0], right=slot[1], sample=number, stratum=str(facts["stratum"]), of=of, drawn=drawn)


def settled(pairs: Sampled) -> tuple[SampledPair, ...]:
    """Return the pairs of the latest sample, in the order of their ids."""
    return tuple(pairs[slot] for slot in sorted(pairs))


def last_number(entries: Iterable[Entry]) -> int:
    """Return the number of the latest sample, 0 where none was drawn; erased pairs count."""
    return max((int(each.facts["sample"]) for each in entries if is_about_sample(each)), default=0)
