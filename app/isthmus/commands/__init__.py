"""The commands without a window, one module each.

Nothing heavy is imported at the top of a module here: a command loads what it needs when it runs,
so that each starts at once and none loads Qt. `console` talks to the person, `files` knows how
scans and outputs are named.
"""

from collections.abc import Callable

from isthmus.commands import (
    compress,
    convert,
    decompress,
    info,
    models,
    series,
    train,
)

COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "series": series.run,
    "convert": convert.run,
    "models": models.run,
    "compress": compress.run,
    "info": info.run,
    "decompress": decompress.run,
    "train": train.run,
}
