"""What is remembered between two runs."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from isthmus.ui.settings import Settings


def again(path: Path) -> Settings:
    return Settings(QSettings(str(path), QSettings.Format.IniFormat))


def test_recent_scans_stand_newest_first_and_once(tmp_path: Path) -> None:
    settings = again(tmp_path / "a.ini")
    for name in ("one", "two", "one"):
        settings.add_recent(tmp_path / name)
    assert [path.name for path, _ in settings.recents()] == ["one", "two"]


def test_ten_are_kept_over_a_restart(tmp_path: Path) -> None:
    settings = again(tmp_path / "a.ini")
    for number in range(13):
        settings.add_recent(tmp_path / f"scan {number}, T1.nii.gz")
    del settings
    kept = again(tmp_path / "a.ini").recents()
    assert [path.name for path, _ in kept] == [f"scan {n}, T1.nii.gz" for n in range(12, 2, -1)]
    assert all(when.isValid() for _, when in kept)


def test_one_and_none_come_back_too(tmp_path: Path) -> None:
    settings = again(tmp_path / "a.ini")
    settings.add_recent(tmp_path / "one, alone")
    del settings
    settings = again(tmp_path / "a.ini")
    assert [path.name for path, _ in settings.recents()] == ["one, alone"]
    settings.clear_recents()
    del settings
    assert again(tmp_path / "a.ini").recents() == ()


def test_a_scan_is_called_as_it_was_told_to_be(tmp_path: Path) -> None:
    settings = again(tmp_path / "a.ini")
    for name, called in (("doe", "•••|1"), ("plain", ""), ("roe", "•••, 2")):
        settings.add_recent(tmp_path / name, called)
    del settings
    settings = again(tmp_path / "a.ini")
    names = [settings.recent_name(path) for path, _ in settings.recents()]
    assert names == ["•••, 2", "plain", "••• 1"]
    settings.add_recent(tmp_path / "doe", "•••")
    names = [settings.recent_name(path) for path, _ in settings.recents()]
    assert names == ["•••", "•••, 2", "plain"]


def test_geometry_comes_back(tmp_path: Path) -> None:
    settings = again(tmp_path / "a.ini")
    assert settings.geometry().isEmpty()
    settings.set_geometry(QByteArray(b"where"))
    del settings
    assert again(tmp_path / "a.ini").geometry() == QByteArray(b"where")


def test_the_first_start_is_told_once(tmp_path: Path) -> None:
    assert again(tmp_path / "a.ini").greet()
    assert not again(tmp_path / "a.ini").greet()
    assert not Settings(None).greet()


def test_without_a_store_nothing_is_remembered(tmp_path: Path) -> None:
    settings = Settings(None)
    settings.add_recent(tmp_path / "one")
    settings.set_geometry(QByteArray(b"where"))
    assert settings.recents() == ()
    assert settings.geometry().isEmpty()
