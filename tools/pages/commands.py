"""docs/commands.md: the help of every command, as ``--help`` prints it."""

from __future__ import annotations

import click

from samrit.cli.main import main

WIDTH = 100

HEAD = """# Commands

<!-- Written by `make docs` from src/samrit/cli/; change the help there. -->

What `samrit --help` and `samrit COMMAND --help` print.
"""


def page() -> str:
    """Return the page: the group's own help, then a heading per command."""
    top = _context("samrit", main)
    parts = [HEAD, _help(top)]
    parts += _commands(main, top)
    return "".join(parts)


def _commands(group: click.Group, above: click.Context) -> list[str]:
    """Return heading and help of each command of a group, and of those below it."""
    parts = []
    for name in group.list_commands(above):
        command = group.get_command(above, name)
        if command is None:
            continue
        context = _context(name, command, above)
        parts += [f"\n## {context.command_path}\n", _help(context)]
        if isinstance(command, click.Group):
            parts += _commands(command, context)
    return parts


def _context(name: str, command: click.Command, parent: click.Context | None = None) -> click.Context:
    # The width is fixed: the page must not depend on the terminal it was made in.  The command's own
    # settings are kept: it remembers the help option of the first context that asked, -h or not.
    settings = {**command.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    return click.Context(command, parent, name, **settings)


def _help(context: click.Context) -> str:
    return f"\n```\n{context.get_help().strip()}\n```\n"
