"""What other tools write, and where their own converters go wrong."""

import json

import pytest

from ftlint import FtlintError
from tests.support import PAIR, alike, chat, errors
from tests.transform.converting import Converted, spoken

CALLS = {"from": "function_call", "value": '{"name": "clock", "arguments": {"zone": "UTC"}}'}


def sharegpt(*turns, **keys):
    return {
        "conversations": [
            turn if isinstance(turn, dict) else dict(zip(("from", "value"), turn, strict=True)) for turn in turns
        ],
        **keys,
    }


@pytest.mark.parametrize("speaker", ["gpt", "assistant", "bot", "chatgpt", "model", "bing", "bard", "GPT"])
def test_the_speakers_of_sharegpt_become_roles(speaker):
    done = Converted([sharegpt(("human", "Hi"), (speaker, "Hello"))], "chat")
    assert spoken(done.row) == ["user: Hi", "assistant: Hello"]
    assert (done.told, done.dialects) == ([], {"ShareGPT": 1})


def test_an_unknown_speaker_is_named_and_the_row_is_not_guessed_at():
    rows = [sharegpt(("human", "Hi"), ("gpt", "Hello")), sharegpt(("human", "Hi"), ("user1", "Hello"))]
    done = Converted(rows, "chat")
    assert len(done.rows) == 1
    assert done.told == ['row: speaker "user1" is unknown; say who it is with --role NAME=ROLE × 1']
    assert spoken(Converted(rows, "chat", roles={"user1": "assistant"}).rows[1]) == ["user: Hi", "assistant: Hello"]


def test_a_sharegpt_conversation_that_starts_with_the_model_is_kept():
    done = Converted([sharegpt(("gpt", "Welcome"), ("human", "Hi"), ("gpt", "Hello"))], "chat")
    assert spoken(done.row) == ["assistant: Welcome", "user: Hi", "assistant: Hello"]


def test_turns_after_the_last_answer_are_lost_and_named():
    done = Converted([sharegpt(("human", "Hi"), ("gpt", "Hello"), ("human", "Bye"))], "chat")
    assert spoken(done.row) == ["user: Hi", "assistant: Hello"]
    assert done.told == ["turn: user turn after the last answer × 1"]
    assert done.kept[0]["lost"][0]["value"] == {"role": "user", "content": "Bye"}


@pytest.mark.parametrize("value", ["", "  ", None])
def test_a_row_with_an_empty_answer_is_not_written(value):
    good = sharegpt(("human", "Hi"), ("gpt", "Hello"))
    done = Converted([sharegpt(("human", "Hi"), ("gpt", value)), good], "chat")
    assert len(done.rows) == 1
    assert [told.split(":")[0] for told in done.told] == ["row"]


@pytest.mark.parametrize("value", [CALLS["value"], CALLS["value"].replace('"', "'"), f"[{CALLS['value']}]"])
def test_the_calls_of_sharegpt_get_ids_which_their_results_carry(value):
    tools = json.dumps([{"name": "clock", "description": "Time", "parameters": {"type": "object", "properties": {}}}])
    turns = [("human", "Time?"), {**CALLS, "value": value}, ("observation", "12:00"), ("gpt", "Noon")]
    done = Converted([sharegpt(*turns, tools=tools, system="Be brief")], "chat")
    system, _, call, result, _ = done.row["messages"]
    assert system == {"role": "system", "content": "Be brief"}
    assert call["content"] is None
    assert call["tool_calls"][0]["function"] == {"name": "clock", "arguments": '{"zone": "UTC"}'}
    assert result["tool_call_id"] == call["tool_calls"][0]["id"] == "call_1"
    assert done.row["tools"][0]["function"]["name"] == "clock"
    assert errors([done.row] * 12) == []


def test_several_calls_in_one_turn_are_answered_in_their_order():
    two = '[{"name": "clock", "arguments": {}}, {"name": "weather", "arguments": {}}]'
    turns = [("human", "?"), {"from": "function_call", "value": two}, ("observation", "12"), ("observation", "sun")]
    done = Converted([sharegpt(*turns, ("gpt", "Noon, sunny"))], "chat")
    assert [message.get("tool_call_id") for message in done.row["messages"]][2:4] == ["call_1", "call_2"]


