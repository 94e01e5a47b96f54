"""
How the targets differ: the same small rows, and what is said about each for each target.

`python -m tests.profiles.test_dialects` writes the table of `docs/targets.md`.
"""

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ftlint
from ftlint.profiles.catalog import providers
from tests.profiles.neutral import CALLS, RESULT, ROWS, TOOLS, USER, assistant
from tests.support import PAIR, ROOT, TODAY, chat, check, errors, lint, rows_of, shared_data, spoilt

# Codes without FT; E an error, W a warning. What concerns whole files is left out: FT006, FT504.
VERDICTS = """
row                    | openai    | azure     | together  | fireworks | nebius    | mistral-finetune | strict-chat
plain                  | .         | .         | .         | .         | .         | .                | .
system first           | .         | .         | .         | .         | .         | .                | .
system second          | 206W      | 206W      | 206W      | 206E      | 206W      | 206W             | 206E
two systems            | 207W      | 207W      | 207W      | 207E      | 207W      | 207E             | 207E
developer              | 214W      | 214W      | 105E      | 105E      | 105E      | 105E             | 105E
function role          | 408E 412W | 408E 412W | 105E      | 105E      | 105E      | 105E             | 105E
legacy call            | 412W      | 412W      | 102W 103E | 102W 103E | 102W 103E | 102W 103E        | 102W 103E
human                  | 105E      | 105E      | 105E      | 105E      | 105E      | 105E             | 105E
two users              | .         | .         | 208W      | .         | .         | .                | 208E
two assistants         | .         | .         | 208W      | .         | .         | .                | 208E
assistant first        | 209W      | 209W      | 209W      | 209W      | 209W      | 209W             | 209E
assistant alone        | 210W      | 210W      | 210W      | 210W      | 210W      | 210W             | 210E
user alone             | 201E      | 201E      | 201E      | 201E      | 201E      | 201E             | 201E
user last              | 202E      | 202E      | 202W      | 202W      | 202W      | 202E             | 202E
empty answer           | 211E      | 211E      | 211E      | 211E      | 211E      | 211E             | 211E
null answer            | 211E      | 211E      | 211E      | 211E      | 211E      | 211E             | 211E
no content             | 101E      | 101E      | 101E      | 101E      | 101E      | 101E             | 101E
null question          | 103E      | 103E      | 103E      | 103E      | 103E      | 103E             | 103E
parts everywhere       | .         | .         | .         | .         | .         | 103E             | .
parts and text         | .         | .         | 103E      | .         | .         | .                | .
weight 0               | .         | .         | .         | .         | .         | .                | 102W
weight 1.0             | 103E      | 103E      | 103E      | 103E      | 103E      | 103E             | 102W
weight 0.5             | 103E      | 103E      | 103E      | 103E      | 103E      | 103E             | 102W
weight true            | 103E      | 103E      | 103E      | 103E      | 103E      | 103E             | 102W
weight null            | 112W      | 112W      | 103E      | 112W      | 112W      | 112W             | 102W
weight of the user     | 205E      | 205E      | .         | .         | .         | 205W             | 205W
name                   | .         | .         | .         | .         | .         | .                | .
extra key              | 102E      | 102E      | 102W      | 102W      | 102W      | 102W             | 102W
extra message key      | 102E      | 102E      | 102W      | 102W      | 102W      | 102W             | 102W
reasoning              | 102E      | 102E      | .         | .         | .         | 102W             | .
call at the end        | .         | .         | .         | .         | 202W      | .                | .
call and result        | .         | .         | .         | .         | .         | .                | .
call without result    | 216W      | 216W      | 216W      | 216W      | 216W      | 216E             | 216W
result without call    | 408E      | 408E      | 408E      | 408E      | 408E      | 408E             | 408E
two results            | .         | .         | .         | .         | .         | .                | .
call with text         | .         | .         | .         | .         | 202W      | 104E             | .
long id                | .         | .         | .         | .         | 202W      | 411E             | .
no id                  | 101E      | 101E      | .         | .         | 202W      | 101E             | .
object arguments       | 406E      | 406E      | 406W      | 406W      | 406W      | 406E             | .
undescribed tool       | .         | .         | .         | .         | .         | 101E             | .
linked image           | .         | .         | 104E      | .         | .         | 103E             | .
image in place         | .         | .         | .         | .         | .         | 103E             | .
image as a string      | 103E      | 103E      | 103E      | 103E      | .         | 103E             | 103E
image of the assistant | 451E      | 451E      | 451E      | 451E      | 451E      | 103E             | 451E
"""
HEADER, *LINES = [[cell.strip() for cell in line.split("|")] for line in VERDICTS.strip().splitlines()]
TARGETS = HEADER[1:]


