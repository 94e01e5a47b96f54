"""Values for the examples: made when someone asks, for hosts of code refuse whatever looks like a key."""

from hashlib import sha256

from ftlint.core.private.checks import BASE62


def letters(name: str, size: int) -> str:
    """Letters and digits, always the same for a name."""
    found = ""
    while len(found) < size:
        digest = sha256(f"{name}{len(found)}".encode()).digest()
        found += "".join(BASE62[byte % 62] for byte in digest)
    return found[:size]


def said(text: str) -> dict[str, object]:
    """A row in which the user says this."""
    return {"messages": [{"role": "user", "content": text}, {"role": "assistant", "content": "I will look into it."}]}
