"""What a workbook is made of: the case at one head, and what one reviewer said so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from cenotaph.case import Case
from cenotaph.linkage import Links
from cenotaph.registry import Register
from cenotaph.review.live import Live
from cenotaph.review.queue import LIMIT, Queue, queue, serving
from cenotaph.review.wording import Words, words_for


@dataclass(frozen=True)
class Material:
    """What a workbook is made of."""

    case: Case
    records: pa.Table
    report: Mapping[str, Any]
    links: Links
    register: Register
    live: Live  # the reviewer's own decisions, shown in the cells to fill
    limit: int = LIMIT

    @cached_property
    def words(self) -> Words:
        """Return the words in the case's first language."""
        return words_for(self.case.config.case.languages)

    @cached_property
    def queue(self) -> Queue:
        """Return the pairs to show."""
        return queue(self.records, self.links, self.case.judgements, serving=serving(self.case), limit=self.limit)

    def title_of(self, name: str) -> str:
        """Return what a list is called."""
        facts = self.case.lists.get(name)
        return facts.title if facts else name
