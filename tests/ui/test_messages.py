"""Messages: one shown, others counted; errors stay, notices leave."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from isthmus.ui.messages import Kind, MessageBar, breakable

LONG = "sub-0412_ses-preoperative_acq-highresolution_run-01_" + "x" * 90 + ".nii.gz"


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(1366, 700)
    widget.show()
    return widget


@pytest.fixture
def bar(host: QWidget) -> MessageBar:
    return MessageBar(host, notice_ms=60)


def words(bar: MessageBar) -> list[str]:
    return [
        label.text() for label in bar.findChildren(QLabel) if label.isVisible() and label.text()
    ]


def close_button(bar: MessageBar) -> QToolButton:
    return bar.findChildren(QToolButton)[0]


def wait_for_a_notice_to_leave(qtbot: QtBot, host: QWidget) -> None:
    """Wait for as long as a notice stays."""
    other = MessageBar(host, notice_ms=60)
    other.show_notice("Without a pointer")
    qtbot.waitUntil(lambda: not other.isVisible())


def test_an_error_names_problem_and_remedy_and_stays(qtbot: QtBot, bar: MessageBar) -> None:
    bar.show_error("scan.nii.gz ends too early.", "Copy the file again.")
    assert words(bar) == ["scan.nii.gz ends too early.", "Copy the file again."]
    assert bar.accessibleName() == "Error"
    assert bar.accessibleDescription() == "scan.nii.gz ends too early. Copy the file again."
    bar.show_notice("Continuing on the CPU")
    bar.close_current()  # the error: it comes before the notice
    qtbot.waitUntil(lambda: not bar.isVisible())
    bar.show_error("scan.nii.gz ends too early.")
    wait_for_a_notice_to_leave(qtbot, bar.parentWidget())
    assert bar.isVisible()


def test_a_notice_leaves_by_itself(qtbot: QtBot, bar: MessageBar) -> None:
    bar.show_notice("Continuing on the CPU", "Nothing was lost.")
    assert bar.isVisible()
    qtbot.waitUntil(lambda: not bar.isVisible())
    assert [message.title for message in bar.history] == ["Continuing on the CPU"]


def test_a_notice_stays_while_the_pointer_is_on_it(qtbot: QtBot, bar: MessageBar) -> None:
    bar.show_notice("Continuing on the CPU")
    at = QPointF(5, 5)
    QApplication.sendEvent(bar, QEnterEvent(at, at, at))
    wait_for_a_notice_to_leave(qtbot, bar.parentWidget())
    assert bar.isVisible()
    QApplication.sendEvent(bar, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_others_are_counted_and_come_when_one_is_closed(bar: MessageBar) -> None:
    bar.show_error("First.")
    bar.show_notice("Second.")
    bar.show_error("Third.")
    assert words(bar) == ["Third.", "1 of 3"]
    QTest.mouseClick(close_button(bar), Qt.MouseButton.LeftButton)
    assert words(bar) == ["First.", "1 of 2"]
    QTest.mouseClick(close_button(bar), Qt.MouseButton.LeftButton)
    assert words(bar) == ["Second."]
    assert bar.current is not None
    assert bar.current.kind is Kind.NOTICE
    QTest.mouseClick(close_button(bar), Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert len(bar.history) == 3


def test_the_same_message_twice_is_one(bar: MessageBar) -> None:
    bar.show_error("scan.nii.gz is not an image.")
    bar.show_error("scan.nii.gz is not an image.")
    assert words(bar) == ["scan.nii.gz is not an image."]


def test_escape_closes_and_showing_takes_no_focus(qtbot: QtBot, host: QWidget) -> None:
    field = QToolButton(host)
    field.show()
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.setFocus()
    bar = MessageBar(host)
    bar.show_error("Wrong.")
    assert host.focusWidget() is field
    QTest.keyClick(close_button(bar), Qt.Key.Key_Escape)
    assert not bar.isVisible()


@pytest.mark.parametrize(("width", "height"), [(1920, 1000), (1366, 700), (700, 600)])
def test_it_lies_inside_at_the_bottom_right_and_shows_all_its_text(
    host: QWidget, bar: MessageBar, width: int, height: int
) -> None:
    bar.show_error(
        f"{LONG} ends too early.", "21 of 39 slices are there. Copy the file again. " * 3
    )
    host.resize(width, height)
    QApplication.processEvents()
    assert host.rect().contains(bar.geometry())
    assert host.width() - bar.geometry().right() < 16
    assert host.height() - bar.geometry().bottom() < 16
    for label in bar.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width())
            assert label.geometry().bottom() < bar.height()


def test_clear_keeps_the_history(bar: MessageBar) -> None:
    bar.show_error("Wrong.")
    bar.clear()
    assert not bar.isVisible()
    assert len(bar.history) == 1


def test_long_names_can_break_and_short_words_cannot() -> None:
    assert breakable("scan_0412.nii.gz ends") == "scan_0412.nii.gz ends"
    pieces = breakable(LONG).split("\u200b")
    assert max(len(piece) for piece in pieces) <= 24
    assert "".join(pieces) == LONG
