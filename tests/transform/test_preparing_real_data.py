"""Real files, byte for byte as their authors published them, lose nothing when they are split or deduplicated."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from ftlint.core.errors import FtlintError
from ftlint.formats.identity import MISSING, digest, prompt_of
from ftlint.formats.near import SIMILAR, shingles, text_of
from ftlint.transform.groups import Grouping
from ftlint.transform.sides import Shares
from tests.support import shared_data
from tests.transform.preparing import deduped, lines_of, split_bytes

LARGE = 5 << 20


def readable():
    """The files that are JSON Lines with enough rows to split."""
    for path in sorted(shared_data().glob("*/*.jsonl")):
        data = path.read_bytes()
        if len(data) < LARGE:
            try:
                yield path.name, data, split_bytes(data, Shares(0.3))
            except FtlintError:
                continue


def prompts_of(side):
    for line in lines_of(side):
        row = json.loads(line)
        prompt = prompt_of(row)
        yield digest(row if prompt is MISSING else prompt)


def rows_in(data):
    return Counter(line for line in lines_of(data.removeprefix(b"\xef\xbb\xbf")) if not line.isspace())


def test_real_files_are_split_without_loss_and_without_a_prompt_on_two_sides():
    count = 0
    for name, data, sides in readable():
        count += 1
        assert sum((rows_in(side) for side in sides.values()), Counter()) == rows_in(data), name
        prompts = [set(prompts_of(side.removeprefix(b"\xef\xbb\xbf"))) for side in sides.values()]
        assert sum(map(len, prompts)) == len(set().union(*prompts)), name
    assert count > 35


def test_what_real_files_hold_twice_or_nearly_twice_is_kept_aside():
    removed = 0
    for name, data, _ in readable():
        stay, gone = deduped(data, near=True)
        again = Counter(line.strip() for line in lines_of(data) if not line.isspace())
        assert rows_in(stay).total() + len(gone) == again.total(), name
        lines = lines_of(data)
        for record in gone[:20]:
            if len(lines) == again.total() and "similarity" in record:
                kept = json.loads(lines[record["kept"]["line"] - 1].removeprefix(b"\xef\xbb\xbf"))
                one, other = shingles(text_of(record["row"])), shingles(text_of(kept))
                assert len(one & other) / len(one | other) >= SIMILAR, name
        removed += len(gone)
    assert removed > 100


@pytest.mark.parametrize("share", [0.1, 0.2])
def test_near_prompts_of_a_real_file_stand_on_one_side(share):
    path = shared_data() / "prompt-completion" / "trevorlomba__accessible-language-generation__training_data.jsonl"
    sides = split_bytes(path.read_bytes(), Shares(share), grouping=Grouping(near=True))
    train, validation = (
        [shingles(text_of(prompt_of(json.loads(line)))) for line in lines_of(sides[side])]
        for side in ("train", "validation")
    )
    assert validation
    nearest = max(len(one & other) / len(one | other) for one in validation[:60] for other in train)
    assert nearest < SIMILAR
