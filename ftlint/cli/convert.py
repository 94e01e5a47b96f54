"""`ftlint convert`."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

import click

from ftlint.cli import output
from ftlint.core.errors import FtlintError
from ftlint.sources.files import IN_MEMORY
from ftlint.transform.job import LOSS_FLAGS, Job

STDOUT = "-"
LONG_WORK = 20 << 20
"""Bytes of input from which on a bar shows how far it is."""
OPENAI = ("chat", "completion", "preference", "reinforcement")
TARGETS = (*OPENAI, "sharegpt", "alpaca", "trl", "kto", "gemini", "bedrock", "anthropic")
SOURCES = (*TARGETS, "llama-factory", "openassistant", "toolbench", "columns")
ROLES = ("system", "developer", "user", "assistant", "tool")


class Pair(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.2
    """Two words with an equals sign between them."""

    name = "name=value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Split them."""
        if isinstance(value, tuple):
            return value
        name, equals, rest = value.partition("=")
        if not equals or not name or not rest:
            self.fail(f'"{value}" is not of the form NAME=VALUE', param, ctx)
        return name, rest


@click.command("convert")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--output", "target", required=True, metavar="FILE", help="File to write; - is standard output.")
@click.option("--to", required=True, type=click.Choice(TARGETS), help="What to write.")
@click.option("--from", "source", type=click.Choice(SOURCES), help="What the rows are; by default each is recognised.")
@click.option(
    "--map", "columns", multiple=True, type=Pair(), metavar="NAME=KEY", help="Read NAME (prompt, …) from the key KEY."
)
@click.option(
    "--role", "roles", multiple=True, type=Pair(), metavar="NAME=ROLE", help="Who a speaker is: user, assistant, …"
)
@click.option("--system", metavar="TEXT", help="System message for rows that have none.")
@click.option("--last-turn-only", is_flag=True, help="Train on the last answer only: weight 0 for those before it.")
@click.option(
    "--alpaca-join",
    "join",
    type=click.Choice(["newline", "template"]),
    default="newline",
    help="How instruction and input become one text; template is Stanford's.",
)
@click.option("--loss-flag", type=click.Choice(LOSS_FLAGS), help="Key that says whether a turn is learned.")
@click.option(
    "--separators/--no-separators",
    default=True,
    help="Remove separators and endings that all prompts and completions have, and put them where they are written.",
)
@click.option("--sheet", metavar="NAME", help="Sheet of a spreadsheet; by default the first.")
@click.option("--encoding", metavar="NAME", help="Encoding of a table or a text; by default UTF-8.")
@click.option("--strict", is_flag=True, help="Write nothing and exit with 1 when something would be lost.")
@click.option("--keep-extra", metavar="FILE", help="Write what is lost to a file, one line a row.")
@click.option("--force", is_flag=True, help="Overwrite what is there.")
@click.option(
    "--output-format", "kind", type=click.Choice(["text", "json"]), default="text", help="How to print what was done."
)
def command(
    inputs: tuple[str, ...], target: str, keep_extra: str | None, strict: bool, force: bool, kind: str, **given: Any
) -> None:
    """
    Convert data to fine-tuning rows, and say what has no counterpart.

    Reads JSON Lines, JSON, CSV, TSV, XLSX, Parquet and text, gzip and zstd, in the formats of --from.
    The exit status is 0, 1 when --strict finds a loss, or 2 when the call is wrong or nothing can be written.
    """
    from ftlint.reporters import convert as reporter
    from ftlint.transform.atomic import refuse_overwriting
    from ftlint.transform.convert import convert
    from ftlint.transform.dialects import BY_NAME

    job = _job(given)
    for path in (target, keep_extra):
        if path not in (None, STDOUT) and not force:
            refuse_overwriting(str(path), inputs)
    with ExitStack() as stack:
        out = stack.enter_context(_opened(target, strict))
        keep = stack.enter_context(_opened(keep_extra)) if keep_extra is not None else None
        with _bar(inputs) as progress:
            outcome = convert(inputs, job, out, keep, output.standard_input(), progress)
        if kind == "text":
            _say(reporter.render_text(outcome))
        elif target != STDOUT:
            output.write(reporter.render_json(outcome, target), None)
        else:  # it is ASCII
            click.echo("\n".join(reporter.render_json(outcome, target)), err=True)
        if strict and outcome.losses.lost:
            output.complain([f"{target} is not written, as --strict allows no loss"])
            raise click.exceptions.Exit(1)
    if kind == "text":
        _say(_end(outcome.written, target, job.to, BY_NAME[job.to].next))


def _job(given: dict[str, Any]) -> Job:
    roles, columns = (dict(given.pop(name)) for name in ("roles", "columns"))
    for name, role in roles.items():
        if role not in ROLES:
            raise FtlintError(f"--role {name}={role}: the role is one of {', '.join(ROLES)}")
    return Job(roles=roles, columns=columns, **given)


@contextmanager
def _opened(path: str, at_once: bool = False) -> Iterator[BinaryIO]:
    """A file that is written as a whole, or standard output; `at_once` holds that back, too, until all is well."""
    from ftlint.transform.atomic import atomic

    if path != STDOUT:
        with atomic(path) as file:
            yield file
        return
    try:
        if at_once:
            with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as held:
                yield cast("BinaryIO", held)
                held.seek(0)
                shutil.copyfileobj(held, sys.stdout.buffer)
        else:
            yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(141) from None
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise FtlintError(f"cannot write the rows: {(error.strerror or str(error)).lower()}") from error


@contextmanager
def _bar(inputs: tuple[str, ...]) -> Iterator[Callable[[str, int, int], None] | None]:
    """A bar for long work, where someone looks at it."""
    sizes = {path: Path(path).stat().st_size for path in inputs if path != STDOUT and Path(path).is_file()}
    quiet = not sys.stderr.isatty() or output.in_ci() or bool(os.environ.get("PRE_COMMIT"))
    if quiet or sum(sizes.values()) < LONG_WORK:
        yield None
        return
    done = dict.fromkeys(sizes, 0)
    with click.progressbar(length=sum(sizes.values()), label="converting", file=sys.stderr) as bar:

        def progress(path: str, position: int, size: int) -> None:
            now = sizes.get(path, 0) * position // max(size, 1)
            bar.update(max(0, now - done.get(path, 0)))
            done[path] = max(now, done.get(path, 0))

        yield progress


def _say(lines: Iterator[str]) -> None:
    """Lines for people, on standard error."""
    from ftlint.core.visible import visible

    for line in lines:
        click.echo(output.inert(visible(line)), err=True)


def _end(written: int, target: str, to: str, next: str | None) -> Iterator[str]:
    rows = "1 row" if written == 1 else f"{written:,} rows"
    if target == STDOUT:
        yield f"{rows} of {to} written"
        return
    yield f"{rows} of {to} written to {target}"
    if next is not None:
        yield f"next: ftlint check {shlex.quote(target)}{next}"
