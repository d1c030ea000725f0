"""The loader: what is public and sound is read, everything else becomes a line of the report."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from PIL import Image
from tests.campaign.conftest import Load, page

from cenotaph.campaign import load_content


def picture(exif: bytes = b"", colour: str = "navy") -> bytes:
    """Return a small JPEG, with camera data when given."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG", **({"exif": exif} if exif else {}))
    return out.getvalue()


def located() -> bytes:
    """Return camera data that says where a picture was taken."""
    exif = Image.Exif()
    exif[0x010F] = "SPYCAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    return exif.tobytes()


PICTURE = '[{ file = "pictures/a.jpg", alt = "Boats", credit = "The group", consent = "own drawing" }]'


def test_no_folder_is_empty_content(tmp_path):
    """A case without a folder content/ has nothing to publish and no problem."""
    content = load_content(tmp_path)
    assert not content
    assert content.problems == ()


def test_languages_are_one_document(load: Load):
    """Two files of a name are one article; the second may leave out what does not depend on the language."""
    content = load(
        {
            "articles/vigil.en.md": page("Hello.", title='"A vigil"'),
            "articles/vigil.fa.md": page("سلام.", title='"شب‌زنده‌داری"', sources=None, date=None),
        }
    )
    (article,) = content.articles
    assert content.problems == ()
    assert {language: text.title for language, text in article.texts.items()} == {
        "en": "A vigil",
        "fa": "شب‌زنده‌داری",
    }
    assert article.date is not None
    assert article.date.earliest == dt.date(2026, 3, 1)
    assert article.sources[0].url == "https://example.org/report"
    assert article.text("fr").title == "A vigil"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (page(audience=None), "stays internal"),
        (page(audience='"internal"'), "stays internal"),
        (page(sources=None), "`sources` is missing"),
        (page(sources="[]"), "`sources`"),
        (page(sources='["rumour"]'), "no source `rumour`"),
        (page(body=""), "no text"),
        (page(colour='"red"'), "no key `colour`"),
        (page(date='"03/04/2026"'), "two ways"),
        (page(date='"soon"'), "cannot be read"),
        (page(language='"fa"'), "the file name says 'en'"),
        ("Only words.", "begin with a line"),
        ("+++\ntitle = T\n+++\nx", "quotes"),
        (b"+++\n\xff", "not UTF-8"),
    ],
)
def test_a_bad_file_harms_only_itself(load: Load, text, what):
    """A file with a fault is left out with a reason, and its neighbour is published."""
    content = load({"articles/bad.en.md": text, "articles/good.en.md": page()})
    assert [article.id for article in content.articles] == ["good"]
    (problem,) = content.problems
    assert problem.file == "articles/bad.en.md"
    assert what in problem.what


def test_languages_must_agree(load: Load):
    """A translation that states another date than the original is left out."""
    content = load({"articles/a.en.md": page(), "articles/a.fa.md": page(date='"2026-03-02"')})
    assert list(content.articles[0].texts) == ["en"]
    assert "`date` differs" in content.problems[0].what


def test_event_needs_place_and_organiser(load: Load):
    """An event that does not say where and by whom is left out."""
    content = load({"events/a.en.md": page()})
    assert content.events == ()
    assert "`place` is missing; `organiser` is missing" in content.problems[0].what


def test_attendance_only_with_its_method(load: Load):
    """A number of people without a method is dropped, the event stays."""
    keys = {"place": '"Oslo"', "organiser": '"G"'}
    content = load(
        {
            "events/a.en.md": page(**keys, attendance="{ low = 40 }"),
            "events/b.en.md": page(**keys, attendance='{ low = 40, high = 60, method = "two counted at noon" }'),
        }
    )
    without, with_method = content.events
    assert without.attendance is None
    assert with_method.attendance is not None
    assert (with_method.attendance.low, with_method.attendance.high) == (40, 60)
    assert "`method` is missing" in content.problems[0].what