def verdict(row, target):
    """The errors and warnings about a row: `206W 102E`, or a dot."""
    found = check([row], model=target, method="supervised").findings
    said = {f"{item.code[2:]}{item.severity[0].upper()}" for item in found if item.severity != "info" and item.row}
    return " ".join(sorted(said)) or "."


def test_the_table_has_every_target_and_every_row():
    assert list(providers()) == TARGETS
    assert [line[0] for line in LINES] == list(ROWS)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
def test_the_verdict_on_a_small_row_is_the_one_of_the_table(line):
    assert [line[0], *(verdict(ROWS[line[0]], target) for target in TARGETS)] == line


PAGE = ROOT / "docs" / "targets.md"


def table():
    """The verdicts in Markdown, between the marks of the page."""
    lines = [[name, *(verdict(row, target) for target in TARGETS)] for name, row in ROWS.items()]
    written = [HEADER, ["---"] * len(HEADER), *lines]
    return "<!-- verdicts -->\n" + "".join(f"| {' | '.join(cells)} |\n" for cells in written) + "<!-- end -->"


def test_the_page_of_targets_has_the_same_table():
    assert table() in PAGE.read_text()


def test_a_key_that_the_target_skips_does_not_hide_what_else_is_wrong():
    row = chat(USER, USER, assistant(mood="good"), source="faq")
    found = check([row], model="strict-chat").findings
    assert sorted((item.code, item.severity) for item in found) == [
        ("FT102", "warning"),
        ("FT102", "warning"),
        ("FT208", "error"),
    ]
    assert lint("FT208", [row], model="openai", extend_select=["FT208"]) == []
    misspelt = {"mesages": chat(USER, "assistant: Hello")["messages"]}
    assert [item.code for item in check([misspelt], model="strict-chat").findings] == ["FT102"]


def test_a_row_of_text_and_parts_is_told_that_it_has_to_choose():
    (found,) = [item for item in check(ROWS["parts and text"], model="together").findings if item.code == "FT103"]
    assert (found.pointer, found.message) == (
        "/messages/1/content",
        "messages[1].content is a string, expected a list or null",
    )
    assert found.help.startswith("all messages of a row hold text, or all hold lists of parts")


OTHER = assistant(content="Good day")
SIDES = {
    "empty": [],
    "answer": [OTHER],
    "two answers": [OTHER, OTHER],
    "call and result": [CALLS, RESULT, OTHER],
    "result alone": [RESULT],
    "user": [{"role": "user", "content": "Hi"}],
}


@pytest.mark.parametrize(
    ("target", "taken"),
    [
        ("openai/gpt-4.1", {"answer"}),
        ("azure/gpt-4.1", {"answer", "two answers", "call and result"}),
        ("together", {"answer"}),
        ("fireworks", {"answer"}),
    ],
)
@pytest.mark.parametrize("side", ["preferred_output", "non_preferred_output"])
def test_the_messages_that_a_side_of_a_preference_row_may_hold_depend_on_the_target(target, taken, side):
    for name, messages in SIDES.items():
        row = {**PAIR, "input": {**PAIR["input"], "tools": TOOLS}, side: messages}
        found = errors([row] * 10, model=target)
        assert (found == []) == (name in taken), (name, found)
    (found,) = lint("FT603", {**PAIR, side: [RESULT]}, model="azure")
    assert found == f"1:/{side} {side} has no message of the assistant"


def test_a_target_without_a_method_says_so():
    assert lint("FT904", [PAIR] * 10, model="nebius", method="dpo") == [
        "nebius does not take the method dpo; it takes supervised"
    ]


@pytest.mark.parametrize(
    ("target", "rows", "expected"),
    [
        ("azure/gpt-4o", 9, ["Training file has 9 rows, but must have at least 10"]),
        ("azure/gpt-4o", 10, []),
        ("fireworks", 2, ["Training file has 2 rows, but must have at least 3"]),
        ("fireworks", 3, []),
        ("together", 1, []),
        ("nebius", 1, []),
    ],
)
def test_the_least_number_of_rows_is_the_targets(target, rows, expected):
    assert lint("FT504", [chat(USER, "assistant: Hello")] * rows, model=target) == expected


