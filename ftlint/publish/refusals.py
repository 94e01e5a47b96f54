"""What a refusal means, in one sentence: what the service said, and what to do."""

from __future__ import annotations

import json
from typing import Any

from ftlint.core.visible import visible
from ftlint.profiles.errors import recognise
from ftlint.publish.errors import Refused

LONGEST = 1_000
"""Characters of a service's words that are shown."""
REMEDIES = {
    401: "the key in {key_source} is not one of this service, or not any more",
    403: "the key in {key_source} may not do this",
    404: "nothing is there: is the address right (most end in /v1), and does the id belong to this account?",
    413: "the file is larger than the service takes in one request",
    422: "the request does not fit the service's description of its API",
    429: "too many requests, or too many jobs, at once: wait, and type the same again",
}
"""By the status of HTTP, for refusals whose words are not known (`profiles/errors.toml`)."""


def explain_refusal(host: str, status: int, text: str, key_source: str) -> Refused:
    """The refusal that an answer with a status below 500 is. `text` holds no secret any more."""
    message, code = _words_of(text)
    if 300 <= status < 400:
        return Refused(f"{host} points to another address (status {status}); name that one with --base-url", status)
    if not message and text.lstrip()[:1] == "<":
        message = "a web page, not an answer of its API"
    known = next(iter(recognise(f"{code or ''} {message}")), None)
    remedy = (
        known.error.remedy if known and known.error.remedy else REMEDIES.get(status, "").format(key_source=key_source)
    )
    cause = f" {known.error.cause}" if known and known.error.cause else ""
    said = f': "{visible(message[:LONGEST])}"' if message else ""
    kind = f"{status} {visible(code[:100])}" if code else str(status)
    return Refused(
        f"{host} refused the request ({kind}){said}.{cause}{f' {_sentence(remedy)}' if remedy else ''}",
        status,
        code,
        message,
    )


def _words_of(text: str) -> tuple[str, str | None]:
    """Message and code of an error in OpenAI's form, of a problem document, or of a plain JSON error."""
    try:
        body: Any = json.loads(text)
    except (ValueError, RecursionError):
        return ("" if text.lstrip()[:1] == "<" else " ".join(text.split())), None
    if not isinstance(body, dict):
        return str(body), None
    error = body.get("error", body)
    if not isinstance(error, dict):
        return str(error), None
    details = error.get("validation")
    reasons = "; ".join(_validation(one) for one in details[:5]) if isinstance(details, list) else ""
    message = error.get("message") or error.get("detail") or error.get("title") or ""
    code = error.get("code") or (error.get("type") if "error" in body else None)
    return f"{message}{f' ({reasons})' if reasons else ''}", str(code) if code else None


def _validation(one: Any) -> str:
    place = one.get("location") if isinstance(one, dict) else None
    at = ".".join(map(str, place)) if isinstance(place, list) else ""
    return f"{at} {one.get('message', '')}".strip() if isinstance(one, dict) else str(one)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
