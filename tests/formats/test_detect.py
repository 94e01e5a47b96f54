"""Which format, or whose dialect, the rows of a file have."""

import pytest

from ftlint.formats.detect import dialect_of, format_of, kind_of
from tests.support import IMAGE, PAIR, chat, check, codes, lint

HI = chat("user: Hi", "assistant: Hello")
COMPLETION = {"prompt": "Hi", "completion": "Hello"}

DIALECTS = [
    ("ShareGPT", {"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"}]}),
    ("ShareGPT", {"conversation": [{"role": "user", "content": "Hi"}]}),
    ("Alpaca", {"instruction": "Greet", "input": "", "output": "Hello"}),
    ("Alpaca", {"instruction": "Greet", "response": "Hello"}),
    ("Gemini", {"contents": [{"role": "user", "parts": [{"text": "Hi"}]}]}),
    (
        "Bedrock converse",
        {"schemaVersion": "bedrock-conversation-2024", "messages": [{"role": "user", "content": [{"text": "Hi"}]}]},
    ),
    ("Bedrock converse", {"messages": [{"role": "user", "content": [{"text": "Hi"}]}]}),
    ("Anthropic", {"system": "Be brief.", "messages": HI["messages"]}),
    (
        "Anthropic",
        {"messages": [{"role": "assistant", "content": [{"type": "tool_use", "id": "1", "name": "x", "input": {}}]}]},
    ),
    (
        "Anthropic",
        {"messages": [{"role": "user", "content": [{"type": "tool_result", "tool_use_id": "1", "content": "x"}]}]},
    ),
    ("TRL preference", {"prompt": "Hi", "chosen": "Hello", "rejected": "What?"}),
    ("TRL preference", {"conversations": [{"from": "human", "value": "Hi"}], "chosen": {}, "rejected": {}}),
    ("TRL preference", {"chosen_messages": [], "rejected_messages": []}),
    ("KTO", {"prompt": "Hi", "completion": "Hello", "label": True}),
    ("KTO", {**HI, "label": False}),
    ("LLaMA-Factory", {"messages": [{"role": "user", "content": [{"type": "text", "value": "Hi"}]}]}),
]


