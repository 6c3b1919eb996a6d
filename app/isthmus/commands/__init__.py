"""The commands without a window, one module each.

Nothing heavy is imported at the top of a module here: a command loads what it needs when it runs,
so that each starts at once and none loads Qt. `console` is what they say, `files` what they read
and write, `batch` how they take many files.
"""

from collections.abc import Callable

from isthmus.commands import (
    compress,
    convert,
    decompress,
    evaluate,
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
    "evaluate": evaluate.run,
    "train": train.run,
}
