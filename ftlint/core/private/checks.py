"""What tells a secret from what only looks like one: checksums, and whether it is random at all."""

from __future__ import annotations

import binascii
import json
import re
from base64 import urlsafe_b64decode
from collections import Counter
from collections.abc import Callable, Mapping
from math import log2
from typing import Any
from zlib import crc32

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
LEAST_BITS = 2.7
"""Of entropy a character. Sixteen random characters out of 32 have 3.5 of them, with a deviation of 0.15."""
MOST_ALIKE = 0.4
"""The share of characters that may be those before them, or the next ones of the alphabet: of hexadecimal digits an
eighth are, by chance."""
RUN = re.compile(r"(.)\1{6}")
SLUG = re.compile(r"[a-z_-]+")
"""Words, `not-a-real-key`: of what is random, a digit or a capital letter is a part."""
# Of five letters at least: fewer come up in random text.
PLACEHOLDER = re.compile(
    r"example|placeholder|redacted|changeme|sample|dummy|your[_-]|[_-]here|insert[_-]|qwerty|asdfgh|xxxxx|deadbeef",
    re.IGNORECASE,
)
WORD = re.compile(
    r"p[a4@][s5$]{2}|pwd|s[e3]cr[e3]t|hunter2|user|admin|root|test|guest|example|change|xxx|\*\*|redacted|your|token|placeholder|\.\.\.|…",
    re.IGNORECASE,
)
"""What stands for a password in documentation."""
VARIABLE = re.compile(r"[${}\[\]()]|%(?![0-9A-Fa-f]{2})")
SHORTEST_PASSWORD = 6
BASE64 = re.compile("[A-Za-z0-9+/]{32,}")
"""Lines of a private key have 64 characters, words of a text that speaks of one fewer."""
LEAST_KEY = 64
"""Characters of such lines in a private key."""
EXAMPLES = (("sub", "1234567890"), ("iss", "joe"))
"""Claims in the examples of https://jwt.io and of RFC 7519 and 7515."""


def is_random(body: str) -> bool:
    """Whether nobody wrote this by hand: not a word for a placeholder, a run of one character, or of the alphabet."""
    if PLACEHOLDER.search(body) or RUN.search(body) or SLUG.fullmatch(body):
        return False
    if entropy(body) < LEAST_BITS:
        return False
    low = body.lower()
    return max(_alike(low, 1), _alike(low, 2)) < MOST_ALIKE


def _alike(text: str, distance: int) -> float:
    pairs = list(zip(text, text[distance:], strict=False))
    return sum(ord(later) - ord(before) in (0, 1) for before, later in pairs) / max(1, len(pairs))


def entropy(text: str) -> float:
    """Bits a character, after Shannon."""
    size = len(text)
    return -sum(count / size * log2(count / size) for count in Counter(text).values())


def has_crc(body: str) -> bool:
    """Whether the last six characters are the CRC-32 of those before, in base 62."""
    return is_random(body) and body[-6:] == base62(crc32(body[:-6].encode()))


def base62(number: int) -> str:
    """Six digits: 0 to 9, A to Z, a to z."""
    found = ""
    for _ in range(6):
        number, digit = divmod(number, 62)
        found = BASE62[digit] + found
    return found


def is_web_token(body: str) -> bool:
    """Whether the first part is JSON that names an algorithm; not the example that everybody shows. Without `eyJ`."""
    header, _, rest = ("eyJ" + body).partition(".")
    found = _json(header)
    if not isinstance(found, dict) or "alg" not in found:
        return False
    claims = _json(rest.partition(".")[0])
    return not (isinstance(claims, dict) and any(claims.get(name) == value for name, value in EXAMPLES))


def _json(part: str) -> Any:
    try:
        return json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return None


def is_password(password: str) -> bool:
    """Whether it is more than a word or a variable that stands for one."""
    if len(password) < SHORTEST_PASSWORD or WORD.search(password) or VARIABLE.search(password):
        return False
    is_word = password.isalpha() and (password.islower() or password.isupper())
    return RUN.search(password) is None and not is_word and not password.isdigit() and _alike(password, 1) < MOST_ALIKE


def is_key_block(body: str) -> bool:
    """Whether a private key stands between the lines that begin and end one."""
    runs = BASE64.findall(re.sub(r"\\[nrt]|^[A-Za-z-]+: .*$", " ", body, flags=re.MULTILINE))
    letters = "".join(runs)
    return len(letters) >= LEAST_KEY and is_random(letters)


CHECKS: Mapping[str, Callable[[str], bool]] = {
    "random": is_random,
    "crc": has_crc,
    "jwt": is_web_token,
    "password": is_password,
    "pem": is_key_block,
}
