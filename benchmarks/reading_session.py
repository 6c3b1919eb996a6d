"""A radiologist's session, played by real events: stalls, exceptions and memory.

    python benchmarks/reading_session.py [SCAN ...] [--minutes M] [--json]

Opens scan after scan in the real window (1920×1080; without a display, off screen), scrolls,
windows, zooms, pans, changes layouts, comparisons and bottlenecks, measures, magnifies, undoes, and
goes on to the next scan, for M minutes (10 by default). Without SCAN, the demo scan is read again
and again. Mouse, wheel and keys go through Qt's own queue, at a hand's pace.

events            mouse, wheel and key events sent
scans             scans opened
exceptions        Python exceptions and Qt warnings; any one fails the run
longest_stall_ms  longest the main thread was blocked, but for torch's import
stalls_over_50    how often longer than 50 ms, and during what
memory_mib        of the process, at the end of each round through all scans
memory_growth     last round to the second: the first one fills caches
"""

import argparse
import gc
import json
import os
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_SIZE = (1920, 1080)
_HEARTBEAT_MS = 2
_STALL_MS = 50.0
# A hand's pace: seconds between two turns of the wheel or moves of the mouse, and between two keys.
_MOVE, _KEY = 0.016, 0.12


def main() -> int:
    """Play and print a table or one JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("scans", nargs="*", metavar="SCAN", type=Path)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    figures = _Session(options.scans, options.minutes, options.seed).play()
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:<18}{value}")
    return 1 if figures["exceptions"] else 0


class _Session:
    """One window and the hand that uses it."""

    def __init__(self, scans: list[Path], minutes: float, seed: int) -> None:
        from isthmus.ui import app

        self._application = app.application()
        from PySide6.QtCore import QTimer, qInstallMessageHandler

        from isthmus.scans import demo_scan
        from isthmus.ui.settings import Settings
        from isthmus.ui.window import Window

        self._scans = scans or [demo_scan()]
        self._seconds = 60 * minutes
        self._chance = random.Random(seed)
        self._failures: list[str] = []
        self._events = self._opened = 0
        self._doing = "starting"
        self._stalls: list[tuple[float, str]] = []
        self._rounds: list[int] = []
        sys.excepthook = self._note_exception
        qInstallMessageHandler(self._note_message)
        self.window = Window(Settings(None))
        self.window.resize(*_SIZE)
        self.window.start_with([self._scans[0]])
        self.window.show()
        self._beat_at = time.perf_counter()
        self._heart = QTimer(interval=_HEARTBEAT_MS)
        self._heart.timeout.connect(self._beat)

    def play(self) -> dict[str, Any]:
        """Use the window for as long as asked."""
        import psutil

        process = psutil.Process()
        self._until(lambda: self.window.session.codec is not None, 60)
        self._wait(1.0)
        self._beat_at = time.perf_counter()
        self._heart.start()
        ends = time.monotonic() + self._seconds
        while time.monotonic() < ends:
            for path in self._scans:
                self._open(path)
                for _ in self._read(ends):
                    pass
                if time.monotonic() >= ends:
                    break
            gc.collect()
            self._rounds.append(round(process.memory_info().rss / 2**20))
        self._heart.stop()
        self._doing = "closing"
        self.window.close()
        lengths = [length for length, _ in self._stalls]
        over = Counter(doing for length, doing in self._stalls if length > _STALL_MS)
        first = self._rounds[min(1, len(self._rounds) - 1)]
        return {
            "minutes": round(self._seconds / 60, 1),
            "events": self._events,
            "scans": self._opened,
            "exceptions": self._failures,
            "longest_stall_ms": round(max(lengths, default=0.0)),
            "stalls_over_50": dict(over.most_common()),
            "memory_mib": self._rounds,
            "memory_growth": f"{100 * (self._rounds[-1] / first - 1):+.1f} %",
        }

    # What a reader does

    def _open(self, path: Path) -> None:
        self._doing = f"opening {path.name}"
        self.window.opening.open_text(str(path))
        self._opened += 1
        self._until(lambda: not self.window.session.jobs.has("read"), 60)
        self._until(lambda: self.window.viewer.panes.shown is not None, 60)

    def _read(self, ends: float) -> Iterator[None]:
        """Look at one scan, step by step."""
        from PySide6.QtCore import Qt

        shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
        steps = [
            ("scrolling", lambda: self._wheel(40)),
            ("windowing", lambda: self._drag(Qt.MouseButton.LeftButton, 30)),
            ("a preset", lambda: self._keys("2", "1", "0")),
            ("smaller bottlenecks", lambda: self._keys("[", "[", "[")),
            ("peeking", self._peek),
            ("larger bottlenecks", lambda: self._keys("]", "]", "]", "]")),
            ("zooming", lambda: self._wheel(10, control)),
            ("panning", lambda: self._drag(Qt.MouseButton.MiddleButton, 30)),
            ("scrolling, zoomed", lambda: self._wheel(30)),
            ("fitting", lambda: self._keys("F")),
            ("the worst slice", lambda: self._keys("N")),
            *(
                (f"comparison {n}", lambda n=n: (self._keys(f"Ctrl+{n}"), self._wheel(20)))
                for n in range(2, 8)
            ),
            ("side by side", lambda: self._keys("Ctrl+1")),
            ("pinning", lambda: self._keys("P", "[", "X")),
            ("layouts", lambda: [(self._keys("L"), self._wheel(10)) for _ in range(4)]),
            ("planes", lambda: self._keys("Alt+X", "Alt+Y", "Alt+Z")),
            *(
                (f"drawing, {key}", lambda key=key: (self._keys(key), self._draw()))
                for key in ("D", "E", "R")
            ),
            ("undoing", lambda: self._keys("Ctrl+Z", "Ctrl+Z", "Ctrl+Shift+Z", "W")),
            ("the magnifier", lambda: (self._keys("G"), self._hover(), self._keys("G"))),
            ("cine", lambda: (self._keys("C"), self._wait(2.0), self._keys("C"))),
            ("ten slices", lambda: self._wheel(10, shift)),
        ]
        for doing, act in steps:
            if time.monotonic() >= ends:
                return
            self._doing = doing
            act()
            self._wait(0.2)
            yield

    # The hand

    @property
    def _canvas(self) -> Any:
        shown = [pane.canvas for pane in self.window.viewer.panes.panes if pane.isVisible()]
        return shown[0]

    def _wheel(self, notches: int, modifiers: Any = None) -> None:
        from PySide6.QtCore import QPoint, QPointF, Qt
        from PySide6.QtGui import QWheelEvent

        canvas = self._canvas
        middle = QPointF(canvas.rect().center())
        turn = self._chance.choice((-120, 120))
        for _ in range(notches):
            event = QWheelEvent(
                middle,
                canvas.mapToGlobal(middle),
                QPoint(),
                QPoint(0, turn),
                Qt.MouseButton.NoButton,
                modifiers or Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
            self._application.postEvent(canvas, event)
            self._events += 1
            self._wait(_MOVE)
            if self._chance.random() < 0.05:
                turn = -turn

    def _drag(self, button: Any, moves: int) -> None:
        from PySide6.QtCore import QPoint, Qt
        from PySide6.QtTest import QTest

        canvas = self._canvas
        at = canvas.rect().center()
        plain = Qt.KeyboardModifier.NoModifier
        QTest.mousePress(canvas, button, plain, at)
        for _ in range(moves):
            at += QPoint(self._chance.randint(-9, 9), self._chance.randint(-9, 9))
            self._move(canvas, at, button)
        QTest.mouseRelease(canvas, button, plain, at)
        self._events += 2

    def _draw(self) -> None:
        """Draw from somewhere to somewhere, with a drag."""
        from PySide6.QtCore import QPoint, Qt
        from PySide6.QtTest import QTest

        canvas, plain = self._canvas, Qt.KeyboardModifier.NoModifier
        middle = canvas.rect().center()
        start = middle + QPoint(self._chance.randint(-120, 0), self._chance.randint(-120, 0))
        button = Qt.MouseButton.LeftButton
        QTest.mousePress(canvas, button, plain, start)
        for share in range(1, 11):
            self._move(canvas, start + QPoint(9, 7) * share, button)
        QTest.mouseRelease(canvas, button, plain, start + QPoint(90, 70))
        self._events += 2

    def _hover(self) -> None:
        from PySide6.QtCore import QPoint, Qt

        canvas = self._canvas
        at = canvas.rect().center()
        for _ in range(40):
            at += QPoint(self._chance.randint(-6, 6), self._chance.randint(-6, 6))
            self._move(canvas, at, Qt.MouseButton.NoButton)

    def _move(self, canvas: Any, at: Any, button: Any) -> None:
        from PySide6.QtCore import QEvent, QPointF, Qt
        from PySide6.QtGui import QMouseEvent

        place = QPointF(at)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            place,
            canvas.mapToGlobal(place),
            Qt.MouseButton.NoButton,
            button,
            Qt.KeyboardModifier.NoModifier,
        )
        self._application.postEvent(canvas, event)
        self._events += 1
        self._wait(_MOVE)

    def _keys(self, *sequences: str) -> None:
        from PySide6.QtGui import QKeySequence
        from PySide6.QtTest import QTest

        for sequence in sequences:
            QTest.keySequence(self.window, QKeySequence(sequence))
            self._events += 1
            self._wait(_KEY)

    def _peek(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        for _ in range(4):
            QTest.keyPress(self.window, Qt.Key.Key_Space)
            self._wait(0.15)
            QTest.keyRelease(self.window, Qt.Key.Key_Space)
            self._wait(0.15)
            self._events += 2

    # Time

    def _wait(self, seconds: float) -> None:
        ends = time.perf_counter() + seconds
        self._until(lambda: time.perf_counter() >= ends, seconds + 1)

    def _until(self, condition: Any, seconds: float) -> None:
        """Let the window work until something holds, or for so many seconds at most."""
        from PySide6.QtCore import QEventLoop

        ends = time.monotonic() + seconds
        while not condition() and time.monotonic() < ends:
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def _beat(self) -> None:
        now = time.perf_counter()
        length = 1000 * (now - self._beat_at) - _HEARTBEAT_MS
        if length > _STALL_MS / 2:
            self._stalls.append((length, self._doing))
        self._beat_at = now

    # What goes wrong

    def _note_exception(self, kind: Any, error: Any, trace: Any) -> None:
        text = "".join(traceback.format_exception(kind, error, trace))
        print(text, file=sys.stderr)
        self._failures.append(f"{self._doing}: {kind.__name__}: {error}")

    def _note_message(self, level: Any, _context: Any, text: str) -> None:
        from PySide6.QtCore import QtMsgType

        grave = level in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg)
        if grave and "This plugin does not support" not in text:
            self._failures.append(f"{self._doing}: {text}")


if __name__ == "__main__":
    sys.exit(main())
