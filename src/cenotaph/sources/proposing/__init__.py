"""What a file seems to say, for a person to correct: a proposal of its mapping. Pure: bytes in, a draft out."""

from __future__ import annotations

from cenotaph.sources.proposing.draft import QUESTIONS, Doubt, Draft, Line, Value, column_key
from cenotaph.sources.proposing.headers import meaning
from cenotaph.sources.proposing.propose import propose, read_unknown

__all__ = ["QUESTIONS", "Doubt", "Draft", "Line", "Value", "column_key", "meaning", "propose", "read_unknown"]
