"""The file of a session: JSON, with a version, written whole or not at all.

{"isthmus-session": 1,
 "scan": {"path", "relative", "folder", "part", "shape", "demo"},
 "model", "bottleneck", "pinned",
 "view": {fields of the view's state},
 "drawings": [...]}
"""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from isthmus.errors import IsthmusError
from isthmus.scans.writing import replacing

SUFFIX = ".isthmus-session"
_MARK = "isthmus-session"
_VERSION = 1
_LARGEST = 64 << 20  # bytes; drawings are a few hundred each


@dataclass(frozen=True)
class SessionFile:
    """What a session remembers.

    Attributes:
        path: The scan: a file or a folder, absolute.
        relative: The same as seen from the session's folder; empty if there is no such way.
        folder: Whether it is a folder.
        part: Which of the scan's volumes, from 0.
        shape: Slices, rows and columns of the scan, to know it again; empty if unknown.
        demo: Whether it is the demo scan, wherever that lies.
        model: Name of the model.
        bottleneck: Name of the bottleneck that was asked for.
        pinned: Name of the one kept beside; empty for none.
        view: Fields of the view's state, as JSON's types.
        drawings: Measurements, as JSON's types.
    """

    path: Path
    relative: str = ""
    folder: bool = False
    part: int = 0
    shape: tuple[int, ...] = ()
    demo: bool = False
    model: str = ""
    bottleneck: str = ""
    pinned: str = ""
    view: dict[str, Any] = field(default_factory=dict)
    drawings: list[Any] = field(default_factory=list)

    def places(self, session: Path) -> tuple[Path, ...]:
        """Return where the scan may lie: beside the session as before, or where it was."""
        beside = [session.parent / self.relative] if self.relative else []
        return tuple(place.resolve() for place in (*beside, self.path))


def write(session: SessionFile, path: Path) -> None:
    """Write a session.

    Raises:
        IsthmusError: The file cannot be written.
    """
    try:
        relative = Path(os.path.relpath(session.path, path.absolute().parent)).as_posix()
    except ValueError:  # another drive
        relative = ""
    said = {
        _MARK: _VERSION,
        "scan": {
            "path": str(session.path),
            "relative": relative,
            "folder": session.folder,
            "part": session.part,
            "shape": list(session.shape),
            "demo": session.demo,
        },
        "model": session.model,
        "bottleneck": session.bottleneck,
        "pinned": session.pinned,
        "view": session.view,
        "drawings": session.drawings,
    }
    text = json.dumps(said, ensure_ascii=False, indent=1, allow_nan=False)
    try:
        with replacing(path) as file:
            file.write(text.encode())
    except OSError as error:
        raise IsthmusError(
            f"{path.name} cannot be written: {error.strerror or error}.",
            "Choose another folder, or make room on the disk.",
        ) from error


def read(path: Path) -> SessionFile:
    """Read a session. What its view and its drawings hold is judged by who takes them.

    Raises:
        IsthmusError: The file cannot be read, is no session, is damaged, or of a later version.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise _no_session(path)
        said = json.loads(path.read_bytes())
    except OSError as error:
        raise IsthmusError(
            f"{path.name} cannot be read: {error.strerror or error}.", "Is it still there?"
        ) from error
    except (ValueError, RecursionError) as error:
        raise IsthmusError(
            f"{path.name} is damaged, or not a session of Isthmus.",
            "Open the scan itself, or another copy of the session.",
        ) from error
    if not isinstance(said, dict) or _MARK not in said:
        raise _no_session(path)
    version = said[_MARK]
    if isinstance(version, int) and version > _VERSION:
        raise IsthmusError(
            f"{path.name} was saved by a later version of Isthmus.",
            "Open it with that version, or open the scan itself.",
        )
    try:
        return _session(version, said)
    except (KeyError, TypeError, ValueError) as error:
        raise IsthmusError(
            f"{path.name} is damaged: it does not say which scan it is of.",
            "Open the scan itself, or another copy of the session.",
        ) from error


def _session(version: object, said: dict[str, Any]) -> SessionFile:
    scan = said["scan"]
    shape, part = scan.get("shape", []), scan.get("part", 0)
    texts = [said.get(name, "") for name in ("model", "bottleneck", "pinned")]
    texts += [scan["path"], scan.get("relative", "")]
    whole = [version, part, *shape]
    if not all(isinstance(text, str) and "\0" not in text for text in texts):
        raise TypeError("not a text")
    if not all(type(number) is int and number >= 0 for number in whole):
        raise TypeError("not a whole number")
    if not texts[3] and not scan.get("demo"):
        raise ValueError("no scan")
    view, drawings = said.get("view"), said.get("drawings")
    return SessionFile(
        path=Path(texts[3]),
        relative=texts[4],
        folder=bool(scan.get("folder", False)),
        part=part,
        shape=tuple(shape),
        demo=bool(scan.get("demo", False)),
        model=texts[0],
        bottleneck=texts[1],
        pinned=texts[2],
        view=view if isinstance(view, dict) else {},
        drawings=drawings if isinstance(drawings, list) else [],
    )


def _no_session(path: Path) -> IsthmusError:
    return IsthmusError(
        f"{path.name} is not a session of Isthmus.", f"Choose a file that ends in {SUFFIX}."
    )
