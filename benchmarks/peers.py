"""Start, first slice and scrolling, beside napari: one file, one machine, one run.

    python benchmarks/peers.py [SCAN] [--napari PYTHON] [--runs N] [--json]

SCAN is a NIfTI file; without it, the demo scan. PYTHON is an interpreter that has napari and
nibabel; by default this one. Both programs need a display, a virtual one will do:
`xvfb-run -a -s "-screen 0 1920x1080x24" python benchmarks/peers.py`. Each runs in a process of its
own, in a window of 1920×1080, in turn; the middle of the runs counts.

window_s          from the command to the first paint of the window
first_slice_s     from there to the first paint of a slice
scroll_median_ms  one slice on, painted, and the window's picture read back from the display
scroll_p99_ms     the same, 99th percentile

napari draws one picture with OpenGL; Isthmus three linked panes, while its codec works.
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
_STEPS = 200
_NAMES = ("isthmus", "napari")


def main() -> int:
    """Measure both, and print a table or one JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("scan", nargs="?", metavar="SCAN", type=Path)
    parser.add_argument("--napari", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--runs", type=int, default=3, metavar="N")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--measure", choices=_NAMES, help=argparse.SUPPRESS)
    parser.add_argument("--started", type=float, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure = _isthmus if options.measure == "isthmus" else _napari
        print(json.dumps(measure(options.scan, options.started)))
        return 0
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        parser.error("there is no display; see the first lines of this file")
    scan = options.scan
    if scan is None:
        from isthmus.scans import demo_scan

        scan = demo_scan()
    interpreters = {"isthmus": sys.executable, "napari": options.napari}
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in _NAMES}
    for _ in range(options.runs):
        for name, interpreter in interpreters.items():
            command = [interpreter, __file__, str(scan), "--measure", name]
            done = subprocess.run(
                [*command, "--started", repr(time.time())],
                stdout=subprocess.PIPE,
                text=True,
                check=False,
            )
            if done.returncode:
                return 1
            runs[name].append(json.loads(done.stdout.splitlines()[-1]))
    middle = {
        name: {key: statistics.median(run[key] for run in found) for key in found[0]}
        for name, found in runs.items()
    }
    if options.json:
        print(json.dumps(middle))
        return 0
    print(f"{'':<18}{'Isthmus':>10}{'napari':>10}")
    for key, value in middle["isthmus"].items():
        print(f"{key:<18}{value:>10}{middle['napari'][key]:>10}")
    return 0


def _isthmus(scan: Path, started: float) -> dict[str, float]:
    from isthmus.ui import app

    application = app.application()
    from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
    from PySide6.QtGui import QWheelEvent

    from isthmus.ui.settings import Settings
    from isthmus.ui.window import Window

    window = Window(Settings(None))
    window.resize(*_SIZE)
    window.start_with([scan])
    painted: list[float] = []
    window.first_painted.connect(lambda: painted.append(time.time()))
    canvas = window.viewer.panes.panes[0].canvas
    sliced: list[float] = []

    class Paints(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and window.store.volume is not None:
                sliced.append(time.time())
            return False

    paints = Paints()
    canvas.installEventFilter(paints)
    window.show()
    _until(application, lambda: bool(sliced and painted))
    first_slice = sliced[0]
    _until(application, lambda: window.session.codec is not None and window.viewer.panes.shown)

    middle, notch = QPointF(canvas.rect().center()), [-120]

    def step() -> None:
        last = window.store.view.n_slices - 1
        if window.store.index in (0, last):
            notch[0] = 120 if window.store.index == last else -120
        turn = QWheelEvent(
            middle,
            canvas.mapToGlobal(middle),
            QPoint(),
            QPoint(0, notch[0]),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        sliced.clear()
        application.sendEvent(canvas, turn)
        _until(application, lambda: bool(sliced))

    steps = _scrolled(application, window, step)
    figures = _figures(started, painted[0], first_slice, steps)
    window.close()
    return figures


def _napari(scan: Path, started: float) -> dict[str, float]:
    import napari  # type: ignore[import-not-found]

    viewer = napari.Viewer(show=False)
    from qtpy.QtWidgets import QApplication

    application = QApplication.instance()
    main_window = viewer.window._qt_window
    main_window.resize(*_SIZE)
    drawn: list[float] = []
    canvas = viewer.window._qt_viewer.canvas._scene_canvas
    canvas.events.draw.connect(lambda event: drawn.append(time.time()))
    main_window.show()
    _until(application, lambda: bool(drawn))
    painted = drawn[0]

    import nibabel
    import numpy as np

    image = nibabel.load(scan)
    voxels = np.ascontiguousarray(np.asarray(image.dataobj).T)
    drawn.clear()
    viewer.add_image(voxels, scale=image.header.get_zooms()[:3][::-1])
    _until(application, lambda: bool(drawn))
    first_slice = drawn[0]
    at, direction = [voxels.shape[0] // 2], [1]

    def step() -> None:
        if at[0] in (0, voxels.shape[0] - 1):
            direction[0] = 1 if at[0] == 0 else -1
        at[0] += direction[0]
        drawn.clear()
        viewer.dims.set_current_step(0, at[0])
        _until(application, lambda: bool(drawn))

    steps = _scrolled(application, main_window, step)
    figures = _figures(started, painted, first_slice, steps)
    main_window.close()
    return figures


def _scrolled(application: Any, window: Any, step: Any) -> list[float]:
    """Return how many milliseconds each step takes until its picture can be read back."""
    taken = []
    screen, number = window.screen(), int(window.winId())
    for _ in range(_STEPS):
        begun = time.perf_counter()
        step()
        screen.grabWindow(number)
        taken.append(1000 * (time.perf_counter() - begun))
        pause = time.perf_counter() + 0.02
        _until(application, lambda ends=pause: time.perf_counter() >= ends)
    return taken


def _figures(
    started: float, painted: float, first_slice: float, steps: list[float]
) -> dict[str, float]:
    return {
        "window_s": round(painted - started, 2),
        "first_slice_s": round(max(first_slice - painted, 0.0), 2),
        "scroll_median_ms": round(statistics.median(steps), 1),
        "scroll_p99_ms": round(statistics.quantiles(steps, n=100)[-1], 1),
    }


def _until(application: Any, condition: Any) -> None:
    while not condition():
        application.processEvents()


if __name__ == "__main__":
    sys.exit(main())
