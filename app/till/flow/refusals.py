"""Why no folder, and no printer, was given: what the browser calls it, in words of people.

A name that says nothing to them is kept in brackets: support asks for it.
"""

FOLDER = {
    "AbortError": "No folder was chosen.",  # the picker was closed
    "NotAllowedError": "The folder was not allowed.",
}
PRINTER = {
    "NotFoundError": "No printer was chosen.",  # the same: a list of devices says it in this way
    "NotAllowedError": "The printer was not allowed.",
}


def no_folder(why: str) -> str:
    """Say why the register has no folder; `why` is the browser's word, or nothing."""
    return FOLDER.get(why) or (f"The folder was not granted ({why})." if why else "The folder was not granted.")


def no_printer(why: str) -> str:
    """Say why the register has no printer; `why` is the browser's word, or nothing."""
    return PRINTER.get(why) or (f"No printer was granted ({why})." if why else "No printer was granted.")