def test_a_result_without_a_call_and_a_call_that_is_no_json_cost_the_row():
    good = sharegpt(("human", "Hi"), ("gpt", "Hello"))
    orphan = sharegpt(("human", "Hi"), ("observation", "12"), ("gpt", "Noon"))
    broken = sharegpt(("human", "Hi"), ("function_call", "clock(UTC)"), ("gpt", "Noon"))
    done = Converted([good, orphan, broken], "chat")
    assert done.told == ["row: a call of a tool is no JSON × 1", "row: a tool's result answers no call × 1"]


def test_a_question_and_an_answer_in_one_turn_are_two_messages():
    done = Converted([{"conversation": [{"human": "Hi", "assistant": "Hello"}], "system_prompt": "Be brief"}], "chat")
    assert spoken(done.row) == ["system: Be brief", "user: Hi", "assistant: Hello"]


def test_alpaca_joins_instruction_and_input_in_either_way():
    row = {"instruction": "Translate", "input": "Bonjour", "output": "Hello"}
    assert spoken(Converted([row], "chat").row)[0] == "user: Translate\nBonjour"
    text = Converted([row], "chat", join="template").row["messages"][0]["content"]
    assert text.startswith("Below is an instruction that describes a task, paired with an input")
    assert text.endswith("### Instruction:\nTranslate\n\n### Input:\nBonjour\n\n### Response:")
    without = Converted([{**row, "input": ""}], "chat", join="template").row["messages"][0]["content"]
    assert "### Input" not in without


@pytest.mark.parametrize("given", ["", None, "<noinput>", "Noinput"])
def test_alpaca_without_an_input_is_the_instruction_alone(given):
    assert spoken(Converted([{"instruction": "Hi", "input": given, "output": "Hello"}], "chat").row)[0] == "user: Hi"


def test_alpaca_keeps_history_and_system_and_names_an_output_that_is_a_placeholder():
    row = {"instruction": "Bye", "output": "See you", "system": "Be brief", "history": [["Hi", "Hello"]]}
    done = Converted([row, {"instruction": "Hi", "output": "<nooutput>"}], "chat")
    assert spoken(done.row) == ["system: Be brief", "user: Hi", "assistant: Hello", "user: Bye", "assistant: See you"]
    assert done.told == ["row: an answer is empty × 1"]


def test_seed_tasks_become_a_row_for_each_instance():
    row = {"instruction": "Add", "instances": [{"input": "1+1", "output": "2"}, {"input": "", "output": "0"}], "id": 7}
    done = Converted([row], "chat")
    assert [spoken(one) for one in done.rows] == [["user: Add\n1+1", "assistant: 2"], ["user: Add", "assistant: 0"]]
    assert done.told == ["key: id × 2", "changed: instruction and input joined by a newline × 1"]


def test_separators_of_2020_are_removed_where_all_rows_have_them():
    rows = [{"prompt": f"Question {number} ->", "completion": f" {number} END"} for number in range(3)]
    done = Converted(rows, "chat")
    assert spoken(done.rows[1]) == ["user: Question 1", "assistant: 1"]
    assert done.told == [
        'changed: " ->" removed from the end of each prompt × 3',
        'changed: " END" removed from the end of each completion × 3',
        "changed: space removed from the start of each completion × 3",
    ]
    assert spoken(Converted(rows, "chat", separators=False).rows[0])[0] == "user: Question 0 ->"


def test_an_arrow_that_only_some_prompts_end_with_is_text():
    rows = [{"prompt": "a ->", "completion": "b"}, {"prompt": "c", "completion": "d"}]
    assert spoken(Converted(rows, "chat").rows[0])[0] == "user: a ->"


def test_separators_are_added_on_the_way_back_and_go_again():
    rows = [chat("user: Hi", "assistant: Hello"), chat("user: Bye", "assistant: See you")]
    there = Converted(rows, "completion")
    assert there.rows[0] == {"prompt": "Hi\n\n###\n\n", "completion": " Hello END"}
    assert Converted(there.rows, "chat").rows == rows


def test_prompts_that_end_alike_already_get_no_separator():
    rows = [{"prompt": "one ->", "completion": "1"}, {"prompt": "two ->", "completion": "2"}]
    assert Converted(rows, "completion").rows[0] == {"prompt": "one ->", "completion": " 1 END"}


@pytest.mark.parametrize(("question", "answer"), [("question", "answer"), ("Query", "Response"), ("input", "output")])
def test_a_question_and_an_answer_are_found_under_many_names(question, answer):
    assert spoken(Converted([{question: "Hi", answer: "Hello"}], "chat").row) == ["user: Hi", "assistant: Hello"]


