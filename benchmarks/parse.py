"""The least that any check must do: parse every row, here with orjson. Run as `python parse.py FILE`."""

import sys

import orjson

with open(sys.argv[1], "rb") as file:  # noqa: PTH123  (no import that the loop does not need)
    for line in file:
        orjson.loads(line)
