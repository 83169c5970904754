"""What people are told of the two places of the journal: what happened, what is safe, what to do."""

ONE_BACK = (
    "1 entry had gone from this browser and was put back from its second copy. Nothing is lost. "
    "If it happens again, tell the back office."
)
MANY_BACK = (
    "{count} entries had gone from this browser and were put back from their second copies. Nothing is lost. "
    "If it happens again, tell the back office."
)
MENDED = (
    "Entry {seq} was damaged in this browser and was mended from the folder. Nothing is lost. "
    "If it happens again, tell the back office."
)
FILE_DAMAGED = (
    "The file {name} in the folder is damaged. The entry is safe in this browser, and a good copy lies beside it. "
    "Leave both as they are, and look at the disk of the folder."
)
FILE_ALONE = (
    "The file {name} in the folder is damaged. The entry is safe in this browser, but no good copy could be written. "
    "Leave the file as it is, and choose another folder."
)
USELESS = (
    "The file {name} in the folder cannot be used: {why}. It was left as it is. What is in this browser is safe. "
    "Keep the folder, and tell the back office."
)
ANOTHER = (
    "The file {name} in the folder holds another entry than this browser has in its place. Both are kept. "
    "Close every other browser that sells as this register, and tell the back office."
)
NEITHER = (
    "Entry {seq} is damaged in this browser and in the folder. All others are safe. "
    "Keep the folder, and tell the back office: it has the entry if it was synced."
)
FOREIGN = "{name} in the folder is nothing of this register. It was left as it is."
STOPPED = (
    "Entries that this browser has lost could not be put back from their second copies: {why}. They are safe there. "
    "Reload the page; if it happens again, tell the back office."
)


def back(count: int) -> str:
    """Say that entries were put back."""
    return ONE_BACK if count == 1 else MANY_BACK.format(count=count)
