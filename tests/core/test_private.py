"""Searching for what is private is linear, and its page lists every kind."""

import json
import subprocess
import sys
import time

import pytest

from ftlint.core.private.mask import masked
from ftlint.formats.strings import String
from ftlint.rules.base import StringRule
from ftlint.rules.registry import RULES
from tests.engine.test_triggers import HOSTILE
from tests.fakes import fake_keys
from tests.support import ROOT

STRING_RULES = [rule() for rule in RULES if issubclass(rule, StringRule)]
SIZE = 1 << 20


def took(rule, text):
    """The least of three, in seconds of this process: what else the machine does is no part of it."""
    times = []
    for _ in range(3):
        start = time.process_time()
        rule.check(String(text, ()), lambda *_, **__: None)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("rule", STRING_RULES, ids=lambda rule: rule.code)
def test_the_time_for_a_megabyte_of_anything_grows_with_its_length_and_not_with_its_square(rule):
    for piece in HOSTILE:
        text = (piece * (SIZE // len(piece)))[:SIZE]
        assert took(rule, text) < 64 * took(rule, text[: SIZE // 16]) + 0.2, (
            piece
        )  # 16 times, or 256 if it were the square


def test_what_is_masked_stays_as_it_is():
    for text, value in fake_keys(5).values():
        once = masked(text)
        assert value not in once and masked(once) == once
        assert value not in masked(json.dumps({"a": json.dumps(text)}))
        assert value not in masked("".join(f"\\u{ord(char):04x}" for char in text))


def test_the_page_lists_every_kind_as_the_table_has_it():
    code = "from scripts.privacy_page import PAGE, page; assert page() == PAGE.read_text(encoding='utf-8')"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
