"""Words of a vocabulary in the reader's language: ``executed`` for a Persian reader, with what was written beside it.

Invariant: only words that a table of the values room knows are put into another language; all else stands as written.
"""

from __future__ import annotations

from cenotaph import values
from cenotaph.publishing.public import PublicClaim
from cenotaph.publishing.site import codes
from cenotaph.publishing.site.words import Words
from cenotaph.values import properties, vocabularies

_ANSWERS = frozenset({"trial.held", "trial.again", "commission.new_trial", "sentence.time_served"})


def term(name: str, claim: PublicClaim, words: Words) -> str:
    """Return the term a claim's text stands for, in words; nothing where no table has it."""
    if name in _ANSWERS:
        return codes.said(codes.CODE, values.code("answer", claim.text) or "", words)
    vocabulary = properties.property_of(name).vocabulary
    found = vocabularies.entry(vocabulary, claim.text) if vocabulary else None
    return found.label(words.language) if found else ""
