"""Who held which post over which place, and the acts done there, for a program and for people to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cenotaph.case import Case
from cenotaph.errors import NotFound
from cenotaph.messages import Message, Speech
from cenotaph.pipeline.building import register_of
from cenotaph.pipeline.ground import around
from cenotaph.registry import Certainty, Exposure, Surroundings
from cenotaph.registry.exposure import covers
from cenotaph.registry.posts import Post
from cenotaph.registry.said import span_of
from cenotaph.values import fold

MEANING = Message("presence, not responsibility: who held a post over a place, not what anybody did")
_VERDICTS = {Certainty.CERTAIN: "certain", Certainty.POSSIBLE: "possible", Certainty.CONTRADICTED: "no"}


def exposure(folder: Path, *, post: str = "", place: str = "") -> dict[str, Any]:
    """Return who held which post over which place, and the acts done there, certain, possible and outside its time.

    Parameters
    ----------
    folder
        A case folder that was read.
    post, place
        Only posts whose title, holder or institution has these words; only posts over this place or site.

    Raises
    ------
    NotFound
        The case has no table about posts, or no post is as asked.
    """
    case = Case.load(folder)
    found, _ = around(case, register_of(case))
    if not found.posts:
        raise NotFound(
            Message(
                "{folder}: no table about posts was read; name one in cenotaph.toml and run {command}",
                folder=folder,
                command=f"cenotaph build {folder}",
            )
        )
    asked = [each for each in found.posts if _is_asked(each, post, place, found)]
    if not asked:
        raise NotFound(Message("no post has these words, or lies over this place; leave out --post or --place"))
    return {"meaning": MEANING, "posts": [_post(each, found) for each in found.exposures(asked)]}


def _is_asked(post: Post, words: str, place: str, found: Surroundings) -> bool:
    texts = [post.actor, post.institution, *(each.text for each in post.titles)]
    texts += [name.text for name in found.actors[post.actor].names]
    if words and not any(fold(words) in fold(text) for text in texts):
        return False
    if not place:
        return True
    own = [post.site, *(each.text for each in post.places)]
    return fold(place) in map(fold, own) or covers(post, found.where.read(place), found.where) is Certainty.CERTAIN


def _post(exposure: Exposure, found: Surroundings) -> dict[str, Any]:
    post = exposure.post
    ids = found.register.table.column("person")
    return {
        "actor": post.actor,
        "names": [each.text for each in found.actors[post.actor].names],
        "post": [each.text for each in post.titles],
        "institution": post.institution,
        "commission": post.is_commission,
        "site": post.site,
        "place": [each.text for each in post.places],
        "from": str(span_of(post.since) or ".."),
        "until": str(span_of(post.until) or ".."),
        "sources": [f"{each.title}, {each.page}".rstrip(", ") for each in post.sources],
        "counts": exposure.counts(),
        "acts": [
            {
                "person": ids[each.person].as_py(),
                "act": each.kind,
                "number": each.index,
                "when": str(each.span),
                "place": _VERDICTS[each.place],
                "time": _VERDICTS[each.time],
                "verdict": _VERDICTS[each.verdict],
            }
            for each in exposure.acts
        ],
    }


def exposure_text(report: Mapping[str, Any], say: Speech, *, acts: bool = False) -> str:
    """Say it for people: a block a post, each act on request, and what it means."""
    lines: list[str] = []
    for row in report["posts"]:
        lines += list(_block(row, say, acts=acts))
    return "\n".join([*lines, "", say(report["meaning"])])


def _block(row: Mapping[str, Any], say: Speech, *, acts: bool) -> Iterable[str]:
    over = row["site"] or ", ".join(row["place"]) or say("no place")
    yield say("{post} ({actor}), over {place}, from {since} until {until}", post=row["post"][0], actor=row["actor"],
              place=over, since=row["from"], until=row["until"])  # fmt: skip
    if not row["counts"]:
        yield "  " + say("no act at this place")
    for kind, n in row["counts"].items():
        yield "  " + say("{act}: {certain} certain, {possible} possible, {no} outside the time", act=Message(kind), **n)
    for act in row["acts"] if acts else ():
        yield "    " + say("{verdict}: {act} of {person}, {when} (place {place}, time {time})",
                           **{key: Message(act[key]) for key in ("verdict", "act", "place", "time")},
                           person=act["person"], when=act["when"])  # fmt: skip
