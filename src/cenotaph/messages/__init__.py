"""What the program says to people, in their language. Knows no other room: sentences, their parts, their translations.

Invariant: a ``Message`` is its English sentence, so a program reads the same in every language; only a ``Speech`` makes
another language of it, and what has no translation is said in English rather than not at all.
"""

from __future__ import annotations

from cenotaph.messages.catalogue import RIGHT_TO_LEFT, load, number, plural_rule
from cenotaph.messages.message import Message
from cenotaph.messages.speech import ENGLISH, LANGUAGES, Speech, speech

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "RIGHT_TO_LEFT",
    "Message",
    "Speech",
    "load",
    "number",
    "plural_rule",
    "speech",
]
