"""
Pack a rank file of tiktoken into the form in which ftlint ships it.

    python scripts/pack_vocabulary.py cl100k_base.tiktoken ftlint/tokens/vocabularies/cl100k_base.bin

A rank file has one line per token, `base64(token) rank`, in rank order and without gaps; it is the file that
tiktoken downloads and keeps in its cache. The packed file holds one byte per token with the token's length,
in rank order, then the tokens in the same order, all of it deflated by zlib at level 9. (With all lengths
first it is 6 % smaller than with each length before its token.)

The script prints the SHA-256 of the rank file. Compare it with `expected_hash` in tiktoken's
`tiktoken_ext/openai_public.py` before you commit the result; the tests do the same with what is shipped.
"""

from __future__ import annotations

import base64
import hashlib
import sys
import zlib
from pathlib import Path


def parse(ranks: bytes) -> list[bytes]:
    """Read the tokens of a rank file, by rank."""
    tokens = []
    for number, line in enumerate(ranks.splitlines()):
        token, rank = line.split()
        if int(rank) != number:
            raise SystemExit(f"error: line {number + 1} has rank {int(rank)}; ranks must be 0, 1, 2, …")
        tokens.append(base64.b64decode(token))
    return tokens


def pack(tokens: list[bytes]) -> bytes:
    """Deflate the lengths of all tokens, one byte each, and then the tokens."""
    return zlib.compress(bytes(map(len, tokens)) + b"".join(tokens), 9)


def main(arguments: list[str]) -> None:
    """Pack the rank file named first into the file named second."""
    if len(arguments) != 2:
        raise SystemExit("usage: pack_vocabulary.py RANKS.tiktoken PACKED.bin")
    ranks = Path(arguments[0]).read_bytes()
    tokens = parse(ranks)
    packed = pack(tokens)
    Path(arguments[1]).write_bytes(packed)
    print(f"sha256 of the ranks: {hashlib.sha256(ranks).hexdigest()}")
    print(f"{len(tokens)} tokens, {len(ranks)} bytes packed into {len(packed)}")


if __name__ == "__main__":
    main(sys.argv[1:])
