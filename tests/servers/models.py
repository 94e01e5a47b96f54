"""Models of the service, and what they answer: always the same to the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.servers.options import Json, Options, Refusal

Names = Mapping[str, int]
"""Models that can be asked, and when each was made (seconds since 1970)."""


def list_of(options: Options, names: Names) -> Json:
    """All models."""
    return {"object": "list", "data": [one_of(options, names, name) for name in names]}


def one_of(options: Options, names: Names, name: str) -> Json:
    """A model. Raises Refusal (404)."""
    if name not in names:
        raise Refusal(404, f"The model '{name}' does not exist", "model_not_found", "model")
    return {"id": name, "object": "model", "created": names[name], "owned_by": "acme", **options.extra}


def complete(options: Options, names: Names, body: Any) -> Json:
    """The answer of a model, to messages or to a prompt. Raises Refusal (404, 400)."""
    body = body if isinstance(body, dict) else {}
    model, messages, prompt = str(body.get("model")), body.get("messages"), body.get("prompt")
    if model.partition(":ckpt-step-")[0] not in names:
        raise Refusal(404, f"The model '{model}' does not exist or you do not have access to it", "model_not_found")
    if body.get("stream"):
        raise Refusal(400, "This server does not stream", None, "stream")
    chat = isinstance(messages, list)
    asked = messages[-1].get("content") if chat and messages and isinstance(messages[-1], dict) else prompt
    if asked is None:
        raise Refusal(400, "There are neither messages nor a prompt", None, "messages")
    text = asked if isinstance(asked, str) else json.dumps(asked, ensure_ascii=False)
    reply = options.reply(model, text)
    choice: Json = {"index": 0, "finish_reason": "stop", "logprobs": None}
    choice |= {"message": {"role": "assistant", "content": reply, "refusal": None}} if chat else {"text": reply}
    counts = {"prompt_tokens": len(text) // 4 + 1, "completion_tokens": len(reply) // 4 + 1}
    made: Json = {"id": options.new_id("chatcmpl-"), "created": options.now(), "model": model, "choices": [choice]}
    made |= {"object": "chat.completion" if chat else "text_completion"}
    return made | {"usage": counts | {"total_tokens": sum(counts.values())}} | options.extra
