"""Who decides: pseudonymous codes, never names. A decision signed by a name endangers whoever made it."""

from __future__ import annotations

import re

from cenotaph.errors import InputError
from cenotaph.messages import Message

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")


def reviewer_code(text: str) -> str:
    """Return the code if it can be one: letters, digits and ``. _ -``, up to 32 of them.

    Raises
    ------
    InputError
        The text looks like a name or an e-mail address, or is no code at all.
    """
    if "@" in text:
        raise InputError(Message("a reviewer's code is no e-mail address: use a code that names nobody, such as r1"))
    if any(char.isspace() for char in text.strip()):
        raise InputError(
            Message("a reviewer's code has no spaces and is no name: use a code that names nobody, such as r1")
        )
    if not _CODE.fullmatch(text):
        raise InputError(Message("a reviewer's code is 1 to 32 of the letters a-z, digits and . _ -, such as r1"))
    return text
