"""In which language the command line speaks: ``--language``, else CENOTAPH_LANGUAGE, else the computer's own.

Invariant: the language changes what people read and nothing else; JSON, files and exit codes are the same in all.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from typer.core import TyperGroup

from cenotaph.errors import InputError
from cenotaph.messages import LANGUAGES, Message, Speech, speech

OPTION = "--language"
_OWN = frozenset(("date",))  # commands with a --language of their own: that of the text they read
_FROM_SYSTEM = ("CENOTAPH_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_chosen: list[str] = []


def choose(language: str | None) -> None:
    """Speak a language from now on; None: what the environment says.

    Raises
    ------
    InputError
        The program speaks no such language.
    """
    if language and language.split("-")[0] not in LANGUAGES:
        raise InputError(
            Message("the program speaks {languages}, not {language}", languages=list(LANGUAGES), language=language)
        )
    _chosen[:] = [language] if language else []


def say() -> Speech:
    """Return the speech of the language chosen."""
    named = next((os.environ[name] for name in _FROM_SYSTEM if os.environ.get(name)), "en")
    return speech(_chosen[0] if _chosen else named)


class Group(TyperGroup):
    """The application's commands; ``--language`` may stand before a command or behind it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Bring ``--language X`` to the front, where the application reads it."""
        return super().parse_args(ctx, _language_first(args))


def _language_first(args: Sequence[str]) -> list[str]:
    command = next((each for each in args if not each.startswith("-")), "")
    if command in _OWN:
        return list(args)
    front: list[str] = []
    rest: list[str] = []
    words = iter(args)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == OPTION:
            front += [word, *(value for value in [next(words, None)] if value is not None)]
        else:
            (front if word.startswith(f"{OPTION}=") else rest).append(word)
    return [*front, *rest]
