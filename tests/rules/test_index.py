"""The index of the rules says what the rules say."""

import sys

from ftlint.rules.index import FILE, entries
from ftlint.rules.registry import RULES
from tests.support import ROOT

sys.path.insert(0, str(ROOT))
from scripts.index_rules import entry, index


def test_the_index_is_current():
    assert FILE.read_text(encoding="utf-8") == index(), "run: python scripts/index_rules.py"


def test_every_entry_leads_to_its_rule():
    assert list(entries().values()) == [entry(rule) for rule in RULES]
    assert [one.rule for one in entries().values()] == list(RULES)
