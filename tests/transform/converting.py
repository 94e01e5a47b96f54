"""Rows after a conversion, and what was said about it, in a line each."""

import io
import json
import tempfile
from pathlib import Path

from ftlint.transform.convert import convert
from ftlint.transform.job import Job
from tests.support import dumped


class Converted:
    """What a conversion wrote and told."""

    def __init__(self, content, to, name="rows.jsonl", **options):
        output, keep = io.BytesIO(), io.BytesIO()
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory, name)
            path.write_bytes(dumped(content))
            self.outcome = convert([str(path)], Job(to, **options), output, keep)
        self.rows = [json.loads(line) for line in output.getvalue().splitlines()]
        self.kept = [json.loads(line) for line in keep.getvalue().splitlines()]
        self.dialects = dict(self.outcome.inputs[0].dialects)

    @property
    def row(self):
        """The only row."""
        (row,) = self.rows
        return row

    @property
    def told(self):
        """`what: name × count`, as it is listed."""
        found = self.outcome.losses.of("row", "turn", "key", "changed", "added")
        return [f"{loss.what}: {loss.name} × {loss.count}" for loss in found]


def spoken(row):
    """The messages of a chat row as `role: text`."""
    return [f"{message['role']}: {message.get('content')}" for message in row["messages"]]
