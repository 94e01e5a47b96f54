"""Files as they are sent."""

import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftlint.core.errors import FtlintError
from ftlint.publish.local import Part, digest


def test_the_name_at_the_service_holds_the_digest(tmp_path):
    file = tmp_path / "Trainingsdaten (März).v2.jsonl"
    file.write_bytes(b"{}\n")
    local = digest(str(file))
    assert local.sha256 == hashlib.sha256(b"{}\n").hexdigest()
    assert local.md5 == hashlib.md5(b"{}\n").hexdigest()
    assert local.name == f"Trainingsdaten-M-rz-v2.{local.sha256[:12]}.jsonl"
    (tmp_path / "日本.jsonl").write_bytes(b"")
    assert digest(str(tmp_path / "日本.jsonl")).name.startswith("data.")


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(FtlintError, match=r"cannot read .*: no such file or directory"):
        digest(str(tmp_path / "none"))


@given(st.binary(max_size=50), st.integers(0, 60), st.integers(0, 60), st.integers(1, 9))
def test_a_part_is_a_file_of_its_own(data, start, length, piece):
    expected = data[start : start + length]
    part = Part(io.BytesIO(data), start, len(expected))
    assert part.seek(0, io.SEEK_END) == len(expected)
    part.seek(0)
    read = b"".join(iter(lambda: part.read(piece), b""))
    assert read == expected
    part.seek(min(1, len(expected)))
    assert part.read() == expected[1:]
