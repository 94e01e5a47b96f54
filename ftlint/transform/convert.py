"""Rows of any dialect to rows of another, one after another."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any, BinaryIO

import orjson

from ftlint.core.errors import FtlintError
from ftlint.core.suggest import did_you_mean
from ftlint.core.visible import shorten
from ftlint.transform.conversation import Conversation
from ftlint.transform.dialects import BY_NAME, TARGETS, columns, completion, recognise
from ftlint.transform.dialects.base import Dialect, Row
from ftlint.transform.job import Job, Separators
from ftlint.transform.losses import Losses, NoCounterpart, What
from ftlint.transform.pairs import Pairs
from ftlint.transform.readers import open_records
from ftlint.transform.readers.base import Record

SAMPLE_ROWS = 1000
"""Rows that tell what all prompts of a file end with."""
NAMED_PATHS = 5

Progress = Callable[[str, int, int], None]
"""Told of a file: its name, how far it is read, and how far that goes."""


@dataclass(slots=True)
class Input:
    """What became of a file: its records, the rows written of them, and what they were written in."""

    path: str
    records: int = 0
    written: int = 0
    dialects: Counter[str] = field(default_factory=Counter)
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Outcome:
    """What a conversion did."""

    to: str
    inputs: list[Input]
    losses: Losses

    @property
    def written(self) -> int:
        """Rows of the output."""
        return sum(one.written for one in self.inputs)


def convert(
    paths: Iterable[str],
    job: Job,
    output: BinaryIO,
    keep: BinaryIO | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """
    Write the rows of `paths` to `output` as JSON Lines, and what is lost of each row to `keep`.

    Raises FtlintError where a file cannot be read, or nothing can be written.
    """
    for name, names in ((job.to, TARGETS), (job.source, BY_NAME)):
        if name is not None and name not in names:
            raise FtlintError(f'no such format "{name}".{did_you_mean(name, names)}')
    converter = Converter(job, output, keep)
    for path in paths:
        converter.file(path, stdin, progress)
    converter.finish()
    return Outcome(job.to, converter.inputs, converter.losses)


class Converter:
    """Converts file after file; `losses` and `inputs` grow with them."""

    def __init__(self, job: Job, output: BinaryIO, keep: BinaryIO | None) -> None:
        self.job, self.output, self.keep = job, output, keep
        self.target = BY_NAME[job.to]
        self.given = BY_NAME[job.source] if job.source else None
        self.losses = Losses()
        self.inputs: list[Input] = []
        self.with_separators = (BY_NAME["completion"], BY_NAME["columns"])
        self.pairs = Pairs()
        self.lines = 0
        self.mapped: set[str] = set()
        self.seen_keys: Counter[str] = Counter()

    def file(self, path: str, stdin: BinaryIO | None, progress: Progress | None) -> None:
        """Convert a file."""
        here = Input(path)
        self.inputs.append(here)
        self.losses.path = path
        with open_records(path, stdin, self.job) as reading:
            here.notes = reading.notes
            sample = list(islice(reading.records, SAMPLE_ROWS))
            job = replace(self.job, found=self._separators(sample))
            for number, record in enumerate(chain(sample, reading.records), 1):
                here.records = self.losses.row = number
                self._record(record, job, here)
                if progress is not None and number % 100 == 0:
                    progress(path, reading.position(), reading.size)

    def finish(self) -> None:
        """Tell of what never found its counterpart. Raises FtlintError when no row was written."""
        for here, row, conversation in self.pairs.left():
            self.losses.path, self.losses.row = here.path, row
            self._lost("no row has the same prompt and the other label", _value_of(conversation))
            self._keep([])
        if missing := self.job.columns.keys() - self.mapped:
            name = min(missing)
            key = self.job.columns[name]
            raise FtlintError(f"no row has the key {shorten(key)} of --map {name}.{did_you_mean(key, self.seen_keys)}")
        if any(one.written for one in self.inputs):
            return
        raise FtlintError(f"nothing is written: {self._why()}")

    def _why(self) -> str:
        paths = ", ".join(one.path for one in self.inputs[:NAMED_PATHS])
        records = sum(one.records for one in self.inputs)
        if not records:
            return f"there are no rows in {paths}"
        (first, *others) = self.losses.of("row")
        more = f", and {len(others)} reasons more" if others else ""
        rows = "the only row cannot" if records == 1 else f"none of the {records:,} rows can"
        return f"{rows} become {self.job.to}, in {paths}: {first.name} ({first.count:,}){more}"

    def _separators(self, sample: list[Record]) -> Separators:
        """What the prompts and completions of the file end with; only rows of these keys have them."""
        if not self.job.separators:
            return Separators()
        rows = [row for record in sample if isinstance(row := self._renamed(record.value), dict) and not record.problem]
        rows = [row for row in rows if (self.given or recognise(row)) in self.with_separators]
        return completion.separators(rows, to_remove=self.job.to != "completion")

    def _record(self, record: Record, job: Job, here: Input) -> None:
        self.losses.left.clear()
        before = self.lines
        if record.problem is not None:
            self._lost(record.problem, record.value)
        else:
            self._row(record.value, job, here)
        here.written += self.lines - before
        self._keep(range(before + 1, self.lines + 1))

    def _row(self, value: Any, job: Job, here: Input) -> None:
        row = self._renamed(value)
        if isinstance(row, list) and row and isinstance(row[0], dict) and "role" in row[0]:
            row = {"messages": row}
        if not isinstance(row, dict):
            self._lost("a row is no object", value)
            return
        dialect = self.given or recognise(row)
        if dialect is None:
            self._lost(columns.no_answer(row), value)
            return
        here.dialects[dialect.title] += 1
        if row is not value and isinstance(value, dict):
            for name in self.job.columns.keys() & value.keys() - set(self.job.columns.values()):
                if self.job.columns[name] in value:
                    self.losses("key", f"{name}, whose place --map gave to another", value[name])
        self._read(row, dialect, job, here)

    def _read(self, row: Row, dialect: Dialect, job: Job, here: Input) -> None:
        told: list[tuple[What, str, object]] = []
        any_read = any_written = False
        try:
            for conversation in dialect.read(row, job, lambda *one: told.append(one)):
                any_read = True
                any_written |= self._write(_prepared(conversation, job), row, job, here)
        except NoCounterpart as error:
            self._lost(str(error), row)
        else:
            if not any_read:
                self._lost("the row holds no conversation", row)
        if any_written:
            for one in told:
                self.losses(*one)

    def _write(self, conversation: Conversation, row: Row, job: Job, here: Input) -> bool:
        if job.to == "preference" and conversation.label is not None:
            pair = self.pairs.match(conversation, here, self.losses.row)
            if pair is None:
                return True  # waits
            conversation = pair
        told: list[tuple[What, str, object]] = []
        try:
            rows = list((self.target.write or _never)(conversation, job, lambda *one: told.append(one)))
        except NoCounterpart as error:
            kept = any(entry["value"] is row for entry in self.losses.left)
            self._lost(str(error), _value_of(conversation) if kept else row)
            return False
        for one in told:
            self.losses(*one)
        for made in rows:
            self._put(self.output, made)
            self.lines += 1
        return True

    def _renamed(self, row: Any) -> Any:
        """The row with the names of `--map`."""
        if not self.job.columns or not isinstance(row, dict):
            return row
        if len(self.seen_keys) < 1000:
            self.seen_keys.update(row)
        names = {key: name for name, key in self.job.columns.items() if key in row}
        self.mapped.update(names.values())
        taken = set(names.values()) - names.keys()
        return {names.get(key, key): value for key, value in row.items() if key not in taken}

    @staticmethod
    def _put(file: BinaryIO, value: Row) -> None:
        try:
            file.write(dumps(value))
        except BrokenPipeError:
            raise
        except OSError as error:  # which is not the input's
            raise FtlintError(f"cannot write the rows: {(error.strerror or str(error)).lower()}") from error

    def _lost(self, reason: str, value: object) -> None:
        self.losses("row", reason, value)

    def _keep(self, written: Iterable[int]) -> None:
        if self.keep is not None and self.losses.left:
            place = {"input": self.losses.path, "row": self.losses.row, "written": list(written)}
            self._put(self.keep, place | {"lost": self.losses.left})
        self.losses.left.clear()


def _prepared(conversation: Conversation, job: Job) -> Conversation:
    """The conversation with what the options add to it."""
    messages = conversation.messages
    if job.system and not any(message["role"] in ("system", "developer") for message in messages):
        messages = [{"role": "system", "content": job.system}, *messages]
    if job.last_turn_only:
        last = max((index for index, one in enumerate(messages) if one["role"] == "assistant"), default=-1)
        messages = [
            one | {"weight": 0} if one["role"] == "assistant" and (index != last or conversation.is_pair) else one
            for index, one in enumerate(messages)
        ]
    return conversation if messages is conversation.messages else replace(conversation, messages=messages)


def _value_of(conversation: Conversation) -> Row:
    return {
        "messages": conversation.messages,
        **({"tools": conversation.tools} if conversation.tools else {}),
        **({"chosen": conversation.preferred, "rejected": conversation.rejected} if conversation.is_pair else {}),
        **({"label": conversation.label} if conversation.label is not None else {}),
        **conversation.extras,
    }


def _never(conversation: Conversation, job: Job, report: object) -> Iterator[Row]:
    raise AssertionError(f"{job.to} is not a target")


def dumps(value: Any) -> bytes:
    """A row as a line of JSON."""
    try:
        return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:  # an integer of more than 64 bits, or half of a surrogate pair, out of a cell that holds JSON
        return json.dumps(value).encode() + b"\n"
