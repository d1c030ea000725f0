"""Which pages of the group may lead to passages: only those whose every mark leads to one.

Invariant: no page is published with a mark that leads nowhere, traced or not; the report names page and record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cenotaph.campaign import Content, Document, Problem, records_of
from cenotaph.publishing.public import PublicPassage

_KINDS = ("articles", "events", "statements")


def without_untraced(content: Content, passages: Mapping[str, PublicPassage]) -> Content:
    """Return the content without documents that lead to a record nobody marked, a problem in the place of each.

    Parameters
    ----------
    content
        What the group wrote.
    passages
        The passages that may be led to, by record.
    """
    problems: list[Problem] = []
    kept: dict[str, Any] = {}
    for kind in _KINDS:
        kept[kind] = tuple(each for each in getattr(content, kind) if not _leads_astray(kind, each, passages, problems))
    return replace(content, **kept, problems=(*content.problems, *problems)) if problems else content


def _leads_astray(
    kind: str, document: Document, passages: Mapping[str, PublicPassage], problems: list[Problem]
) -> bool:
    led = dict.fromkeys(record for text in document.texts.values() for record in records_of(text.body))
    wrong = [record for record in led if record not in passages]
    if wrong:
        said = f"it leads to {', '.join(wrong)}, where no passage is marked; mark it, or take the sentence out"
        problems.append(Problem(file=f"{kind}/{document.id}", what=said))
    return bool(wrong)
