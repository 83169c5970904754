"""The command line: `python -m server serve` and the tools of administration."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from server import commands


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and run the command; the result is the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        result: int = asked.run(asked)
    except commands.CommandError as error:
        print(error, file=sys.stderr)
        return error.code
    return result


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m server", description="Store OS: host, OMS and administration")
    adding = parser.add_subparsers(title="commands", required=True)
    for command in commands.COMMANDS:
        one = adding.add_parser(command.name, help=command.help)
        one.add_argument("--data", type=Path, default=Path(".store-os"), help="folder of the database (.store-os)")
        for names, options in command.arguments:
            one.add_argument(*names, **options)
        one.set_defaults(run=command.run)
    return parser


if __name__ == "__main__":
    os.umask(0o077)  # whatever is made here, no other account of this machine may read
    sys.exit(main())
