"""The rules of ARCHITECTURE.md, read from the import statements of every file.

Rooms lie one above the other; a room may import only what is listed for it. Whoever adds a room
adds it here.
"""

import ast
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import isthmus

PACKAGE = Path(isthmus.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

_GROUND = {"errors", "assets", "scans", "work"}
_CORE = _GROUND | {"codec", "quality", "latents"}

MAY_IMPORT = {
    "errors": set(),
    "assets": {"errors"},
    "work": set(),
    "scans": {"errors", "assets", "work"},
    "latents": {"errors", "scans", "work"},
    "codec": _GROUND,
    "quality": _GROUND,
    "anchors": {"errors"},
    "evaluation": {"errors", "scans", "work", "codec", "quality", "anchors"},
    "training": _GROUND | {"codec", "quality"},
    "ui": _CORE | {"anchors"},
    "commands": _CORE | {"training", "evaluation"},
    "cli": _CORE | {"commands"},
    # The public names, loaded on first use; see its docstring.
    "__init__": {"scans", "codec", "quality"},
}

ONLY_IN = {
    "PySide6": {"ui"},
    "pyqtgraph": {"ui"},
    "qtawesome": {"ui"},
    "torch": {"codec", "training"},
    "imagecodecs": {"anchors", "scans"},
    "av": {"anchors", "ui"},
    "matplotlib": {"evaluation", "training"},
}


@dataclass(frozen=True)
class Import:
    """One imported module.

    Attributes:
        file: Path inside the package.
        line: Where.
        module: Dotted name; `from isthmus import assets` counts as `isthmus.assets`.
        lazy: Whether it stands inside a function.
        condition: The source of the `if` that it stands under, or an empty string.
    """

    file: Path
    line: int
    module: str
    lazy: bool = False
    condition: str = ""

    @property
    def room(self):
        return self.file.parts[0].removesuffix(".py")

    @property
    def imported_room(self):
        parts = self.module.split(".")
        return parts[1] if parts[0] == "isthmus" and len(parts) > 1 else None

    def __str__(self):
        return f"{self.file}:{self.line} imports {self.module}"


def imports_of(source, file):
    """Find the imports of a file, with where they stand."""
    found = []

    def visit(node, lazy, condition):
        if isinstance(node, ast.Import):
            for alias in node.names:
                found.append(Import(file, node.lineno, alias.name, lazy, condition))
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            # Of the package itself, names are rooms (or one of the few names that it defines).
            names = [alias.name for alias in node.names] if module == "isthmus" else []
            for name in names:
                if name != "__version__":
                    found.append(Import(file, node.lineno, f"isthmus.{name}", lazy, condition))
            if not names:
                found.append(Import(file, node.lineno, module, lazy, condition))
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            for name in (arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)):
                found.append(Import(file, node.lineno, name, lazy, condition))
        for child in ast.iter_child_nodes(node):
            inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            under = ast.unparse(node.test) if isinstance(node, ast.If) else condition
            visit(child, lazy or inside, under)

    visit(ast.parse(source), False, "")
    return found


IMPORTS = [
    found
    for path in FILES
    for found in imports_of(path.read_text(encoding="utf-8"), path.relative_to(PACKAGE))
]


def allowed(found):
    """Whether one import of a room by another is."""
    if found.imported_room in (None, found.room):
        return True
    if found.room == "cli" and found.imported_room == "ui":
        return found.lazy and found.module in ("isthmus.ui", "isthmus.ui.app")
    return found.imported_room in MAY_IMPORT[found.room]


def in_its_place(found):
    """Whether an import of a heavy library is."""
    library = found.module.split(".")[0]
    if library not in ONLY_IN or found.room in ONLY_IN[library]:
        return True
    # WORKAROUND: on Windows torch has to be loaded before Qt (pytorch#166628).
    return library == "torch" and found.room == "cli" and found.condition == WINDOWS


WINDOWS = "sys.platform == 'win32'"


def test_every_room_is_known():
    rooms = {
        found.parts[0].removesuffix(".py") for found in (f.relative_to(PACKAGE) for f in FILES)
    }
    assert rooms <= MAY_IMPORT.keys()


def test_rooms_import_only_what_lies_below_them():
    assert [str(found) for found in IMPORTS if not allowed(found)] == []


