"""What people decide. With ``sources`` the only room that appends to the ledger."""

from __future__ import annotations

from cenotaph.review.decisions import Review
from cenotaph.review.importing import import_workbook
from cenotaph.review.live import live
from cenotaph.review.material import Material
from cenotaph.review.passage_files import read_rows
from cenotaph.review.passages import Entering
from cenotaph.review.queue import Question, Queue, queue
from cenotaph.review.reasons import reasons
from cenotaph.review.reviewers import reviewer_code
from cenotaph.review.standing import Since, Standing
from cenotaph.review.wording import words_for
from cenotaph.review.workbook import export_workbook

__all__ = [
    "Entering",
    "Material",
    "Question",
    "Queue",
    "Review",
    "Since",
    "Standing",
    "export_workbook",
    "import_workbook",
    "live",
    "queue",
    "read_rows",
    "reasons",
    "reviewer_code",
    "words_for",
]
