"""Every standard codec, by name."""

from isthmus.anchors.anchor import Anchor
from isthmus.anchors.films import Av1, HevcInter, HevcIntra
from isthmus.anchors.pictures import Htj2k, Jpeg2000, JpegLs, JpegXl
from isthmus.anchors.volumes import Sperr
from isthmus.errors import UsageError

_ALL: tuple[Anchor, ...] = (
    Jpeg2000(), Htj2k(), JpegXl(), JpegLs(), Sperr(), HevcIntra(), HevcInter(), Av1(),
)  # fmt: skip
ANCHORS: dict[str, Anchor] = {anchor.name: anchor for anchor in _ALL}


def find_anchor(name: str) -> Anchor:
    """Return the anchor called `name`.

    Raises:
        UsageError: There is none.
    """
    if name not in ANCHORS:
        raise UsageError(f"There is no anchor “{name}”.", f"There are {', '.join(ANCHORS)}.")
    return ANCHORS[name]


def find_anchors(names: str) -> tuple[Anchor, ...]:
    """Return the anchors of a list such as `"jpeg2000,hevc"`, without repetitions.

    Args:
        names: Separated by commas; `"all"` and `"none"` are all and none, `"hevc"` is both.

    Raises:
        UsageError: There is none of that name.
    """
    groups = {"all": tuple(ANCHORS), "none": (), "hevc": ("hevc-intra", "hevc-inter")}
    wanted: dict[str, Anchor] = {}
    for name in names.split(","):
        for each in groups.get(name.strip(), (name.strip(),)):
            wanted[each] = find_anchor(each)
    return tuple(wanted.values())
