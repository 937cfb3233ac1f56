"""What a table is called for people: the name of the file it came from."""

LONGEST = 60


def title_of(file_name: str) -> str:
    """The file's name without folder and ending, on one line; `table` where nothing is left of it."""
    name = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    stem = name.rsplit(".", 1)[0] or name
    shown = "".join(sign if sign.isprintable() else " " for sign in stem)
    return " ".join(shown.split())[:LONGEST].strip() or "table"