def test_other_names_are_mapped_and_what_is_not_there_is_an_error():
    row = {"frage": "Hi", "antwort": "Hello", "rolle": "Be brief"}
    columns = {"prompt": "frage", "completion": "antwort", "system": "rolle"}
    assert spoken(Converted([row], "chat", columns=columns).row) == ["system: Be brief", "user: Hi", "assistant: Hello"]
    with pytest.raises(FtlintError, match=r'"frgae" of --map prompt\. Did you mean "frage"'):
        Converted([row], "chat", columns={**columns, "prompt": "frgae"})


def test_what_the_sides_of_a_pair_have_in_common_is_the_prompt():
    before = [
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "Hello"},
        {"role": "user", "content": "?"},
    ]
    row = {
        "chosen": [*before, {"role": "assistant", "content": "A"}],
        "rejected": [*before, {"role": "assistant", "content": "B"}],
    }
    done = Converted([{**row, "margin": 2}], "preference")
    assert done.row["input"]["messages"] == before
    assert done.row["preferred_output"] == [{"role": "assistant", "content": "A"}]
    assert done.told == ["key: margin × 1"]


@pytest.mark.parametrize(
    ("chosen", "rejected", "reason"),
    [
        ("Hello", "Hello", "both answers are the same"),
        ("The sea is blue", "The sea is bleak", "there is no prompt before the answers"),
        ("\n\nHuman: Hi\n\nAssistant: A", "\n\nHuman: Hi\n\nAssistant: A\n\nHuman: ?\n\nAssistant: B", None),
        ("\n\nHuman: Hi\n\nAssistant: A", "\n\nHuman: Hi\n\nAssistant:", "an answer is empty"),
    ],
)
def test_sides_that_make_no_pair_are_named(chosen, rejected, reason):
    good = {"prompt": "Hi", "chosen": "Hello", "rejected": "What?"}
    done = Converted([good, {"chosen": chosen, "rejected": rejected}], "preference")
    assert len(done.rows) == 1
    assert done.told == [f"row: {reason or 'an answer is more than one message of the assistant'} × 1"]


def test_the_marks_of_hh_rlhf_are_turns():
    row = {"chosen": "\n\nHuman: Hi\n\nAssistant: Hello", "rejected": "\n\nHuman: Hi\n\nAssistant: What?"}
    assert Converted([row], "preference").row == PAIR


def test_a_pair_is_two_labelled_rows_and_these_are_the_pair_again():
    there = Converted([PAIR], "kto")
    assert [row["label"] for row in there.rows] == [True, False]
    assert Converted(there.rows, "preference").row == PAIR


def test_a_labelled_answer_without_a_partner_is_named():
    rows = [
        {"prompt": "Hi", "completion": text, "label": label} for text, label in (("a", True), ("b", False), ("c", True))
    ]
    done = Converted(rows, "preference")
    assert len(done.rows) == 1
    assert done.told == ["row: no row has the same prompt and the other label × 1"]
    assert done.kept[-1]["row"] == 3
    assert Converted(rows, "chat").told == ["row: the answer is labelled as bad × 1", "key: label × 2"]


def test_the_functions_of_2023_become_tools_with_ids():
    call = {"name": "clock", "arguments": "{}"}
    row = chat(
        "user: Time?",
        {"role": "assistant", "content": "", "function_call": call},
        {"role": "function", "name": "clock", "content": None},
        "assistant: Noon",
        functions=[{"name": "clock", "parameters": {"type": "object", "properties": {}}}],
    )
    done = Converted([row], "chat")
    assert done.row["messages"][1] == {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": "call_1", "type": "function", "function": call}],
    }
    assert done.row["messages"][2] == {"role": "tool", "tool_call_id": "call_1", "content": ""}
    assert done.row["tools"][0]["type"] == "function"
    assert done.told == [
        "changed: empty content beside calls of tools written as null × 1",
        "added: ids of tool calls × 1",
    ]


@pytest.mark.parametrize(
    ("flag", "value", "weight"),
    [("train", False, 0), ("loss", True, 1), ("loss_weight", 0.0, 0), ("trainable", True, 1), ("weight", 0, 0)],
)
def test_the_loss_flags_of_other_tools_are_weights(flag, value, weight):
    first = {"role": "assistant", "content": "Hello", flag: value}
    done = Converted([chat("user: Hi", first, "user: Bye", "assistant: See you")], "chat")
    assert done.row["messages"][1]["weight"] == weight
    back = Converted(done.rows, "trl", loss_flag=flag)
    assert back.row["messages"][1][flag] == value


