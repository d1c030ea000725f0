"""What people decide. With ``sources`` the only room that appends to the ledger."""

from __future__ import annotations

from cenotaph.review.decisions import Review
from cenotaph.review.importing import import_workbook
from cenotaph.review.live import live
from cenotaph.review.material import Material
from cenotaph.review.passage_files import read_rows
from cenotaph.review.passages import Entering
from cenotaph.review.picture import picture
from cenotaph.review.queue import Question, Queue, find_pair, queue, serving
from cenotaph.review.reasons import reasons
from cenotaph.review.reviewers import reviewer_code
from cenotaph.review.sampling import disagreed, enter_sample, import_labels
from cenotaph.review.sheet_sample import write_sample
from cenotaph.review.standing import Since, Standing
from cenotaph.review.telling import hanging, met, plain, text_of
from cenotaph.review.waterfall import Waterfall, waterfall
from cenotaph.review.wording import LANGUAGES, Words, spoken, words_for
from cenotaph.review.workbook import export_workbook
from cenotaph.review.writing import check_target

__all__ = [
    "LANGUAGES",
    "Entering",
    "Material",
    "Question",
    "Queue",
    "Review",
    "Since",
    "Standing",
    "Waterfall",
    "Words",
    "check_target",
    "disagreed",
    "enter_sample",
    "export_workbook",
    "find_pair",
    "hanging",
    "import_labels",
    "import_workbook",
    "live",
    "met",
    "picture",
    "plain",
    "queue",
    "read_rows",
    "reasons",
    "reviewer_code",
    "serving",
    "spoken",
    "text_of",
    "waterfall",
    "words_for",
    "write_sample",
]
