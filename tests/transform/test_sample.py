"""A sample has the rows that were asked for."""

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftlint.core.errors import FtlintError
from tests.support import dumped
from tests.transform.preparing import files, lines_of, numbered, sampled


@given(files, st.data(), st.integers(0, 3))
def test_a_sample_of_n_has_n_rows_of_the_file_in_their_order(rows, data, seed):
    count = data.draw(st.integers(1, len(rows)))
    lines = iter(lines_of(dumped(rows)))
    taken = lines_of(sampled(dumped(rows), count, seed=seed))
    assert len(taken) == count
    assert all(line in lines for line in taken)  # `in` moves on


@given(st.integers(1, 30), st.randoms(use_true_random=False))
def test_a_sample_follows_from_the_rows_and_not_from_their_order(count, random):
    rows = numbered(30)
    other = random.sample(rows, 30)
    assert set(lines_of(sampled(dumped(rows), count))) == set(lines_of(sampled(dumped(other), count)))


def test_a_larger_sample_holds_the_smaller_one():
    data = dumped(numbered(50))
    small, large = (set(lines_of(sampled(data, count))) for count in (10, 20))
    assert small < large


def test_another_seed_gives_another_sample():
    data = dumped(numbered(50))
    assert sampled(data, 10, seed=1) != sampled(data, 10, seed=2)


@given(
    st.lists(st.sampled_from("abc"), min_size=4, max_size=60).filter(
        lambda labels: 2 * len(set(labels)) <= len(labels)
    ),
    st.data(),
)
def test_with_a_label_each_label_has_its_share_and_the_sample_n_rows(labels, data):
    count = data.draw(st.integers(1, len(labels)))
    rows = [{"prompt": str(number), "completion": label} for number, label in enumerate(labels)]
    taken = Counter(json.loads(line)["completion"] for line in lines_of(sampled(dumped(rows), count, stratify="label")))
    assert taken.total() == count
    for label, of_label in Counter(labels).items():
        assert abs(taken[label] - count * of_label / len(labels)) < 1


def test_more_rows_than_there_are_is_refused():
    with pytest.raises(FtlintError, match=r"has 5 rows, fewer than the 6 of the sample"):
        sampled(dumped(numbered(5)), 6)
