"""Files for the examples of this family: prompt/completion rows of an invented shop."""

import json
from collections.abc import Iterable

THINGS = ("lamp", "chair", "desk", "kettle", "clock", "shelf", "mirror", "carpet", "stool", "bench", "vase", "basket")
PRICES = ("nine", "twelve", "thirty", "seven", "forty", "five", "eighty", "ten", "three", "fifty", "six", "sixty")


def pairs(prompt: str, completion: str) -> list[tuple[str, str]]:
    """Twelve pairs. What stands for `{0}` and `{1}` in prompt and completion differs from row to row."""
    return [
        (prompt.format(thing, price), completion.format(price, thing))
        for thing, price in zip(THINGS, PRICES, strict=True)
    ]


def rows(pairs: Iterable[tuple[str, str]]) -> bytes:
    """A file of these pairs."""
    return "".join(json.dumps({"prompt": prompt, "completion": text}) + "\n" for prompt, text in pairs).encode()


PROMPT = "{0} from shelf {1}\n\n###\n\n"
COMPLETION = " {0} euros for a {1} END"
PREPARED = rows(pairs(PROMPT, COMPLETION))
"""With a separator, a leading space and an ending."""
