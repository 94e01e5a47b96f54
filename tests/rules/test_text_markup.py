"""What templates leave in texts: special tokens, thinking tags, fences of code (FT301, FT311, FT312)."""

import pytest

from ftlint.profiles.catalog import resolve
from tests.support import PAIR, chat, lint, places

TOKENS = resolve(None).special_tokens


@pytest.mark.parametrize("token", TOKENS)
def test_a_special_token_is_flagged_wherever_the_model_reads_or_writes(token):
    message = f"Text contains the special token {token}"
    row = chat(f"system: a {token}", f"user: {token}", f"assistant: {token}b")
    assert lint("FT301", row) == [f"1:/messages/{index}/content {message}" for index in range(3)]
    pair = {**PAIR, "preferred_output": [{"role": "assistant", "content": token}]}
    assert lint("FT301", pair) == [f"1:/preferred_output/0/content {message}"]
    assert lint("FT301", {"prompt": f"a{token}", "completion": "b"}) == [f"1:/prompt {message}"]
    assert lint("FT301", {"prompt": "a", "completion": f"b{token}c"}) == [f"1:/completion {message}"]


def test_the_first_special_token_of_a_text_is_marked():
    row = chat("user: Hi", 'assistant: "Hello"<|im_end|>\n<|im_start|>user')
    assert lint("FT301", row) == ["1:/messages/1/content Text contains the special token <|im_end|>"]
    (place,) = places("FT301", row)
    start, end = map(int, place.split(":")[1].split("-"))
    assert end - start == len("<|im_end|>")


@pytest.mark.parametrize("ending", ["<|endoftext|>", "<|endoftext|>\n", " <|endoftext|> "])
def test_a_completion_may_end_with_a_special_token_as_its_stop_sequence(ending):
    assert lint("FT301", {"prompt": "a", "completion": f" yes{ending}"}) == []


@pytest.mark.parametrize(
    "text", ["<|user|>", "<|end|>", "x <| f |> y", "|im_end|", "< |im_end| >", "<|IM_END|>", "<s>", "im_end", "<|>"]
)
def test_what_is_no_special_token_of_the_model_is_text(text):
    assert lint("FT301", chat(f"user: {text}", f"assistant: {text}")) == []


def test_a_special_token_in_escapes_is_the_same():
    raw = (
        rb'{"messages": [{"role": "user", "content": "\u003c|im_start|\u003e"}, {"role": "assistant", "content": "a"}]}'
    )
    assert lint("FT301", raw + b"\n") == ["1:/messages/0/content Text contains the special token <|im_start|>"]
    (place,) = places("FT301", raw + b"\n")
    start, end = map(int, place.split(":")[1].split("-"))
    assert raw[start - 1 : end - 1] == rb"\u003c|im_start|\u003e"


@pytest.mark.parametrize(
    "text", ["<think>Hm.</think>4", "\n<think>\nHm.\n</think>\n4", "<thinking>x", "Hm.\n</think>\n4"]
)
def test_thinking_tags_in_an_answer_are_reported_once_a_file_with_their_share(text):
    row = chat("user: 2 + 2?", f"assistant: {text}")
    (found,) = lint("FT311", [chat("user: Hi", "assistant: Hello"), row, row, row])
    assert found.startswith("2:/messages/1/content Assistant text contains thinking markup (<")
    assert found.endswith(">), in 3 of 4 rows (75%)")


def test_thinking_tags_elsewhere_or_talked_about_are_left_alone():
    rows = [
        chat("system: Reason in <think> and </think>.", "user: <think>x</think>", "assistant: Yes"),
        chat("user: Hi", "assistant: Reasoning stands between `<think>` and `</think>`."),
        chat("user: Hi", "assistant: I think <thinker> is a tag."),
        chat("user: Hi", {"role": "assistant", "content": "<think>x</think>", "weight": 0}, "user: a", "assistant: b"),
        {**PAIR, "non_preferred_output": [{"role": "assistant", "content": "<think>x</think>y"}]},
    ]
    assert [lint("FT311", row) for row in rows] == [[]] * len(rows)


OPEN = [
    "```",
    "```python\nprint(1)",
    "a\n```\nb\n```\nc\n```js\nd",
    "- one:\n  ```\n  x",
    "1. ```sh\n   ls",
    "> ```\n> x",
    "````\n```\nx\n```\n",
    "Like this:\n\n```html\n<p>",
]
CLOSED = [
    "no code",
    "```\nx\n```",
    "```python\nx\n```\nand\n```\ny\n```",
    "- ```\n  x\n  ```",
    "> ```\n> x\n> ```",
    "````markdown\n```python\nx\n```\n````",
    "```markdown\n```python\nx\n```\n```",
    "Use ``` to open a block.",
    "Write ```x``` inline.",
    "``x``",
    "```\nx```",
    "`````\n```\nx\n`````",
    "A fence is ```, three backticks",
    "```\nx\n```   ",
    "```a\n```b\n```",
    "```\nx\n``` y",
]


@pytest.mark.parametrize("text", OPEN)
def test_an_answer_that_ends_in_a_block_of_code_is_flagged_at_its_fence(text):
    message = "Assistant text opens a block of code and does not close it"
    row = chat("user: Show me.", f"assistant: {text}")
    assert lint("FT312", row) == [f"1:/messages/1/content {message}"]


@pytest.mark.parametrize("text", CLOSED)
def test_blocks_of_code_that_close_and_fences_that_are_talked_about_are_fine(text):
    assert lint("FT312", chat("user: Show me.", f"assistant: {text}")) == []


def test_only_what_the_model_shall_write_needs_to_close_its_blocks():
    row = chat("user: What is wrong?\n```\nx", "assistant: It has no end.")
    assert lint("FT312", row) == []
    assert lint("FT312", {**PAIR, "non_preferred_output": [{"role": "assistant", "content": "```"}]}) == []
    assert len(lint("FT312", {**PAIR, "preferred_output": [{"role": "assistant", "content": "```"}]})) == 1
    assert len(lint("FT312", {"prompt": "```", "completion": "```\nx"})) == 1
