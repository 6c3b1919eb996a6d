"""Whatever goes wrong while a scan is read becomes a sentence for the person."""

import contextlib
import warnings
from collections.abc import Iterator
from pathlib import Path

from isthmus.errors import IsthmusError, OutOfMemoryError, ScanError
from isthmus.work import Cancelled


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Pass over pydicom's warnings of values that break the standard; what matters is checked."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn every failure inside into a `ScanError` or an `OutOfMemoryError`, cause chained.

    Args:
        path: What is being read, for the message.

    Raises:
        ScanError: Something failed; those raised inside pass unchanged.
        OutOfMemoryError: Memory ran out.
        Cancelled: It passes unchanged.
    """
    try:
        with quiet():
            yield
    except (IsthmusError, Cancelled):
        raise
    except MemoryError as error:
        raise OutOfMemoryError(
            f"There was not enough memory for {path.name}.",
            "Close other programs, or open a smaller scan.",
        ) from error
    except FileNotFoundError as error:
        raise ScanError(
            path, f"{path.name} does not exist.", f"Look for it in {path.parent}."
        ) from error
    except PermissionError as error:
        raise ScanError(
            path, f"{path.name} may not be read.", "Ask for permission, or copy it to your folder."
        ) from error
    except OSError as error:
        raise ScanError(
            path, f"{path.name} cannot be read: {error.strerror or error}.", "Copy it to this disk."
        ) from error
    except Exception as error:  # a reader met something that no one thought of
        raise ScanError(
            path,
            f"{path.name} is damaged in a way that Isthmus does not know ({error}).",
            "Copy or export it again.",
        ) from error
