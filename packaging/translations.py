"""Brings the translation files of the window in line with its texts, and compiles them.

    python packaging/translations.py

What stands in `tr("…")` and `later("…")` is collected from the source and put into
`resources/translations/isthmus_*.ts`. A text that is new has no translation yet and is marked
unfinished; one that no code says any more goes. Edit a `.ts` file by hand or with Qt Linguist,
then run this again: it writes the `.qm` file that the program reads.
"""

import ast
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "app" / "isthmus" / "ui"
FOLDER = ROOT / "resources" / "translations"
CONTEXT = "Isthmus"
_NAMES = {"tr", "later"}


@dataclass(frozen=True)
class Text:
    """A text in the source.

    Attributes:
        text: The English words; None if what stands in the parentheses is no literal.
        place: File and line.
        name: `"tr"` or `"later"`.
    """

    text: str | None
    place: str
    name: str


def texts(source: Path = SOURCE) -> list[Text]:
    """Return all that is said through `tr` and `later` in the Python files of a folder."""
    found = []
    for path in sorted(source.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id not in _NAMES or len(node.args) != 1:
                continue
            argument = node.args[0]
            literal = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            text = argument.value if literal else None
            place = f"{path.relative_to(source)}:{node.lineno}"
            found.append(Text(text, place, node.func.id))
    return found


def read(file: Path) -> dict[str, str]:
    """Return the translations in a `.ts` file by English text; empty where unfinished."""
    if not file.is_file():
        return {}
    root = ET.parse(file).getroot()
    return {
        message.findtext("source", ""): message.findtext("translation", "")
        for message in root.iter("message")
    }


def write(file: Path, translations: dict[str, str], language: str) -> None:
    """Write a `.ts` file, in the order of the English texts."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for source, translation in sorted(translations.items()):
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "source").text = source
        element = ET.SubElement(message, "translation")
        if translation:
            element.text = translation
        else:
            element.set("type", "unfinished")
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    file.write_text(f"{head}{text}\n", encoding="utf-8")


def main() -> int:
    """Update and compile every language's file.

    Returns:
        0 if every text is translated, else 1.
    """
    wanted = [found.text for found in texts() if found.text]
    missing = 0
    for file in sorted(FOLDER.glob("isthmus_*.ts")):
        known = read(file)
        translations = {text: known.get(text, "") for text in wanted}
        unfinished = [text for text, translation in translations.items() if not translation]
        write(file, translations, file.stem.partition("_")[2])
        compiler = Path(sys.executable).with_name("pyside6-lrelease")
        command = [str(compiler), "-silent", str(file), "-qm", str(file.with_suffix(".qm"))]
        subprocess.run(command, check=True)
        print(f"{file.name}: {len(translations)} texts, {len(unfinished)} without a translation")
        for text in unfinished:
            print(f"  {text!r}")
        missing += len(unfinished)
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
