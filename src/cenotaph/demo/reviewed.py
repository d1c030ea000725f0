"""What the invented group decided after its first look: legal reviews, and which allegation concerns whom.

Invariant: decisions go through ``review`` like everybody's, signed by an invented code; one allegation is left without
a review and one without a chance to reply, so that the pages show what is kept back.
"""

from __future__ import annotations

from pathlib import Path

from cenotaph.case import Case
from cenotaph.pipeline.deciding import known_records
from cenotaph.pipeline.estimating import register_of
from cenotaph.pipeline.ground import around
from cenotaph.review import Review

AUTHOR = "lawyer-1"
CLEARED = ("transfers", "convicted", "sat", "keys", "overturned")  # `keys` without a chance to reply; `letters` unread
CONCERNS = (("docket:D003", "sat", "linked"), ("docket:D004", "convicted", "linked"), ("docket:D004", "sat", "unsure"))


def decide(folder: Path) -> int:
    """Enter the decisions of the invented group, once; return how many were entered."""
    case = Case.load(folder)
    found, _ = around(case, register_of(case))
    keys = {name: found.allegations[name].review_key for name in CLEARED}
    if any(map(case.is_cleared, keys.values())):
        return 0
    with case.open_ledger() as ledger:
        review = Review(ledger, AUTHOR, known_records(case))
        for key in keys.values():
            review.clear(key, "public", reason="read by an invented lawyer")
        for record, allegation, verdict in CONCERNS:
            review.connect(record, allegation, verdict, reason="the docket says so (invented)")
    return len(CLEARED) + len(CONCERNS)
