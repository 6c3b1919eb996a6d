"""Languages: every text is translated, the compiled file is up to date, the window speaks it."""

import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtGui import QAction, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_scenes import open_scan, small_scan

from isthmus.ui import words
from isthmus.ui.core_words import patterns
from isthmus.ui.settings import Settings
from isthmus.ui.window import Window

ROOT = Path(__file__).parents[2]
FIELD = re.compile(r"{\w+}")
GERMAN = ROOT / "resources" / "translations" / "isthmus_de.ts"

if not GERMAN.is_file():
    pytest.skip("needs the checkout", allow_module_level=True)


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "isthmus_translations", ROOT / "packaging" / "translations.py"
    )
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


script = load_script()
TRANSLATED: dict[str, str] = script.read(GERMAN)


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    """Speak German, and English again afterwards."""
    assert words.use_language(qapp, "de") == "de"
    yield
    words.use_language(qapp, "en")
    QLocale.setDefault(QLocale.c())


def test_every_text_is_translated_and_no_other() -> None:
    found = script.texts()
    # What is shown must be a literal, or come from a table whose literals are marked.
    said = {text.text for text in found if text.text}
    assert sorted(said - TRANSLATED.keys()) == []
    assert sorted(TRANSLATED.keys() - said) == []
    assert sorted(source for source, german in TRANSLATED.items() if not german) == []


def test_no_text_is_put_together_inside_the_parentheses() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in script.SOURCE.rglob("*.py"))
    assert re.findall(r"\b(?:tr|later)\(\s*f[\"']", source) == []


def test_placeholders_match() -> None:
    wrong = [
        source
        for source, german in TRANSLATED.items()
        if sorted(FIELD.findall(source)) != sorted(FIELD.findall(german))
    ]
    assert wrong == []


def test_ends_and_filters_match() -> None:
    for source, german in TRANSLATED.items():
        assert source.startswith(" ") == german.startswith(" "), source
        assert source.endswith("…") == german.endswith("…"), source
        assert re.findall(r"\(\*[^)]*\)", source) == re.findall(r"\(\*[^)]*\)", german), source
        assert source.count("<b>") == german.count("<b>"), source


def test_the_compiled_file_is_the_newest(qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load(str(GERMAN.with_suffix(".qm")))
    stale = [
        source
        for source, german in TRANSLATED.items()
        if translator.translate(words.CONTEXT, source) != german
    ]
    assert stale == [], "run packaging/translations.py"


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("Reading slice 17 of 39", "Schicht 17 von 39 wird gelesen"),
        ("Decoding, 32 channels, slice 4 of 9", "Decodieren, 32 Kanäle, Schicht 4 von 9"),
        ("a.nii is cut short: 3 of its 9 slices are there.",
         "a.nii ist abgeschnitten: 3 von 9 Schichten sind da."),
        ("Copy the file again.", "Die Datei neu kopieren."),
        ("What no one has foreseen.", "What no one has foreseen."),
    ],
)  # fmt: skip
def test_sentences_of_the_core_are_translated_too(
    german: None, english: str, expected: str
) -> None:
    assert words.spoken(english) == expected


def test_patterns_of_the_core_fill_in_what_they_found() -> None:
    for pattern, template in patterns():
        names = [field[1:-1] for field in FIELD.findall(template)]
        filled = template.format(**{name: f"x{name}x" for name in names})
        found = pattern.fullmatch(filled)
        assert found is not None
        assert set(found.groupdict()) == set(names)


def test_german_is_spoken_with_its_decimal_sign_and_qts_own_words(
    german: None, qapp: QApplication
) -> None:
    assert words.tr("Slice {n} of {count}").format(n=3, count=9) == "Schicht 3 von 9"
    assert QLocale().decimalPoint() == ","
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.buttons()[0].text().replace("&", "") == "Abbrechen"
    box.deleteLater()
    assert words.use_language(qapp, "en") == "en"
    assert words.tr("Slice {n}") == "Slice {n}"


def texts_of(window: QWidget) -> list[str]:
    """Return what can be read in a window and in its tooltips."""
    found = []
    for widget in (window, *window.findChildren(QWidget)):
        found += [widget.toolTip(), widget.accessibleName()]
        if isinstance(widget, QLabel | QAbstractButton):
            found.append(widget.text())
    for action in window.findChildren(QAction):
        found += [action.text(), action.toolTip()]
    return [text for text in found if text.strip()]


def english_words() -> set[str]:
    """Return words that stand in English texts and in no German one."""
    letters = re.compile(r"[A-Za-zÄÖÜäöüß]{4,}")
    english = {word.lower() for text in TRANSLATED for word in letters.findall(text)}
    german = {word.lower() for text in TRANSLATED.values() for word in letters.findall(text)}
    return english - german


def test_a_german_window_speaks_no_english(
    german: None, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    window = Window(settings)
    qtbot.addWidget(window)
    window.resize(1600, 960)
    window.show()
    open_scan(window, small_scan(tmp_path, "kopf.nii.gz"), qtbot)
    foreign = english_words()
    letters = re.compile(r"[A-Za-zÄÖÜäöüß]{4,}")
    said = [
        text
        for text in texts_of(window)
        if str(tmp_path) not in text
        if {word.lower() for word in letters.findall(text)} & foreign
    ]
    assert sorted(set(said)) == []
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_F1)
    title, text = window.features.tour.card.words
    assert title == "Der Scan"
    assert "10 Schichten von 40 × 36 Voxeln" in text
    window.features.tour.stop()
    window.close()


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768)])
def test_nothing_is_clipped_in_german(
    german: None, settings: Settings, tmp_path: Path, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window = Window(settings)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    QApplication.processEvents()
    assert clipped(window) == []
    open_scan(window, small_scan(tmp_path, "kopf.nii.gz"), qtbot)
    QApplication.processEvents()
    assert clipped(window) == []
    window.close()


def clipped(window: QWidget) -> list[str]:
    """Return texts of visible labels and buttons that are wider than their place."""
    found = []
    for widget in window.findChildren(QWidget):
        # Others draw their text themselves, and shorten it.
        if not isinstance(widget, QLabel | QPushButton | QToolButton) or not widget.isVisible():
            continue
        if isinstance(widget.window(), QDialog) or not widget.text().strip():
            continue
        if isinstance(widget, QLabel) and (widget.wordWrap() or "<" in widget.text()):
            continue
        icon_only = getattr(widget, "toolButtonStyle", lambda: None)()
        if icon_only == Qt.ToolButtonStyle.ToolButtonIconOnly:
            continue
        wide = QFontMetricsF(widget.font()).horizontalAdvance(widget.text().replace("&", ""))
        if wide > widget.width() + 1:
            found.append(f"{widget.text()!r}: {wide:.0f} in {widget.width()}")
    return found
