"""One row of a register in interchange: one thing stated. What is left out is empty."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("case", "list", "source", "record", "claim", "judgement", "choice")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that a register states."""

    what: str  # one of KINDS
    person: str = ""  # of a record: who it is, the id of the founding record
    record: str = ""  # of a record, claim, judgement, choice; of a source the number of its edition
    other: str = ""  # the other record of a judgement; the record whose value is chosen
    list: str = ""
    property: str = ""
    value: str = ""  # as written; of a record the number of its row; of a judgement the verdict
    calendar: str = ""  # in which the file showed a date
    code: str = ""  # what the list's own word was mapped to; of a record `gone` when a later edition dropped it
    shown: str = ""  # `yes` on the claim that is shown first
    locator: str = ""  # where it stands in its source
    source: str = ""  # SHA-256 of the captured file
    by: str = ""  # who decided; internal
    reason: str = ""  # why; internal
