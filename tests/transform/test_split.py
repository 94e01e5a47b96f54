"""Every row goes to one side, and stays there."""

from __future__ import annotations

import json
from collections import Counter
from io import BytesIO

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ftlint.core.errors import FtlintError
from ftlint.formats.identity import MISSING, answer_of, digest, prompt_of
from ftlint.transform.groups import Grouping
from ftlint.transform.rowfile import RowFile
from ftlint.transform.sides import Limits, Shares
from ftlint.transform.split import split
from tests.support import chat, dumped, rows_of, spoilt
from tests.transform.preparing import files, lines_of, numbered, side_of, small_rows, split_bytes

shares = st.sampled_from([Shares(0.3), Shares(0.1), Shares(0.5, 0.25), Shares(0.2, 0.2)])
options = st.fixed_dictionaries({}, optional={"stratify": st.just("label"), "seed": st.integers(0, 3)})


def split_or_skip(data, *given, **named):
    """The sides; a file too small for all of them is of no interest here."""
    try:
        return split_bytes(data, *given, **named)
    except FtlintError:
        assume(False)
        raise


@given(files, shares, options, st.sampled_from([Grouping(), Grouping(near=True)]))
def test_the_sides_together_are_the_rows_byte_for_byte(rows, shares, options, grouping):
    data = dumped(rows)
    sides = split_or_skip(data, shares, grouping=grouping, **options)
    together = Counter(line for side in sides.values() for line in lines_of(side))
    assert together == Counter(lines_of(data))
    for side in sides.values():  # in the order of the file
        assert lines_of(side) == [line for line in lines_of(data) if line in set(lines_of(side))]


@given(files, shares, options)
def test_no_prompt_stands_on_two_sides(rows, shares, options):
    sides = split_or_skip(dumped(rows), shares, **options)
    prompts = [{digest(prompt_of(json.loads(line))) for line in lines_of(side)} for side in sides.values()]
    assert sum(map(len, prompts)) == len(set().union(*prompts))


@given(files, st.lists(small_rows, max_size=10), shares, st.integers(0, 3))
def test_rows_that_are_added_move_no_other(rows, more, shares, seed):
    before = side_of(split_or_skip(dumped(rows), shares, seed=seed))
    after = side_of(split_or_skip(dumped([*more, *rows]), shares, seed=seed))
    assert {line: after[line] for line in before} == before


@given(files, st.randoms(use_true_random=False), shares, options, st.booleans())
def test_the_same_seed_gives_the_same_sides_in_any_order_of_rows(rows, random, shares, options, near):
    other = random.sample(rows, len(rows))
    sides = split_or_skip(dumped(rows), shares, grouping=Grouping(near=near), **options)
    assert side_of(sides) == side_of(split_or_skip(dumped(other), shares, grouping=Grouping(near=near), **options))


@given(files, st.integers(0, 3))
def test_a_larger_share_only_takes_rows_from_training(rows, seed):
    small = side_of(split_or_skip(dumped(rows), Shares(0.2, 0.2), seed=seed))
    for larger in (Shares(0.4, 0.2), Shares(0.2, 0.4)):
        large = side_of(split_or_skip(dumped(rows), larger, seed=seed))
        assert all(large[line] == side for line, side in small.items() if side != "train")


def test_the_shares_hold_nearly():
    sides = split_bytes(dumped(numbered(10_000)), Shares(0.1, 0.2))
    assert {side: round(len(lines_of(data)), -3) for side, data in sides.items()} == {
        "train": 7000,
        "validation": 1000,
        "test": 2000,
    }


def test_another_seed_gives_another_split():
    data = dumped(numbered(100))
    assert split_bytes(data, seed=1) != split_bytes(data, seed=2)


def test_a_side_does_not_change_from_one_version_to_the_next():
    sides = split_bytes(dumped(numbered(20)), Shares(0.2, 0.2), seed=7)
    told = {side: [answer_of(json.loads(line)) for line in lines_of(data)] for side, data in sides.items()}
    assert told["validation"] == ["0", "1", "16", "64", "144", "324"]
    assert told["test"] == ["4", "81"]


