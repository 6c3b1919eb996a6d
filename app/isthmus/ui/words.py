"""What is said to the person, in the person's language.

English is the text in the code; other languages come from Qt's translation files. Whole sentences
are translated, with `{name}` for what differs: `tr("Slice {n} of {count}").format(n=3, count=9)`.
"""

from PySide6.QtCore import QCoreApplication

CONTEXT = "Isthmus"


def tr(text: str) -> str:
    """Return a text in the language of the program; the English one where no other is known.

    Call it when the text is shown, not when a module is imported, with a literal: translation
    files are filled by what stands in the parentheses.
    """
    return QCoreApplication.translate(CONTEXT, text)
