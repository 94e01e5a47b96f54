"""Who says what, in which order: what is flagged, and what a valid modern row may do."""

import pytest

from tests.support import CALL, CLOCK, DOT, IMAGE, PAIR, chat, check, codes, dumped, errors, lint

ANSWER = "assistant: Hello"
RESULT = {"role": "tool", "content": "12:05", "tool_call_id": "call_1"}
CALLS = {"role": "assistant", "tool_calls": [CALL]}
LEGACY_CALL = {"role": "assistant", "content": None, "function_call": {"name": "clock", "arguments": "{}"}}
LEGACY_RESULT = {"role": "function", "name": "clock", "content": "12:05"}
TWO_CALLS = {"role": "assistant", "content": None, "tool_calls": [CALL, {**CALL, "id": "call_2"}]}

VALID = {
    "tool calls that end a row": chat("user: Time?", CALLS, tools=[CLOCK]),
    "content absent beside tool calls": chat("user: Time?", CALLS, RESULT, "assistant: 12:05", tools=[CLOCK]),
    "content null beside tool calls": chat("user: Time?", {**CALLS, "content": None}, tools=[CLOCK]),
    "content empty beside tool calls": chat("user: Time?", {**CALLS, "content": ""}, tools=[CLOCK]),
    "text beside tool calls": chat("user: Time?", {**CALLS, "content": "One moment."}, tools=[CLOCK]),
    "parallel tool calls": chat(
        "user: Time?",
        TWO_CALLS,
        RESULT,
        {**RESULT, "tool_call_id": "call_2"},
        "assistant: 12:05",
        tools=[CLOCK],
        parallel_tool_calls=True,
    ),
    "parallel tool calls turned off": chat("user: Time?", CALLS, tools=[CLOCK], parallel_tool_calls=False),
    "strict tools": chat(
        "user: Time?",
        CALLS,
        tools=[
            {
                "type": "function",
                "function": {
                    "name": "clock",
                    "strict": True,
                    "parameters": {"type": "object", "properties": {}, "required": [], "additionalProperties": False},
                },
            }
        ],
    ),
    "an image part": chat({"role": "user", "content": [{"type": "text", "text": "What is it?"}, IMAGE]}, ANSWER),
    "an image and no text": chat({"role": "user", "content": [IMAGE]}, ANSWER),
    "an image without detail": chat(
        {"role": "user", "content": [{"type": "image_url", "image_url": {"url": DOT}}]}, ANSWER
    ),
    "text parts": chat(
        {"role": "system", "content": [{"type": "text", "text": "Be brief."}]},
        {"role": "user", "content": [{"type": "text", "text": "Hi"}, {"type": "text", "text": "!"}]},
        {"role": "assistant", "content": [{"type": "text", "text": "Hello"}]},
    ),
    "several user messages in a row": chat("user: Hi", "user: Are you there?", ANSWER),
    "several assistant messages in a row": chat("user: Hi", ANSWER, "assistant: How are you?"),
    "weight 0 and 1": chat(
        "user: Hi",
        {"role": "assistant", "content": "What?", "weight": 0},
        "user: Hi",
        {"role": "assistant", "content": "Hello", "weight": 1},
    ),
    "names": chat(
        {"role": "user", "content": "Hi", "name": "ada"}, {"role": "assistant", "content": "Hi", "name": "bot"}
    ),
    "no system message": chat("user: Hi", ANSWER),
    "a system message": chat("system: Be brief.", "user: Hi", ANSWER),
    "many turns": chat("system: Be brief.", *["user: Hi", ANSWER] * 20),
    "a refusal": chat("user: Hi", {"role": "assistant", "refusal": "I cannot help with that."}),
    "a refusal beside null content": chat("user: Hi", {"role": "assistant", "content": None, "refusal": "No."}),
    "a refusal of null": chat("user: Hi", {"role": "assistant", "content": "Hello", "refusal": None}),
    "a refusal part": chat("user: Hi", {"role": "assistant", "content": [{"type": "refusal", "refusal": "No."}]}),
    "a tool without parameters": chat(
        "user: Time?", CALLS, tools=[{"type": "function", "function": {"name": "clock"}}]
    ),
    "a tool result in parts": chat(
        "user: Time?",
        CALLS,
        {**RESULT, "content": [{"type": "text", "text": "12:05"}]},
        "assistant: 12:05",
        tools=[CLOCK],
    ),
    "tools that are not called": chat("user: Hi", ANSWER, tools=[CLOCK]),
    "text of other scripts": chat("user: 你好 😀 \u2028", "assistant: नमस्ते"),
    "an answer of one character": chat("user: 7 * 8 < 57?", "assistant: y"),
    "a preference pair": PAIR,
    "a preference pair with tools": {**PAIR, "input": {**PAIR["input"], "tools": [CLOCK], "parallel_tool_calls": True}},
    "a prompt and a completion": {"prompt": "Hi ->", "completion": " Hello\n"},
    "an empty prompt": {"prompt": "", "completion": " Hello\n"},
}