def test_lines_keep_their_bytes_whatever_their_ends_and_the_mark_at_the_start():
    mark, last = b"\xef\xbb\xbf", b'{"prompt": "last", "completion": "x"}'
    rows = [b'{"prompt":"%d",  "completion" : "\\u0041"}\r' % number for number in range(40)]
    sides = split_bytes(mark + b"\n".join(rows) + b"\n\r\n\n" + last)
    train, validation = sides["train"], sides["validation"]
    assert train.startswith(mark) and validation.startswith(mark)
    assert train.endswith(b"\n") and validation.endswith(b"\n")
    together = train.removeprefix(mark) + validation.removeprefix(mark)
    assert sorted(lines_of(together)) == sorted([*rows, last])


def test_with_a_label_each_label_has_its_share_to_the_row():
    rows = [{"prompt": str(number), "completion": f" {'abc'[number % 10 // 4]}"} for number in range(1000)]
    sides = split_bytes(dumped(rows), Shares(0.1, 0.05), stratify="label")
    told = {
        side: Counter(json.loads(line)["completion"].strip() for line in lines_of(data)) for side, data in sides.items()
    }
    assert told["validation"] == {"a": 40, "b": 40, "c": 20}
    assert told["test"] == {"a": 20, "b": 20, "c": 10}


def test_labels_of_few_rows_are_for_validation_as_often_as_their_share_is():
    rows = [{"prompt": f"{label} {number}", "completion": f"{label}"} for label in range(300) for number in range(3)]
    sides = split_bytes(dumped(rows), Shares(0.1), stratify="label")
    assert 70 < len(lines_of(sides["validation"])) < 110


def test_a_key_to_stratify_by_may_lie_deep_and_be_missing():
    rows = [chat(f"user: {n}", "assistant: x", metadata={"topic": n % 2} if n % 4 else {}) for n in range(400)]
    sides = split_bytes(dumped(rows), Shares(0.25), stratify="metadata.topic")
    assert Counter(json.loads(line)["metadata"].get("topic") for line in lines_of(sides["validation"])) == {
        None: 25,
        0: 25,
        1: 50,
    }


def test_rows_with_one_value_stay_together_by_that_key():
    rows = [chat(f"user: {number}", "assistant: x", user=number % 20) for number in range(400)]
    sides = split_bytes(dumped(rows), grouping=Grouping("user"))
    users = [{json.loads(line)["user"] for line in lines_of(side)} for side in sides.values()]
    assert sum(map(len, users)) == 20


def test_near_prompts_stay_together_where_that_is_asked_for():
    question = "Please tell me in a few words what the weather will be like in the city where I live, as I go out"
    rows = [chat(f"user: {question} at {number}", "assistant: x") for number in range(200)]
    rows += [chat(f"user: Quite another question number {number}", "assistant: y") for number in range(50)]
    sides = split_bytes(dumped(rows), grouping=Grouping(near=True))
    weather = [side for side, data in sides.items() if b"weather" in data]
    assert len(weather) == 1


def test_a_prompt_on_two_sides_is_told_where_rows_go_by_a_key():
    rows = [chat("user: The same", f"assistant: {number}", user=number) for number in range(50)]
    file = RowFile("rows.jsonl", b"", BytesIO(dumped(rows)), 0)
    found = split(file, Shares(0.3), lambda side: BytesIO(), grouping=Grouping("user"))
    assert found.notes == ['1 prompt stands on more than one side, as rows go by "user"']


@pytest.mark.parametrize(
    ("count", "shares", "limits", "message"),
    [
        (20, Shares(0.001), Limits(), "of which 0 would be for validation; --validation"),
        (50, Shares(0.1), Limits("M", 10), "would be for validation, and M wants at least 10; --validation"),
        (50, Shares(0.1, 0.1), Limits("M", 10), "--validation 0"),
        (50, Shares(0.9), Limits("M", 10), "would be for training, and M wants at least 10; --validation"),
        (5000, Shares(0.5), Limits("M", None, None, 1000), "and M takes at most 1,000; --validation"),
        (15, Shares(0.5), Limits("M", 10), "no share would do"),
    ],
)
def test_a_side_with_too_few_or_too_many_rows_is_refused_with_the_share_that_would_do(count, shares, limits, message):
    data = dumped(numbered(count))
    with pytest.raises(FtlintError, match=r"rows\.jsonl has .*; .* would do$") as error:
        split_bytes(data, shares, limits=limits)
    assert message in str(error.value)
    proposed = str(error.value).partition("; ")[2].split()
    if proposed[0] == "no":
        return
    named = dict(zip(proposed[0:-2:2], map(float, proposed[1:-2:2]), strict=True))
    better = Shares(named.get("--validation", shares.validation), named.get("--test", shares.test))
    split_bytes(data, better, limits=limits)


