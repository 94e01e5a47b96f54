"""Small rows, one peculiarity each, about which targets differ."""

from tests.support import CLOCK, DOT, IMAGE, chat

USER, ANSWER = "user: Hi", "assistant: Hello"
CALL = {"id": "a1B2c3D4e", "type": "function", "function": {"name": "clock", "arguments": "{}"}}
CALLS = {"role": "assistant", "content": None, "tool_calls": [CALL]}
RESULT = {"role": "tool", "tool_call_id": "a1B2c3D4e", "content": "12:05"}
DESCRIBED = {**CLOCK, "function": {**CLOCK["function"], "description": "The time"}}
TOOLS = [DESCRIBED]
TEXT = {"type": "text", "text": "Hi"}


def assistant(**keys):
    """The answer, with more keys."""
    return {"role": "assistant", "content": "Hello", **keys}


def calls(**keys):
    """An assistant's call, changed."""
    return {**CALLS, "tool_calls": [{**CALL, **keys}]}


LINK = {"type": "image_url", "image_url": {"url": "https://example.com/cat.png"}}
DATA = {"type": "image_url", "image_url": {"url": DOT}}

ROWS = {
    "plain": chat(USER, ANSWER),
    "system first": chat("system: Be brief.", USER, ANSWER),
    "system second": chat(USER, "system: Be brief.", ANSWER),
    "two systems": chat("system: Be brief.", "system: Be kind.", USER, ANSWER),
    "developer": chat("developer: Be brief.", USER, ANSWER),
    "function role": chat(USER, ANSWER, {"role": "function", "name": "clock", "content": "12"}, ANSWER),
    "legacy call": chat(
        USER,
        {"role": "assistant", "content": None, "function_call": CALL["function"]},
        functions=[DESCRIBED["function"]],
    ),
    "human": chat("human: Hi", ANSWER),
    "two users": chat(USER, USER, ANSWER),
    "two assistants": chat(USER, ANSWER, ANSWER),
    "assistant first": chat(ANSWER, USER, ANSWER),
    "assistant alone": chat(ANSWER),
    "user alone": chat(USER),
    "user last": chat(USER, ANSWER, USER),
    "empty answer": chat(USER, "assistant: "),
    "null answer": chat(USER, {"role": "assistant", "content": None}),
    "no content": chat(USER, {"role": "assistant"}),
    "null question": chat({"role": "user", "content": None}, ANSWER),
    "parts everywhere": chat({"role": "user", "content": [TEXT]}, {"role": "assistant", "content": [TEXT]}),
    "parts and text": chat({"role": "user", "content": [TEXT]}, ANSWER),
    "weight 0": chat(USER, assistant(weight=0), USER, ANSWER),
    "weight 1.0": chat(USER, assistant(weight=1.0)),
    "weight 0.5": chat(USER, assistant(weight=0.5)),
    "weight true": chat(USER, assistant(weight=True)),
    "weight null": chat(USER, assistant(weight=None)),
    "weight of the user": chat({"role": "user", "content": "Hi", "weight": 0}, ANSWER),
    "name": chat({"role": "user", "content": "Hi", "name": "ada"}, ANSWER),
    "extra key": chat(USER, ANSWER, source="faq"),
    "extra message key": chat(USER, assistant(mood="good")),
    "reasoning": chat(USER, assistant(reasoning_content="Hm")),
    "call at the end": chat(USER, CALLS, tools=TOOLS),
    "call and result": chat(USER, CALLS, RESULT, ANSWER, tools=TOOLS),
    "call without result": chat(USER, CALLS, USER, ANSWER, tools=TOOLS),
    "result without call": chat(USER, ANSWER, RESULT, ANSWER, tools=TOOLS),
    "two results": chat(
        USER,
        {**CALLS, "tool_calls": [CALL, {**CALL, "id": "a1B2c3D4f"}]},
        RESULT,
        {**RESULT, "tool_call_id": "a1B2c3D4f"},
        ANSWER,
        tools=TOOLS,
    ),
    "call with text": chat(USER, {**CALLS, "content": "One moment"}, tools=TOOLS),
    "long id": chat(USER, calls(id="call_abc123"), tools=TOOLS),
    "no id": chat(USER, {**CALLS, "tool_calls": [{"type": "function", "function": CALL["function"]}]}, tools=TOOLS),
    "object arguments": chat(USER, calls(function={"name": "clock", "arguments": {}}), tools=TOOLS),
    "undescribed tool": chat(USER, ANSWER, tools=[CLOCK]),
    "linked image": chat({"role": "user", "content": [TEXT, LINK]}, {"role": "assistant", "content": [TEXT]}),
    "image in place": chat({"role": "user", "content": [TEXT, DATA]}, {"role": "assistant", "content": [TEXT]}),
    "image as a string": chat(
        {"role": "user", "content": [TEXT, {**LINK, "image_url": "https://example.com/cat.png"}]},
        {"role": "assistant", "content": [TEXT]},
    ),
    "image of the assistant": chat(
        {"role": "user", "content": [TEXT]}, {"role": "assistant", "content": [TEXT, IMAGE]}
    ),
}
