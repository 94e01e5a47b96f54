"""The command line. A command's module is imported when the command is called."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from keyword import iskeyword
from typing import NoReturn

import click

from ftlint import __version__
from ftlint.core.errors import FtlintError

COMMANDS = {
    "init": "Write a configuration for the files of this directory.",
    "check": "Check training files: schema, tokens, context limit, cost.",
    "convert": "Convert tables and other formats to training rows, and say what is lost.",
    "split": "Split a file into training, validation and test rows that stay where they are.",
    "dedupe": "Remove rows that come again.",
    "sample": "Choose some rows of a file.",
    "merge": "Write the rows of several files to one.",
    "drop": "Take rows out of a file, and keep them beside it.",
    "lock": "Write down what the training files are, for check --locked.",
    "stats": "Count messages, tokens and cost, for one model or several.",
    "publish": "Check a file, upload it, start the job and follow it.",
    "jobs": "Look at jobs: list, show, metrics; cancel, pause, resume.",
    "files": "List the files at a service, or delete some.",
    "try": "Send rows to a fine-tuned model and compare its answers.",
    "models": "List the known models: methods, contexts, prices, dates.",
    "rule": "Explain a rule, or list them all.",
    "explain": "Explain a provider's error message: the rule, the row, the remedy.",
    "schema": "Print the JSON Schema of a model's rows, the configuration or the report.",
    "baseline": "Record what is wrong today, so that only what is new is reported.",
    "cache": "Show or remove what is remembered of files that were checked.",
}


class LazyGroup(click.Group):
    """Commands that are imported when they are called; the list of them needs no import."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module, whose function `command` it is."""
        if cmd_name not in COMMANDS:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = import_module(f"ftlint.cli.{module}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command when there is none of the name."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from ftlint.core.suggest import did_you_mean

            raise FtlintError(f'no such command "{args[0]}".{did_you_mean(args[0], COMMANDS)}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in `--help`."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="ftlint %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """The linter for fine-tuning data."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(2)


def main() -> NoReturn:
    """Run, and turn every way to end into an exit status: 0, 1 findings, 2 the call or we were wrong, 130 Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = cli.main(standalone_mode=False)  # what a command passes to click's Exit
    except FtlintError as error:
        fail(str(error), error.exit_code)
    except click.ClickException as error:
        fail(_sentence(error))
    except (KeyboardInterrupt, click.Abort):
        click.echo("ftlint: interrupted", err=True)
        sys.exit(130)
    except Exception:  # ours alone: Python would exit with 1, which means findings
        import traceback

        traceback.print_exc()
        click.echo("ftlint: internal error; please report it with the lines above", err=True)
        sys.exit(2)
    finally:
        gc.freeze()  # the search for garbage at the end would cost a small file a fifth of its time
    sys.exit(status if isinstance(status, int) else 0)


def fail(message: str, status: int = 2) -> NoReturn:
    """One sentence, and the exit status."""
    from ftlint.cli.output import complain

    complain([message])
    sys.exit(status)


def _sentence(error: click.ClickException) -> str:
    message = error.format_message()
    return message[:1].lower() + message[1:].rstrip(".")
