"""A diff turns one file into the other, and shows what changed with a little around it."""

import io
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftlint.transform import diff
from tests.support import patched


def unified(old, new):
    return b"".join(diff.unified("train.jsonl", io.BytesIO(old), io.BytesIO(new)))


lines = st.lists(st.sampled_from([b"a\n", b"b\n", b"c\n", b"\n", b"d d\n"]), max_size=30).map(b"".join)
ends = st.sampled_from([b"", b"", b"x"])


@given(lines, ends, lines, ends)
def test_the_diff_turns_one_text_into_the_other(old, old_end, new, new_end):
    old, new = old + old_end, new + new_end
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(diff, "LONGEST", 8)
        patch.setattr(diff, "AHEAD", 3)
        changes = unified(old, new)
    assert bool(changes) == (old != new)
    assert patched(old, changes) == new


def test_a_change_is_shown_with_three_lines_around_it():
    old = b"".join(b"%d\n" % n for n in range(20))
    assert unified(old, old.replace(b"10\n", b"ten\nTEN\n").replace(b"\n18\n", b"\n")) == (
        b"--- a/train.jsonl\n+++ b/train.jsonl\n"
        b"@@ -8,7 +8,8 @@\n 7\n 8\n 9\n-10\n+ten\n+TEN\n 11\n 12\n 13\n"
        b"@@ -16,5 +17,4 @@\n 15\n 16\n 17\n-18\n 19\n"
    )


def test_patch_applies_it(tmp_path):
    if shutil.which("patch") is None:
        pytest.skip("patch is not installed")
    old = b"".join(b'{"row": %d}\n' % n for n in range(3000))
    new = old.replace(b"7", b"seven").replace(b'{"row": 2000}\n', b"") + b'{"row": "last"}'
    (tmp_path / "train.jsonl").write_bytes(old)
    subprocess.run(["patch", "-p1", "--quiet"], input=unified(old, new), cwd=tmp_path, check=True)
    assert (tmp_path / "train.jsonl").read_bytes() == new
