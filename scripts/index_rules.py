"""
Write `ftlint/rules/index.json`, what is known of every rule without importing it: `python scripts/index_rules.py`.

The rules are the truth; `tests/rules/test_index.py` fails when the file is not what they say.
"""

from __future__ import annotations

import json

from ftlint.rules import base
from ftlint.rules.index import FILE, Entry
from ftlint.rules.registry import RULES


def entry(rule: type[base.Rule]) -> Entry:
    """What the index says of a rule."""
    return Entry(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        kind=next(kind.__name__ for kind in rule.__mro__ if kind.__module__ == base.__name__),
        path=f"{rule.__module__.removeprefix('ftlint.rules.')}:{rule.__name__}",
        default=rule.default,
        once=rule.once,
        share=rule.share,
        minority=rule.minority,
        formats=rule.formats,
        compares=getattr(rule, "compares", None),
        trigger=getattr(rule, "trigger", b""),
    )


def index() -> str:
    """The text of the file: a rule a line, what is as usual left out."""
    lines = []
    for item in map(entry, RULES):
        values = {key: value for key, value in item._asdict().items() if value != Entry._field_defaults.get(key)}
        values["severity"] = item.severity.name
        if item.trigger:
            values["trigger"] = item.trigger.decode("latin-1")
        lines.append(json.dumps(values))
    return "[\n" + ",\n".join(lines) + "\n]\n"


if __name__ == "__main__":
    FILE.write_text(index(), encoding="utf-8")