@pytest.mark.parametrize("row", VALID.values(), ids=VALID.keys())
def test_a_valid_row_raises_nothing_at_all(row):
    assert codes([row] * 10) == {}


@pytest.mark.parametrize("row", VALID.values(), ids=VALID.keys())
def test_a_valid_row_is_no_error_for_the_model_with_all_features_either(row):
    model = "davinci-002" if "prompt" in row else "gpt-4o"
    assert errors([row] * 10, model=model) == []


@pytest.mark.parametrize("key", ["name", "tool_calls", "function_call", "weight", "audio"])
def test_a_key_that_an_sdk_dumped_as_null_is_a_warning(key):
    row = chat("user: Hi", {"role": "assistant", "content": "Hello", key: None})
    assert lint("FT112", row) == [f"1:/messages/1/{key} Optional key messages[1].{key} is null"]
    assert codes([row] * 10) == {"FT112": 10}
    assert check([row] * 10).exit_code() == 0


@pytest.mark.parametrize("key", ["tools", "functions", "parallel_tool_calls"])
def test_a_row_key_that_is_null_is_a_warning(key):
    assert lint("FT112", chat("user: Hi", ANSWER, **{key: None})) == [f"1:/{key} Optional key {key} is null"]


def test_an_empty_list_of_tools_or_calls_is_a_warning():
    row = chat("user: Hi", {"role": "assistant", "content": "Hello", "tool_calls": []}, tools=[])
    assert lint("FT112", row) == [
        "1:/tools Optional key tools is an empty list",
        "1:/messages/1/tool_calls Optional key messages[1].tool_calls is an empty list",
    ]


def test_a_null_that_belongs_to_the_grader_is_none_of_our_business():
    row = chat("user: Hi", functions=None, parallel_tool_calls=None, reference=None)
    assert lint("FT112", [row] * 10, method="reinforcement") == []
    assert len(lint("FT112", [{**row, "tools": None}] * 10, method="reinforcement")) == 10


def test_an_input_of_a_pair_may_hold_null_tools_and_is_warned_about():
    row = {**PAIR, "input": {**PAIR["input"], "tools": None}}
    assert lint("FT112", row) == ["1:/input/tools Optional key input.tools is null"]


def test_an_answer_of_a_pair_may_hold_null_tool_calls_and_is_warned_about():
    row = {**PAIR, "non_preferred_output": [{"role": "assistant", "content": "What?", "tool_calls": None}]}
    assert lint("FT112", row) == [
        "1:/non_preferred_output/0/tool_calls Optional key non_preferred_output[0].tool_calls is null"
    ]


@pytest.mark.parametrize("weight", ["true", "false", "1.0", "0.0", "1e0"])
def test_a_weight_that_only_looks_like_0_or_1_is_of_the_wrong_type(weight):
    row = dumped(chat("user: Hi", {"role": "assistant", "content": "Hello", "weight": "here"}))
    data = row.replace(b'"here"', weight.encode())
    (finding,) = lint("FT103", data)
    assert finding.startswith("1:/messages/1/weight messages[1].weight is ")
    assert codes(data)["FT104"] == 0


def test_rows_that_differ_in_the_type_of_the_weight_only_are_told_apart():
    """1, 1.0 and true are equal in Python: whatever is remembered by row must not confuse them."""
    rows = [
        chat("user: Hi", {"role": "assistant", "content": "Hello", "weight": weight}) for weight in (1, 1.0, True, 1)
    ]
    assert [finding.split(":")[0] for finding in lint("FT103", rows)] == ["2", "3"]


