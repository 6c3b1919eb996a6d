"""Marks texts in tables, for those who collect what is to be translated."""


def later(text: str) -> str:
    """Mark a literal that stands in a table; it is shown by `tr(table[...])` when its time comes.

    Returns:
        The text as it is.
    """
    return text
