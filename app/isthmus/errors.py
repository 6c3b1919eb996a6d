"""One tree of exceptions. Each carries a sentence for the person: what is wrong, and what to do."""

from pathlib import Path


class IsthmusError(Exception):
    """Something that a person can be told about.

    Attributes:
        problem: What is wrong, in one short sentence that names the file or thing.
        remedy: What to do about it; may be empty.
    """

    def __init__(self, problem: str, remedy: str = "") -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem} {remedy}".strip())


class ScanError(IsthmusError):
    """A scan cannot be read or written.

    Attributes:
        path: The file or folder at fault.
    """

    def __init__(self, path: Path | str, problem: str, remedy: str = "") -> None:
        self.path = Path(path)
        super().__init__(problem, remedy)


class CheckpointError(IsthmusError):
    """A model's weights are missing, damaged or not what this version can run."""


class BitstreamError(IsthmusError):
    """An .isth file is damaged, cut short, or made by something this version does not know."""


class TargetError(IsthmusError):
    """A scan cannot be compressed to the quality or size that was asked for."""


class OutOfMemoryError(IsthmusError):
    """Not enough memory for what was asked."""


class UsageError(IsthmusError):
    """A command was given arguments that do not fit together."""
