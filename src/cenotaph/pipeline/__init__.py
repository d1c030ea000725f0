"""The whole way through the house: captured lists, records, links, persons, an honest estimate, a memorial.

Each stage leaves its tables under ``build/``; a stage whose inputs have not changed is taken from there.
"""

from cenotaph.pipeline.asking import estimate_cells
from cenotaph.pipeline.building import build, evaluate_case
from cenotaph.pipeline.deciding import decide
from cenotaph.pipeline.estimating import estimate_case
from cenotaph.pipeline.folders import add_files
from cenotaph.pipeline.narrating import import_passages, list_passages, text_of
from cenotaph.pipeline.reviewing import export_review, import_review, queue_of
from cenotaph.pipeline.sampling import draw_sample, import_sample, measure_sample, write_sample

__all__ = [
    "add_files",
    "build",
    "decide",
    "draw_sample",
    "estimate_case",
    "estimate_cells",
    "evaluate_case",
    "export_review",
    "import_passages",
    "import_review",
    "import_sample",
    "list_passages",
    "measure_sample",
    "queue_of",
    "text_of",
    "write_sample",
]
