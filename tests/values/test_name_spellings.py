"""Spellings of Persian names in French, German, Norwegian and Spanish are told from other names."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from cenotaph.values import names

TABLE = Path(__file__).parents[1] / "data" / "european_spellings.csv"
LINES = [line for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
ROWS = list(csv.DictReader(LINES))
LANGUAGES = ("english", "french", "german", "norwegian", "spanish")


@pytest.mark.parametrize("row", ROWS, ids=[row["english"] for row in ROWS])
def test_every_european_spelling_is_likelier_the_name_than_not(row: dict[str, str]) -> None:
    """Each spelling scores high against the Persian and against every other spelling."""
    spellings = [row[language] for language in LANGUAGES]
    for spelling in spellings:
        assert names.compare(row["persian"], spelling).weight > 0, spelling
    for left in spellings:
        for right in spellings:
            assert names.compare(left, right).weight > 0, (left, right)


def test_european_spellings_score_well_above_other_names() -> None:
    """The worst spelling of a name scores well above the best of all the other names in the table."""
    spelled = [row[language] for row in ROWS for language in LANGUAGES]
    table = names.prepare([*(row["persian"] for row in ROWS), *spelled])
    grid = np.indices((len(ROWS), len(spelled))).reshape(2, -1)
    scores = names.similarity(table, grid[0], grid[1] + len(ROWS))
    own = grid[1] // len(LANGUAGES) == grid[0]
    assert scores[own].min() > scores[~own].max() + 0.1
