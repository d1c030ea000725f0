"""Marks that lead from a sentence to the passage it rests on: ``They were taken at night. [^gazette:transfer]``.

Invariant: in a traced document every sentence is followed by at least one mark, so none can be published that no
passage of a captured text carries. What ends a sentence is a full stop, a question mark, an exclamation mark or an
ellipsis before white space; an abbreviation in the middle of a sentence has to be written out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MARK = re.compile(r"\[\^([A-Za-z0-9][A-Za-z0-9_-]*:[^\]\s]+)\]")
_MARKS = re.compile(rf"(?:\s*{MARK.pattern})+")
_END = re.compile(r"[.!?؟…][\"'»”’)\]]*\s+(?=\S)")
_WORDS = 6  # of a sentence that a message shows


def records_of(text: str) -> tuple[str, ...]:
    """Return the records that a text leads to, each once, in order."""
    return tuple(dict.fromkeys(found.group(1) for found in MARK.finditer(text)))


def without_marks(text: str) -> str:
    """Return a text as it reads, its marks taken out."""
    return _MARKS.sub("", text)


def untraced(block: str) -> Iterator[str]:
    """Yield the beginning of each sentence of a paragraph that no mark follows."""
    sentences, ends = [], 0
    for found in _MARKS.finditer(block):
        sentences.append(block[ends : found.start()])
        ends = found.end()
    for marked in sentences:
        *bare, _ = _END.split(marked.strip())
        yield from map(_beginning, bare)
    yield from (_beginning(each) for each in _END.split(block[ends:].strip()) if each)


def _beginning(sentence: str) -> str:
    words = sentence.split()
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")
