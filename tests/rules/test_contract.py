"""What every rule promises: unique names, a page with its sections, examples that hold."""

import json
import re
from pathlib import Path

import pytest

from ftlint.core.types import Severity
from ftlint.reporters.pages import fixes_of
from ftlint.rules.registry import RULES
from tests.support import TODAY, check, codes, dumped, fixed, write_example_files

# No row can show these: an image of megabytes, a file of half a gigabyte, billions of tokens, a lock beside the file, a
# call that ends before a file is read.
NO_BAD = {"FT454", "FT506", "FT507", "FT710", "FT901"}
# The target, the day or the call decides, whatever the row; tests/rules/test_model.py has the cases.
NO_GOOD = {"FT615", "FT710", "FT901", "FT902", "FT903", "FT904", "FT905", "FT906"}


GRADED = {"messages": [{"role": "user", "content": "2 + 2"}], "answer": "4"}
HELD_OUT = {"messages": [{"role": "user", "content": "3 + 3"}], "answer": "6"}


def every(rule):
    """The options of a rule's examples, under which rows that are repeated are told, too."""
    return {"today": TODAY, **rule.options, "extend_select": [*rule.options.get("extend_select", ()), "FT701", "FT703"]}


def found(rule, example):
    options = {"totals": True, **every(rule)}
    if rule.subject == "grader":
        Path(options["grader"]).write_text(json.dumps(example))
        Path(options["validation"]).write_text(json.dumps(HELD_OUT) + "\n")
        example = GRADED
    return codes(example, **options)


def unavoidable(rule, code):
    """Examples are short (FT504), and a model that is named has dates of its own (FT9)."""
    return code == "FT504" or (code.startswith("FT9") and "model" in rule.options)


@pytest.fixture(autouse=True)
def example_files(tmp_path, monkeypatch):
    """The files that a page prints beside its examples, where the rule's options look for them."""
    write_example_files(tmp_path, RULES)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.code not in NO_BAD], ids=lambda rule: rule.code)
def test_the_bad_example_raises_its_code_and_no_other(rule):
    raised = found(rule, rule.bad)
    assert rule.code in raised
    allowed = {rule.code, *rule.with_codes}
    assert [code for code in raised if code not in allowed and not unavoidable(rule, code)] == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.with_codes], ids=lambda rule: rule.code)
def test_the_bad_example_raises_every_code_that_it_says_it_cannot_do_without(rule):
    assert set(rule.with_codes) <= set(found(rule, rule.bad))


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.code not in NO_GOOD], ids=lambda rule: rule.code)
def test_the_good_example_is_silent_under_all_default_rules(rule):
    assert [code for code in found(rule, rule.good) if not unavoidable(rule, code)] == []


FIXED = [rule for rule in RULES if fixes_of(rule) and rule.code not in ("FT405", "FT704")]
"""Of FT405 the example is none of those that can be fixed; tests/transform/test_fixes.py has them. FT704 takes rows out
of the validation file; tests/rules/test_dataset_rows.py has that."""


@pytest.mark.parametrize("rule", FIXED, ids=lambda rule: rule.code)
def test_the_fix_takes_the_finding_out_of_the_bad_example_and_a_second_one_changes_nothing(rule, tmp_path):
    once, fixer, report = fixed(rule.bad, directory=tmp_path, **every(rule))
    assert once != dumped(rule.bad)
    assert fixer.fixed[rule.code]
    assert [finding for finding in report.findings if finding.code == rule.code] == []
    assert [file.refused for file in fixer.files if file.refused] == []
    twice, again, _ = fixed(once, directory=tmp_path, **every(rule))
    assert twice == once and not again.fixed


@pytest.mark.parametrize("rule", FIXED, ids=lambda rule: rule.code)
def test_without_unsafe_fixes_only_what_the_page_calls_safe_is_fixed(rule, tmp_path):
    _, fixer, _ = fixed(rule.bad, unsafe=False, directory=tmp_path, **every(rule))
    assert bool(fixer.fixed[rule.code]) == ("safe" in fixes_of(rule))


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.code not in NO_BAD], ids=lambda rule: rule.code)
def test_a_finding_has_the_fix_that_its_page_speaks_of(rule):
    example = GRADED if rule.subject == "grader" else rule.bad
    report = check(example, **{"totals": True, **every(rule)})
    offered = {finding.fix.applicability for finding in report.findings if finding.code == rule.code and finding.fix}
    assert offered <= set(fixes_of(rule))


def test_only_examples_that_cannot_be_had_are_missing():
    empty = {rule.code for rule in RULES if rule.bad == b"" and rule.code != "FT020"}
    assert empty == NO_BAD
    assert {rule.code for rule in RULES if rule.good == b""} == NO_GOOD


def test_codes_and_names_are_unique_and_the_registry_is_in_the_order_of_codes():
    all_codes = [rule.code for rule in RULES]
    assert all_codes == sorted(set(all_codes))
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_a_code_a_name_a_severity_and_a_page(rule):
    assert re.fullmatch(r"FT\d{3}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert isinstance(rule.severity, Severity)
    summary, *sections = re.split(r"^\s*## ", rule.__doc__, flags=re.MULTILINE)
    assert re.fullmatch(r"[A-Z`][^\n]*(\n[^\n]+)?\.", summary.strip())
    assert [section.split("\n")[0] for section in sections] == ["Why it matters", "Fix"]
    assert all(section.split("\n", 1)[1].strip() for section in sections)
    assert rule.help is None or not rule.help.endswith(".")


def test_every_code_that_a_rule_names_beside_its_own_exists():
    known = {rule.code for rule in RULES}
    for rule in RULES:
        assert set(rule.with_codes) <= known
        assert set(re.findall(r"FT\d{3}", rule.__doc__)) <= known
