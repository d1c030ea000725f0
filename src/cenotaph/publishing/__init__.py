"""The memorial and the public data: only what the guard lets through, as files that need no server.

The door is ``publish``; it replaces whole folders, so a reader never meets half a release.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cenotaph.campaign import Content, Problem
from cenotaph.case import Case
from cenotaph.errors import InputError
from cenotaph.estimation import Estimate
from cenotaph.publishing.about import public_case, public_estimate
from cenotaph.publishing.asked import MOST, Askable
from cenotaph.publishing.exhibition import make_exhibition
from cenotaph.publishing.ground_guard import Rules
from cenotaph.publishing.ground_guard import sections as ground_sections
from cenotaph.publishing.guard import Guard, Withheld
from cenotaph.publishing.policy import Policy
from cenotaph.publishing.public import Measures, PublicCopying, PublicSample
from cenotaph.publishing.release import Made, Progress, Release, make_data, make_site
from cenotaph.publishing.site.build import untranslated
from cenotaph.publishing.site.content import sections
from cenotaph.publishing.traced import without_untraced
from cenotaph.publishing.written import hidden_names, without_names
from cenotaph.registry import INCLUSION, Register, Surroundings
from cenotaph.registry.asking import known

PARTS = {"site": make_site, "data": make_data, "exhibition": make_exhibition}

__all__ = [
    "PARTS",
    "Guard",
    "Measures",
    "Policy",
    "PublicCopying",
    "PublicSample",
    "PublishReport",
    "Withheld",
    "publish",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishReport:
    """What was published and what was kept back; ``untranslated`` lists texts shown in English, by language."""

    made: Mapping[str, Made]
    persons: int
    withheld: Mapping[str, int]
    untranslated: Mapping[str, Sequence[str]]
    held: Mapping[str, int] = field(default_factory=dict)  # allegations kept back, by reason
    problems: Sequence[Problem] = ()  # what of the group's own texts was left out, and why

    def to_json(self) -> dict[str, object]:
        """Return the report as other programs read it."""
        site = self.made.get("site")
        return {
            "persons": self.persons,
            "withheld": dict(self.withheld),
            "files": sum(made.files for made in self.made.values()),
            **({"pages": site.pages} if site else {}),
            "changed": {part: made.changed for part, made in self.made.items()},
            "folders": [str(made.folder) for made in self.made.values()],
            "untranslated": {language: list(texts) for language, texts in self.untranslated.items()},
            "allegations_held": dict(self.held),
            "content": [{"file": each.file, "what": each.what} for each in self.problems],
        }


def publish(  # noqa: PLR0913  the one door of the room: three things in, four ways to ask
    register: Register,
    estimate: Estimate | None,
    case: Case,
    *,
    out: Path,
    parts: Sequence[str] = ("site", "data"),
    quality: Mapping[str, float] | None = None,
    measures: Measures | None = None,
    progress: Progress | None = None,
    content: Content | None = None,
    surroundings: Surroundings | None = None,
) -> PublishReport:
    """Publish what the guard lets through, each part in its own folder under ``out``.

    Parameters
    ----------
    register
        All persons at one head.
    estimate
        Of those on no list, or None when it has not been worked out.
    case
        Languages, publisher, audiences and the head.
    out
        Gets ``site/``, ``data/`` and ``exhibition/``; each is replaced whole, and left alone when nothing changed.
    parts
        ``"site"`` (the memorial, its downloads included), ``"data"`` (the downloads alone), ``"exhibition"`` (panels,
        handout and stand kit, to be printed).
    quality
        Measured precision, recall and f1 of the linkage, printed with the method.
    measures
        What a labelled sample says of the links, and which lists share errors.
    progress
        Called with the persons done and the most there can be.
    content
        What the group publishes beside its people; texts that name a hidden person are left out.
    surroundings
        Sites and actors; what of them may leave becomes pages.

    Raises
    ------
    InputError
        A part does not exist, or a folder holds files that are not a release of ours.
    Refused
        The case does not say who publishes it.
    """
    unknown = sorted(set(parts) - set(PARTS))
    if unknown:
        raise InputError(f"there is no part {unknown[0]!r} to publish; the parts are {', '.join(PARTS)}")
    release = _release(register, estimate, case, quality or {}, progress)
    release = replace(release, case=replace(release.case, measures=measures or Measures()))
    # people are gone through only when somebody may be hidden
    closed = hidden_names(register.persons()) if case.consents else {}
    release = _with_content(release, content or Content(), closed)
    release = _with_ground(_with_questions(release), surroundings, Rules(case, closed))
    made = {part: PARTS[part](release, out / part) for part in PARTS if part in parts}
    shown = next((each.figures.shown for each in made.values()), 0)
    withheld = {str(reason): n for reason, n in sorted(release.guard.withheld.items())}
    return PublishReport(
        made=made,
        persons=shown,
        withheld=withheld,
        untranslated=untranslated(case.config.languages),
        problems=release.content.problems,
        held={str(reason): n for reason, n in sorted(release.guard.held.items())},
    )


def _with_questions(release: Release) -> Release:
    """Return the release with the page of questions in the navigation, where there is one."""
    have = (("ask",) if release.guard.askable is not None else ()) + release.case.sections
    return replace(release, case=replace(release.case, sections=have))


def _with_ground(release: Release, surroundings: Surroundings | None, rules: Rules) -> Release:
    """Return the release with sites and actors, and the pages they will have in the navigation."""
    if surroundings is None:
        return release
    have = (*release.case.sections, *ground_sections(surroundings, rules))
    case = replace(release.case, sections=have)
    return replace(release, surroundings=surroundings, closed=rules.closed, case=case)


def _with_content(release: Release, content: Content, closed: Mapping[str, str]) -> Release:
    """Return the release with the group's own texts, without those that name somebody who is closed."""
    content = without_untraced(without_names(content, closed), release.case.passages)
    return replace(release, content=content, case=replace(release.case, sections=sections(content)))


def _release(
    register: Register,
    estimate: Estimate | None,
    case: Case,
    quality: Mapping[str, float],
    progress: Progress | None,
) -> Release:
    public = public_case(case, register.criteria, quality)
    policy = Policy(case.config.publish.audience)
    included = register.table.filter(register.table.column("included"))
    askable = Askable(known(register, policy.is_public)) if included.num_rows <= MOST else None
    return Release(
        persons=lambda: register.persons(included=True),
        expected=included.num_rows,
        addresses=int(included.column("records").to_numpy().sum()),
        guard=Guard(policy, {row.name: row.language for row in public.lists.values()}, askable=askable),
        case=public,
        estimate=public_estimate(estimate),
        inclusion=INCLUSION,
        progress=progress,
    )
