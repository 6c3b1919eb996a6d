"""How fast the window is: start, first slice, scrolling, the selector, and stalls.

    python benchmarks/window.py [SCAN] [--json]

Runs the real program in a process of its own, 1920×1080; without a display, on Qt's offscreen
platform. Without SCAN, on the demo scan.

window_s             from the command to the first paint of the window
first_slice_s        from there to the first paint of a slice
torch_load_stall_ms  longest the main thread was blocked while torch was imported
first_preview_s      from the model being loaded to the first reconstructed slice; torch is cold
scroll_median_ms     a wheel notch to all three panes painted, while the codec works
scroll_p99_ms        the same, 99th percentile
selector_slice_s     selector moved to the visible slice painted, model warm, nothing cached; median
selector_slowest_s   the same, slowest
longest_stall_ms     longest the main thread was blocked at any other time
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

_SIZE = (1920, 1080)
_NOTCHES = 300
_HEARTBEAT_MS = 2


def main() -> int:
    """Measure in a process of its own, and print a table or one JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("scan", nargs="?", metavar="SCAN", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--started", type=float, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.started is not None:
        print(json.dumps(_measure(options.scan, options.started)))
        return 0
    environment = dict(os.environ)
    if sys.platform.startswith("linux") and not (
        environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    ):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, __file__, "--started", repr(time.time())]
    done = subprocess.run(
        [*command, *([str(options.scan)] if options.scan else [])],
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
        check=False,
    )
    if done.returncode:
        return 1
    figures: dict[str, Any] = json.loads(done.stdout)
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:<20} {value}")
    return 0


def _measure(scan: Path | None, started: float) -> dict[str, Any]:
    # As the command does: nothing before this but the interpreter and argparse.
    from isthmus.ui import app

    application = app.application()
    from isthmus.scans import demo_scan
    from isthmus.ui.settings import Settings
    from isthmus.ui.window import Window

    window = Window(Settings(None))
    window.resize(*_SIZE)
    window.start_with([scan or demo_scan()])
    run = _Run(window)
    window.show()
    try:
        return run.all(application, started)
    finally:
        window.close()


class _Run:
    """One run through all measurements."""

    def __init__(self, window: Any) -> None:
        from PySide6.QtCore import QEvent, QObject, QTimer

        self.window = window
        self.painted_at = 0.0
        self.sliced_at = 0.0
        self.gaps: list[tuple[float, float]] = []
        window.first_painted.connect(self._painted)
        canvas = window.viewer.panes.panes[0].canvas

        class Paints(QObject):
            def eventFilter(_self, watched: QObject, event: QEvent) -> bool:  # noqa: N805
                if event.type() == QEvent.Type.Paint and window.store.volume is not None:
                    QTimer.singleShot(0, self._sliced)
                    canvas.removeEventFilter(_self)
                return False

        self._paints = Paints()
        canvas.installEventFilter(self._paints)
        self._beat_at = time.perf_counter()
        self._heart = QTimer(interval=_HEARTBEAT_MS)
        self._heart.timeout.connect(self._beat)
        self._heart.start()

    def all(self, application: Any, started: float) -> dict[str, Any]:
        self._application = application
        session = self.window.session
        self._until(lambda: bool(self.sliced_at))
        self._until(lambda: session.codec is not None)
        loaded_at = time.perf_counter()
        loading = [length for at, length in self.gaps if at > self.sliced_mark]
        before = [length for at, length in self.gaps if at <= self.sliced_mark]
        self.gaps = []
        self._until(lambda: self.window.viewer.panes.shown)
        previewed_at = time.perf_counter()
        selector = self._selector()
        scroll = self._scroll()
        self._until(lambda: self.window.settled)
        steps = [length for _, length in scroll]
        return {
            "window_s": round(self.painted_at - started, 2),
            "first_slice_s": round(self.sliced_at - self.painted_at, 2),
            "torch_load_stall_ms": round(max(loading)),
            "first_preview_s": round(previewed_at - loaded_at, 2),
            "scroll_median_ms": round(statistics.median(steps), 1),
            "scroll_p99_ms": round(statistics.quantiles(steps, n=100)[-1], 1),
            "selector_slice_s": round(statistics.median(selector), 3),
            "selector_slowest_s": round(max(selector), 3),
            "longest_stall_ms": round(max([*before, *(length for _, length in self.gaps)])),
            "all_known_s": round(time.perf_counter() - loaded_at, 1),
            "platform": self._application.platformName(),
            "device": session.codec.device,
            "model": session.codec.info.name,
            "voxels": "×".join(map(str, session.study.volume.shape[::-1])),
        }

    def _selector(self) -> list[float]:
        """Move to each bottleneck in turn with nothing known of it."""
        session, panes = self.window.session, self.window.viewer.panes
        names = self.window.viewer.deck.selector.names()
        taken = []
        for name in (*names, *names[::-1][1:]):
            session.study.records.pop(name, None)
            begun = time.perf_counter()
            self.window.store.set_bottleneck(name)
            self._until(lambda wanted=name: panes.shown and panes.shown.bottleneck.name == wanted)
            panes.repaint()
            taken.append(time.perf_counter() - begun)
            # A hand's next move comes through the event loop, and so do heartbeats.
            self._application.processEvents()
        return taken

    def _scroll(self) -> list[tuple[float, float]]:
        """Turn the wheel to and fro, a notch each frame, while the other bottlenecks are made."""
        from PySide6.QtCore import QPoint, QPointF, Qt
        from PySide6.QtGui import QWheelEvent

        canvas = self.window.viewer.panes.panes[1].canvas
        middle = QPointF(canvas.rect().center())
        taken: list[tuple[float, float]] = []
        notch = -120
        while len(taken) < _NOTCHES and not self.window.settled:
            index, last = self.window.store.index, self.window.store.view.n_slices - 1
            if index in (0, last):
                notch = 120 if index == last else -120
            event = QWheelEvent(
                middle,
                canvas.mapToGlobal(middle),
                QPoint(),
                QPoint(0, notch),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
            begun = time.perf_counter()
            self._application.sendEvent(canvas, event)
            self._application.processEvents()
            taken.append((begun, 1000 * (time.perf_counter() - begun)))
            frame_ends = begun + 0.016
            self._until(lambda ends=frame_ends: time.perf_counter() >= ends)
        return taken

    def _until(self, condition: Any) -> None:
        from PySide6.QtCore import QEventLoop

        while not condition():
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def _painted(self) -> None:
        self.painted_at = time.time()
        # Nobody waits for a window that is not there yet, but for its coming: that is window_s.
        self.gaps, self._beat_at = [], time.perf_counter()

    def _sliced(self) -> None:
        self.sliced_at = time.time()
        self.sliced_mark = time.perf_counter()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now, 1000 * (now - self._beat_at)))
        self._beat_at = now


if __name__ == "__main__":
    sys.exit(main())