@pytest.mark.parametrize(
    ("rows", "shares", "message"),
    [
        (numbered(1), Shares(0.5), "has 1 row in 1 group by prompt, too few for 2 sides"),
        (
            [chat("user: Hi", f"assistant: {n}") for n in range(9)],
            Shares(0.5),
            "has 9 rows in 1 group by prompt, too few",
        ),
        (numbered(2), Shares(0.3, 0.3), "has 2 rows in 2 groups by prompt, too few for 3 sides"),
    ],
)
def test_fewer_groups_than_sides_are_refused(rows, shares, message):
    with pytest.raises(FtlintError, match=message):
        split_bytes(dumped(rows), shares)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b'{"prompt": "a"}\nnope\n{"a": 1, "a": 2}\n',
            "has 2 rows that cannot be read, the first in line 2: see `ftlint check",
        ),
        (b'{"prompt": "a"}\n\n[1]\n', "has 1 row that cannot be read, in line 3"),
        (b'[{"prompt": "a"}, {"prompt": "b"}]', "the file is JSON, but not one row a line"),
        ('{"prompt": "a"}\n'.encode("utf-16"), "file is UTF-16-LE, not UTF-8"),
        (b"", "file is empty"),
        (b"PAR1", "file is a Parquet file, not JSON Lines"),
        (b'{"a": ' + b"[" * 300 + b"]" * 300 + b"}\n", "has 1 row that cannot be read, in line 1"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(data, message):
    with pytest.raises(FtlintError, match="ftlint check") as error:
        split_bytes(data)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"grouping": Grouping("user_id")}, 'has "user_id" to group by. Did you mean "userid"?'),
        ({"stratify": "topic"}, 'has "topic" to stratify by'),
        ({"stratify": "label"}, '"label" has 40 values in 40 rows'),
    ],
)
def test_a_key_that_no_row_has_is_refused(options, message):
    rows = [{**row, "userid": 1} for row in numbered(40)]
    with pytest.raises(FtlintError) as error:
        split_bytes(dumped(rows), **options)
    assert message in str(error.value)


def test_rows_of_no_known_prompt_go_by_the_whole_row():
    rows = [{"text": str(number)} for number in range(100)]
    assert all(prompt_of(row) is MISSING for row in rows)
    sides = split_bytes(dumped(rows))
    assert 15 < len(lines_of(sides["validation"])) < 45


@given(st.lists(st.binary(max_size=40) | st.one_of(*map(spoilt, rows_of.values())).map(dumped), max_size=6), options)
def test_any_bytes_are_split_or_refused_in_a_sentence(parts, options):
    for grouping in (Grouping(), Grouping(near=True), Grouping("messages.0.content")):
        try:
            sides = split_bytes(b"\n".join(parts), grouping=grouping, **options)
        except FtlintError:
            continue
        lines = [line for line in lines_of(b"\n".join(parts).removeprefix(b"\xef\xbb\xbf")) if not line.isspace()]
        together = b"".join(side.removeprefix(b"\xef\xbb\xbf") for side in sides.values())
        assert sorted(lines_of(together)) == sorted(lines)


@pytest.mark.parametrize("later", [numbered(41), numbered(39), [*numbered(39), chat("user: Else", "assistant: 1444")]])
def test_a_file_that_changes_while_it_is_read_is_not_split(later):
    stream = BytesIO(dumped(numbered(40)))

    def output(side):
        stream.seek(0)
        stream.truncate()
        stream.write(dumped(later))
        return BytesIO()

    with pytest.raises(FtlintError, match="has changed while it was read"):
        split(RowFile("rows.jsonl", b"", stream, 0), Shares(0.3), output)
