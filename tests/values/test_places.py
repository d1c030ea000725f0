"""Places as lists write them, and the gazetteer behind them."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.values import gazetteer, tables
from cenotaph.values.places import place

IRAN = [entry for entry in gazetteer.entries().values() if entry.country == "IR"]


@pytest.mark.parametrize(
    ("text", "id", "precision", "province"),
    [
        ("Karaj, Alborz Province", "geonames:128747", "city", "IR-30"),
        ("Delano, CA", "geonames:5342485", "city", "US-CA"),
        ("کرج", "geonames:128747", "city", "IR-30"),
        ("Evin Prison", "site:evin", "site", "IR-23"),
        ("زندان اوین، تهران", "site:evin", "site", "IR-23"),
        ("Rajai Shahr Prison", "site:gohardasht", "site", "IR-30"),
        ("زندان گوهردشت", "site:gohardasht", "site", "IR-30"),
        ("Tehran", "geonames:112931", "city", "IR-23"),
        ("Tehran Province", "IR-23", "province", "IR-23"),
        ("استان البرز", "IR-30", "province", "IR-30"),
        ("Iran", "IR", "country", ""),
        ("Bakhtaran", "geonames:128226", "city", "IR-05"),
        ("Narmak, Tehran", "site:narmak", "site", "IR-23"),
        ("Tehran (originally from Saqqez, Kurdistan)", "geonames:112931", "city", "IR-23"),
        ("St. Louis, MO", "geonames:4407066", "city", "US-MO"),
        ("Kansas City, KS", "geonames:4273837", "city", "US-KS"),
        ("New York, NY", "geonames:5128581", "city", "US-NY"),
        ("near Shiraz", "geonames:115019", "city", "IR-07"),
        ("Golestan", "IR-27", "province", "IR-27"),
        ("Sulaymaniyah", "geonames:98463", "city", ""),
    ],
)
def test_resolves(text: str, id: str, precision: str, province: str) -> None:
    """Sites, cities, provinces and countries are found in two scripts, with what stands behind the comma."""
    found = place(text)
    assert (found.id, found.precision, found.province) == (id, precision, province)
    assert found.kind == found.precision


def test_rivals_are_never_chosen_silently() -> None:
    """One of many Springfields is not chosen; the rivals are kept and what they share is said."""
    found = place("Springfield")
    assert (found.id, found.precision, found.country) == ("", "country", "US")
    assert len(found.candidates) > 2
    assert place("Springfield", within="IL").province == "US-IL"
    assert place("Georgia").id == ""
    assert place("Georgia", country="US").id == "US-GA"


def test_either_of_two_is_what_they_share() -> None:
    """Of Rasht or Bandar Anzali only the province is known, in which both lie."""
    found = place("Rasht or Bandar Anzali")
    assert (found.id, found.precision, found.province) == ("", "province", "IR-01")


def test_old_provinces_hold_their_places() -> None:
    """Karaj lay in Tehran province until 2010, Mashhad in Khorasan until 2004."""
    assert place("Karaj", within="Tehran").province == "IR-30"
    assert place("Mashhad", within="Khorasan").province == "IR-09"


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("شهسوار", "Tonekabon"), ("رضائیه", "Urmia"), ("شاهی", "Qa'em Shahr"), ("المحمرة", "Khorramshahr"),
        ("Gonbad", "Gonbad-e Kavus"), ("قوروە", "Qorveh"), ("مەریوان", "Marivan"), ("سەردەشت", "Sardasht"),
        ("هەڵەبجە", "Halabja"), ("باختران", "Kermanshah"), ("Meched", "Mashhad"),
    ],
)  # fmt: skip
def test_names_of_old_and_of_neighbours(text: str, same_as: str) -> None:
    """Towns renamed since, and towns in Kurdish, Arabic and French, are the towns of today."""
    assert place(text, country="IR").id == place(same_as, country="IR").id != ""


@pytest.mark.parametrize(
    "text",
    [
        "Kurdistan, Sanandaj",
        "کردستان، سنندج",
        "استان کردستان - شهر سنندج",
        "سنندج (کردستان)",
        "Sanandaj, Kurdistan, Iran",
    ],
)
def test_the_narrower_of_two_places_counts_in_either_order(text: str) -> None:
    """A town behind its province is the town, as it is before it."""
    assert place(text, country="IR").id == place("Sanandaj").id


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("بند ۲۰۹ اوین", "site:evin"), ("Ward 209, Evin Prison", "site:evin"), ("Prison d'Evin", "site:evin"),
        ("Gefängnis Evin", "site:evin"), ("Evin-fengselet", "site:evin"), ("سجن إيفين", "site:evin"),
        ("قطعه ۳۳ بهشت زهرا", "site:behesht-zahra"), ("مقبرة خاوران", "site:khavaran"),
        ("Khavaran-friedhof", "site:khavaran"), ("بازداشتگاه توحید", "site:komite-moshtarak"),
        ("زیندانی تەورێز", "site:tabriz-prison"), ("سجن تبریز", "site:tabriz-prison"),
    ],
)  # fmt: skip
def test_sites_in_other_languages_and_with_their_wards(text: str, id: str) -> None:
    """A prison or cemetery is found by the word for it in any language, the ward or plot left aside."""
    assert place(text, country="IR").id == id


@pytest.mark.parametrize("text", ["prison", "زندان", "cemetery", "گورستان", "Gefängnis", "مرز", "at home"])
def test_a_kind_of_place_alone_is_no_place(text: str) -> None:
    """The word for a prison names none, whatever its consonants recall."""
    assert (place(text, country="IR").id, place(text, country="IR").candidates) == ("", ())


@pytest.mark.parametrize(
    "text", ["بین سنندج و مریوان", "between Sanandaj and Marivan", "Saqqez/Baneh", "سنندج و مریوان"]
)
def test_between_two_towns_is_neither(text: str) -> None:
    """Between two towns, and two towns with a slash, is what they share: the province."""
    found = place(text, country="IR")
    assert (found.id, found.precision, found.province) == ("", "province", "IR-12")


@pytest.mark.parametrize(("text", "id"), [("Iraq", "IQ"), ("border with Iraq", "IQ"), ("کلن", "geonames:2886242")])
def test_abroad_is_abroad_in_a_list_of_iran(text: str, id: str) -> None:
    """Iraq is the country and not Arak, whose old name it resembles; Cologne is no village of Iran."""
    assert place(text, country="IR").id == id


@pytest.mark.parametrize("text", ["تهران/اوین", "Tehran - Evin", "Evin, Tehran"])
def test_a_site_beside_its_city_is_the_site(text: str) -> None:
    """The prison counts, whichever of prison and city stands first."""
    assert place(text, country="IR").id == "site:evin"


def test_kurdistan_of_iraq_is_not_the_province_of_iran() -> None:
    """A name that says which Kurdistan is that one, though the list is of Iran; and عربستان is no part of Iran."""
    assert place("کردستان عراق", country="IR").id == place("Iraqi Kurdistan", country="IR").id == "IQ-KR"
    assert place("کردستان", country="IR").id == "IR-12"
    assert place("عربستان", country="IR").id == "SA"


def test_a_transliteration_of_our_own_is_never_passed_off_as_sourced() -> None:
    """More than half of the sites have a Sorani name, and each row without a source for it says whose form it is."""
    sorani = [
        site
        for site in IRAN
        if site.kind == "site" and any(set("ێۆەڕڵڤ") & set(name) or "زیندانی" in name for name in site.names)
    ]
    assert len(sorani) > 45
    assert sum("transliterated by this project" in site.citation for site in sorani) >= 25


def test_consonants_find_spellings_of_the_country() -> None:
    """An unlisted spelling is found by its consonants, only where the country is known."""
    assert place("Khoramabad", country="IR").id == place("Khorramabad").id
    assert place("Qxzwv", country="IR").id == ""


def test_unknown_name_in_a_known_region_is_the_region() -> None:
    """A hamlet that no gazetteer has is its state, no more."""
    found = place("Nowhere Hollow, TX")
    assert (found.id, found.precision) == ("US-TX", "province")


def test_a_street_named_after_a_city_is_not_the_city() -> None:
    """Khorramshahr Boulevard is elsewhere."""
    assert place("Khorramshahr Boulevard", country="IR").id == ""


@pytest.mark.parametrize("text", ["", "Unknown", "نامعلوم", "n/a", "🙂", ",,,", "x" * 5000])
def test_nothing_is_nothing(text: str) -> None:
    """A text without a place has none."""
    found = place(text)
    assert (found.id, found.precision, found.candidates) == ("", "unknown", ())


@given(st.text())
def test_no_text_raises(text: str) -> None:
    """Any text gives a place, perhaps an unknown one."""
    assert place(text).raw == text
    assert place(text, country=text, within=text).raw == text


def test_reference_strings(reference: Path) -> None:
    """Of the city-like strings of a real list at least 96.5 % of the records resolve to one place."""
    with (reference / "places" / "iran_places_of_death.tsv").open(encoding="utf-8") as lines:
        rows = [(row["place"], int(row["records"])) for row in csv.DictReader(lines, delimiter="\t")]
    city = [(text, n) for text, n in rows if not re.search(r"province|^iran$|unknown", text, re.IGNORECASE)]
    resolved = sum(n for text, n in city if place(text, country="IR").id)
    assert resolved / sum(n for _, n in city) >= 0.98


def test_every_site_has_what_a_site_needs() -> None:
    """Each site has a name in Latin and in Arabic script, a citation, coordinates and how far they may be off."""
    sites = [entry for entry in IRAN if entry.kind == "site"]
    assert len(sites) >= 60
    for site in sites:
        assert any(name.isascii() for name in site.names)
        assert any(not name.isascii() for name in site.names)
        assert re.search(r"https?://|MDE|Center", site.citation)
        assert site.latitude
        assert site.accuracy_km > 0


def test_site_names_carry_their_years() -> None:
    """Gohardasht was Rajai Shahr from 1981."""
    site = gazetteer.entries()["site:gohardasht"]
    assert dict(zip(site.names, site.years, strict=True))["Rajai Shahr Prison"] == "1981/"


def test_iran_has_31_provinces_and_one_of_old() -> None:
    """The provinces carry ISO 3166-2 codes; Khorasan until 2004 stands beside its three successors."""
    regions = [row for row in tables.rows("regions") if row["country"] == "IR"]
    assert len(regions) == 32
    assert {row["id"] for row in regions if row["predecessor"] == "IR-khorasan"} == {"IR-09", "IR-28", "IR-29"}


def test_most_iranian_cities_have_persian_names() -> None:
    """The compact gazetteer kept the Persian names."""
    cities = [entry for entry in IRAN if entry.kind == "city"]
    persian = [city for city in cities if any("؀" <= letter <= "ۿ" for name in city.names for letter in name)]
    assert len(cities) > 2400
    assert len(persian) / len(cities) > 0.97


def test_the_keys_of_cities_are_those_of_their_names() -> None:
    """What was worked out when the gazetteer was built is what would be worked out today."""
    cities = [entry for entry in gazetteer.entries().values() if entry.kind == "city"]
    known = {entry.id: gazetteer.city_keys(entry.names) for entry in cities}
    assert all(id in gazetteer.ids_of(key) for id, keys in known.items() for key in keys)
    assert all(
        key in known[id]
        for key in (line.partition("\t")[0] for line in gazetteer._ready())
        for id in gazetteer.ids_of(key)
        if id in known
    )
