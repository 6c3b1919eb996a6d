"""Where resources and models lie: inside the installed package, or at the root of a checkout."""

from functools import cache
from pathlib import Path

from isthmus.errors import IsthmusError

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: str) -> Path:
    """Return the folder called `name` (`"resources"` or `"models"`).

    A wheel and a frozen program carry it inside the package; an editable install finds it at the
    root of the checkout, recognised by its `pyproject.toml`.

    Raises:
        IsthmusError: Neither place has it; the installation is incomplete.
    """
    return locate(name, _PACKAGE)


def locate(name: str, package: Path) -> Path:
    """Find the folder `name` for a package that lies at `package`; see `folder`."""
    inside = package / name
    if inside.is_dir():
        return inside
    root = package.parent.parent
    if (root / "pyproject.toml").is_file() and (root / name).is_dir():
        return root / name
    raise IsthmusError(
        f"The folder “{name}” is missing from this installation of Isthmus.",
        "Install Isthmus again.",
    )
