"""Places as written, to a site, city, province or country, with what else the words may mean.

Invariant: a place is chosen only when it is the only one, or the text, the list or its size leave no rival; otherwise
the id is empty, ``candidates`` holds the rivals and ``precision`` says what they share.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cenotaph.values import place_parts
from cenotaph.values.gazetteer import Entry, called, entries, is_main_name, predecessors, sounding, words
from cenotaph.values.place_parts import MOST_WORDS, Part, alternatives, part_of, parts_of

_LONGEST = 200  # characters
_DOMINANT = 5  # times the population of the next: nobody means the other without saying so
_MOST = 12  # candidates kept
_CITY_SIZE = 50_000  # persons: a town that may stand beside its quarter without a comma, "Narmak Tehran"
_METROPOLIS = 500_000  # persons: a smaller town does not rival the country of its name
_PRECISION = {"site": "site", "city": "city", "region": "province", "country": "country"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place as written and what it is.

    ``id`` is ``site:evin``, ``geonames:128747``, ``IR-30``, ``IR`` or empty; ``precision`` is site, city, province,
    country or unknown; ``province`` the id of the province or state (ISO 3166-2), ``country`` the code of the country;
    ``accuracy_km`` how far a site may lie from the coordinates. ``candidates`` are the rivals, the likeliest first.
    """

    raw: str
    id: str = ""
    name: str = ""
    precision: str = "unknown"
    country: str = ""
    province: str = ""
    latitude: float | None = None
    longitude: float | None = None
    accuracy_km: float = 0.0
    decided: str = ""
    candidates: tuple[Place, ...] = ()

    @property
    def kind(self) -> str:
        """The precision: site, city, province, country or unknown."""
        return self.precision


@dataclass(frozen=True, slots=True)
class _Context:
    """What the rest of the text and the caller say about where the place lies."""

    country: str = ""  # preferred
    regions: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()

    def allows(self, entry: Entry) -> bool:
        """Say whether a place may lie here; a region of old counts for the places it then had."""
        if self.regions:
            return bool(self.regions & predecessors(entry.region)) or entry.id in self.regions
        return not self.countries or entry.country in self.countries


def _country_code(name: str | None) -> str:
    if not name:
        return ""
    if len(name) == 2 and name.upper() in entries():
        return name.upper()
    return next((each.id for each in called(name) if each.kind == "country"), "")


def _is_code(text: str) -> bool:
    return len(text.strip().rstrip(".")) == 2 and text.strip().isascii()


def _containers(part: str, raw: str, context: _Context) -> _Context:
    """Narrow a context by a part that stands behind: a region, a country, or a city of some region."""
    found = [each for each in called(part) if context.allows(each)]
    if _is_code(raw) and not raw.strip().isupper():
        found = []
    preferred = [each for each in found if each.country == context.country] or found
    if regions := [each for each in preferred if each.kind == "region"]:
        return replace(context, regions=frozenset(each.id for each in regions))
    if countries := [each for each in found if each.kind == "country"]:
        return replace(context, countries=frozenset(each.id for each in countries))
    cities = _leading([each for each in preferred if each.kind == "city"], part)
    if len(cities) == 1 and cities[0].region:
        return replace(context, regions=frozenset((cities[0].region,)))
    return context


def _leading(found: Sequence[Entry], name: str) -> list[Entry]:
    """Return the one place that outweighs all others, or all of them, the largest first.

    A place that bears the name as its first name weighs five times one that bears it beside another.
    """
    key = "".join(words(name))
    weights = {each.id: max(1, each.population) * (_DOMINANT if is_main_name(each.id, key) else 1) for each in found}
    ranked = sorted(found, key=lambda each: (-weights[each.id], each.id))
    first = ranked[:1]
    rival = next((each for each in ranked[1:] if not _same_region([each, *first])), None)
    is_clear = rival is None or weights[first[0].id] >= _DOMINANT * weights[rival.id]
    return first if first and is_clear else ranked


def _same_region(found: Iterable[Entry]) -> bool:
    regions = {each.region for each in found}
    return len(regions) == 1 and "" not in regions


