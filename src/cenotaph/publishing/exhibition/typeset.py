"""Typesetting: a template of ours and data in, the bytes of a PDF out.

Invariant: texts reach the template as data and are never read as markup; fonts come from the package and no date but
the release's is written, so the same data gives the same bytes on every machine.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import segno
import typst

from cenotaph.errors import InputError
from cenotaph.publishing.safe import canonical

A1 = (594, 841)
A4 = (210, 297)
FONTS = ("Vazirmatn", "Libertinus Serif", "DejaVu Sans Mono")  # the later ones hold the letters the first has not
_ARCHIVAL: list[Any] = ["a-2a", "ua-1"]  # for archives and for screen readers; the first asks for a date
_PICTURE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 480pt)"""
_TOO_LONG = "does not fit: "


def typeset(template: str, data: Mapping[str, Any]) -> bytes:
    """Set a template with data and return the PDF.

    Parameters
    ----------
    template
        The name of a template of this room, without its ending.
    data
        What it shows; ``day`` is ``[year, month, day]`` or missing.

    Raises
    ------
    InputError
        A text is too long for its sheet even in the smallest type.
    """
    standards = _ARCHIVAL if data.get("day") else _ARCHIVAL[1:]
    package = files("cenotaph.publishing.exhibition")
    with as_file(package / "fonts") as fonts:
        try:
            found: bytes = typst.compile(  # type: ignore[call-overload]  # its types tie the fonts to the input
                _template(template),
                format="pdf",
                font_paths=[str(fonts)],
                ignore_system_fonts=True,
                sys_inputs={"data": canonical(data)},
                pdf_standards=standards,
            )
        except typst.TypstError as error:
            raise _explained(error) from error
    return found


def raster(svg: str, *, dots_per_inch: float = 144.0) -> bytes:
    """Return a picture as PNG, its letters set with the fonts of the package: Persian ones joined."""
    with as_file(files("cenotaph.publishing.exhibition") / "fonts") as fonts:
        found: bytes = typst.compile(  # type: ignore[call-overload]  # its types tie the fonts to the input
            _PICTURE,
            format="png",
            ppi=dots_per_inch,
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            sys_inputs={"svg": svg},
        )
    return found


def qr(text: str) -> str:
    """Return a QR code as SVG; a quarter of it may be dirty or torn and it still reads."""
    drawn = io.BytesIO()
    segno.make(text, error="q", micro=False).save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue().decode("utf-8")


@cache
def _template(name: str) -> bytes:
    return (files("cenotaph.publishing.exhibition") / "templates" / f"{name}.typ").read_bytes()


def _explained(error: typst.TypstError) -> Exception:
    said = str(error.message)
    if _TOO_LONG not in said:
        return error
    sheet = said.partition(_TOO_LONG)[2].strip('" ')
    return InputError(f"exhibition: the text of the sheet `{sheet}` is too long to be read on it; shorten it")
