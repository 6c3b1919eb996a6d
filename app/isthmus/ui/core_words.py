"""Sentences of the core that the window shows: what it says of its progress, and common errors.

The core knows no Qt, so it speaks English, with figures and names in its sentences. Each is here
as a pattern that the window translates by.
"""

import re
from functools import cache

from isthmus.ui.marking import later

_SENTENCES = (
    # Progress
    later("Reading the file"),
    later("Reading slice {n} of {count}"),
    later("Reading slab {n} of {count}"),
    later("Passing over earlier volumes"),
    later("Looking at file {n} of {count}"),
    later("Unpacking file {n} of {count}"),
    later("Writing slice {n} of {count}"),
    later("Written"),
    later("Loading the model"),
    later("Preparing the entropy coder"),
    later("Encoding, {channels} channels"),
    later("Decoding, {channels} channels"),
    later("Decoding, {channels} channels, slice {n} of {count}"),
    later("Measuring quality"),
    later("Measuring slices"),
    later("Mapping the latent"),
    later("Frame {n} of {count}"),
    # Errors
    later("{name} does not exist."),
    later("{name} may not be read."),
    later("{name} is empty."),
    later("{name} is neither a file nor a folder."),
    later("{name} is damaged: {reason}."),
    later("{name} cannot be read: {reason}."),
    later("{name} cannot be written: {reason}."),
    later("{name} is cut short: {there} of its {count} slices are there."),
    later("{name} is a single 2-D picture, not a scan of slices."),
    later("{name} is not NIfTI, or is damaged in its header."),
    later("{name} is {kind}, not a scan."),
    later("{name} is {kind}, which Isthmus does not read."),
    later("{name} needs {needed} of memory; {free} are free."),
    later("There was not enough memory for {name}."),
    later("There is not enough memory for this scan."),
    later("The scan needs {needed} more memory; {free} are free."),
    later("The model file {name} is damaged."),
    later("The model file {name} is missing."),
    # Remedies
    later("Copy the file again."),
    later("Choose another file."),
    later("Close other programs."),
    later("Close other programs, or open a smaller scan."),
    later("Install Isthmus again."),
    later("Install Isthmus again, or copy the file again."),
    later("Choose another folder, or make room on the disk."),
    later("Update Isthmus."),
)


@cache
def patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return each sentence as a pattern, with the English text that is translated.

    The more a sentence says by itself, the earlier it comes: "… is cut short: …" before "… is …".
    """
    ordered = sorted(_SENTENCES, key=lambda text: -len(re.sub(r"{\w+}", "", text)))
    return tuple((_pattern(text), text) for text in ordered)


def _pattern(text: str) -> re.Pattern[str]:
    parts = re.split(r"{(\w+)}", text)
    made = [
        re.escape(part) if number % 2 == 0 else f"(?P<{part}>.+?)"
        for number, part in enumerate(parts)
    ]
    return re.compile("".join(made))
