"""A colour for each label. None is blue or orange, which mean original and reconstruction.

The first four are those of categories everywhere else. Where there are more labels than colours
they come again, so the list gives each its number too, and marks the one under the cursor.
"""

_COLOURS = (
    "#39b7a0",
    "#d58fc0",
    "#e6d96a",
    "#b4b4b4",
    "#8fcf5a",
    "#b08ae6",
    "#f07f8f",
    "#63d6d6",
    "#cfc3e8",
    "#e85fd0",
    "#5fb56f",
    "#d8e0a0",
)


def label_colour(place: int) -> str:
    """Return the colour, as #rrggbb, of a label by its place among the labels, from 0."""
    return _COLOURS[place % len(_COLOURS)]
