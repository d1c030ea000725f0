"""Canonical JSON and digests: one structure, one text, one hash, on every machine and in every language.

Invariant: equal structures give equal bytes and different structures give different bytes. The text is RFC 8785 for the
values admitted here; what would be written differently elsewhere (fractions, huge integers) is refused, not rounded.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from cenotaph.errors import InputError

SAFE_INTEGER = 2**53 - 1  # beyond it other languages round
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=True)


def canonical(data: object) -> bytes:
    """Return the one UTF-8 text of a structure of objects, arrays, strings, integers, booleans and null.

    Raises
    ------
    InputError
        The structure holds something that has no single text; the message says where.

    Examples
    --------
    >>> canonical({"b": [1, True, None], "a": "é"}).decode()
    '{"a":"é","b":[1,true,null]}'
    """
    return _ENCODER.encode(_ordered(data, "")).encode("utf-8")


def digest(data: object) -> str:
    """Return the SHA-256 of a structure's canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(data)).hexdigest()


def flat_digest(data: Mapping[str, str | int]) -> str:
    """Return what ``digest`` returns, faster, for texts and integers under keys that are in their order already."""
    return hashlib.sha256(_ENCODER.encode(data).encode("utf-8")).hexdigest()


def salted_digest(text: bytes, salt: bytes) -> str:
    """Return a digest of a text that nobody can guess at without the salt (HMAC-SHA256), in hexadecimal."""
    return hmac.digest(salt, text, "sha256").hex()


def _ordered(data: object, where: str) -> Any:
    """Copy a structure with its keys in the order of RFC 8785 (UTF-16 code units), refusing what has no single text."""
    if isinstance(data, str):
        return _text(data, where)
    if data is None or isinstance(data, bool):
        return data
    if isinstance(data, int):
        return _integer(data, where)
    if isinstance(data, Mapping):
        keys = sorted((_key(key, where) for key in data), key=lambda key: key.encode("utf-16-be"))
        return {key: _ordered(data[key], f"{where}.{key}") for key in keys}
    if isinstance(data, list | tuple):
        return [_ordered(item, f"{where}[{index}]") for index, item in enumerate(data)]
    raise _refusal(where, f"a {type(data).__name__}", "write it as text, an integer, a list or a table")


def _key(key: object, where: str) -> str:
    if not isinstance(key, str):
        raise _refusal(where, f"the key {key!r}", "keys are text")
    return _text(key, where)


def _text(text: str, where: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise _refusal(where, "half a character (a lone surrogate)", "repair the encoding of the text") from error
    return str(text)  # an enum member becomes plain text


def _integer(number: int, where: str) -> int:
    if abs(number) > SAFE_INTEGER:
        raise _refusal(where, "an integer beyond 2^53", "write it as text")
    return int(number)


def _refusal(where: str, what: str, advice: str) -> InputError:
    return InputError(f"{where.lstrip('.') or 'the value'}: {what} has no single canonical text; {advice}")
