"""`ftlint rule --all`: the pages in docs/rules are those of the rules."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest

from ftlint.core.types import Severity
from ftlint.profiles import catalog
from ftlint.reporters import pages
from ftlint.rules.base import Rule
from ftlint.rules.registry import RULES
from tests.support import ROOT, write_example_files

PAGES = ROOT / "docs" / "rules"


class Unruly(Rule):
    """
    A rule | with a bar.

    ## Why it matters
    It tests.

    ## Fix
    Safe here, unsafe there.
    """

    __module__ = "ftlint.rules.conversation.unruly"
    code = "FT999"
    name = "unruly"
    severity = Severity.WARNING
    provider_error = "a message with ``` and <b>"
    bad = b"```\n# no heading \x1b[31m\n````\n" + b"x" * 5000 + b"\n\n" + b"line\n" * 20
    good = b"no newline"


def test_the_pages_are_up_to_date(shell):
    done = shell.run("rule", "--all", "rules")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    written = {path.name: path.read_text(encoding="utf-8") for path in (shell.directory / "rules").iterdir()}
    committed = {path.name: path.read_text(encoding="utf-8") for path in PAGES.iterdir()}
    assert sorted(written) == sorted(committed), "run: ftlint rule --all docs/rules"
    assert [name for name in written if written[name] != committed[name]] == [], "run: ftlint rule --all docs/rules"


def test_the_index_has_each_rule_once_with_a_link_to_its_page():
    index = "\n".join(pages.index(RULES))
    links = re.findall(r"^\| \[(FT\d{3})\]\(([^)]+)\) \| ([a-z0-9-]+) \|", index, re.MULTILINE)
    assert links == [(rule.code, f"{rule.code}-{rule.name}.md", rule.name) for rule in RULES]
    families = {rule.__module__.rpartition(".")[0] for rule in RULES}
    titles = re.findall(r"^## (\S.*)$", index, re.MULTILINE)
    assert len(titles) == len(set(titles)) == len(families), "a family stands together, under its own title"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_is_well_formed(rule):
    lines = list(pages.markdown(rule))
    assert lines[0] == f"# {rule.code} {rule.name}"
    assert not any("\n" in line for line in lines)
    assert {char for line in lines for char in line if unicodedata.category(char) in ("Cc", "Cf", "Cs")} == set()
    assert sum(line.startswith("```") for line in lines) % 2 == 0
    text = "\n".join(lines)
    assert "\n\n## Why it matters\n\n" in text
    assert ("\n## Bad\n" in text) == bool(rule.bad)
    assert ("\n## A provider's words\n" in text) == bool(rule.provider_error)
    assert max(map(len, lines)) < 1000


@pytest.mark.parametrize(
    ("code", "kinds"), [("FT001", ()), ("FT003", ("safe",)), ("FT019", ("safe", "unsafe")), ("FT501", ("unsafe",))]
)
def test_the_kinds_of_fix_are_those_that_the_page_tells_of(code, kinds):
    (rule,) = [rule for rule in RULES if rule.code == code]
    assert pages.fixes_of(rule) == kinds


def test_nothing_in_an_example_ends_its_fence_or_steers_a_terminal():
    text = "\n".join(pages.markdown(Unruly))
    assert text.count("\n`````json\n") == 1
    assert "\n# no heading \\x1b[31m\n" in text
    bad = text.split("`````json\n")[1].split("\n`````")[0]
    assert bad.split("\n")[2] == "````"
    assert bad.endswith("\n… 17 more lines")
    assert "x" * 400 + " … 4,600 more characters" in bad
    assert "\n````text\na message with ``` and <b>\n````" in text
    assert "no newline\n\\ No newline at end of file" in text
    assert "\x1b" not in "\n".join(pages.terminal(Unruly))


def test_a_bar_in_a_summary_does_not_end_the_cell_of_the_index():
    assert "A rule \\| with a bar." in "\n".join(pages.index([Unruly]))
    assert "safe, unsafe" in "\n".join(pages.index([Unruly]))


def test_the_severity_of_each_provider_comes_from_the_profiles(monkeypatch):
    openai, *_ = catalog.provider_profiles()
    (model, *_) = catalog.all_profiles()

    other = openai._replace(provider="other", levels={"FT999": "off"})
    third = openai._replace(provider="third", levels={"FT999": "error"})
    own = model._replace(provider="other", levels={"FT999": "info"})
    monkeypatch.setattr(pages, "provider_profiles", lambda: (openai, other, third))
    monkeypatch.setattr(pages, "all_profiles", lambda: (own,))
    assert pages.targets(Unruly) == {"openai": "warning", "other": "off", f"other/{own.id}": "info", "third": "error"}
    text = "\n".join(pages.markdown(Unruly))
    assert f"## Targets\n\n- error: third\n- warning: openai\n- info: other/{own.id}\n- off: other" in text
    assert "depends on the target" in text
    monkeypatch.setattr(pages, "provider_profiles", lambda: (openai,))
    monkeypatch.setattr(pages, "all_profiles", lambda: ())
    assert pages.targets(Unruly) == {}


@pytest.mark.parametrize(("code", "depends"), [("FT208", True), ("FT504", True), ("FT001", False), ("FT211", False)])
def test_a_page_says_whether_the_target_matters(code, depends):
    (rule,) = [rule for rule in RULES if rule.code == code]
    assert pages.depends_on_target(rule) == depends
    assert ("depends on the target" in next(line for line in pages.markdown(rule) if line.startswith("**"))) == depends


def test_the_json_has_the_examples_and_the_page(shell):
    rule = json.loads(shell.run("rule", "FT208", "--output-format", "json").stdout)
    assert rule["page"] == "docs/rules/FT208-consecutive-same-role.md"
    assert (ROOT / rule["page"]).is_file()
    assert json.loads(rule["bad"][0])["messages"][0] == {"role": "user", "content": "Hi"}
    assert (rule["fixes"], rule["depends_on_target"]) == (["unsafe"], True)
    assert rule["options"] == "ftlint.check(path, extend_select=('FT208',))"


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.options], ids=lambda rule: rule.code)
def test_the_call_on_a_page_can_be_made(rule, tmp_path, monkeypatch):
    import ftlint

    path = tmp_path / "train.jsonl"
    path.write_bytes(b"{}\n")
    write_example_files(tmp_path, [rule])
    if rule.subject == "grader":
        (tmp_path / rule.options["grader"]).write_text(json.dumps(rule.good))
        (tmp_path / rule.options["validation"]).write_bytes(b"{}\n")
    monkeypatch.chdir(tmp_path)
    call = pages.record(rule)["options"]
    assert eval(call, {"ftlint": ftlint, "path": str(path)}).files


def test_a_directory_that_cannot_be_written_is_a_wrong_call(shell):
    shell.file("file", b"")
    done = shell.run("rule", "--all", "file/rules")
    assert done.returncode == 2
    assert done.stderr.startswith("ftlint: error: cannot make file/rules: ")
