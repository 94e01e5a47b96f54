"""A model tried on rows: what it would cost, the requests one after the other, what came back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from ftlint.core.errors import FtlintError
from ftlint.profiles.model import Price, Profile
from ftlint.publish.errors import Refused, UnknownOutcome
from ftlint.publish.openai import Json, Service
from ftlint.publish.prompts import CHAT, COMPLETION, Answer, Prompt, answer_of

LIMITS = ("max_tokens", "max_completion_tokens")
"""Fields of a request that say how many tokens an answer may have."""
ENDING = (401, 403)
"""Statuses of refusals that would meet every request."""


class Tried(NamedTuple):
    """A model that is asked: its name in the request, what is known of it, its price as a fine-tuned model."""

    name: str
    profile: Profile | None
    price: Price | None


class Estimate(NamedTuple):
    """
    What asking a model costs at most: tokens of all prompts, tokens of all answers at most, dollars.

    None: not known.
    """

    model: str
    prompt_tokens: int | None
    output_tokens: int
    usd: Decimal | None


class Limits(NamedTuple):
    """What a request says beside its prompt."""

    max_output_tokens: int
    temperature: float | None = None


class Reply(NamedTuple):
    """What came back from a model: an answer (`cut` where it reached the limit), or why there is none."""

    model: str
    answer: Answer | None = None
    cut: bool = False
    usage: Json = {}
    error: FtlintError | None = None


class Outcome(NamedTuple):
    """A prompt and the reply of each model, in their order."""

    prompt: Prompt
    replies: list[Reply]


def estimate(tried: Tried, prompts: Sequence[Prompt], limit: int) -> Estimate:
    """The most that asking all prompts costs."""
    output = limit * len(prompts)
    counted = [prompt.tokens for prompt in prompts if prompt.tokens is not None]
    tokens = sum(counted) if len(counted) == len(prompts) else None
    return Estimate(tried.name, tokens, output, _cost(tried.price, tokens, output))


def spent(tried: Tried, replies: Sequence[Reply]) -> Decimal | None:
    """What the tokens that the service reports cost; None when the price or a report is missing."""
    answered = [reply for reply in replies if reply.model == tried.name and reply.answer is not None]
    if not answered:
        return Decimal(0)
    counts = [(_count(reply, "prompt_tokens"), _count(reply, "completion_tokens")) for reply in answered]
    if any(None in pair for pair in counts):
        return None
    return _cost(tried.price, *(sum(count or 0 for count in column) for column in zip(*counts, strict=True)))


def outcomes(service: Service, prompts: Sequence[Prompt], models: Sequence[Tried], limits: Limits) -> Iterator[Outcome]:
    """
    Ask every model every prompt, one request at a time.

    A refused prompt is an outcome like others. What would meet every further one is raised, after the outcome that it
    met: a wrong key, an account without credit, no connection, two answers in a row that never came.
    """
    lost = 0
    for prompt in prompts:
        replies: list[Reply] = []
        for tried in models:
            replies.append(_ask(service, prompt, tried, limits))
            error = replies[-1].error
            lost = lost + 1 if isinstance(error, UnknownOutcome) else 0
            if error is not None and (lost > 1 or _ends(error)):
                yield Outcome(prompt, replies)
                raise error
        yield Outcome(prompt, replies)


def record(outcome: Outcome, content: bool) -> dict[str, Any]:
    """An outcome as JSON values; without `content`, its texts are left out: what was equal and what it took stays."""
    prompt = outcome.prompt
    return {
        "row": prompt.row,
        "prompt": prompt.body if content else None,
        "expected": _plain(prompt.expected) if content else None,
        "answers": [
            {
                "model": reply.model,
                **((_plain(reply.answer) if content else None) or {"text": None, "tool_calls": None}),
                "equal": reply.answer.equals(prompt.expected) if reply.answer and prompt.expected else None,
                "cut": reply.cut,
                "usage": reply.usage,
                "error": str(reply.error) if reply.error else None,
            }
            for reply in outcome.replies
        ],
    }


def sums(tried: Tried, done: Sequence[Outcome]) -> dict[str, Any]:
    """How a model did in all: answers, those that are the expected ones, tokens as reported, what they cost."""
    own = [(one.prompt.expected, reply) for one in done for reply in one.replies if reply.model == tried.name]
    answered = [(expected, reply.answer) for expected, reply in own if reply.answer is not None]
    compared = [answer.equals(expected) for expected, answer in answered if expected is not None]
    usd = spent(tried, [reply for _, reply in own])
    return {
        "model": tried.name,
        "answered": len(answered),
        "failed": len(own) - len(answered),
        "compared": len(compared),
        "equal": sum(compared),
        "prompt_tokens": sum(_count(reply, "prompt_tokens") or 0 for _, reply in own),
        "completion_tokens": sum(_count(reply, "completion_tokens") or 0 for _, reply in own),
        "usd": None if usd is None else float(usd),
    }


def _plain(answer: Answer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    calls = [{"name": name, "arguments": arguments} for name, arguments in answer.calls]
    return {"text": answer.text, "tool_calls": calls}


def _ask(service: Service, prompt: Prompt, tried: Tried, limits: Limits) -> Reply:
    field = tried.profile.output_limit if tried.profile and prompt.path == CHAT else LIMITS[0]
    try:
        try:
            answered = service.post(prompt.path, _request(prompt, tried, limits, field))
        except Refused as refused:
            other = LIMITS[1 - LIMITS.index(field)]
            if tried.profile is not None or other not in refused.said:
                raise
            # Which field a model takes is known by its name alone; this one says so itself, and nothing was done.
            answered = service.post(prompt.path, _request(prompt, tried, limits, other))
        reply = _reply(tried.name, prompt.path, answered)
        return reply._replace(answer=reply.answer and _scrubbed(reply.answer, service.scrub))
    except FtlintError as error:
        return Reply(tried.name, error=error)


def _scrubbed(answer: Answer, scrub: Callable[[str], str]) -> Answer:
    """Before lines are wrapped, and may part a secret that a service repeats."""
    return Answer(scrub(answer.text), tuple((scrub(name), scrub(arguments)) for name, arguments in answer.calls))


def _request(prompt: Prompt, tried: Tried, limits: Limits, field: str) -> Json:
    own: Json = {"model": tried.name, **prompt.body, field: limits.max_output_tokens}
    if limits.temperature is not None:
        own["temperature"] = limits.temperature
    return own


def _reply(model: str, path: str, answered: Json) -> Reply:
    """Raises UnknownOutcome for an answer that holds none; it was paid for all the same."""
    choices = answered.get("choices")
    choice: Any = choices[0] if isinstance(choices, list) and choices else None
    try:
        if not isinstance(choice, dict):
            raise ValueError
        answer = Answer(str(choice["text"])) if path == COMPLETION else answer_of(choice.get("message"))
    except (ValueError, KeyError):
        raise UnknownOutcome("the service answered, but with no text of a model") from None
    reported = answered.get("usage")
    usage = reported if isinstance(reported, dict) else {}
    return Reply(model, answer, choice.get("finish_reason") == "length", usage)


def _count(reply: Reply, name: str) -> int | None:
    """Tokens that the service reports; None where it does not."""
    value = reply.usage.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _ends(error: FtlintError) -> bool:
    if isinstance(error, Refused):
        return error.status in ENDING or error.code == "insufficient_quota"
    return not isinstance(error, UnknownOutcome)


def _cost(price: Price | None, prompt: int | None, output: int) -> Decimal | None:
    if price is None or price.input is None or price.output is None or prompt is None:
        return None
    return (prompt * price.input + output * price.output).scaleb(-6)
