"""What is remembered between two runs: recent scans by path, and where the window was."""

from pathlib import Path
from typing import Any, TypeVar, cast

from PySide6.QtCore import QByteArray, QDateTime, QObject, QSettings, Qt, Signal

_RECENTS, _NAMES = "recents", "recent-names"
_KEPT = 10


Plain = TypeVar("Plain", str, int, float, bool)


class Settings(QObject):
    """A typed front to `QSettings`. Without a store, plain values last as long as this object.

    Args:
        store: Where values are kept; `None` to forget them, as a screenshot does.

    Attributes:
        changed: A plain value has changed; carries its key.
    """

    changed = Signal(str)

    def __init__(self, store: QSettings | None) -> None:
        super().__init__()
        self._store = store
        self._plain: dict[str, object] = {}

    @classmethod
    def of_the_person(cls) -> "Settings":
        """Return the settings of the person at this computer, in an INI file of their own."""
        fmt, scope = QSettings.Format.IniFormat, QSettings.Scope.UserScope
        return cls(QSettings(fmt, scope, "Isthmus", "Isthmus"))

    def recents(self) -> tuple[tuple[Path, QDateTime], ...]:
        """Return recent scans, newest first, each with when it was opened."""
        stored = self._store.value(_RECENTS) if self._store else None
        # A list of one comes back from an INI file as a string, an empty one as None.
        lines = stored if isinstance(stored, list) else [stored] if stored else []
        entries = []
        for line in lines:
            when, _, path = str(line).partition("|")
            if path:
                entries.append((Path(path), QDateTime.fromString(when, Qt.DateFormat.ISODate)))
        return tuple(entries)

    def add_recent(self, path: Path, name: str = "") -> None:
        """Put a scan at the top of the list.

        Args:
            path: File or folder.
            name: What to call it, if it may not be called by its own name.
        """
        path = path.absolute()
        now = QDateTime.currentDateTime()
        others = [entry for entry in self.recents() if entry[0] != path]
        names = {each: self.recent_name(each) for each, _ in others}
        names[path] = name or path.name
        self._write_recents([(path, now), *others][:_KEPT])
        if self._store:
            kept = [names[each].replace("|", " ") for each, _ in self.recents()]
            self._store.setValue(_NAMES, "|".join(kept))

    def recent_name(self, path: Path) -> str:
        """Return what a recent scan is called: without its patient's name, where that was known."""
        names = str(self._store.value(_NAMES) or "").split("|") if self._store else []
        known = dict(zip((each for each, _ in self.recents()), names, strict=False))
        return known.get(path) or path.name

    def forget_recent(self, path: Path) -> None:
        """Take one scan out of the list; nothing happens if it is not in it."""
        kept = [entry for entry in self.recents() if entry[0] != path]
        names = {each: self.recent_name(each) for each, _ in kept}
        self._write_recents(kept)
        if self._store:
            self._store.setValue(_NAMES, "|".join(names[each] for each, _ in kept))

    def clear_recents(self) -> None:
        """Forget the recent scans."""
        self._write_recents([])

    def greet(self) -> bool:
        """Return whether this is the first start; from then on it is not."""
        if self._store is None or self._store.contains("greeted"):
            return False
        self._store.setValue("greeted", True)
        return True

    def geometry(self) -> QByteArray:
        """Return where the window was; empty on a first start."""
        value = self._store.value("geometry") if self._store else None
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_geometry(self, geometry: QByteArray) -> None:
        """Remember where the window is."""
        if self._store:
            self._store.setValue("geometry", geometry)

    def value(self, key: str, default: Plain) -> Plain:
        """Return a plain value that `set_value` remembered, or `default`.

        Args:
            key: Its name, such as `"appearance/theme"`.
            default: What it is where nothing was remembered, or something of another kind; a str,
                int, float or bool.
        """
        stored = self._plain.get(key) if self._store is None else self._store.value(key)
        if isinstance(default, bool):
            # An INI file keeps text.
            known = {"true": True, "false": False}
            found = stored if isinstance(stored, bool) else known.get(str(stored))
            return default if found is None else found
        try:
            return default if stored is None else type(default)(cast(Any, stored))
        except (TypeError, ValueError):
            return default

    def set_value(self, key: str, value: Plain) -> None:
        """Remember a plain value, and tell of it if it differs from what was known."""
        if self.value(key, value) == value and self.knows(key):
            return
        if self._store is None:
            self._plain[key] = value
        else:
            self._store.setValue(key, value)
        self.changed.emit(key)

    def knows(self, key: str) -> bool:
        """Return whether a value is remembered under a key."""
        return key in self._plain if self._store is None else self._store.contains(key)

    def _write_recents(self, entries: list[tuple[Path, QDateTime]]) -> None:
        if self._store:
            lines = [f"{when.toString(Qt.DateFormat.ISODate)}|{path}" for path, when in entries]
            self._store.setValue(_RECENTS, lines)
