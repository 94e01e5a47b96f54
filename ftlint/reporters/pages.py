"""The page of a rule, for a terminal, as Markdown and as JSON: all on it comes from the rule and the profiles."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from inspect import cleandoc, isfunction
from itertools import groupby

from ftlint.core.visible import masked, visible
from ftlint.profiles.catalog import all_profiles, provider_profiles
from ftlint.rules.base import Example, Rule

MAX_LINES = 8
MAX_WIDTH = 400
"""Lines of an example, and characters of a line; some have to be long to be bad."""
FOLDER = "docs/rules"
LEVELS = ("error", "warning", "info", "off")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: prose in Markdown, or lines to be printed as they are in a `language`."""

    title: str
    prose: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    language: str = ""


def terminal(rule: type[Rule]) -> Iterator[str]:
    """The page for a terminal."""
    yield f"{rule.code} {rule.name} ({_level(rule)}, since {rule.since})"
    yield ""
    yield from cleandoc(rule.__doc__ or "").splitlines()
    for section in _sections(rule):
        yield ""
        yield f"## {section.title}"
        yield from section.prose
        yield from section.code


def markdown(rule: type[Rule]) -> Iterator[str]:
    """The page as Markdown. Examples stand in fences longer than any that they hold."""
    yield f"# {rule.code} {rule.name}"
    yield ""
    depends = ("depends on the target",) if depends_on_target(rule) else ()
    fixes = " or ".join(fixes_of(rule)) or "none"
    yield " · ".join((f"**{_level(rule)}**", *depends, f"fix: {fixes}", f"since {rule.since}"))
    yield ""
    yield from _spaced(cleandoc(rule.__doc__ or "").splitlines())
    for section in _sections(rule):
        yield ""
        yield f"## {section.title}"
        if section.prose:
            yield ""
            yield from section.prose
        if section.code:
            fence = "`" * max(3, 1 + max(len(run) for run in re.findall("`*", "\n".join(section.code))))
            yield ""
            yield f"{fence}{section.language}"
            yield from section.code
            yield fence


def index(rules: Iterable[type[Rule]]) -> Iterator[str]:
    """All rules as Markdown, a table a family."""
    yield "# Rules"
    yield ""
    yield "This page and the pages of the rules are written by `ftlint rule --all docs/rules`."
    for family, members in groupby(rules, key=lambda rule: rule.__module__.rpartition(".")[0]):
        yield ""
        yield f"## {_family(family)}"
        yield ""
        yield "| code | name | severity | fix | what |"
        yield "|---|---|---|---|---|"
        for rule in members:
            target = " †" if depends_on_target(rule) else ""
            cells = (
                f"[{rule.code}]({file_of(rule)})",
                rule.name,
                _level(rule) + target,
                ", ".join(fixes_of(rule)) or "–",
                summary(rule),
            )
            yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
    yield ""
    yield "† What the rule reports, or how severely, depends on the target: the provider, the model, the method."


def record(rule: type[Rule]) -> dict[str, object]:
    """The page as JSON values."""
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.label,
        "default": rule.default,
        "since": rule.since,
        "summary": summary(rule),
        "explanation": cleandoc(rule.__doc__ or ""),
        "help": rule.help,
        "provider_error": rule.provider_error,
        "fixes": list(fixes_of(rule)),
        "depends_on_target": depends_on_target(rule),
        "targets": targets(rule),
        "options": _call(rule) if rule.options else None,
        "bad": list(_shown(rule.bad)),
        "good": list(_shown(rule.good)),
        "page": f"{FOLDER}/{file_of(rule)}",
    }


def file_of(rule: type[Rule]) -> str:
    """The name of the file of a rule's page."""
    return f"{rule.code}-{rule.name}.md"


def summary(rule: type[Rule]) -> str:
    """The first sentence of the page."""
    return " ".join(cleandoc(rule.__doc__ or "").split("\n\n")[0].split())


def part(rule: type[Rule], title: str, paragraphs: int | None = None) -> str:
    """The text of a section of the docstring, or its first paragraphs, without its line ends."""
    _, _, rest = cleandoc(rule.__doc__ or "").partition(f"## {title}\n")
    section = rest.partition("\n## ")[0].strip().split("\n\n")
    return " ".join(" ".join(section[:paragraphs]).split())


