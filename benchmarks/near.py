"""
Near-duplicates beside rensa and datasketch: time, memory, and what is found (`python -m benchmarks.near`).

A hundred thousand texts, one in ten a copy of another in which some words were changed. All find candidates by MinHash
with 25 bands of 5, of the same shingles; what is said to be confirmed compared each candidate shingle by shingle. Each
runs in a process of its own; times are those of the processor. rensa and datasketch are measured where they are
installed: `pip install rensa datasketch`.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from random import Random

from benchmarks.prose import scripts
from ftlint.formats.clusters import Digests
from ftlint.formats.identity import digest
from ftlint.formats.near import BAND_BINS, BANDS, SIMILAR, shingles, similarity
from ftlint.formats.signatures import Near, Signatures

BINS = BANDS * BAND_BINS
CHANGED = 0.2
"""Up to so large a share of the shingles of a copy is changed: of the copies, about half are near-duplicates."""
AT_ONCE = 1000
LEAST = 0.85
"""Below it, pairs are hard to find."""

Pairs = Iterator[tuple[int, int]]


def write(path: Path, documents: int) -> None:
    """So many texts, a JSON string a line, with the number of the text that each is a copy of."""
    random = Random(20261125)
    script = scripts(random)["english"]
    originals: list[tuple[int, list[str]]] = []
    with path.open("w", encoding="utf-8") as file:
        for number in range(documents):
            if number % 10 == 9:
                origin, words = random.choice(originals)
                words = [*words]
                for _ in range(max(1, round(random.uniform(0, CHANGED) * len(words) / 3))):
                    words[random.randrange(len(words))] = f"word{random.randrange(10**6)}"
            else:
                origin, words = number, script.text(random, random.randint(200, 1500)).split()
                originals.append((number, words))
            file.write(json.dumps([origin, " ".join(words)]) + "\n")


def ours(texts: list[str], confirm: bool) -> Pairs:
    """As FT702 and `ftlint dedupe --near` find them."""
    signatures, contents = Signatures(), Digests()
    for text in texts:
        signatures.add(text)
        contents.add(digest(text))
    nearest = Near(signatures, texts.__getitem__).nearest(contents)
    return ((row, nearest.firsts[row]) for row, share in enumerate(nearest.shares) if share)


def with_rensa(texts: list[str], confirm: bool) -> Pairs:
    """By rensa's index."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(SIMILAR, BINS, BANDS)
    number = 0
    for batch in _batches(texts):
        for hashed in RMinHash.from_token_sets([list(shingles(text)) for text in batch], BINS, 42):
            yield from _confirmed(texts, number, index.query(hashed), confirm)
            index.insert(number, hashed)
            number += 1


def with_datasketch(texts: list[str], confirm: bool) -> Pairs:
    """By datasketch's index."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(num_perm=BINS, params=(BANDS, BAND_BINS))
    for number, text in enumerate(texts):
        hashed = MinHash(num_perm=BINS)
        hashed.update_batch([shingle.encode() for shingle in shingles(text)])
        yield from _confirmed(texts, number, index.query(hashed), confirm)
        index.insert(number, hashed, check_duplication=False)


def _batches(texts: list[str]) -> Iterator[list[str]]:
    return (texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE))


def _confirmed(texts: list[str], number: int, candidates: list[int], confirm: bool) -> Pairs:
    if not confirm:
        yield from ((number, candidate) for candidate in candidates)
    elif candidates:
        mine = shingles(texts[number])
        yield from ((number, other) for other in candidates if similarity(mine, shingles(texts[other])) >= SIMILAR)


CONTENDERS: dict[str, tuple[Callable[[list[str], bool], Pairs], bool, str]] = {
    "ftlint, confirmed": (ours, True, "ftlint"),
    "rensa": (with_rensa, False, "rensa"),
    "rensa, confirmed": (with_rensa, True, "rensa"),
    "datasketch": (with_datasketch, False, "datasketch"),
    "datasketch, confirmed": (with_datasketch, True, "datasketch"),
}


def measure(path: Path, name: str) -> None:
    """Print a line of the table: time, memory, the near-duplicates that were found, and pairs that are none."""
    with path.open(encoding="utf-8") as file:
        origins, texts = zip(*map(json.loads, file), strict=True)
    find, confirm, _ = CONTENDERS[name]
    start = time.process_time()
    found = list(find(list(texts), confirm))
    taken = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    rows = {row for row, _ in found}
    copies = [(row, origin) for row, origin in enumerate(origins) if row != origin]
    shares = {row: similarity(shingles(texts[row]), shingles(texts[origin])) for row, origin in copies}
    near = [row for row, share in shares.items() if share >= SIMILAR]
    hard = [row for row in near if shares[row] < LEAST]
    wrong = sum(similarity(shingles(texts[one]), shingles(texts[other])) < SIMILAR for one, other in found)
    cells = [f"{taken:.1f} s", f"{peak} MB", _share(near, rows), _share(hard, rows), f"{wrong:,}"]
    print(f"| {name:21} | " + " | ".join(f"{cell:>20}" for cell in cells) + " |", flush=True)


def _share(wanted: list[int], found: set[int]) -> str:
    hits = sum(row in found for row in wanted)
    return f"{hits:,} of {len(wanted):,} ({hits / max(1, len(wanted)):.2%})"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        write(options.write, options.documents)
        return
    if options.measure:
        measure(Path(options.measure[0]), options.measure[1])
        return
    this = [sys.executable, "-m", "benchmarks.near"]
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "texts.jsonl")
        subprocess.run([*this, "--write", str(path), "--documents", str(options.documents)], check=True)
        print(f"{options.documents:,} texts, {path.stat().st_size >> 20} MB")
        heads = ["time", "peak", "found", f"below {LEAST}", "wrong pairs"]
        print(f"| {'':21} | " + " | ".join(f"{head:>20}" for head in heads) + " |")
        print(f"|{'-' * 23}|" + "|".join(["-" * 21 + ":"] * len(heads)) + "|", flush=True)
        for name, (_, _, package) in CONTENDERS.items():
            if find_spec(package) is None:
                print(f"{name}: not measured, {package} is not installed")
                continue
            subprocess.run([*this, "--measure", str(path), name], check=True)


if __name__ == "__main__":
    main()
