"""There and back again: what the report does not name comes back as it was."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftlint.transform.conversation import Conversation
from ftlint.transform.dialects import BY_NAME, TARGETS
from ftlint.transform.job import Job
from ftlint.transform.losses import NoCounterpart
from tests.support import CALL, CLOCK, DOT

texts = st.sampled_from(["Hi", "Hello\nthere", " x", "naïve 😀", "a\u2028b", '"quoted" \\', "{}", "[1]", "User: no"])
maybe_name = st.fixed_dictionaries({}, optional={"name": st.just("ada")})
image = {"type": "image_url", "image_url": {"url": DOT}}
parts = st.lists(st.builds(lambda text: {"type": "text", "text": text}, texts) | st.just(image), min_size=1, max_size=2)


def said(role, content, **optional):
    return st.fixed_dictionaries({"role": st.just(role), "content": content}, optional=optional)


weight = {"weight": st.sampled_from([0, 1])}
reasoning = {"reasoning_content": texts}
user = said("user", texts) | said("user", texts, name=st.just("ada")) | said("user", parts)
assistant = said("assistant", texts, **weight) | said("assistant", texts, **reasoning) | said("assistant", texts)
system = said("system", texts) | said("system", texts) | said("developer", texts)
arguments = st.sampled_from(["{}", '{"zone": "UTC"}', '{"zone":"UTC"}', '{"at": [1, null]}', "no JSON"])
ids = st.sampled_from([("call_1", "call_2"), ("abc", "call_1"), ("call_2", "call_1")])


@st.composite
def called(draw):
    """A turn that calls tools, the results in either order, and what is made of them."""
    names = draw(ids)[: draw(st.integers(1, 2))]
    calls = [
        {"id": id, "type": "function", "function": {"name": "clock", "arguments": draw(arguments)}} for id in names
    ]
    results = [{"role": "tool", "tool_call_id": id, "content": draw(texts)} for id in draw(st.permutations(names))]
    turn = {"role": "assistant", "content": draw(st.none() | texts), "tool_calls": calls}
    return [{"role": "user", "content": "Time?"}, turn, *results, {"role": "assistant", "content": "Noon"}]


exchanges = st.tuples(user, assistant).map(list)
tools = st.sampled_from([None, None, [CLOCK], [{"type": "function", "function": {"name": "clock", "strict": True}}]])
extras = st.fixed_dictionaries({}, optional={"id": st.integers(0, 9), "topic": texts, "prompt": texts})


@st.composite
def conversations(draw):
    """A conversation, a pair of answers, or a labelled answer."""
    messages = draw(st.lists(system, max_size=1))
    messages += [one for part in draw(st.lists(exchanges | called(), min_size=1, max_size=2)) for one in part]
    messages += draw(st.lists(user, max_size=1)) if draw(st.integers(0, 9)) == 0 else []
    kind = draw(st.sampled_from(["plain", "plain", "pair", "label"]))
    if kind == "label" and messages[-1]["role"] == "assistant":
        return Conversation(messages, draw(tools), label=draw(st.booleans()), extras=draw(extras))
    if kind != "pair":
        return Conversation(messages, draw(tools), extras=draw(extras))
    sides = [[draw(assistant)], [draw(assistant)]]
    while messages and messages[-1]["role"] == "assistant":
        messages.pop()
    return Conversation(messages, draw(tools), *sides, extras=draw(extras))


class Told(list):
    """What was reported, but for ids that calls did not have: they are the same each time."""

    def __call__(self, what, name, value):
        if name != "ids of tool calls":
            self.append((what, name))


def rows_of(name, conversations, told):
    job = Job(name, separators=False)
    return [row for one in conversations for row in BY_NAME[name].write(one, job, told)]


def read_all(name, rows, told, to):
    job = Job(to, separators=False)
    return [one for row in rows for one in BY_NAME[name].read(json.loads(json.dumps(row)), job, told)]


def there_and_back(start, through, conversation):
    """The rows of a conversation, the same after the way through another dialect, and what was reported on it."""
    first = rows_of(start, [conversation], Told())
    told = Told()
    middle = rows_of(through, read_all(start, first, told, through), told)
    last = rows_of(start, read_all(through, middle, told, start), told)
    return first, last, told


PAIRS = [(start, through) for start in TARGETS for through in TARGETS]


@pytest.mark.parametrize(("start", "through"), PAIRS)
@given(conversation=conversations())
def test_what_the_report_does_not_name_comes_back_as_it_was(start, through, conversation):
    try:
        first, last, told = there_and_back(start, through, conversation)
    except NoCounterpart:
        return
    assert told or last == first


plain = Conversation([{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}])
ruled = Conversation([{"role": "system", "content": "Be brief"}, *plain.messages])
longer = Conversation(
    [*ruled.messages, {"role": "user", "content": "Bye"}, {"role": "assistant", "content": "See you"}]
)
calling = Conversation(
    [
        {"role": "user", "content": "Time?"},
        {"role": "assistant", "content": None, "tool_calls": [CALL]},
        {"role": "tool", "tool_call_id": "call_1", "content": "12"},
        {"role": "assistant", "content": "Noon"},
    ],
    [CLOCK],
)
compared = Conversation(
    ruled.messages[:2], None, [{"role": "assistant", "content": "Hello"}], [{"role": "assistant", "content": "What?"}]
)
good = Conversation(plain.messages, label=True)
CHAT_LIKE = [name for name in TARGETS if name not in ("completion", "preference", "kto", "reinforcement")]
WITH_TOOLS = [name for name in CHAT_LIKE if name != "alpaca"]
PAIR_FORMATS = ("preference", "trl", "sharegpt", "gemini")
LOSSLESS = [
    *((one, start, through) for one in (plain, ruled, longer) for start in CHAT_LIKE for through in CHAT_LIKE),
    *((calling, start, through) for start in WITH_TOOLS for through in WITH_TOOLS),
    *((plain, start, "completion") for start in (*CHAT_LIKE, "completion")),
    *((compared, start, end) for start in PAIR_FORMATS for end in PAIR_FORMATS),
    *((plain, start, "reinforcement") for start in ("chat", "reinforcement", "trl")),
]


@pytest.mark.parametrize(("conversation", "start", "through"), LOSSLESS)
def test_what_is_common_to_two_formats_goes_through_without_a_loss(conversation, start, through):
    first, last, told = there_and_back(start, through, conversation)
    assert told == []
    assert last == first != []


def test_labelled_answers_go_through_other_formats_with_labels():
    for through in ("kto", "trl", "sharegpt"):
        first, last, told = there_and_back("kto", through, good)
        assert (told, last) == ([], first)
