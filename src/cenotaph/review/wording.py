"""The words of the workbook, one file a language: of what people fill in every language is understood."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from cenotaph.model import Verdict
from cenotaph.values import fold

LANGUAGES = ("en", "fa")
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "ur"})


@dataclass(frozen=True, slots=True)
class Words:
    """What the workbook says in one language."""

    language: str
    right_to_left: bool
    table: dict[str, Any]

    def say(self, group: str, key: str, /, **parts: object) -> str:
        """Return a text with its parts filled in."""
        text: str = self.table[group][key]
        return text.format(**{name: self._written(part) for name, part in parts.items()}) if parts else text

    def number(self, count: int) -> str:
        """Write a number with the digits of the language."""
        return f"{count:,}" if self.language != "fa" else f"{count:,}".replace(",", "٬").translate(_PERSIAN_DIGITS)

    def _written(self, part: object) -> object:
        return self.number(part) if isinstance(part, int) else part


def spoken(language: str) -> Words:
    """Return the words in a language, English where there are none."""
    return words_for([language])


def words_for(languages: Sequence[str]) -> Words:
    """Return the words in the first language of a case, English where there are none; the direction is the case's."""
    first = languages[0] if languages else "en"
    language = first if first in LANGUAGES else "en"
    return Words(language, first in RIGHT_TO_LEFT, load(language))


@cache
def load(language: str) -> dict[str, Any]:
    """Return the words of one language as they stand in their file."""
    return tomllib.loads(resources.files(__package__).joinpath("words", f"{language}.toml").read_text(encoding="utf-8"))


@cache
def _verdicts() -> dict[str, Verdict]:
    said = {fold(load(language)["verdicts"][verdict]): verdict for language in LANGUAGES for verdict in Verdict}
    return said | {fold(verdict): verdict for verdict in Verdict}


def verdict_of(text: str) -> Verdict | None:
    """Return the verdict that a person wrote, in any of our languages, or None."""
    return _verdicts().get(fold(text))
