"""Finding commands by a few letters of their names."""

import unicodedata


def plain(text: str) -> str:
    """Return a text as it is compared: without case and accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def score(wanted: str, text: str) -> float | None:
    """Return how well a text answers a search, or None if it does not.

    Every word of the search has to be in the text: as a piece of it, best at the beginning of a
    word, or else as letters in the same order ("osc" finds "Open scan").

    Args:
        wanted: What was typed; nothing is answered by everything, equally well.
        text: A name, such as "View › Slice › Next slice".
    """
    text = plain(text)
    total = 0.0
    for word in plain(wanted).split():
        found = _piece(word, text)
        if found is None:
            found = _letters(word, text)
        if found is None:
            return None
        total += found
    return total - len(text) / 1000  # of two, the shorter


def _piece(word: str, text: str) -> float | None:
    best: float | None = None
    at = text.find(word)
    while at >= 0:
        begins = at == 0 or not text[at - 1].isalnum()
        end = at + len(word)
        ends = end == len(text) or not text[end].isalnum()
        value = 4.0 + 3.0 * begins + 1.0 * ends
        best = value if best is None else max(best, value)
        at = text.find(word, at + 1)
    return best


def _letters(word: str, text: str) -> float | None:
    at, value = -1, 0.0
    for letter in word:
        # The beginning of a word first, else the next letter that fits.
        starts = (n for n in range(at + 1, len(text)) if n == 0 or not text[n - 1].isalnum())
        found = next((n for n in starts if text[n] == letter), -1)
        if found < 0:
            found = text.find(letter, at + 1)
            value -= 0.5
        if found < 0:
            return None
        at = found
        value += 1.0
    # Letters scattered over a name are no answer.
    return value / len(word) if value >= 0.6 * len(word) else None