def fixes_of(rule: type[Rule]) -> tuple[str, ...]:
    """Whether the rule's fixes are safe, unsafe or both, as its page says; none where it begins with None."""
    fix = part(rule, "Fix")
    if fix.startswith("None"):
        return ()
    words = {word.lower() for word in re.findall(r"\b(?:un)?safe\b", fix, re.IGNORECASE)}
    return tuple(word for word in ("safe", "unsafe") if word in words)


def targets(rule: type[Rule]) -> dict[str, str]:
    """
    The severity at each provider, and at each model that differs from its provider.

    Empty where all profiles agree with the rule.
    """
    default = rule.severity.label if rule.default else "off"
    found: dict[str, str] = {}
    for provider in provider_profiles():
        level = found[provider.provider] = provider.levels.get(rule.code, default)
        for model in all_profiles():
            own = model.levels.get(rule.code, default)
            if model.provider == provider.provider and own != level:
                found[f"{provider.provider}/{model.id}"] = own
    return found if set(found.values()) != {default} else {}


def depends_on_target(rule: type[Rule]) -> bool:
    """Whether profiles give the rule a severity, its page speaks of the target, or its code reads it."""
    if any(rule.code in profile.levels for profile in (*provider_profiles(), *all_profiles())):
        return True
    if re.search(r"depends?\s+on\s+the\s+target", rule.__doc__ or ""):
        return True
    names = {name for method in vars(rule).values() if isfunction(method) for name in method.__code__.co_names}
    return bool(names & {"profile", "method", "method_name"})


def _sections(rule: type[Rule]) -> Iterator[Section]:
    """What follows the docstring."""
    holds = (f"With `{_call(rule)}`:",) if rule.options else ()
    for title, example in (("Bad", rule.bad), ("Good", rule.good)):
        if example:
            also = f"Raises {', '.join(rule.with_codes)} as well." if title == "Bad" and rule.with_codes else ""
            yield Section(title, tuple(filter(None, (also, *holds))), tuple(_shown(example)), "json")
    if levels := targets(rule):
        by_level = ((level, [name for name, own in levels.items() if own == level]) for level in LEVELS)
        yield Section("Targets", tuple(f"- {level}: {', '.join(names)}" for level, names in by_level if names))
    if rule.provider_error:
        yield Section("A provider's words", code=(visible(rule.provider_error),), language="text")


def _level(rule: type[Rule]) -> str:
    return rule.severity.label if rule.default else f"{rule.severity.label}, off by default"


def _call(rule: type[Rule]) -> str:
    """The call of the library under which the examples hold."""
    options = {key: str(value) if hasattr(value, "isoformat") else value for key, value in rule.options.items()}
    return f"ftlint.check(path, {', '.join(f'{key}={value!r}' for key, value in options.items())})"


def _shown(example: Example) -> Iterator[str]:
    """The lines of an example as they would stand in a file, shortened, with nothing in them that steers a terminal."""
    if not example:
        return
    text = (
        example.decode(errors="backslashreplace")
        if isinstance(example, bytes)
        else json.dumps(example, ensure_ascii=False) + "\n"
    )
    lines = text.split("\n")
    ends = lines[-1] == ""
    if ends:
        lines.pop()
    for line in map(masked, lines[:MAX_LINES]):
        more = len(line) - MAX_WIDTH
        yield visible(line[:MAX_WIDTH]) + (f" … {more:,} more characters" if more > 0 else "")
    if len(lines) > MAX_LINES:
        yield f"… {len(lines) - MAX_LINES:,} more lines"
    elif not ends:
        yield r"\ No newline at end of file"


def _family(package: str) -> str:
    """The title of a family: the first sentence of its package's docstring, without the codes."""
    title = (sys.modules[package].__doc__ or "").partition(". ")[0].partition(": ")[2].strip().rstrip(".")
    return title[:1].upper() + title[1:]


def _spaced(lines: list[str]) -> Iterator[str]:
    """Markdown wants an empty line after a heading."""
    for line in lines:
        yield line
        if line.startswith("#"):
            yield ""
