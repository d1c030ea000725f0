"""The sheets as they are printed: read back from the PDF and from its picture."""

from __future__ import annotations

import json
import shutil
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
import typst
import zxingcpp
from PIL import Image

from cenotaph.errors import InputError
from cenotaph.publishing.exhibition import make_exhibition
from cenotaph.publishing.exhibition.making import gather
from cenotaph.publishing.exhibition.panels import panels
from cenotaph.publishing.exhibition.sheets import side, text
from cenotaph.publishing.exhibition.typeset import A1, FONTS, qr, typeset
from cenotaph.publishing.exhibition.walls import walls
from cenotaph.publishing.release import make_site
from cenotaph.publishing.site.words import words

NEEDS_POPPLER = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")


def _document(show, sheets) -> dict:
    return {**show.printer.document, "fonts": list(FONTS), "width": A1[0], "height": A1[1], "panels": sheets}


def _letters(line: str) -> str:
    """Return the letters of a line in a fixed order: readers of PDF swap the two of a lam-alef."""
    return "".join(sorted(sign for sign in unicodedata.normalize("NFKC", line) if sign.isalpha()))


@pytest.fixture(scope="module")
def made(invented, tmp_path_factory) -> Path:
    """Return the folder of an exhibition of invented people."""
    folder = tmp_path_factory.mktemp("made") / "exhibition"
    make_exhibition(invented.release([*invented.crowd(40), invented.rich(9001)]), folder)
    return folder


def test_the_folder_holds_panels_handout_and_the_kit(made) -> None:
    """Panels in A1, a handout in A4, five sheets for the stand, and a manifest of their hashes."""
    kit = {f"kit/{name}.pdf" for name in ("sign-up", "correction-cards", "reading-list", "book-list", "checklist")}
    held = {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()}

    assert held == {"panels.pdf", "handout.pdf", "manifest.json", *kit}
    listed = {row["path"] for row in json.loads((made / "manifest.json").read_text())["files"]}
    assert listed == held - {"manifest.json"}


def test_the_same_people_give_the_same_bytes(invented, made, tmp_path) -> None:
    """Nothing of the day, the machine or chance is in a sheet."""
    again = tmp_path / "exhibition"
    make_exhibition(invented.release([*invented.crowd(40), invented.rich(9001)]), again)

    for path in made.rglob("*.pdf"):
        assert (again / path.relative_to(made)).read_bytes() == path.read_bytes()


@NEEDS_POPPLER
def test_every_name_is_in_the_printed_wall_in_both_scripts(invented, tmp_path) -> None:
    """Each spelling stands on a line of its own, whole, as often as people bear it."""
    show = gather(invented.release([*invented.crowd(560), invented.rich(9001)]))
    (tmp_path / "wall.pdf").write_bytes(typeset("panel", _document(show, walls(show))))
    told = subprocess.run(["pdftotext", tmp_path / "wall.pdf", "-"], capture_output=True, text=True, check=True)
    lines = Counter(map(_letters, told.stdout.splitlines()))
    wanted = Counter(_letters(name) for card in show.people.cards for name in card.names.values())

    assert not wanted - lines


@NEEDS_POPPLER
def test_the_code_of_every_panel_reads_as_a_page_of_the_memorial(made, tmp_path) -> None:
    """A telephone held before each panel finds an address under the memorial's own."""
    subprocess.run(["pdftoppm", "-r", "40", "-png", made / "panels.pdf", tmp_path / "p"], check=True)
    pictures = sorted(tmp_path.glob("p*.png"))
    read = [[found.text for found in zxingcpp.read_barcodes(Image.open(picture))] for picture in pictures]

    assert len(read) >= 8
    assert all(len(found) == 1 and found[0].startswith("https://savalan.example/en/") for found in read)


def test_without_an_address_the_code_says_title_and_head(invented) -> None:
    """A memorial that is not online yet can still be compared by hand."""
    import dataclasses

    case = dataclasses.replace(invented.case, url="")
    sheet = panels(gather(invented.release([], case=case)))[0]

    assert sheet["qr-says"] == f"QR: {case.title} · {case.head}"


def test_a_text_too_long_for_its_sheet_is_an_error_and_never_cut(invented) -> None:
    """The message names the sheet and what to do."""
    show = gather(invented.release([]))
    said = words("en")
    sheet = show.printer.sheet("history", "text", [side(said, "What happened", [text(said, "word " * 60_000)])], "")

    with pytest.raises(InputError, match=r"sheet `history` is too long .* shorten it"):
        typeset("panel", _document(show, [sheet]))


def test_text_is_never_read_as_markup(invented) -> None:
    """A source that writes Typst code gets its letters printed."""
    show = gather(invented.release([]))
    said = words("en")
    evil = '#panic("no") $ * _ ` #read("/etc/passwd") <a> @b'
    sheet = show.printer.sheet("evil", "text", [side(said, evil, [text(said, evil)])], "")

    assert typeset("panel", _document(show, [sheet])).startswith(b"%PDF")


def test_without_a_day_the_sheets_are_set_all_the_same(invented) -> None:
    """A release that names no day is printed without one."""
    import dataclasses

    case = dataclasses.replace(invented.case, date="")
    show = gather(invented.release([], case=case))

    assert typeset("panel", _document(show, panels(show))).startswith(b"%PDF")


def test_a_fault_of_a_template_is_not_blamed_on_the_user() -> None:
    """Data that a template cannot take is our error and stays one."""
    with pytest.raises(typst.TypstError):
        typeset("panel", {"width": 1})


def test_a_code_is_drawn_with_room_for_damage() -> None:
    """A quarter of the modules may be lost."""
    assert qr("https://savalan.example/").startswith("<svg")


def test_every_code_leads_to_a_page_that_the_memorial_has(invented, tmp_path) -> None:
    """No panel sends a reader to an address that is not there."""
    release = invented.release([*invented.crowd(40), invented.rich(9001)])
    site = make_site(release, tmp_path / "site").folder

    for sheet in panels(gather(release)):
        page = sheet["qr-says"].removeprefix("QR: https://savalan.example/")
        assert (site / page).is_file(), page
