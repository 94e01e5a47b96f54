"""`ftlint dedupe`."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from ftlint.cli import options, output
from ftlint.cli.preparing import force_option, near_option, refuse_existing, say_next, stem
from ftlint.core.errors import FtlintError
from ftlint.sources.files import STDIN


@click.command("dedupe")
@click.argument("file")
@click.option("-o", "--output", "target", required=True, metavar="OUT", help="File to write.")
@click.option(
    "--by", type=click.Choice(["row", "prompt"]), default="row", help="What comes once: rows, or prompts as well."
)
@near_option
@force_option
@options.text_or_json
def command(file: str, target: str, by: str, near: bool, force: bool, kind: str) -> None:
    """
    Remove rows that come again, and keep the first.

    Rows are the same when their JSON is, whatever the order of keys. Those that go are written to OUT's
    .removed.jsonl, each with the line of the one that stays. The exit status is 0, or 2 when the call is wrong.
    """
    write([file], target, by, near, force, kind)


def write(files: list[str], target: str, by: str, near: bool, force: bool, kind: str, mixed: bool = True) -> None:
    """Remove the duplicates of several files together, write the rest to one, and say what was done."""
    from ftlint.reporters import prepared
    from ftlint.transform.atomic import atomic
    from ftlint.transform.dedupe import Duplicates, kept, same_format
    from ftlint.transform.rowfile import open_rows

    gone = f"{stem(target)}.removed.jsonl"
    if any(Path(gone).resolve() == Path(path).resolve() for path in files if path != STDIN):
        raise FtlintError(f"{gone} is read, and would be overwritten with the rows that go; -o names another file")
    refuse_existing([target, gone], files, force)
    with ExitStack() as stack:
        sources = [stack.enter_context(open_rows(path, output.standard_input())) for path in files]
        if not mixed:
            same_format(sources)
        duplicates = Duplicates(sources, "prompt" if by == "prompt" else "row", near)
        duplicates.look()
        any_gone = duplicates.any
        out = stack.enter_context(atomic(target))
        removed = stack.enter_context(atomic(gone)) if any_gone else None
        found = kept(duplicates, out, removed)
    if not any_gone:
        Path(gone).unlink(missing_ok=True)  # that of an earlier run; --force gave it up
    notes = list(prepared.blank(sum(source.blank for source in found.sources)))
    if found.without_prompt:
        rows = "1 row" if found.without_prompt == 1 else f"{found.without_prompt:,} rows"
        notes.append(f"{rows} in no format of which the prompt is known went by the whole row")
    output.note(notes)
    where = gone if any_gone else None
    if kind == "json":
        output.write(prepared.kept_json(found, target, where), None)
        return
    output.write(prepared.kept_text(found, target, where), None)
    say_next("ftlint", "check", target)