def test_a_fraction_and_a_trained_question_have_no_weight():
    rows = [
        chat(
            {"role": "user", "content": "Hi", "train": True}, {"role": "assistant", "content": "A", "loss_weight": 0.5}
        )
    ]
    told = [
        "key: messages[].loss_weight that is neither 0 nor 1 × 1",
        "key: train on a turn that is not the assistant's × 1",
    ]
    assert Converted(rows, "chat").told == told


def test_a_turn_that_is_not_to_be_learned_is_named_where_the_target_would_learn_it():
    rows = [chat("user: Hi", {"role": "assistant", "content": "Hello", "weight": 0}, "user: Bye", "assistant: See you")]
    for target in ("gemini", "bedrock", "anthropic", "alpaca"):
        assert Converted(rows, target).told == ["key: messages[].weight 0: the target learns that turn × 1"]


def test_only_the_last_turn_is_learned_when_asked_for():
    done = Converted(
        [chat("user: Hi", "assistant: Hello", "user: Bye", "assistant: See you")], "chat", last_turn_only=True
    )
    assert [message.get("weight") for message in done.row["messages"]] == [None, 0, None, None]


def test_a_system_message_is_put_before_rows_that_have_none():
    rows = [chat("user: Hi", "assistant: Hello"), chat("system: Own", "user: Hi", "assistant: Hello")]
    done = Converted(rows, "chat", system="Be brief")
    assert [spoken(row)[0] for row in done.rows] == ["system: Be brief", "system: Own"]


def test_the_system_goes_to_the_top_for_targets_that_have_it_there():
    rows = [chat("system: Be brief", "user: Hi", "assistant: Hello")]
    assert Converted(rows, "gemini").row == {
        "systemInstruction": {"role": "system", "parts": [{"text": "Be brief"}]},
        "contents": [{"role": "user", "parts": [{"text": "Hi"}]}, {"role": "model", "parts": [{"text": "Hello"}]}],
    }
    assert Converted(rows, "bedrock").row == {
        "schemaVersion": "bedrock-conversation-2024",
        "system": [{"text": "Be brief"}],
        "messages": [
            {"role": "user", "content": [{"text": "Hi"}]},
            {"role": "assistant", "content": [{"text": "Hello"}]},
        ],
    }
    assert Converted(rows, "anthropic").row == {
        "system": "Be brief",
        "messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}],
    }


def test_messages_of_one_side_are_merged_where_turns_must_alternate():
    done = Converted([chat("user: Hi", "user: There", "assistant: Hello")], "bedrock")
    assert done.row["messages"][0]["content"] == [{"text": "Hi"}, {"text": "There"}]
    assert done.told == ["changed: consecutive messages of one side merged × 1"]


def test_an_image_at_an_address_is_not_fetched():
    image = {"type": "image_url", "image_url": {"url": "https://example.com/cat.png"}}
    rows = [chat({"role": "user", "content": [image]}, "assistant: A cat"), chat("user: Hi", "assistant: Hello")]
    done = Converted(rows, "gemini")
    assert len(done.rows) == 1
    assert "nothing is fetched" in done.told[0]


def test_a_tree_of_replies_becomes_its_best_path_or_its_pairs():
    replies = [
        {"text": "Worse", "role": "assistant", "rank": 1, "replies": []},
        {"text": "Best", "role": "assistant", "rank": 0, "replies": []},
    ]
    tree = {"message_tree_id": "x", "prompt": {"text": "Hi", "role": "prompter", "replies": replies}}
    assert spoken(Converted([tree], "chat").row) == ["user: Hi", "assistant: Best"]
    assert "turn: reply that is not the best, with all below it × 1" in Converted([tree], "chat").told
    pair = Converted([tree], "preference").row
    assert (pair["preferred_output"][0]["content"], pair["non_preferred_output"][0]["content"]) == ("Best", "Worse")


def test_the_last_answer_becomes_the_reference_of_a_reinforcement_row_and_comes_back():
    rows = [chat("user: 2+2?", "assistant: 4", topic="sums")]
    done = Converted(rows, "reinforcement")
    assert done.row == {"messages": [{"role": "user", "content": "2+2?"}], "reference_answer": "4", "topic": "sums"}
    assert spoken(Converted(done.rows, "chat").row) == ["user: 2+2?", "assistant: 4"]