def _look_up(part: Part, context: _Context) -> tuple[list[Entry], str]:
    """Return the places a part may mean, and how they were found."""
    longer = called(part.whole) if part.whole != part.text else ()
    whole = [each for each in longer if context.allows(each) and each.kind != "region"]
    found, how = whole or [each for each in called(part.text) if context.allows(each)], "name"
    found = found or _sites(part, context)
    country = next(iter(context.countries), "") or _country_of(context.regions) or context.country
    if not found and country:
        found, how = [each for each in sounding(part.text, country) if context.allows(each)], "consonants"
    return _of_kind(_at_home(found, context), part, at_home=bool(context.regions)), how


def _at_home(found: list[Entry], context: _Context) -> list[Entry]:
    """Prefer the country of the list; a country abroad stays beside a mere town of its name, Iraq beside Arak."""
    home = [each for each in found if context.country and each.country == context.country]
    if not home:
        return found
    return home if any(each.kind != "city" for each in home) else [
        *home, *(each for each in found if each.kind == "country")]  # fmt: skip


def _sites(part: Part, context: _Context) -> list[Entry]:
    """Return the prison or cemetery that is meant where the word for it is of another language."""
    for kind, name in place_parts.site_names(part.text):
        if found := [each for each in called(name) if each.what == kind and context.allows(each)]:
            return found
    return []


def _country_of(regions: frozenset[str]) -> str:
    return next((entries()[each].country for each in sorted(regions) if each in entries()), "")


def _of_kind(found: list[Entry], part: Part, *, at_home: bool) -> list[Entry]:
    """Keep the kind of place that is meant: a site before a city, a city before its province, unless it is said."""
    if part.hint == "region" and (regions := [each for each in found if each.kind in {"region", "country"}]):
        return regions
    if sites := [each for each in found if each.kind == "site"]:
        return sites
    cities, regions = [e for e in found if e.kind == "city"], [e for e in found if e.kind == "region"]
    countries = [each for each in found if each.kind == "country"]
    if countries and not at_home and not any(_rivals_country(each, part) for each in cities):
        return [*countries, *regions]
    if cities and regions and part.hint != "city":
        own = [each for each in cities if each.region in {region.id for region in regions}]
        return _leading(own, part.text) if own and (at_home or _is_seat(own, part)) else regions
    return cities or [*regions, *countries]


def _rivals_country(city: Entry, part: Part) -> bool:
    """Say whether a city may be meant by the name of a country: a large one that bears it as its own first name."""
    return city.population >= _METROPOLIS and is_main_name(city.id, "".join(words(part.text)))


def _is_seat(cities: Sequence[Entry], part: Part) -> bool:
    """Say whether a city of the name is a large town of the province of the same name: Kerman, New York."""
    return max(each.population for each in cities) >= _CITY_SIZE and any(
        is_main_name(each.id, "".join(words(part.text))) or each.population >= _CITY_SIZE for each in cities
    )


def _made(raw: str, entry: Entry, how: str, rivals: Sequence[Entry] = ()) -> Place:
    others = tuple(_made(raw, each, how) for each in rivals[:_MOST] if each.id != entry.id)
    return Place(
        raw=raw, id=entry.id, name=entry.names[0], precision=_PRECISION[entry.kind], country=entry.country,
        province=entry.region, latitude=entry.latitude, longitude=entry.longitude, accuracy_km=entry.accuracy_km,
        decided=how, candidates=others,
    )  # fmt: skip


def _undecided(raw: str, rivals: Sequence[Entry]) -> Place:
    """Return what rivals share: their province, else their country, else nothing."""
    regions, countries = {each.region for each in rivals}, {each.country for each in rivals}
    province = regions.pop() if len(regions) == 1 else ""
    country = countries.pop() if len(countries) == 1 else ""
    return Place(
        raw=raw, precision="province" if province else "country" if country else "unknown", country=country,
        province=province, decided="ambiguous", candidates=tuple(_made(raw, each, "name") for each in rivals[:_MOST]),
    )  # fmt: skip


def _resolve(raw: str, parts: Sequence[Part], context: _Context) -> Place | None:
    """Resolve the first part that is known, the parts behind it saying where."""
    for at, part in enumerate(parts):
        narrowed = context
        for behind in reversed(parts[at + 1 :]):
            narrowed = _containers(behind.text, behind.text.upper() if _is_code(behind.text) else behind.text, narrowed)
        found, how = _look_up(part, narrowed)
        if not found:
            continue
        if found[0].kind == "region" and (inner := _within(found[0], parts[at + 1 :], context)):
            return _made(raw, inner, "name")
        leading = _leading(found, part.text) if found[0].kind in {"city", "site"} else found
        if (
            len(leading) == 1
            and leading[0].kind == "city"
            and (site := _site_in(leading[0], parts[at + 1 :], narrowed))
        ):
            return _made(raw, site, "name")
        if len(leading) == 1:
            return _made(raw, leading[0], how, [each for each in found if each.id != leading[0].id])
        return _undecided(raw, leading)
    return None


