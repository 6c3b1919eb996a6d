"""Pictures and films of a window: its actions, and what is dragged out of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QSize, Qt, QTemporaryDir, QUrl, Slot
from PySide6.QtGui import QDrag, QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QFileDialog

from isthmus.ui.panes.pane import Pane
from isthmus.ui.program.exports.files import write_png
from isthmus.ui.program.exports.film_dialog import FilmDialog
from isthmus.ui.program.exports.filming import Filming
from isthmus.ui.program.exports.picture_dialog import PictureDialog
from isthmus.ui.program.exports.rendering import (
    as_array,
    description,
    draw_pictures,
    draw_widget,
)
from isthmus.ui.words import tr

if TYPE_CHECKING:
    from isthmus.ui.window import Window

_PICTURE = "picture"
_DRAGGED = QSize(160, 160)
_FOOT = QSize(0, 24)


class Exports(QObject):
    """Copies, saves and hands out what is seen.

    Args:
        window: Whose.

    Attributes:
        filming: Makes films.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._panes, self._store = window.viewer.panes, window.store
        self.filming = Filming(window.session, self._panes, self)
        # Files for programs that take a dropped file, not a picture; gone with the window.
        self._dropped: QTemporaryDir | None = None
        actions = window.actions_
        self.copy = actions.make(tr("&Copy view"), "Ctrl+C", self.copy_view, scan=True)
        self.film = actions.make(tr("Save fil&m…"), "Ctrl+Shift+E", self.show_film, scan=True)
        edit, file = actions.menu("Edit"), actions.menu("File")
        edit.insertAction(edit.actions()[2], self.copy)
        edit.insertSeparator(self.copy)
        places = file.actions()
        file.insertAction(places[places.index(actions.screenshot) + 1], self.film)
        actions.save_screenshot.connect(self.show_pictures)
        self._panes.picture_dragged.connect(self.drag)
        self.filming.done.connect(self._tell_film)

    # Copies

    @Slot()
    def copy_view(self) -> None:
        """Put the panes into the clipboard, as they stand."""
        image = draw_pictures(self._panes, 1.0, self._panes, self._store)
        QGuiApplication.clipboard().setImage(image)
        self._window.messages.show_notice(tr("View copied"))

    def mime(self, pane: Pane) -> QMimeData:
        """Return one pane's picture as other programs take it: as an image, and as a file."""
        image = draw_pictures(pane.canvas, 1.0, self._panes, self._store)
        if self._dropped is None:
            self._dropped = QTemporaryDir()
        number = self._store.index_of(pane.plane) + 1
        path = Path(self._dropped.path()) / f"isthmus-{pane.kind}-{pane.plane.value}-{number}.png"
        write_png(path, as_array(image), description(self._panes))
        mime = QMimeData()
        mime.setImageData(image)
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        return mime

    @Slot(object)
    def drag(self, pane: Pane) -> None:
        """Let a pane's picture be dropped somewhere else."""
        if self._store.volume is None:
            return
        drag = QDrag(pane)
        drag.setMimeData(self.mime(pane))
        small = QPixmap(pane.canvas.grab()).scaled(
            _DRAGGED, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        drag.setPixmap(small)
        drag.exec(Qt.DropAction.CopyAction)

    # Files

    @Slot()
    def show_pictures(self) -> None:
        """Offer pictures of the panes, of one of them, and of the window."""
        panes, store, window = self._panes, self._store, self._window
        offers: list[tuple[str, QSize, Callable[[float], QImage]]] = [
            (
                tr("All pictures"),
                panes.size() + _FOOT,
                lambda scale: draw_pictures(panes, scale, panes, store),
            ),
            (
                tr("The window"),
                window.size(),
                lambda scale: draw_widget(window, scale, panes, store),
            ),
        ]
        for pane in panes.panes:
            if pane.canvas.isVisible():
                offers.append(
                    (
                        f"{pane.head.name}, {pane.plane.value}",
                        pane.canvas.size() + _FOOT,
                        partial(self._draw_pane, pane),
                    )
                )
        ratio = window.devicePixelRatioF()
        offers = [(name, size * ratio, draw) for name, size, draw in offers]
        warning = tr("The patient is named on these pictures.") if store.state.patient else ""
        PictureDialog(offers, warning, self._choose_file, window).open()

    def _draw_pane(self, pane: Pane, scale: float) -> QImage:
        return draw_pictures(pane.canvas, scale, self._panes, self._store)

    def _choose_file(self, image: QImage) -> bool:
        path, _ = QFileDialog.getSaveFileName(
            self._window, tr("Save a picture"), "isthmus.png", tr("PNG picture") + " (*.png)"
        )
        if path:
            self.save(image, Path(path))
        return bool(path)

    def save(self, image: QImage, path: Path) -> None:
        """Save a picture in the background, whole or not at all."""
        if path.suffix.lower() != ".png":
            path = path.with_name(f"{path.name}.png")
        pixels, said = as_array(image), description(self._panes)
        self._window.session.jobs.submit(
            "save",
            _PICTURE,
            lambda _context: write_png(path, pixels, said),
            done=lambda _: self._window.messages.show_notice(tr("Picture saved"), str(path)),
            failed=self._window.session.tell,
        )

    @Slot()
    def show_film(self) -> None:
        """Offer a film of the slices, or of the comparison."""
        FilmDialog(self.filming, self._store, self._window).open()

    @Slot(object)
    def _tell_film(self, path: Path) -> None:
        self._window.messages.show_notice(tr("Film saved"), str(path))
