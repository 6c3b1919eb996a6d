"""Draws the pictures of `docs/workstation.md`: each layout and each comparison, by the program.

    python packaging/pictures.py

Each look is a process of its own, since Qt takes the scale of the screen when it starts: dark at
1920×1080, light at 1366×768, and dark at 1366×768 with two device pixels for each. The demo scan
is shown, off screen, once everything about it is known.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "workstation"
# Name, theme, width, height, device pixels per pixel.
_LOOKS = (
    ("dark-1920x1080", "dark", 1920, 1080, 1),
    ("light-1366x768", "light", 1366, 768, 1),
    ("dark-1366x768-scale-2", "dark", 1366, 768, 2),
)
_BOTTLENECK, _PINNED = "32ch", "96ch"
_QUALITY = 72  # of WebP: letters stay clean
_PATIENCE_S = 300


def main() -> int:
    """Draw all looks."""
    if len(sys.argv) > 1:
        _draw(next(look for look in _LOOKS if look[0] == sys.argv[1]))
        return 0
    _FOLDER.mkdir(parents=True, exist_ok=True)
    for look in _LOOKS:
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(look[4])}
        subprocess.run([sys.executable, __file__, look[0]], env=environment, check=True)
    return 0


def _draw(look: tuple[str, str, int, int, int]) -> None:
    from isthmus.scans import demo_scan
    from isthmus.ui import app
    from isthmus.ui.program.preferences import THEME
    from isthmus.ui.settings import Settings
    from isthmus.ui.view_state import Comparison, Layout
    from isthmus.ui.window import Window

    name, colours, width, height, _ = look
    application = app.application()
    settings = Settings(None)
    settings.set_value(THEME, colours)
    window = Window(settings, bottleneck=_BOTTLENECK)
    window.resize(width, height)
    window.start_with([demo_scan()])
    window.show()
    _until(application, lambda: window.settled)

    def save(what: str, **state: object) -> None:
        window.store.show(**state)
        _until(application, lambda: window.settled)
        picture = window.grab().toImage()
        picture.save(str(_FOLDER / f"{name}-{what}.webp"), "WEBP", _QUALITY)

    for comparison in Comparison:
        save(comparison.value.replace(" ", "-"), comparison=comparison)
    window.store.show(comparison=Comparison.SIDE_BY_SIDE)
    for layout in (Layout.NINE, Layout.ONE, Layout.TWO_RECONSTRUCTIONS):
        pinned = _PINNED if layout is Layout.TWO_RECONSTRUCTIONS else ""
        save(f"layout-{layout.value.replace(' ', '-')}", layout=layout, pinned=pinned)
    window.close()


def _until(application: Any, condition: Callable[[], bool]) -> None:
    """Let the window work until something holds, and be painted then."""
    ends = time.monotonic() + _PATIENCE_S
    still = 0
    while still < 20:  # maps are asked for by a paint, after which the window is busy again
        if time.monotonic() > ends:
            raise TimeoutError("the window never came to rest")
        application.processEvents()
        time.sleep(0.01)
        still = still + 1 if condition() else 0


if __name__ == "__main__":
    sys.exit(main())
