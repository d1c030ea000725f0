"""A language the program speaks: messages said in it, with everything foreign to its direction set apart.

Invariant: in a sentence from right to left each id, path, command and filled-in text stands between Unicode isolates,
so no terminal, log or mail program can move its signs about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from babel.messages.catalog import Catalog

from cenotaph.messages.catalogue import RIGHT_TO_LEFT, load, number, translations
from cenotaph.messages.message import FIELD, Message

LANGUAGES = ("en", "fa")
LEFT, FIRST, POP = "\u2066", "\u2068", "\u2069"  # left-to-right isolate, first-strong isolate, end of either
RIGHT_MARK = "\u200f"
_FOREIGN = re.compile(
    r"`[^`]*`|\{[a-z_]+\}|(?:--|[./\[])?[A-Za-z][A-Za-z0-9_./:=\]\"-]*(?: +[A-Za-z][A-Za-z0-9_./:=-]*)*"
)


@dataclass(frozen=True, slots=True)
class Speech:
    """One language. Ask ``speech`` for one."""

    language: str
    catalogue: Catalog | None = None

    @property
    def is_right_to_left(self) -> bool:
        """Say whether the language is written from right to left."""
        return self.language in RIGHT_TO_LEFT

    @property
    def line_start(self) -> str:
        """Return what a line of values begins with, so that it runs as the language does; nothing in English."""
        return RIGHT_MARK if self.is_right_to_left else ""

    @property
    def arrow(self) -> str:
        """Return the arrow that points onwards."""
        return "←" if self.is_right_to_left else "→"

    def __call__(self, text: str, /, **parts: object) -> str:
        """Say a message, or a template with its parts, in this language."""
        if isinstance(text, Message):
            parts = dict(text.parts)
            text = text.template
        said = next(iter(translations(self.catalogue, text)), "")
        if not said:
            return str(Message(text, **parts)) if parts else text
        template = self._apart(said) if self.is_right_to_left else said
        return FIELD.sub(lambda found: self._part(parts[found[1]]), template)

    def number(self, value: float) -> str:
        """Write a number as the language does."""
        return number(value, self.language)

    def isolate(self, text: str) -> str:
        """Set a text apart from the sentence around it, where the language runs from right to left."""
        return f"{FIRST}{text}{POP}" if self.is_right_to_left and text else text

    def _apart(self, template: str) -> str:
        """Set Latin words and what stands in backticks apart; fields are set apart when they are filled."""
        return _FOREIGN.sub(lambda found: found[0] if found[0][0] == "{" else f"{LEFT}{found[0]}{POP}", template)

    def _part(self, part: object) -> str:
        if isinstance(part, bool | PurePath):
            return f"{LEFT}{part}{POP}" if self.is_right_to_left else str(part)
        if isinstance(part, int | float):
            return self.number(part)
        if isinstance(part, Message):
            return self(part)
        if isinstance(part, list | tuple):
            return ("، " if self.is_right_to_left else ", ").join(self._part(each) for each in part)
        return self.isolate(str(part))


ENGLISH = Speech("en")


def speech(language: str) -> Speech:
    """Return the speech of a tag or a locale's name (``fa``, ``fa-IR``, ``fa_IR.UTF-8``); English for others."""
    base = re.split(r"[-_.@]", language.casefold())[0]
    return Speech(base, load("cenotaph.messages", base)) if base in LANGUAGES and base != "en" else ENGLISH
