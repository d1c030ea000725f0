"""Make a text harmless to show: no control that reorders a line, no spreadsheet formula, no byte a file cannot hold.

Invariant: what a source wrote stays readable as it is written; only invisible controls are taken out, and the
zero-width joiners that Persian spelling needs are left in.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Any

# Explicit directional marks, embeddings, overrides and isolates: they can make a name or a number read as another one.
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# C0 and C1 controls, the byte order mark, line and paragraph separators, interlinear and tag characters, noncharacters.
_CONTROL = re.compile(
    f"[{_BIDI}\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_SPACE = re.compile(r"[ \t\r\n\u00a0]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # also their full-width twins

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
_SCRIPTS = (("ARABIC", "Arab"), ("LATIN", "Latn"), ("CYRILLIC", "Cyrl"), ("HEBREW", "Hebr"), ("GREEK", "Grek"),
            ("ARMENIAN", "Armn"), ("GEORGIAN", "Geor"), ("CJK", "Hani"), ("ETHIOPIC", "Ethi"))  # fmt: skip

_USUAL = {"fa": "Arab", "ar": "Arab", "ckb": "Arab", "ps": "Arab", "ur": "Arab", "he": "Hebr", "ru": "Cyrl",
          "uk": "Cyrl", "el": "Grek", "hy": "Armn", "ka": "Geor"}  # fmt: skip


def clean(text: str) -> str:
    """Take invisible controls out of a text and write every run of white space as one space."""
    return _SPACE.sub(" ", _CONTROL.sub("", _SURROGATE.sub("\ufffd", text))).strip()


def cell(text: str) -> str:
    """Return the text for a CSV cell: a spreadsheet shows it and never calculates with it."""
    return "'" + text if text.startswith(_FORMULA) else text


def script(text: str) -> str:
    """Return the ISO 15924 code of the script most letters are in, ``Zyyy`` when there is no letter."""
    if text.isascii():
        return "Latn" if any(map(str.isalpha, text)) else "Zyyy"
    found = Counter(map(_script, filter(str.isalpha, text)))
    return min(found, key=lambda code: (-found[code], code)) if found else "Zyyy"


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return next((code for word, code in _SCRIPTS if name.startswith(word)), "Zyyy")


@lru_cache(maxsize=4096)
def usual_script(language: str) -> str:
    """Return the ISO 15924 code of the script a language is usually written in."""
    return _USUAL.get(language.split("-")[0], "Latn")


def tag(language: str, script: str) -> str:
    """Return the BCP 47 tag of a text: the script is named only where the language is usually written in another."""
    base = language if re.fullmatch(r"[a-z]{2,3}", language or "") else "und"
    if script == "Zyyy" or (base != "und" and _USUAL.get(base, "Latn") == script):
        return base
    return f"{base}-{script}"


def canonical(value: Any) -> str:
    """Return JSON with sorted keys and no needless space: the same value gives the same bytes."""
    return _ENCODER.encode(value)


def script_json(value: Any) -> str:
    """Return JSON that can stand inside an HTML or JavaScript file: no ``<``, ``>`` or ``&`` ends the element early."""
    return _ENCODER.encode(value).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
