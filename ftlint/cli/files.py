"""`ftlint files`."""

from __future__ import annotations

from typing import Any

import click

from ftlint.cli import output
from ftlint.cli.account import account_options, limit_option, opened, show_list


@click.group("files", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """
    List the files at a service, or delete some.

    The exit status is 0, or 2 when the call is wrong, 3 when the service refuses, 4 when it is not known whether a
    request was taken.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(2)


@command.command("list")
@click.option("--purpose", help="Only files for this purpose, as fine-tune or fine-tune-results.")
@limit_option
@account_options
def list_(kind: str, limit: int, purpose: str | None, **given: Any) -> None:
    """List files."""
    from ftlint.publish.paths import FILES
    from ftlint.reporters import files as reporter

    show_list(given, FILES, "files", reporter.render_list, kind, limit, **({"purpose": purpose} if purpose else {}))


@command.command("delete")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Show the files and delete nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@account_options
def delete(ids: tuple[str, ...], kind: str, dry_run: bool, yes: bool, **given: Any) -> None:
    """Delete files at the service. On a terminal, their names are shown and you are asked."""
    from ftlint.publish.account import delete as delete_file
    from ftlint.publish.paths import FILES, at
    from ftlint.reporters import files as reporter
    from ftlint.reporters.jobs import as_json
    from ftlint.reporters.values import shown

    service = opened(given)
    wanted = list(dict.fromkeys(ids))
    paths = [at(FILES, one) for one in wanted]
    if dry_run or not yes:
        files = [service.get(path) for path in paths]
        if dry_run and kind == "json":
            output.write(as_json("files", files), None)
        else:
            output.write(reporter.render_list(files, output.painter("auto", False)), None)
        if dry_run:
            return
        output.confirm("Delete this file?" if len(wanted) == 1 else f"Delete these {len(wanted):,} files?")
    ends = [delete_file(service, one) for one in wanted]
    if kind == "json":
        output.write(as_json("deleted", [end.answer for end in ends if end.answer is not None]), None)
    else:
        output.write([f"{shown(end.file_id)} is deleted" for end in ends if end.answer is not None], None)
    errors = [end.error for end in ends if end.error is not None]
    output.complain(map(str, errors))
    raise click.exceptions.Exit(max((error.exit_code for error in errors), default=0))