def _within(region: Entry, behind: Sequence[Part], context: _Context) -> Entry | None:
    """Return the site or city behind its province, ``Kurdistan, Sanandaj``: the narrower one is the place."""
    here = replace(context, regions=frozenset((region.id,)))
    for part in behind:
        found, _ = _look_up(part, here) if part.hint != "region" else ([], "")
        leading = _leading([each for each in found if each.kind in {"city", "site"}], part.text)
        if len(leading) == 1:
            return leading[0]
    return None


def _site_in(city: Entry, behind: Sequence[Part], context: _Context) -> Entry | None:
    """Return the site behind its city, ``Tehran - Evin``."""
    for part in behind:
        found = [each for each in _look_up(part, context)[0] if each.kind == "site" and each.city == city.id]
        if len(found) == 1:
            return found[0]
    return None


def _either(raw: str, options: Sequence[str], context: _Context, *, of_cities: bool) -> Place | None:
    """Resolve ``Rasht or Bandar Anzali`` to what both share; ``Saqqez/Baneh`` too, where both are cities."""
    found = [_resolve(raw, parts_of(each), context) for each in options]
    known = [entries()[each.id] for each in found if each and each.id]
    if len(known) != len(options) or len(known) < 2 or (of_cities and any(each.kind != "city" for each in known)):
        return None
    return _undecided(raw, known)


def place(text: str, *, country: str | None = None, within: str | None = None) -> Place:
    """Read a place as written; never raises, whatever the text.

    Parameters
    ----------
    text : str
        ``Karaj, Alborz Province``, ``Delano, CA``, ``زندان اوین، تهران``, ``Fardis, Karaj`` …
    country : str, optional
        Country (code or name) that is meant when the name exists in several.
    within : str, optional
        Province, state or country that another column of the list gives: ``Azarbaijan-e Sharqi``, ``TX``.
    """
    return _place(text, country, within)


@lru_cache(maxsize=131_072)
def _place(text: str, country: str | None, within: str | None) -> Place:
    spoken = words(text) if len(text) <= _LONGEST else ()
    if not spoken or place_parts.is_unknown(spoken):
        return Place(raw=text, decided="unknown" if len(text) <= _LONGEST else "unreadable")
    context = _Context(country=_country_code(country))
    if within:
        for part in reversed(parts_of(within)):
            context = _containers(part.text, within, context)
    found = (
        _either(text, alternatives(text), context, of_cities=False)
        or _either(text, place_parts.slashed(text), context, of_cities=True)
        or _resolve(text, parts_of(text), context)
        or _either(text, place_parts.joined(text), context, of_cities=True)
        or _loosely(text, context)
    )
    return found or _outside(text, context)


def _loosely(raw: str, context: _Context) -> Place | None:
    """Read ``Narmak Tehran`` and ``Sanandaj Airport``: a known town or province at either end, no comma.

    Not where a street is named: Khorramshahr Boulevard is elsewhere.
    """
    country = context.country or _country_of(context.regions)
    tokens = words(raw)
    if not country or place_parts.names_street(tokens) or not 2 <= len(tokens) <= MOST_WORDS + 1:
        return None
    for cut in range(len(tokens) - 1, 0, -1):
        for known, rest in ((tokens[-cut:], tokens[:-cut]), (tokens[:cut], tokens[cut:])):
            if _is_town(" ".join(known), country, context):
                parts = [part_of(" ".join(rest)), part_of(" ".join(known))]
                return _resolve(raw, [each for each in parts if each.text], context)
    return None


def _is_town(name: str, country: str, context: _Context) -> bool:
    return any(
        each.country == country and context.allows(each)
        and (each.kind == "region" or (each.kind == "city" and each.population >= _CITY_SIZE))
        for each in called(name)
    )  # fmt: skip


def _outside(raw: str, context: _Context) -> Place:
    """Return the province or country that was said where the name itself is not known."""
    here = sorted(context.regions | context.countries)
    if len(here) == 1 and here[0] in entries():
        return _made(raw, entries()[here[0]], "within")
    return Place(raw=raw, decided="not found")
