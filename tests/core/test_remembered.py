"""What is remembered of JSON has an end."""

from ftlint.core import remembered as module
from ftlint.core.remembered import remembered


def test_equal_json_is_worked_out_once_even_when_nothing_comes_of_it():
    calls = []
    look = remembered(lambda encoded: calls.append(encoded))
    assert [look(b"{}"), look(b"{}"), look(b"[]")] == [None] * 3
    assert calls == [b"{}", b"[]"]


def test_what_is_kept_is_bounded_by_its_bytes(monkeypatch):
    monkeypatch.setattr(module, "MAX_BYTES", 10)
    calls = []

    @remembered
    def size(encoded):
        calls.append(encoded)
        return len(encoded)

    for encoded in (b"aaaa", b"bbbb", b"aaaa", b"cccc", b"aaaa", b"x" * 50, b"x" * 50):
        assert size(encoded) == len(encoded)
    assert calls == [b"aaaa", b"bbbb", b"cccc", b"aaaa", b"x" * 50]
