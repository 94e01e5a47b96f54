"""What is wrong with a row's shape: one finding for one cause, at its place, in words people use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftlint.core.types import Problem
from ftlint.formats.accept import compile_portable, compile_schema
from ftlint.formats.schemas import bundle
from ftlint.formats.shape import MAX_PROBLEMS, explain
from ftlint.profiles.catalog import provider, providers
from tests.support import CALL, CLOCK, IMAGE, PAIR, chat, codes, errors, lint, rows_of, spoilt

SCHEMAS = [
    ("chat", "chat.schema.json"),
    ("chat", "openai/chat-text.schema.json"),
    ("reinforcement", "reinforcement.schema.json"),
    ("preference", "preference.schema.json"),
    ("preference", "openai/preference.schema.json"),
    ("completion", "completion.schema.json"),
    ("chat", "open.schema.json"),
    *sorted(
        {
            (format, schema)
            for name in providers()
            for method in provider(name).default.methods.values()
            for format, schema in method.schemas.items()
            if schema.startswith(f"{name}/") and name != "openai"
        }
    ),
]
ANSWER = "assistant: Hello"


@pytest.mark.parametrize(("format", "schema"), SCHEMAS)
def test_two_engines_agree_on_every_row(format, schema):
    fast, portable = compile_schema(bundle(schema), schema), compile_portable(bundle(schema), schema)

    @given(row=rows_of[format] | spoilt(rows_of[format]))
    def agree(row):
        assert fast.is_valid(row) == portable.is_valid(row)
        seen = {(item.keyword, item.pointer) for item in fast.violations(row)}
        assert seen == {(item.keyword, item.pointer) for item in portable.violations(row)}

    agree()


@pytest.mark.parametrize(("format", "schema"), SCHEMAS)
def test_every_refused_row_has_a_problem_and_every_accepted_one_none(format, schema):
    acceptor, portable = compile_schema(bundle(schema), schema), compile_portable(bundle(schema), schema)

    @given(row=rows_of[format] | spoilt(rows_of[format]) | st.dictionaries(st.text(max_size=3), st.integers()))
    def explained(row):
        problems = list(explain(row, acceptor))
        assert bool(problems) != acceptor.is_valid(row)
        assert all(isinstance(problem, Problem) and problem.pointer is not None for problem in problems)
        places = [(problem.code, problem.pointer, problem.message) for problem in problems]
        assert len(places) == len(set(places))
        assert {problem.pointer for problem in explain(row, portable)} == {problem.pointer for problem in problems}

    explained()


@pytest.mark.parametrize("format", ["chat", "reinforcement", "preference", "completion"])
def test_rows_that_the_tests_hold_for_valid_are_valid(format):
    acceptor = compile_schema(bundle(f"{format}.schema.json"))

    @given(row=rows_of[format])
    def valid(row):
        if format in ("chat", "reinforcement"):
            row = {**row, "messages": [message for message in row["messages"] if says_something(message)]}
            if not row["messages"]:
                return
        if format != "preference":
            assert list(explain(row, acceptor)) == []

    valid()


def says_something(message):
    """1.0 is left to the rule; an assistant without calls or refusal must have its content."""
    return message["role"] != "assistant" or "content" in message or bool(message.get("tool_calls"))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (chat("user: Hi", {"content": "Hello"}), ['FT101 1:/messages/1 messages[1] has no "role"']),
        (chat({"role": "user"}, ANSWER), ['FT101 1:/messages/0 messages[0] has no "content"']),
        (
            chat("user: Hi", {"role": "user", "contnet": "Hi"}, ANSWER),
            ['FT102 1:/messages/1/contnet Unknown key "contnet" in messages[1]. Did you mean "content"?'],
        ),
        (
            {"mesages": chat("user: Hi", ANSWER)["messages"]},
            ['FT102 1:/mesages Unknown key "mesages". Did you mean "messages"?'],
        ),
        (
            chat("human: Hi", ANSWER),
            ['FT105 1:/messages/0/role Role "human" is not one of system, developer, user, assistant, tool, function'],
        ),
        (
            chat({"role": "bot", "content": 1, "mood": 2}, ANSWER),
            ['FT105 1:/messages/0/role Role "bot" is not one of system, developer, user, assistant, tool, function'],
        ),
        (
            chat({"role": 1, "content": "Hi"}, ANSWER),
            ["FT103 1:/messages/0/role messages[0].role is an integer, expected a string"],
        ),
        (
            chat({"role": None, "content": "Hi"}),
            ["FT103 1:/messages/0/role messages[0].role is null, expected a string"],
        ),
        ({"messages": []}, ["FT106 1:/messages messages is an empty list"]),
        ({"messages": {}}, ["FT103 1:/messages messages is an object, expected a list"]),
        ({"messages": None}, ["FT103 1:/messages messages is null, expected a list"]),
        ({"messages": "Hi"}, ["FT103 1:/messages messages is a string, expected a list"]),
        ({"messages": ["Hi"]}, ["FT103 1:/messages/0 messages[0] is a string, expected an object"]),
        (
            chat({"role": "user", "content": None}),
            ["FT103 1:/messages/0/content messages[0].content is null, expected a string"],
        ),
        (
            chat({"role": "user", "content": 5}),
            ["FT103 1:/messages/0/content messages[0].content is an integer, expected a string"],
        ),
        (
            chat({"role": "user", "content": {}}),
            ["FT103 1:/messages/0/content messages[0].content is an object, expected a string"],
        ),
        (
            chat({"role": "user", "content": ["Hi"]}),
            ["FT103 1:/messages/0/content/0 messages[0].content[0] is a string, expected an object"],
        ),
        (
            chat("user: Hi", {"role": "assistant", "content": "Hello", "weight": True}),
            ["FT103 1:/messages/1/weight messages[1].weight is true, expected 0 or 1"],
        ),
        (
            chat("user: Hi", {"role": "assistant", "content": "Hello", "weight": 1.0}),
            ["FT103 1:/messages/1/weight messages[1].weight is 1.0, expected the integer 0 or 1"],
        ),
        (
            chat("user: Hi", {"role": "assistant", "content": "Hello", "weight": 0.5}),
            ["FT103 1:/messages/1/weight messages[1].weight is a number, expected 0 or 1"],
        ),
        (
            chat("user: Hi", {"role": "assistant", "content": "Hello", "weight": "1"}),
            ["FT103 1:/messages/1/weight messages[1].weight is a string, expected 0 or 1"],
        ),
        (
            chat("user: Hi", {"role": "assistant", "content": "Hello", "weight": 2}),
            ["FT104 1:/messages/1/weight messages[1].weight is 2, expected one of 0, 1, null"],
        ),
        (
            chat({"role": "user", "content": "Hi", "weight": 0}, ANSWER),
            ['FT205 1:/messages/0/weight weight stands on a message of role "user"; only assistant messages take one'],
        ),
        (
            chat(
                "user: Hi", {"role": "assistant", "tool_calls": [{**CALL, "function": {"name": "x", "arguments": {}}}]}
            ),
            [
                "FT406 1:/messages/1/tool_calls/0/function/arguments "
                "messages[1].tool_calls[0].function.arguments is an object, expected JSON in a string"
            ],
        ),
        (
            chat("user: Hi", {"role": "assistant", "tool_calls": [{"type": "function", "function": CALL["function"]}]}),
            ['FT101 1:/messages/1/tool_calls/0 messages[1].tool_calls[0] has no "id"'],
        ),
        (
            chat("user: Hi", {"role": "assistant"}),
            ['FT101 1:/messages/1 messages[1] has no "content"'],
        ),
        (
            chat({"role": "user", "content": [{"type": "image", "url": "x"}]}, ANSWER),
            [
                'FT104 1:/messages/0/content/0/type messages[0].content[0].type is "image", '
                "expected one of text, image_url"
            ],
        ),
        (
            chat("user: Hi", {"role": "assistant", "content": [IMAGE]}),
            [
                "FT451 1:/messages/1/content/0/type messages[1].content[0].type is an image, "
                "which this target does not take here"
            ],
        ),
        (
            chat("user: Hi", ANSWER, tools=[{"type": "function", "function": {"name": "get weather"}}]),
            ['FT402 1:/tools/0/function/name Name "get weather" of a tool is not 1 to 64 of a-z, A-Z, 0-9, _ and -'],
        ),
        (chat("user: Hi", ANSWER, tools=CLOCK), ["FT103 1:/tools tools is an object, expected a list or null"]),
        (chat("user: Hi", ANSWER, source="faq"), ['FT102 1:/source Unknown key "source"']),
        ({"prompt": "Hi", "completion": 5}, ["FT103 1:/completion completion is an integer, expected a string"]),
        ({"prompt": "Hi", "completion": "Hello", "id": 1}, ['FT102 1:/id Unknown key "id"']),
        ({"Prompt": "Hi", "Completion": "Hello"}, None),
        (
            {**PAIR, "preferred_output": []},
            ["FT603 1:/preferred_output preferred_output has 0 messages, expected 1"],
        ),
        (
            {**PAIR, "preferred_output": PAIR["preferred_output"] * 2},
            ["FT603 1:/preferred_output preferred_output has 2 messages, expected 1"],
        ),
        (
            {**PAIR, "preferred_output": [{"role": "user", "content": "Hi"}]},
            ['FT105 1:/preferred_output/0/role Role "user" is not one of assistant'],
        ),
        (
            {"preferred_output": PAIR["preferred_output"], "input": PAIR["input"]},
            ['FT101 1: Row has no "non_preferred_output"'],
        ),
    ],
    ids=str,
)
def test_one_cause_is_one_finding_at_its_place(row, expected):
    found = errors(row)
    if expected is None:
        assert {line.split()[0] for line in found} == {"FT102"}
        assert len(found) == 2
    else:
        assert found == expected


def test_the_nearest_role_is_offered_as_the_remedy():
    from tests.support import check

    def remedy(role):
        (finding,) = [item for item in check(chat(f"{role}: Hi", ANSWER)).findings if item.code == "FT105"]
        return finding.help, finding.fix and finding.fix.title

    assert remedy("human") == ('did you mean "user"?', 'Replace the role by "user"')
    assert remedy("gpt") == ('did you mean "assistant"?', 'Replace the role by "assistant"')
    assert remedy("User") == ('did you mean "user"?', 'Replace the role by "user"')
    assert remedy("asistant")[0] == 'did you mean "assistant"?'
    assert remedy("xyzzy")[1] is None


def test_a_row_of_a_thousand_mistakes_is_cut_short_and_says_so():
    found = errors({"messages": ["x"] * 1000})
    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1] == "FT104 1: Row has more than 100 problems of shape; the rest is not listed"


def test_problems_come_in_the_order_of_their_places():
    row = chat({"role": "user", "content": 1}, {"role": "assistant", "content": 2}, {"role": "user"})
    assert [line.split()[1] for line in errors(row)] == [
        "1:/messages/0/content",
        "1:/messages/1/content",
        "1:/messages/2",
    ]


def test_a_row_of_broken_shape_gets_no_finding_from_the_rules_of_conversations():
    assert codes(chat({"role": "system", "content": 5}, {"role": "system", "content": ""})) == {"FT103": 1, "FT504": 1}


def test_an_unknown_role_says_nothing_about_the_other_keys_of_its_message():
    assert codes(chat({"role": "human", "text": "Hi", "weight": 7}, ANSWER)) == {"FT105": 1, "FT504": 1}


def test_keys_of_a_reinforcement_row_belong_to_its_grader():
    row = chat("user: Hi", reference={"a": [1, None]}, weight=2.5)
    assert errors([row] * 10, method="reinforcement") == []
    assert lint("FT102", [row, chat("user: Hi", ANSWER)], method="supervised") != []


def test_calls_of_the_wrong_type_are_one_problem_and_no_missing_content_with_it():
    row = chat("user: Time?", {"role": "assistant", "tool_calls": CALL})
    assert lint("FT103", row) == [
        "1:/messages/1/tool_calls messages[1].tool_calls is an object, expected a list or null"
    ]
    assert lint("FT101", row) == []


def test_a_message_with_nothing_at_all_still_lacks_its_content():
    assert lint("FT101", chat("user: Time?", {"role": "assistant", "tool_calls": None})) == [
        '1:/messages/1 messages[1] has no "content"'
    ]


@pytest.mark.parametrize(("result", "count"), [("call_1", 1), ("call_2", 2)])
def test_a_wrong_id_is_said_at_the_call_and_at_a_result_only_if_it_is_another(result, count):
    calls = [{**CALL, "id": "call_1"}]
    row = chat(
        "user: Time?",
        {"role": "assistant", "content": "", "tool_calls": calls},
        {"role": "tool", "tool_call_id": result, "content": "12:05"},
        "assistant: Noon.",
    )
    name = "mistral-finetune/chat.schema.json"
    found = [problem for problem in explain(row, compile_schema(bundle(name), name)) if problem.code == "FT411"]
    assert len(found) == count
    assert found[0].pointer == ("messages", 1, "tool_calls", 0, "id")


def test_a_key_that_is_empty_is_on_the_way_to_what_is_wrong():
    value = {"p": {"": {"": {"r": 1}, "r": []}, "r": []}}
    node = {"properties": {"r": {"type": "array"}}}
    schema = {"properties": {"p": {"additionalProperties": {"properties": {"": node, **node["properties"]}}}}}
    (found,) = compile_schema(schema).violations(value)
    assert (found.pointer, found.keyword) == (("p", "", "", "r"), "type")


def test_a_parameter_without_a_name_does_not_stop_the_check():
    tool = {"type": "function", "function": {"name": "a", "parameters": {"properties": {"": {"required": True}}}}}
    (found,) = lint("FT401", chat("user: Hi", "assistant: Hello", tools=[tool]))
    assert found.startswith("1:/tools/0/function/parameters/properties//required")