def test_reasoning_has_places_of_its_own():
    answer = {"role": "assistant", "content": "4", "reasoning": "2 and 2"}
    rows = [chat("user: 2+2?", answer)]
    assert Converted(rows, "chat").told == ["key: messages[].reasoning_content × 1"]
    assert Converted(rows, "trl").row["messages"][1]["thinking"] == "2 and 2"
    assert Converted(rows, "sharegpt").row["conversations"][1]["value"] == "<think>\n2 and 2\n</think>\n\n4"
    block = {"reasoningContent": {"reasoningText": {"text": "2 and 2"}}}
    assert Converted(rows, "bedrock").row["messages"][1]["content"] == [block, {"text": "4"}]


def test_a_list_of_messages_is_a_row():
    done = Converted([chat("user: Hi", "assistant: Hello")["messages"]], "chat")
    assert spoken(done.row) == ["user: Hi", "assistant: Hello"]


def test_a_file_of_several_dialects_is_read_row_by_row_and_told_so():
    rows = [
        sharegpt(("human", "Hi"), ("gpt", "A")),
        {"instruction": "Hi", "output": "B"},
        chat("user: Hi", "assistant: C"),
    ]
    done = Converted(rows, "chat")
    assert [row["messages"][1]["content"] for row in done.rows] == ["A", "B", "C"]
    assert done.dialects == {"ShareGPT": 1, "Alpaca": 1, "chat": 1}


def test_what_a_row_is_can_be_said():
    row = {"instruction": "Hi", "output": "Hello", "completion": "Other"}
    assert spoken(Converted([row], "chat", source="columns").row) == ["user: Hi", "assistant: Other"]


def test_every_record_is_written_or_named():
    rows = [chat("user: Hi", "assistant: Hello"), 7, {"a": 1}, {"messages": []}, {"messages": "x"}, "text", None, [1]]
    done = Converted(rows, "chat")
    assert len(done.rows) + sum(loss.count for loss in done.outcome.losses.of("row")) == len(rows)
    assert [(kept["row"], kept["written"]) for kept in done.kept] == [
        (number, []) for number in range(2, len(rows) + 1)
    ]


def test_what_a_row_loses_is_kept_beside_its_place():
    done = Converted([chat("user: Hi", {"role": "assistant", "content": "Hello", "mood": "good"}, id=7)], "chat")
    (kept,) = done.kept
    assert (kept["row"], kept["written"]) == (1, [1])
    assert kept["lost"] == [
        {"what": "key", "name": "messages[].mood", "value": "good"},
        {"what": "key", "name": "id", "value": 7},
    ]


def test_nothing_to_write_is_an_error_that_says_why():
    with pytest.raises(
        FtlintError, match=r"nothing is written: none of the 2 rows can become preference, .* no two answers"
    ):
        Converted(alike(2, chat("user: Hi", "assistant: Hello")), "preference")


def test_a_row_that_holds_no_conversation_is_named():
    rows = [{"instruction": "Add", "instances": []}, {"instruction": "Add", "output": "2"}]
    assert Converted(rows, "chat").told == ["row: the row holds no conversation × 1"]


def test_an_assistant_s_image_has_no_counterpart():
    image = {"type": "image_url", "image_url": {"url": "https://example.com/cat.png", "detail": "tiny"}}
    good = chat({"role": "user", "content": [image]}, "assistant: A cat")
    done = Converted([good, chat("user: Draw", {"role": "assistant", "content": [image]})], "chat")
    told = ["row: content of type image_url in a message of assistant × 1", "key: image_url.detail × 1"]
    assert (len(done.rows), done.told) == (1, told)
    assert errors(done.rows * 12) == []


def test_arguments_that_nest_too_deep_or_are_no_numbers_stay_text():
    for arguments in ("[" * 5000, '{"x": NaN}', '{"x": 1e999}', '{"x": 1, "x": 2}'):
        call = {"id": "call_1", "type": "function", "function": {"name": "clock", "arguments": arguments}}
        done = Converted([chat("user: ?", {"role": "assistant", "tool_calls": [call]})], "trl")
        assert done.row["messages"][1]["tool_calls"][0]["function"]["arguments"] == arguments
        assert done.told == ["changed: arguments of a call that are no JSON object × 1"]


def test_a_prompt_alone_is_enough_for_reinforcement():
    rows = [{"prompt": [{"role": "user", "content": "2+2?"}], "solution_of": "sums", "test": 4}]
    assert Converted(rows, "reinforcement").row == {
        "messages": [{"role": "user", "content": "2+2?"}],
        "solution_of": "sums",
        "test": 4,
    }
    with pytest.raises(FtlintError, match="no answer is found under the keys"):
        Converted(rows, "chat")
