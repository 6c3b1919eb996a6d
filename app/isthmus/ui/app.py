"""Starts the program: the window on the screen, or the same window drawn into a file."""

import signal
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from isthmus import __version__
from isthmus.errors import IsthmusError
from isthmus.ui import accessibility, theme
from isthmus.ui.program.preferences import LANGUAGE, TEXT_SCALE
from isthmus.ui.screenshot import save_picture
from isthmus.ui.settings import Settings
from isthmus.ui.window import Window
from isthmus.ui.words import use_language

_STEP_MS = 50
_OTHERS_MS = 20_000
# A lane that runs Python gives the interpreter back after this many seconds when the main thread
# wants it; the usual 5 ms would add up to a frame over the few calls that one paint makes.
_SWITCH_S = 0.0005


def application() -> QApplication:
    """Return the one application, made and themed if there is none yet."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    sys.setswitchinterval(_SWITCH_S)
    app.setApplicationName("Isthmus")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("isthmus")
    theme.apply(app)
    accessibility.install()
    return app


def run(
    paths: list[Path], *, bottleneck: str = "", device: str = "auto", tour: bool = False
) -> int:
    """Show the window until it is closed.

    Args:
        paths: The first is opened, all are listed; without any, the welcome page is shown.
        bottleneck: Name of the bottleneck to start with.
        device: Where the model is to run.
        tour: Whether the guided demo begins when the scan is there.

    Returns:
        The exit status.
    """
    app = application()
    # Qt's loop gives Python no turn to raise KeyboardInterrupt in: Ctrl+C in a terminal ends it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    settings = Settings.of_the_person()
    use_language(app, settings.value(LANGUAGE, ""))
    # Before there is anything on the screen: what is made takes its size from it.
    theme.apply(app, scale=settings.value(TEXT_SCALE, 100) / 100)
    window = Window(settings, device=device, bottleneck=bottleneck)
    if tour:
        window.features.tour.want()
    window.start_with(paths)
    window.show()
    return app.exec()


def screenshot(
    path: Path,
    out: Path,
    *,
    size: tuple[int, int] = (1920, 1080),
    bottleneck: str = "",
    device: str = "auto",
    say: Callable[[str], None],
) -> list[str]:
    """Draw the window with a scan, once its figures are there, into a PNG file.

    The bottleneck asked for is waited for however long it takes. The others get some more seconds;
    those of a large scan that are not measured by then stand in the picture as expected.

    Args:
        path: The scan.
        out: The PNG file.
        size: Of the window, in device-independent pixels.
        bottleneck: Name of the bottleneck to show; the middle one if empty.
        device: Where the model is to run.
        say: Called with each notice, which the picture does not show.

    Returns:
        The figures, one on a line.

    Raises:
        IsthmusError: The scan, the model or the picture failed.
    """
    app = application()
    window = Window(Settings(None), device=device, bottleneck=bottleneck)
    window.session.asks = False  # of several series, the largest
    window.resize(*size)
    failures: list[IsthmusError] = []
    window.session.failed.connect(
        lambda problem, remedy: failures.append(IsthmusError(problem, remedy))
    )
    window.session.noticed.connect(lambda title, text: say(f"{title.rstrip('.')}. {text}".strip()))
    window.start_with([path])
    window.show()
    loop = QEventLoop()
    timer = QTimer()
    timer.setInterval(_STEP_MS)
    patience = QTimer(singleShot=True, interval=_OTHERS_MS)
    patience.timeout.connect(loop.quit)

    def look() -> None:
        if failures or window.settled:
            loop.quit()
        elif window.session.complete and not patience.isActive():
            patience.start()

    timer.timeout.connect(look)
    timer.start()
    loop.exec()
    timer.stop()
    try:
        if failures:
            raise failures[0]
        window.messages.clear()
        app.processEvents()
        save_picture(window, out)
        return figures(window)
    finally:
        window.close()


def figures(window: Window) -> list[str]:
    """Return what was measured at the bottleneck asked for, one figure on a line, "." decimals."""
    study, record = window.session.study, window.session.record()
    assert study is not None
    assert record is not None
    assert record.file is not None
    assert record.quality is not None
    stored, size = study.volume.source.stored_bytes, len(record.file)
    whole = record.quality.volume
    return [
        f"scan         {study.volume.source.title}",
        f"bottleneck   {window.session.asked}",
        f"bytes        {size}",
        f"ratio        {stored / size:.1f}:1",
        f"bpv          {8 * size / study.volume.voxels.size:.4f}",
        f"psnr         {whole.psnr:.2f} dB",
        f"ssim         {whole.ssim:.4f}",
        f"mae          {whole.mae:.3f}{' ' + study.volume.unit if study.volume.unit else ''}",
    ]
