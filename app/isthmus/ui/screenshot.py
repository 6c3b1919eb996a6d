"""Pictures of the whole window, saved so that a half-written file is never left behind."""

import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QWidget

from isthmus.errors import IsthmusError


def save_picture(widget: QWidget, path: Path) -> None:
    """Save a widget as it stands into a PNG file, whole or not at all.

    Raises:
        IsthmusError: The file cannot be written.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    temporary: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.absolute().parent, prefix=".isthmus-", delete=False
        ) as file:
            temporary = Path(file.name)
            file.write(buffer.data().data())
        # Temporary files are for their owner only; a picture has the usual permissions.
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise IsthmusError(
            f"{path} cannot be written: {error.strerror}.", "Choose another folder."
        ) from error