@pytest.mark.parametrize("target", [target for target in TARGETS if target not in ("openai", "azure")])
def test_tokens_are_unknown_where_the_tokenizer_is(target):
    row = chat(USER, "assistant: " + " ".join(map(str, range(100_000))))
    report = check([row] * 10, model=f"{target}/any-model", totals=True)
    (file,) = report.files
    assert (file.model, file.tokens, file.cost, file.epochs) == ("any-model", None, None, None)
    assert report.findings == []
    (over,) = check([row], model=target, totals=True, max_tokens=1_000_000, select=["FT508"]).findings
    assert over.message == (
        f"The number of tokens is unknown and the budget is 1,000,000: the tokenizer of {target} is not known"
    )


def test_tokens_are_known_for_the_models_of_azure_that_are_openais():
    row = chat(USER, "assistant: " + "Hello " * 40_000)
    assert check([row] * 10, model="azure/gpt-4.1-mini", totals=True).files[0].tokens.encoding == "o200k_base"
    assert lint("FT501", [row], model="azure/gpt-4.1-nano")[0].startswith("1: Row has 40,0")
    assert lint("FT501", [row], model="azure/gpt-4.1-mini") == []
    assert lint("FT501", [row], model="azure/Qwen-32B") == []


def test_azure_is_told_of_a_missing_byte_order_mark_and_takes_both():
    data = b"".join(json.dumps(chat(USER, "assistant: Hello")).encode() + b"\n" for _ in range(10))
    (found,) = check(data, model="azure").findings
    assert (found.code, found.severity) == ("FT006", "info")
    assert check(b"\xef\xbb\xbf" + data, model="azure").findings == []
    assert [item.severity for item in check(b"\xef\xbb\xbf" + data, model="together").findings] == ["error"]
    assert check(b"\xef\xbb\xbf" + data, model="fireworks").findings == []


def test_a_suffix_at_azure_has_no_dots():
    rows = [chat(USER, "assistant: Hello")] * 10
    assert lint("FT905", rows, model="azure/gpt-4o", hyperparameters={"suffix": "v1"}) == []
    assert lint("FT905", rows, model="azure/gpt-4o", hyperparameters={"suffix": "v1.2"}) == [
        'suffix is "v1.2", which does not match [^.]*'
    ]


@pytest.mark.parametrize("target", TARGETS)
def test_no_row_of_any_dialect_stops_a_run(target):
    small = [ROWS[name] for name in ROWS]
    lists = st.lists(st.sampled_from(small) | spoilt(st.sampled_from(small)) | rows_of["chat"], min_size=1, max_size=5)

    @given(rows=lists)
    def survives(rows):
        check(rows, model=target, extend_select=["ALL"])

    survives()


def real(*patterns):
    """Real files, where the collection is beside the checkout."""
    return sorted(path for pattern in patterns for path in shared_data().glob(pattern))


@pytest.mark.parametrize(
    ("target", "method", "patterns", "count"),
    [
        ("azure/gpt-4o", None, ("chat/Azure*", "chat/microsoft*chat*", "tools/microsoft*"), 10),
        ("azure/gpt-4.1", "dpo", ("preference/microsoft*",), 1),
        ("azure/o4-mini", "reinforcement", ("rft/microsoft*.jsonl",), 6),
        ("fireworks", None, ("vision/fw-ai*", "chat/Azure*", "tools/microsoft*"), 9),
        ("together", None, ("chat/Azure*", "chat/microsoft*chat*", "tools/microsoft*", "preference/microsoft*"), 11),
        ("nebius", None, ("chat/Azure*", "chat/microsoft*chat*", "tools/microsoft*"), 10),
        ("mistral-finetune", None, ("chat/Azure*", "chat/microsoft*chat*"), 6),
        ("strict-chat", None, ("chat/Azure*", "chat/microsoft*chat*", "tools/microsoft*s*toolcall*"), 8),
    ],
)
def test_the_samples_that_providers_publish_have_no_error(target, method, patterns, count):
    paths = real(*patterns)
    assert len(paths) == count
    options = {"method": method} if method else {}
    report = ftlint.check(paths, model=target, today=TODAY, totals=False, **options)
    assert Counter(item.code for item in report.findings if item.severity == "error") == {}
    assert all(file.format for file in report.files)


if __name__ == "__main__":
    before, _, rest = PAGE.read_text().partition("<!-- verdicts -->")
    PAGE.write_text(before + table() + rest.partition("<!-- end -->")[2])