def test_the_command_line_starts_the_window_in_one_place():
    launches = [found for found in IMPORTS if (found.room, found.imported_room) == ("cli", "ui")]
    assert len(launches) <= 1


def test_heavy_libraries_stay_in_their_rooms():
    assert [str(found) for found in IMPORTS if not in_its_place(found)] == []


def test_no_import_is_relative():
    assert [str(found) for found in IMPORTS if found.module.startswith(".")] == []


def test_nothing_runs_code_from_a_file():
    banned = {"pickle", "shelve", "marshal", "dill", "cloudpickle"}
    assert [str(found) for found in IMPORTS if found.module.split(".")[0] in banned] == []
    calls = [
        (str(path.relative_to(PACKAGE)), ast.unparse(node.func))
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    assert [call for call in calls if call[1] in ("torch.load", "eval", "exec")] == []


def test_no_file_is_too_long_to_live_in():
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert [str(path.relative_to(PACKAGE)) for path, n in lengths.items() if n > 400] == []


@pytest.mark.parametrize(
    ("file", "source", "good"),
    [
        ("scans/volume.py", "from isthmus.codec import load", False),
        ("scans/demo.py", "from isthmus import assets", True),
        ("quality/measures.py", "def f():\n    from isthmus.codec import load", False),
        ("latents/slice_map.py", "from isthmus.quality import Quality", False),
        ("codec/codec.py", "from isthmus.quality import Quality", False),
        ("training/loop.py", "from isthmus.codec import load", True),
        ("anchors/films.py", "from isthmus.quality import Quality", False),
        ("evaluation/run.py", "from isthmus.anchors import ANCHORS", True),
        ("codec/codec.py", "from isthmus.evaluation import evaluate", False),
        ("ui/window.py", "from isthmus.cli import main", False),
        ("ui/window.py", "from isthmus.training import train", False),
        ("ui/storage/encoding.py", "def f():\n    from isthmus.anchors import ANCHORS", True),
        ("ui/storage/encoding.py", "from isthmus.evaluation import evaluate", False),
        ("work/runner.py", "import importlib\nimportlib.import_module('isthmus.errors')", False),
        ("cli.py", "from isthmus.ui.app import run", False),
        ("cli.py", "def f():\n    from isthmus.ui import app", True),
        ("cli.py", "def f():\n    from isthmus.ui.window import Window", False),
    ],
)
def test_the_rules_tell_good_from_bad(file, source, good):
    assert all(allowed(found) for found in imports_of(source, Path(file))) is good


@pytest.mark.parametrize(
    ("file", "source", "good"),
    [
        ("codec/codec.py", "import torch", True),
        ("quality/measures.py", "import torch.nn", False),
        ("latents/slice_map.py", "def f():\n    from torch import Tensor", False),
        ("scans/read.py", "from PySide6.QtCore import QObject", False),
        ("ui/window.py", "import pyqtgraph", True),
        ("ui/window.py", "def f():\n    import torch", False),
        ("cli.py", f"def f():\n    if {WINDOWS}:\n        import torch", True),
        ("cli.py", "def f():\n    import torch", False),
    ],
)
def test_the_places_tell_good_from_bad(file, source, good):
    assert all(in_its_place(found) for found in imports_of(source, Path(file))) is good


@pytest.mark.parametrize(
    "module",
    [
        "isthmus.cli",
        "isthmus.scans",
        "isthmus.codec",
        "isthmus.quality",
        "isthmus.latents",
        "isthmus.anchors",
        "isthmus.evaluation",
        "isthmus.work",
    ],
)
def test_importing_a_room_leaves_qt_and_torch_unloaded(module):
    heavy = (
        "PySide6", "pyqtgraph", "qtawesome", "torch", "numba", "imagecodecs", "av", "matplotlib"
    )  # fmt: skip
    code = f"import sys, {module}; print(*(name for name in {heavy} if name in sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert run.stdout.strip() == ""


def test_importing_the_window_leaves_torch_and_the_standard_codecs_unloaded():
    heavy = ("torch", "isthmus.anchors", "av")
    code = f"import sys, isthmus.ui.app; print(*(name for name in {heavy} if name in sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert run.stdout.strip() == ""
