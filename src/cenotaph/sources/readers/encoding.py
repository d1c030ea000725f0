"""Bytes to UTF-8, with the encoding named. A byte order mark or valid UTF-8 decides; anything else is a guess, said so.

Invariant: the text is decoded strictly. A byte that does not fit stops the reading; nothing becomes a question mark.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import islice

from charset_normalizer import from_bytes

from cenotaph.errors import InputError

# In order of preference among those that explain the bytes equally well.
CANDIDATES = ("cp1256", "cp1252", "cp1251", "cp1250", "cp1254", "cp1253", "cp1255", "iso8859_6")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SHOWN = {name: name.replace("cp", "windows-").replace("iso8859_", "iso-8859-") for name in CANDIDATES}
_FOREIGN = re.compile(rb"[^\n\r,;\t\"]*[\x80-\xff][^\n\r,;\t\"]*")
_SAMPLE = 1 << 14
_WORDS = 10_000
_CHUNK = 1 << 24


@dataclass(frozen=True, slots=True)
class Text:
    """A text as UTF-8 without a mark, and how its bytes were written."""

    data: bytes
    encoding: str
    guessed: bool = False


def to_utf8(data: bytes, filename: str, declared: str | None = None) -> Text:
    """Return the text of a file as UTF-8.

    Parameters
    ----------
    data
        The bytes of the file.
    filename
        For messages.
    declared
        The encoding that ``cenotaph.toml`` states, if it does.

    Raises
    ------
    InputError
        The bytes are no text, or not in the encoding found or declared.
    """
    if declared:
        return _decoded(data, declared, filename, guessed=False)
    mark = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if mark:
        return _decoded(data, mark, filename, guessed=False)
    if b"\x00" in data:
        raise InputError(
            f"{filename}: this is no text file (it holds null bytes); save the table as CSV in UTF-8, or as .xlsx"
        )
    if _is_utf8(data):
        return Text(data, "utf-8")
    return _decoded(data, _guess(data), filename, guessed=True)


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    try:
        for start in range(0, len(view), _CHUNK):
            decoder.decode(view[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(data: bytes, encoding: str, filename: str, *, guessed: bool) -> Text:
    shown = _SHOWN.get(encoding, encoding.removesuffix("-sig"))
    try:
        text = data.decode(encoding)
    except LookupError as error:
        raise InputError(f"{filename}: there is no encoding `{encoding}`; write utf-8 or windows-1256") from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"{filename}: byte {error.start} cannot be read as {shown}; save the file as UTF-8, or state its "
            'encoding in cenotaph.toml (encoding = "windows-1256")'
        ) from error
    if "\x00" in text:
        raise InputError(f"{filename}: this is no text file (it holds null characters); save the table as CSV in UTF-8")
    return Text(text.encode("utf-8"), shown, guessed)


def _guess(data: bytes) -> str:
    """Guess from the foreign words alone: thousands of plain English cells around them would drown the evidence."""
    words = b"\n".join(dict.fromkeys(found[0] for found in islice(_FOREIGN.finditer(data), _WORDS)))[:_SAMPLE]
    matches = from_bytes(words, cp_isolation=list(CANDIDATES))
    ranked = [
        (match.chaos, -match.coherence, CANDIDATES.index(name))
        for match in matches
        for name in (match.encoding, *match.could_be_from_charset)
        if name in CANDIDATES
    ]
    return CANDIDATES[min(ranked)[2]] if ranked else "cp1252"
