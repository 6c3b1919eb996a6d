"""What is said to the person, in the person's language.

English is the text in the code; other languages come from Qt's translation files in
`resources/translations`, which `packaging/translations.py` fills and compiles. Whole sentences are
translated, with `{name}` for what differs: `tr("Slice {n} of {count}").format(n=3, count=9)`.
"""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from isthmus import assets
from isthmus.ui import core_words
from isthmus.ui.marking import later

__all__ = ["CONTEXT", "LANGUAGES", "later", "spoken", "tr", "use_language"]

CONTEXT = "Isthmus"

LANGUAGES = {"en": "English", "de": "Deutsch"}
"""Languages by code, each by its own name."""


def tr(text: str) -> str:
    """Return a text in the language of the program; the English one where no other is known.

    Call it when the text is shown, not when a module is imported, with a literal: translation
    files are filled by what stands in the parentheses.
    """
    return QCoreApplication.translate(CONTEXT, text)


def spoken(text: str) -> str:
    """Return a sentence of the core, which knows no Qt, in the language of the program.

    Progress and errors reach the window as English sentences with their figures in them. Those
    whose pattern `core_words` knows are translated; others stay as they are.
    """
    for pattern, template in core_words.patterns():
        found = pattern.fullmatch(text)
        if found is not None:
            return tr(template).format(**found.groupdict())
    return text


def use_language(app: QCoreApplication, wanted: str = "") -> str:
    """Speak a language from now on; what is on the screen already keeps its words.

    Figures get the decimal sign of the language too, unless the system's locale is of the same
    language: then they are written as in the rest of the system.

    Args:
        app: The program.
        wanted: A code of `LANGUAGES`; the system's language if empty, or English if that is not
            among them.

    Returns:
        The code of the language that is spoken.
    """
    for translator in app.findChildren(QTranslator, CONTEXT):
        app.removeTranslator(translator)
        translator.deleteLater()
    system = QLocale.system()
    code = wanted if wanted in LANGUAGES else system.name().partition("_")[0]
    if wanted in LANGUAGES and system.name().partition("_")[0] != code:
        QLocale.setDefault(QLocale(code))
    else:
        QLocale.setDefault(system)
    if code not in LANGUAGES:
        code = "en"
    own = assets.folder("resources") / "translations" / f"isthmus_{code}.qm"
    qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / f"qtbase_{code}.qm"
    # Qt's words first: of two translators that know a text, the last installed wins.
    for file in (qt, own):
        translator = QTranslator(app)
        translator.setObjectName(CONTEXT)
        if file.is_file() and translator.load(str(file)):
            app.installTranslator(translator)
    return code