@pytest.mark.parametrize(
    ("code", "row", "expected"),
    [
        ("FT201", chat("user: Hi"), ["No row has an assistant message: checked as reinforcement data"]),
        (
            "FT202",
            chat("user: Hi", ANSWER, "user: Bye"),
            ['1:/messages/2 Last message has the role "user", expected "assistant"'],
        ),
        (
            "FT202",
            chat("user: Time?", CALLS, RESULT, tools=[CLOCK]),
            ['1:/messages/2 Last message has the role "tool", expected "assistant"'],
        ),
        ("FT202", chat("user: Hi"), []),
        (
            "FT204",
            chat("user: Hi", {"role": "assistant", "content": "Hello", "weight": 0}),
            ["1:/messages Every assistant message has weight 0, so nothing is trained"],
        ),
        ("FT204", chat("user: Hi", {"role": "assistant", "content": "Hello", "weight": 0}, "user: Hi", ANSWER), []),
        (
            "FT206",
            chat("user: Hi", "system: Be brief.", ANSWER),
            ["1:/messages/1 System message is not the first of the row"],
        ),
        (
            "FT206",
            chat("user: Hi", ANSWER, "developer: Be brief.", "user: Hi", ANSWER),
            ["1:/messages/2 Developer message is not the first of the row"],
        ),
        ("FT206", chat("system: Be brief.", "user: Hi", "system: Be kind.", ANSWER), []),
        (
            "FT207",
            chat("system: Be brief.", "system: Be kind.", "user: Hi", ANSWER),
            ["1:/messages/1 Row has 2 system messages, expected one"],
        ),
        (
            "FT207",
            chat("system: a", "user: Hi", "system: b", "developer: c", ANSWER),
            ["1:/messages/2 Row has 3 system messages, expected one"],
        ),
        ("FT209", chat("assistant: Hi", "user: Hi", ANSWER), ["1:/messages/0 Conversation starts with the assistant"]),
        (
            "FT209",
            chat("system: Greet.", "assistant: Hi", "user: Hi", ANSWER),
            ["1:/messages/1 Conversation starts with the assistant"],
        ),
        ("FT209", chat("system: Greet.", "assistant: Hi"), []),
        ("FT210", chat("system: Greet.", "assistant: Hi"), ["1:/messages Row has no user message"]),
        ("FT210", chat("user: Hi", ANSWER), []),
        (
            "FT211",
            chat("user: Hi", {"role": "assistant", "content": None}),
            ["1:/messages/1/content Assistant turn is empty"],
        ),
        (
            "FT211",
            chat("user: Hi", {"role": "assistant", "content": "\n\u3000\t"}),
            ["1:/messages/1/content Assistant turn is empty"],
        ),
        (
            "FT211",
            chat("user: Hi", {"role": "assistant", "content": []}),
            ["1:/messages/1/content Assistant turn is empty"],
        ),
        (
            "FT211",
            chat("user: Hi", {"role": "assistant", "content": [{"type": "text", "text": " "}]}),
            ["1:/messages/1/content Assistant turn is empty"],
        ),
        ("FT211", chat("user: Hi", {"role": "assistant", "content": "", "tool_calls": [CALL]}), []),
        ("FT211", chat("user: Hi", {"role": "assistant", "content": "", "refusal": "No."}), []),
        ("FT212", chat("user: ", ANSWER), ["1:/messages/0/content User message is empty"]),
        ("FT212", chat("system:  ", "user: Hi", ANSWER), ["1:/messages/0/content System message is empty"]),
        (
            "FT212",
            chat("user: Time?", CALLS, {**RESULT, "content": ""}, ANSWER),
            ["1:/messages/2/content Tool message is empty"],
        ),
        ("FT212", chat({"role": "user", "content": [IMAGE]}, ANSWER), []),
        ("FT212", chat({"role": "user", "content": []}, ANSWER), ["1:/messages/0/content User message is empty"]),
        (
            "FT214",
            chat("developer: Be brief.", "user: Hi", ANSWER),
            ['1:/messages/0/role Role "developer" is not documented for supervised training, "system" is'],
        ),
        (
            "FT215",
            chat("user: Hi", {"role": "assistant", "content": "Hello", "refusal": "No."}),
            ["1:/messages/1/refusal Assistant message has both a refusal and text"],
        ),
        ("FT215", chat("user: Hi", {"role": "assistant", "content": " ", "refusal": "No."}), []),
        (
            "FT215",
            chat(
                "user: Hi",
                {
                    "role": "assistant",
                    "content": [{"type": "text", "text": "a"}, {"type": "refusal", "refusal": "No."}],
                },
            ),
            ["1:/messages/1/content Assistant message has both a refusal and text"],
        ),
        (
            "FT216",
            chat("user: Hi", CALLS, "user: Hello?", ANSWER),
            ['1:/messages/2 Message after a tool call has the role "user", expected "tool"'],
        ),
        (
            "FT216",
            chat("user: Hi", LEGACY_CALL, ANSWER),
            ['1:/messages/2 Message after a tool call has the role "assistant", expected "function"'],
        ),
        ("FT216", chat("user: Hi", CALLS, RESULT, "user: Thanks", ANSWER), []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_rule_flags_what_it_is_about_and_nothing_beside(code, row, expected):
    assert lint(code, row) == expected


def test_two_neighbours_of_one_role_are_flagged_only_where_somebody_asks():
    row = chat("user: Hi", "user: Hello?", ANSWER, "assistant: Yes?")
    assert lint("FT208", row) == []
    assert lint("FT208", row, extend_select=["FT208"]) == [
        '1:/messages/1 Two messages in a row have the role "user"',
        '1:/messages/3 Two messages in a row have the role "assistant"',
    ]
    results = chat("user: Hi", TWO_CALLS, RESULT, {**RESULT, "tool_call_id": "call_2"}, ANSWER, tools=[CLOCK])
    assert lint("FT208", results, extend_select=["FT208"]) == []


def test_a_row_without_an_answer_is_one_finding():
    rows = [chat("user: Hi"), *[chat("user: Hi", ANSWER)] * 10]
    assert lint("FT201", rows) == ["1:/messages Row has no assistant message, so there is nothing to learn"]
    assert codes(rows) == {"FT201": 1}


def test_the_rows_without_the_system_message_of_the_others_are_counted_once():
    with_system, without = chat("system: Be brief.", "user: Hi", ANSWER), chat("user: Hi", ANSWER)
    assert lint("FT213", [with_system, without, with_system, without, with_system]) == [
        "2:/messages 2 of 5 rows have no system message, the others have one"
    ]
    assert lint("FT213", [with_system, with_system, without]) == [
        "3:/messages 1 of 3 rows has no system message, the others have one"
    ]
    assert lint("FT213", [with_system, without]) == []
    assert lint("FT213", [without] * 3) == []
    assert lint("FT213", [with_system] * 3) == []


def reinforcement(*turns):
    return [chat(*turns, reference="56")] * 10


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (("developer: Solve.", "user: 7 * 8?"), {}),
        (("user: 7 * 8?",), {}),
        (("user: 7 * 8?", "assistant: 56"), {"FT203": 10}),
        (("system: Solve.", "user: 7 * 8?"), {"FT214": 10}),
        (("user: 7 * 8?", "assistant: 57", "user: Sure?"), {}),
        (("developer: Solve.",), {"FT203": 10}),
    ],
    ids=str,
)
def test_a_reinforcement_row_ends_with_the_user(turns, expected):
    assert codes(reinforcement(*turns), method="reinforcement") == expected


def test_the_last_message_of_a_reinforcement_row_is_named():
    assert lint("FT203", reinforcement("user: 7 * 8?", "assistant: 56")[:1], method="reinforcement") == [
        '1:/messages/1 Last message has the role "assistant", expected "user": the model is to answer'
    ]


def test_the_input_of_a_preference_pair_is_a_conversation_too():
    row = {**PAIR, "input": {"messages": [{"role": "user", "content": " "}]}}
    assert lint("FT212", row) == ["1:/input/messages/0/content User message is empty"]
    assert codes([PAIR] * 10) == {}


def test_a_weight_on_the_answers_of_a_pair_is_refused():
    row = {**PAIR, "preferred_output": [{"role": "assistant", "content": "Hello", "weight": 1}]}
    assert errors(row) == ['FT102 1:/preferred_output/0/weight Unknown key "weight" in preferred_output[0]']


def test_a_custom_schema_speaks_for_the_files_that_it_is_set_for(tmp_path, monkeypatch):
    (tmp_path / "short.json").write_text('{"properties": {"messages": {"maxItems": 2}}, "required": ["id"]}')
    monkeypatch.chdir(tmp_path)
    row = chat("system: Be brief.", "user: Hi", ANSWER)
    assert lint("FT111", row, schemas={"*.jsonl": "short.json"}) == [
        "1: Row does not satisfy short.json: required id",
        "1:/messages messages does not satisfy short.json: maxItems 2",
    ]
    assert lint("FT111", row, schemas={"other.jsonl": "short.json"}) == []
