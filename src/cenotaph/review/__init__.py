"""What people decide. With ``sources`` the only room that appends to the ledger."""

from __future__ import annotations

from cenotaph.review.decisions import Review
from cenotaph.review.reviewers import reviewer_code

__all__ = ["Review", "reviewer_code"]
