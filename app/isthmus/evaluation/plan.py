"""Which scans are measured, and with which models: from arguments, or from a short TOML file."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from isthmus.errors import UsageError


@dataclass(frozen=True)
class Case:
    """One scan.

    Attributes:
        patient: Whose it is; means are taken over patients.
        scan: A file or a folder.
        models: Label of a row, and the model that stands in it for this patient. One row may
            have another model for each patient, as when each is held out in turn.
    """

    patient: str
    scan: Path
    models: tuple[tuple[str, str | Path | None], ...]

    @property
    def name(self) -> str:
        """A short name of the scan."""
        return self.scan.name.removesuffix(".gz").removesuffix(".nii").removesuffix(".dcm")


@dataclass(frozen=True)
class Plan:
    """A whole evaluation.

    Attributes:
        cases: In the order of the table; those of a patient stand together.
        anchors: Names; see `isthmus.anchors.find_anchors`.
        bottlenecks: Names, or nothing for all that a model has.
    """

    cases: tuple[Case, ...]
    anchors: str
    bottlenecks: tuple[str, ...] = ()


def plan_of(
    scans: Sequence[Path],
    models: Sequence[str] = (),
    anchors: str = "none",
    bottlenecks: tuple[str, ...] = (),
) -> Plan:
    """Return a plan in which every scan is measured with every model.

    Args:
        scans: Each belongs to the patient that its folder is named after; a folder, which holds a
            DICOM series, is itself named after one.
        models: Names or safetensors files, each a row; the default model if there are none.
        anchors: See `Plan`.
        bottlenecks: See `Plan`.
    """
    rows = tuple((_stem(model), model) for model in models) or (("Isthmus", None),)
    cases = []
    for scan in scans:
        folder = scan.absolute() if scan.is_dir() else scan.absolute().parent
        cases.append(Case(folder.name, scan, rows))
    order = list(dict.fromkeys(case.patient for case in cases))
    cases.sort(key=lambda case: order.index(case.patient))
    return Plan(tuple(cases), anchors, bottlenecks)


def read_plan(path: Path, data: Path | None = None) -> Plan:
    """Read a plan.

    It has a table `[[patients]]` for each patient, with `name`, `scans` (paths) and `models`, an
    inline table from a row's label to a model's name or safetensors file. `models` at the top
    serves patients without their own. `anchors` and `bottlenecks` are lists of names.

    Args:
        path: A TOML file.
        data: The folder that the scans lie in; by default that of the plan. Models that are files
            lie relative to the plan.

    Raises:
        UsageError: The file cannot be read, is not TOML, or has entries that don't fit.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"The plan {path.name} cannot be read.", "Check the path.") from error
    except ValueError as error:  # not TOML, or not even text
        raise UsageError(f"The plan {path.name} is not valid TOML: {error}.") from error
    _check(path, "the plan", entries, _PLAN, ("patients",))
    cases = []
    for patient in entries["patients"]:
        _check(path, "a patient", patient, _PATIENT, ("name", "scans"))
        models = patient.get("models", entries.get("models", {"Isthmus": ""}))
        rows = tuple((label, _model(path, model)) for label, model in models.items())
        for scan in patient["scans"]:
            cases.append(Case(patient["name"], (data or path.parent) / scan, rows))
    if not cases:
        raise UsageError(f"The plan {path.name} names no scan.", "Give its patients some.")
    anchors = ",".join(entries.get("anchors", ())) or "none"
    return Plan(tuple(cases), anchors, tuple(entries.get("bottlenecks", ())))


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each for each in value)


def _is_rows(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


_PATIENT = {
    "name": (_is_text, "a text"),
    "scans": (_is_texts, "a list of paths"),
    "models": (_is_rows, "a table from labels to models"),
}
_PLAN = {
    "patients": (_is_tables, "a list of tables"),
    "models": _PATIENT["models"],
    "anchors": (_is_texts, "a list of names"),
    "bottlenecks": (_is_texts, "a list of names"),
}


def _check(
    path: Path, what: str, entries: dict[str, Any], known: dict[str, Any], required: Sequence[str]
) -> None:
    for name in required:
        if name not in entries:
            raise UsageError(f"In {path.name}, {what} lacks the entry {name}.")
    for name, value in entries.items():
        if name not in known:
            raise UsageError(f"In {path.name}, {what} has an unknown entry, {name}.")
        holds, wanted = known[name]
        if not holds(value):
            raise UsageError(f"In {path.name}, {what}'s entry {name} must be {wanted}.")


def _model(plan: Path, model: str) -> str | Path | None:
    return plan.parent / model if model.endswith(".safetensors") else model or None


def _stem(model: str) -> str:
    return Path(model).stem if model.endswith(".safetensors") else model
