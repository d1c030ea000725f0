"""What commands print for people: the same facts as the JSON, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cenotaph.estimation import describe
from cenotaph.estimation.statement import digits, name_stratum
from cenotaph.messages import ENGLISH, Message, Speech
from cenotaph.pipeline.copied import warning_text
from cenotaph.values import PartialDate


def as_text(report: Mapping[str, Any], say: Speech = ENGLISH) -> str:
    """Say what a build did, stage by stage, with everything a person should look at."""
    lines = [say("missing   {what}", what=said) for said in report.get("missing", ())]
    for stage, show in _STAGES.items():
        if stage in report:
            lines += show(report[stage], say)
    return "\n".join(lines)


def _read(found: Mapping[str, Any], say: Speech) -> list[str]:
    lines = [say("read      {n} records, {refused} rows refused", n=found["records"], refused=found["refused"])]
    for name, table in found["lists"].items():
        counts = {key: table[key] for key in ("rows", "records", "refused")}
        lines.append("  " + say("{list}: {rows} rows in = {records} records + {refused} refused", list=name, **counts))
        lines += [f"    {say.isolate(note)}" for note in table.get("notes", ())]
    return [*lines, *(line for name, told in found.get("narratives", {}).items() for line in _told(name, told, say))]


def _told(name: str, told: Mapping[str, Any], say: Speech) -> list[str]:
    counts = {key: told[key] for key in ("passages", "persons", "events", "statements")}
    said = say("{list}: {passages} passages = {persons} persons, {events} events, {statements} statements",
               list=name, **counts)  # fmt: skip
    return ["  " + said, *(f"    {say.isolate(note)}" for note in told["notes"])]


def _link(found: Mapping[str, Any], say: Speech) -> list[str]:
    counts = {key: found[key] for key in ("clusters", "pairs", "questions")}
    return [
        say("link      {clusters} clusters, {pairs} pairs kept, {questions} questions for a person", **counts),
        *_in_part(found["report"], say),
        *_run(found["report"].get("run", {}), say),
        *_since_judged(found.get("since_judged", ()), say),
        *(f"  {say.isolate(note)}" for note in found.get("notes", ())),
    ]


def _in_part(report: Mapping[str, Any], say: Speech) -> list[str]:
    """Say where linking did less than the whole, and how often; of most cases there is nothing to say."""
    counts = {**report, **report.get("candidates", {})}
    windowed, shortened, pieces, unasked = (
        counts.get(key, 0) for key in ("windowed", "shortened", "groups_split", "questions_left_out")
    )
    said = {
        say("{n} times a record was one of too many that say the same: it was compared with some of them", n=windowed):
            windowed,
        say("{n} records say very many words: only the rarest were used to find others like them", n=shortened):
            shortened,
        say("{n} groups of records were too large to weigh at once: they were clustered in pieces", n=pieces): pieces,
        say("{n} more doubtful pairs are not asked about, for they are more than `questions` under `[linkage]` allows: "
            "those whose answer changes most are kept", n=unasked): unasked,
    }  # fmt: skip
    return [f"  {text}" for text, count in said.items() if count]


_VERDICTS = {"same": Message("same"), "different": Message("different"), "unsure": Message("unsure")}
_SHOWN = 10  # judgements that are named one by one
_WHY = {
    "asked": Message("it was asked for"),
    "altered": Message("what the last run kept is not as it was written"),
    "program": Message("another version of the program linked last"),
    "settings": Message("the settings of linking are others"),
    "seed": Message("the settings of linking are others"),
    "erased": Message("somebody was erased since, and nothing of theirs is kept"),
    "columns": Message("names or dates stand in other columns than before"),
    "property": Message("the new records say something that no record said before"),
    "grown": Message("more than one record in twenty came, went or changed since it last learnt"),
    "block": Message("very many new records say the same"),
    "judged": Message("many judgements came since it last learnt"),
    "ids": Message("two record ids have one hash"),
}


def _run(run: Mapping[str, Any], say: Speech) -> list[str]:
    """Say whether the last run was built on, or why not; a case that never kept anything needs no word."""
    if run.get("how") == "kept":
        counts = {key: run[key] for key in ("new", "changed", "gone")}
        return [
            "  " + say("built on the last run: {new} records new, {changed} changed, {gone} gone", **counts),
            "  " + say("weights learnt from {n} records; `cenotaph link --relearn` learns anew", n=run["learnt_from"]),
        ]
    why = _WHY.get(run.get("why", ""))
    return ["  " + say("linked in full: {why}", why=why)] if why else []


def _since_judged(found: Sequence[Mapping[str, Any]], say: Speech) -> list[str]:
    """Name the judgements whose records a newer edition changed or dropped; they stand until somebody judges again."""
    if not found:
        return []
    lines = [
        "  " + say("{n} judgements stand on records that a newer edition changed or dropped; look again:", n=len(found))
    ]
    for each in found[:_SHOWN]:
        facts = {key: each[key] for key in ("left", "right", "reviewer", "record", "edition")}
        verdict = _VERDICTS[each["verdict"]]
        if each["kind"] == "gone":
            text = say("{left} and {right}: {verdict} ({reviewer}); edition {edition} no longer has {record}",
                       verdict=verdict, **facts)  # fmt: skip
        else:
            text = say("{left} and {right}: {verdict} ({reviewer}); edition {edition} changed {keys} of {record}",
                       verdict=verdict, keys=list(each["keys"]), **facts)  # fmt: skip
        lines.append(f"    {text}")
    more = len(found) - _SHOWN
    return [
        *lines,
        *(["    " + say("and {n} more in the sheet of editions of the review", n=more)] if more > 0 else []),
    ]


def _register(found: Mapping[str, Any], say: Speech) -> list[str]:
    status = [say("{n} {what}", n=count, what=Message(name)) for name, count in found["status"].items()]
    why = [say("{n} {what}", n=n, what=Message(name)) for name, n in found["why"].items() if name != "included"]
    persons, included = found["persons"], found["included"]
    comma = "، " if say.is_right_to_left else ", "
    return [
        say("register  {n} persons, {included} of them in the register", n=persons, included=included)
        + f" ({comma.join(status)})",
        *([say("  left out:") + " " + comma.join(why)] if why else []),
        *_moved(found, say),
        *(f"  {say.isolate(note)}" for note in found.get("notes", ())),
    ]


def _moved(found: Mapping[str, Any], say: Speech) -> list[str]:
    """Say who has another standing than in the register built before, and whether the criteria did it."""
    lines = [
        say(
            "  {n} persons moved from {before} to {after}",
            n=row["persons"],
            before=Message(row["before"]),
            after=Message(row["after"]),
        )
        for row in found.get("moved", ())
    ]
    if found.get("because") == "criteria":
        lines.append(say("  the criteria are not those of the build before; who moved is in build/moved/moved.csv"))
    elif lines:
        lines.append(say("  the criteria are the same; who moved is in build/moved/moved.csv"))
    return lines


def _ground(found: Mapping[str, Any], say: Speech) -> list[str]:
    """Say what the tables about sites and actors hold, which rows gave nothing and what is wrong with others."""
    counts = {key: found[key] for key in ("sites", "actors", "posts", "allegations")}
    lines = [say("ground    {sites} sites, {actors} actors, {posts} posts, {allegations} allegations", **counts)]
    for name, table in found["tables"].items():
        refused = [f"{each['row']}: {each['reason']}" for each in table["refused"]]
        lines.append("  " + say("{table}: {read} of {rows} rows read", table=name, read=table["read"],
                                rows=table["rows"]))  # fmt: skip
        lines += [f"    {say.isolate(text)}" for text in refused]
        if table["unmapped"]:
            lines.append("    " + say("kept, internal: {columns}", columns=list(table["unmapped"])))
    return [*lines, *(f"  {say.isolate(text)}" for text in found["problems"])]


def _estimate(found: Mapping[str, Any], say: Speech) -> list[str]:
    return [say("estimate") + "  " + estimate_text(found, say).replace("\n", "\n  ")]


def _publish(found: Mapping[str, Any], say: Speech) -> list[str]:
    comma = "، " if say.is_right_to_left else ", "
    pages = [say("{n} pages", n=found["pages"])] if "pages" in found else []
    files = say("{n} files", n=found["files"])
    lines = [comma.join([say("publish   {n} persons", n=found["persons"]), *pages, files])]
    kept = comma.join(say("{n} {what}", n=n, what=Message(reason)) for reason, n in found.get("withheld", {}).items())
    held = found.get("allegations_held", {})
    silent = comma.join(say("{n} {what}", n=n, what=Message(reason)) for reason, n in held.items())
    left_out = [
        say("  not published: {file}: {what}", file=f"content/{each['file']}", what=each["what"])
        for each in found.get("content", ())
    ]
    return [
        *lines,
        *([say("  kept back:") + f" {kept}"] if kept else []),
        *([say("  allegations kept back:") + f" {silent}"] if silent else []),
        *left_out,
        *(f"  {say.isolate(str(path))}" for path in found["folders"]),
    ]


_STAGES = {
    "read": _read,
    "link": _link,
    "register": _register,
    "ground": _ground,
    "estimate": _estimate,
    "publish": _publish,
}


def estimate_text(found: Mapping[str, Any], say: Speech = ENGLISH, *, checks: bool = False) -> str:
    """Say the verdict, its reasons, the methods side by side, the groups, and the statement in words."""
    lines = [say("{verdict}: {n} documented", verdict=Message(found["verdict"]), n=found["documented"])]
    reasons = found.get("explanations", {}).get(say.language) or found["reasons"]
    lines += [f"  - {reason}" for reason in reasons]
    lines += [f"  - {warning_text(row, say)}" for row in found.get("copying", ())]
    lines += [_method(name, values) for name, values in found["methods"].items() if isinstance(values, Mapping)]
    statement = found.get("statements", {}).get(say.language) or found["statement"]
    text = statement.get("en", "") if isinstance(statement, Mapping) else statement
    compared = found.get("comparisons", {}).get(say.language, "")
    lines += [compared] if compared else []
    lines += _groups(found["strata"], say) if "strata" in found else []
    lines += [f"  - {line}" for line in describe(found.get("checks", {}), say.language)] if checks else []
    return "\n".join([*lines, str(text)])


def _groups(found: Mapping[str, Any], say: Speech) -> list[str]:
    """Return a line a group and the sentence of their total."""
    lines = [say("Groups by {what}:", what=found["stratification"])]
    for one in found["estimates"]:
        head = say("{verdict}: {n} documented", verdict=Message(one["verdict"]), n=one["documented"])
        lead = one["methods"].get("lcmcr", {})
        shown = lead.get("interval") and one["verdict"] != "refused"
        span = f", {lead['median']:,.0f} ({lead['interval'][0]:,.0f}–{lead['interval'][1]:,.0f})" if shown else ""
        lines.append(f"  {say.isolate(name_stratum(one['stratum'], say.language))}: {head}{digits(span, say.language)}")
    return [*lines, found["statements"][say.language]]


def _method(name: str, found: Mapping[str, Any]) -> str:
    if "lower_bound" in found:
        return f"  {name}: at least {found['lower_bound']:,.0f}"
    interval = found.get("interval")
    span = f", 95 % {interval[0]:,.0f} to {interval[1]:,.0f}" if interval else ""
    middle = found.get("median") or found.get("mean") or found.get("estimate")
    number = f" {middle:,.0f}{span}" if middle and interval else ""
    rhat = f", R-hat {found['rhat']:.3f}" if found.get("rhat") else ""
    return f"  {name}: {found.get('status', '')}{number}{rhat}"


def evaluation_text(found: Mapping[str, Any]) -> str:
    """Print precision, recall and F1 of each kind."""
    lines = [
        f"{kind:<9} precision {row['precision']:.4f}  recall {row['recall']:.4f}  F1 {row['f1']:.4f}"
        for kind, row in found.items()
        if isinstance(row, Mapping) and "f1" in row
    ]
    recall = found.get("candidates", {}).get("recall")
    lines += [f"candidate pairs hold {recall:.2%} of the true pairs"] if recall is not None else []
    return "\n".join([*lines, *(_reliability(found["reliability"]) if "reliability" in found else [])])


def _reliability(found: Mapping[str, Any]) -> list[str]:
    """Say of each tenth of probability which share of its pairs is true."""
    lines = ["", "probability     pairs  predicted  true"]
    for row in found["bins"]:
        between = f"{row['from']:.1f} to {row['to']:.1f}"
        lines.append(f"{between:<12} {row['pairs']:>8}  {row['predicted']:>9.3f}  {row['observed']:.3f}")
    lines.append(f"calibration error {found['error']:.3f}, drawn in build/evaluate/reliability.svg")
    held = found["held_back"]
    if held["pairs"]:
        lines.append(
            f"held back for a person to judge: {held['pairs']} pairs, of which {held['observed']:.3f} are true"
        )
    return lines


def verify_text(found: Mapping[str, Any], say: Speech = ENGLISH) -> str:
    """Say that all is as it was, or name each fault."""
    facts = {key: found[key] for key in ("entries", "files", "head")}
    if found["ok"]:
        return say("unaltered: {entries} entries, {files} files, head {head}", **facts)
    head = say("FAULT: {entries} entries, {files} files, head {head}", **facts)
    return "\n".join([head, *(f"  {say.isolate(str(each['where']))}: {say(each['what'])}" for each in found["faults"])])


def date_json(found: PartialDate) -> dict[str, Any]:
    """Return a reading of a date for programs."""
    return {
        "raw": found.raw,
        "earliest": found.earliest.isoformat() if found.earliest else None,
        "latest": found.latest.isoformat() if found.latest else None,
        "edtf": found.edtf,
        "calendar": found.calendar,
        "decided": found.decided,
        "parts": dict(found.parts),
        "flags": list(found.flags),
        "alternatives": [
            {
                "earliest": other.earliest.isoformat() if other.earliest else None,
                "latest": other.latest.isoformat() if other.latest else None,
                "calendar": other.calendar,
                "prior": other.prior,
            }
            for other in found.alternatives
        ],
    }


def date_text(found: PartialDate) -> str:
    """Say what a date means, what decided it, and what else it may mean."""
    span = _span(found.earliest, found.latest)
    decided = f", by {found.decided}" if found.decided else ""
    lines = [f"{found.raw}: {span}", f"  calendar {found.calendar}{decided}", f"  EDTF {found.edtf or '(none)'}"]
    lines += [f"  {flag}" for flag in found.flags]
    lines += [f"  or {_span(other.earliest, other.latest)} ({other.calendar})" for other in found.alternatives]
    return "\n".join(lines)


def _span(earliest: object, latest: object) -> str:
    if earliest is None and latest is None:
        return "not a date we can read"
    if earliest == latest:
        return str(earliest)
    return f"{earliest or 'open'} to {latest or 'open'}"


def bullets(lines: Sequence[str]) -> str:
    """Return lines as an indented list."""
    return "\n".join(f"  {line}" for line in lines)
