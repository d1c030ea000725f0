"""Pictures: opened, turned upright, made anew from their pixels. Camera, place and time do not survive that.

Invariant: the bytes that leave were written here; nothing of the file but its pixels is in them.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from cenotaph.campaign import forms
from cenotaph.campaign.content import Picture
from cenotaph.errors import InputError

_FORMATS = ("JPEG", "PNG", "WEBP")
_LARGEST_FILE = 30_000_000  # bytes
_LARGEST_SIDE = 2400  # pixels: enough for an A4 panel at 200 dots an inch
_QUALITY = 85


def read(folder: Path, table: Mapping[str, object], language: str) -> Picture:
    """Return a picture of the front matter, with its words in one language.

    Raises
    ------
    InputError
        It lacks alternative text, credit or consent, lies outside the folder, or is no picture.
    """
    form = forms.fill(forms.PictureForm, table, "[[pictures]]")
    path = (folder / form.file).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise InputError(f"[[pictures]]: there is no file {form.file} in content/; give its way from there")
    data, media, size = _again(path, form.file)
    name = hashlib.sha256(data).hexdigest()[:16] + (".png" if media == "image/png" else ".jpg")
    return Picture(
        name=name, media=media, data=data, width=size[0], height=size[1], credit=form.credit, consent=form.consent,
        alt={language: form.alt}, caption={language: form.caption} if form.caption else {},
    )  # fmt: skip


def joined(first: Picture, second: Picture) -> Picture:
    """Return one picture with the words of both languages."""
    return replace(first, alt={**first.alt, **second.alt}, caption={**first.caption, **second.caption})


def _again(path: Path, name: str) -> tuple[bytes, str, tuple[int, int]]:
    if path.stat().st_size > _LARGEST_FILE:
        raise InputError(f"[[pictures]]: {name} is larger than {_LARGEST_FILE // 10**6} MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=_FORMATS) as opened:
                plain = opened.format != "JPEG" and _few_colours(opened)
                picture = ImageOps.exif_transpose(opened).convert("RGB")
    except UnidentifiedImageError as error:
        raise InputError(f"[[pictures]]: {name} is no JPEG, PNG or WebP picture") from error
    except (OSError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise InputError(f"[[pictures]]: {name} is damaged or too large to open") from error
    picture.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    out = io.BytesIO()
    if plain:
        clean.save(out, "PNG", optimize=True)
    else:
        clean.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue(), "image/png" if plain else "image/jpeg", clean.size


def _few_colours(picture: Image.Image) -> bool:
    """Say whether a picture is a drawing, which JPEG would smear."""
    return picture.convert("RGB").getcolors(4096) is not None