def test_a_translation_stands_beside_its_original(load: Load):
    """A statement whose original is missing is refused."""
    keys = {"author": '"An office"', "capacity": '"Mayor"', "consent": '"by letter"'}
    content = load({"statements/a.en.md": page(**keys, translated_from='"no"')})
    assert content.statements == ()
    assert "original" in content.problems[0].what


def test_a_picture_leaves_without_camera_and_place(load: Load):
    """Nothing of a picture's metadata is in the bytes that are published."""
    content = load({"articles/a.en.md": page(pictures=PICTURE), "pictures/a.jpg": picture(located())})
    (found,) = content.articles[0].pictures
    assert b"SPYCAMERA" in picture(located())
    assert b"SPYCAMERA" not in found.data
    with Image.open(io.BytesIO(found.data)) as opened:
        assert not opened.getexif()
        assert opened.size == (40, 30)


@pytest.mark.parametrize(
    ("table", "what"),
    [
        ('[{ file = "pictures/a.jpg", alt = "Boats", credit = "G" }]', "`consent` is missing"),
        ('[{ file = "pictures/a.jpg", credit = "G", consent = "c" }]', "`alt` is missing"),
        ('[{ file = "../secret.jpg", alt = "x", credit = "G", consent = "c" }]', "no file"),
        ('[{ file = "pictures/text.jpg", alt = "x", credit = "G", consent = "c" }]', "no JPEG, PNG or WebP"),
    ],
)
def test_a_refused_picture_leaves_the_article(load: Load, table, what):
    """A picture without consent or text, or from elsewhere, is refused and its article published."""
    files = {"pictures/a.jpg": picture(), "pictures/text.jpg": b"words", "../secret.jpg": picture()}
    content = load({**files, "articles/a.en.md": page(pictures=table)})
    assert content.articles[0].pictures == ()
    assert what in content.problems[0].what


def test_timeline_is_in_order_and_takes_any_calendar(load: Load):
    """A month of Solar Hijri stands as its interval of days, before a later day."""
    rows = (
        '[[entry]]\ndate = "1989-01-01"\ntext.en = "b"\nsources = ["report, p. 3"]\n'
        '[[entry]]\ndate = "مرداد ۱۳۶۷"\ntext.en = "a"\nsources = ["report"]\n'
        '[[entry]]\ndate = "1988"\ntext.en = "c"\n'
    )
    content = load({"timeline.toml": 'audience = "public"\n' + rows})
    first, second = content.timeline
    assert (first.date.earliest, first.date.latest) == (dt.date(1988, 7, 23), dt.date(1988, 8, 22))
    assert second.sources[0].place == "p. 3"
    assert "number 3: `sources` is missing" in content.problems[0].what


def test_tables_are_internal_by_default(load: Load):
    """A table of figures that is not marked public is not published."""
    content = load({"figures.toml": '[[figure]]\nlow = 1\nby.en = "x"\nscope.en = "y"\nsources = ["report"]\n'})
    assert content.figures == ()
    assert "stays internal" in content.problems[0].what


def test_figure_needs_a_number_and_its_source(load: Load):
    """Neither a figure without ends nor one with its ends turned is taken."""
    row = '[[figure]]\nby.en = "x"\nscope.en = "y"\nsources = ["report"]\n'
    content = load({"figures.toml": f'audience = "public"\n{row}{row}low = 5\nhigh = 3\n{row}low = 5\n'})
    assert [(figure.low, figure.high) for figure in content.figures] == [(5, None)]
    assert len(content.problems) == 2


def test_a_site_has_coordinates_only_of_its_own(load: Load):
    """A site known exactly has its point; one known by its city has none."""
    row = '[[site]]\nid = "{}"\nkind = "prison"\nname.en = "n"\ntext.en = "t"\nsources = ["report"]\n'
    content = load({"sites.toml": 'audience = "public"\n' + row.format("evin") + row.format("vakilabad")})
    evin, vakilabad = content.sites
    assert evin.latitude is not None
    assert vakilabad.latitude is None