@pytest.mark.parametrize(("name", "row"), DIALECTS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_dialect_is_named_once_for_the_file(name, row):
    assert dialect_of(row) == name
    assert lint("FT110", [row] * 12) == [f"12 rows are in the format of {name}, which openai does not take"]
    assert codes([row] * 12) == {"FT110": 1}
    assert check([row] * 12).exit_code() == 1


@pytest.mark.parametrize(
    "row",
    [
        HI,
        chat({"role": "user", "content": [{"type": "text", "text": "Hi"}, IMAGE]}, "assistant: Hello"),
        chat({"role": "system", "content": [{"type": "text", "text": "Hi"}]}, "user: Hi", "assistant: Hello"),
        COMPLETION,
        PAIR,
        {**chat("user: Hi"), "label": "yes", "reference": 1},
        {**chat("user: Hi"), "instruction": 3, "output": "x"},
    ],
    ids=lambda row: " ".join(row),
)
def test_rows_of_our_own_formats_are_no_dialect(row):
    assert dialect_of(row) is None


@pytest.mark.parametrize(
    ("row", "format"),
    [
        (HI, "chat"),
        ({"messages": 5}, "chat"),
        ({"Messages": HI["messages"]}, "chat"),
        ({"mesages": HI["messages"]}, "chat"),
        (COMPLETION, "completion"),
        ({"Prompt": "Hi", "Completion": "Hello"}, "completion"),
        (PAIR, "preference"),
        ({"preferred_output": []}, "preference"),
        ({"prompt": "Hi"}, None),
        ({"text": "Hi"}, None),
        ({}, None),
    ],
    ids=str,
)
def test_a_format_is_told_by_its_keys_whatever_is_wrong_with_the_rest(row, format):
    assert format_of(row) == format
    assert kind_of(row) == format


def test_rows_of_several_formats_are_reported_once_with_their_ranges():
    rows = [HI] * 4 + [COMPLETION] * 3 + [HI] * 5 + [PAIR] + [COMPLETION] * 2
    assert lint("FT107", rows) == [
        "Rows of several formats in one file: rows 1–4 chat, rows 5–7 prompt/completion, rows 8–12 chat, "
        "row 13 preference, rows 14–15 prompt/completion"
    ]
    assert codes(rows) == {"FT107": 1}


def test_many_ranges_are_cut_short():
    message = lint("FT107", [HI, HI, COMPLETION] * 10)[0]
    assert message.endswith("row 9 prompt/completion and 14 more ranges")


def test_a_dialect_among_rows_of_a_format_is_a_range_as_well():
    rows = [HI] * 9 + [{"instruction": "Greet", "output": "Hello"}]
    assert lint("FT107", rows) == ["Rows of several formats in one file: rows 1–9 chat, row 10 Alpaca"]


def test_the_majority_decides_what_a_file_is():
    assert check([COMPLETION, *[HI] * 5]).files[0].format == "chat"
    assert check([HI, *[COMPLETION] * 5]).files[0].format == "completion"
    assert check([HI, *[DIALECTS[0][1]] * 5]).files[0].format is None


UNKNOWN = [{"question": "Who?", "answer": "Me"}] * 12


def test_an_unknown_format_is_one_note_and_no_error():
    report = check(UNKNOWN)
    assert [(item.code, item.severity, item.message) for item in report.findings] == [
        ("FT108", "info", 'Not checked: the rows have no known format (their keys: "question", "answer")')
    ]
    assert report.exit_code() == 0
    assert report.files[0].format is None


def test_rows_of_no_known_format_are_still_checked_as_json():
    data = b'{"question": 1e999}\n{"question": 1, "question": 2}\n{"question": }\n'
    assert codes(data) == {"FT013": 1, "FT012": 1, "FT001": 1, "FT108": 1}


@pytest.mark.parametrize(
    ("asked", "severity"),
    [({"model": "gpt-4o"}, "info"), ({"method": "supervised"}, "info"), ({"format": "chat"}, "error")],
    ids=str,
)
def test_an_unknown_format_is_an_error_only_when_a_format_was_asked_for(asked, severity):
    report = check(UNKNOWN, **asked, ignore=["FT9"])
    assert [(item.code, item.severity) for item in report.findings] == [("FT108", severity)]
    assert report.exit_code() == (severity == "error")


REINFORCEMENT = [chat("developer: Solve.", "user: 7 * 8?", reference="56")] * 10


def test_rows_without_an_answer_are_checked_as_reinforcement_data_and_that_is_said_once():
    report = check(REINFORCEMENT)
    assert report.files[0].format == "reinforcement"
    assert report.files[0].method == "reinforcement"
    assert lint("FT201", REINFORCEMENT) == ["No row has an assistant message: checked as reinforcement data"]
    assert codes(REINFORCEMENT) == {"FT201": 1}


def test_rows_without_an_answer_are_fine_where_reinforcement_is_what_was_asked_for():
    assert codes(REINFORCEMENT, method="reinforcement") == {}
    assert codes(REINFORCEMENT, model="o4-mini", ignore=["FT9"]) == {}


def test_rows_without_an_answer_are_wrong_one_by_one_where_supervised_is_what_was_asked_for():
    rows = [chat("user: 7 * 8?")] * 10
    assert len(lint("FT201", rows, method="supervised")) == 10


def test_one_answer_makes_a_file_supervised():
    rows = [*[chat("user: Hi")] * 9, HI]
    assert check(rows).files[0].method == "supervised"
    assert len(lint("FT201", rows)) == 9


@pytest.mark.parametrize(
    ("rows", "options", "message"),
    [
        (HI, {"method": "dpo"}, "Rows are chat, but openai with the method dpo takes preference"),
        (
            PAIR,
            {"method": "supervised"},
            "Rows are preference, but openai with the method supervised takes chat or prompt/completion",
        ),
        (
            COMPLETION,
            {"model": "gpt-4o"},
            "Rows are prompt/completion, but gpt-4o-2024-08-06 with the method supervised takes chat",
        ),
        (
            HI,
            {"model": "davinci-002"},
            "Rows are chat, but davinci-002 with the method supervised takes prompt/completion",
        ),
    ],
)
def test_a_format_that_the_method_does_not_take_is_reported_once(rows, options, message):
    assert lint("FT109", [rows] * 10, **options) == [message]


def test_each_format_belongs_to_a_method():
    methods = {
        name: check([row] * 10).files[0].method for name, row in [("chat", HI), ("pair", PAIR), ("text", COMPLETION)]
    }
    assert methods == {"chat": "supervised", "pair": "dpo", "text": "supervised"}
    assert codes([HI] * 10) == codes([PAIR] * 10) == codes([COMPLETION] * 10) == {}


def test_long_lines_before_the_rows_do_not_hide_their_format():
    rows = [chat("user: Hi", "assistant: " + "x" * 500)] * 3 + [{"messages": []}] * 3
    assert codes(rows, max_line_bytes=300) == {"FT016": 3, "FT106": 3, "FT504": 1}


def test_rows_behind_a_thousand_broken_lines_are_not_passed_over_in_silence():
    data = b"{broken\n" * 1500 + b'{"messages": []}\n'
    assert lint("FT108", data) == [
        "Not checked: no row at the start of the file is an object, so the format is not known"
    ]


def test_rows_that_share_one_line_are_recognised():
    assert codes(b'{"messages": []}{"messages": []}\n') == {"FT005": 1, "FT106": 2, "FT504": 1}
