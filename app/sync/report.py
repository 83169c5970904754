"""What is kept of a bug: where it happened and what kind it was, never the values that were there."""

import traceback

REPORT = "report"
"""The record in which each worker keeps its last one: the till in `local`, the courier in `status`."""


def report_of(bug: BaseException) -> str:
    """Name each place of our code that the bug went through, a line each, and its kind."""
    frames = traceback.extract_tb(bug.__traceback__)
    lines = [f"{frame.filename.rpartition('/app/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([*lines, type(bug).__name__])
