"""Where a NIfTI file says that its voxels lie."""

from typing import Any

import numpy as np
import numpy.typing as npt

_MILLIMETRES = {1: 1000.0, 2: 1.0, 3: 0.001}
_LIKELY_SPACING = (1e-4, 100.0)
_SPACES = {
    1: "scanner",
    2: "aligned",
    3: "Talairach",
    4: "MNI 152",
    5: "another template",
}
_Affine = npt.NDArray[np.float64]


def find_affine(raw: Any, shape: tuple[int, int, int]) -> tuple[_Affine, bool, tuple[str, ...]]:
    """Return the affine, whether it tells left from right, and warnings.

    The s-form goes before the q-form, as in nibabel. One that is singular is passed over. Without
    either, spacing is all that is known; the axes are then taken as nibabel takes them.

    Args:
        raw: nibabel's header.
        shape: Shape (k, j, i) of a volume.
    """
    from nibabel.spatialimages import HeaderDataError

    broken: list[str] = []
    found: dict[str, _Affine] = {}
    for name, code in (("s-form", "sform_code"), ("q-form", "qform_code")):
        if int(raw[code]) <= 0:
            continue
        try:
            form = raw.get_sform() if name == "s-form" else raw.get_qform()
        except HeaderDataError:
            form = np.zeros((4, 4))
        affine = _in_millimetres(np.array(form, dtype=np.float64), raw)
        if usable(affine):
            found[name] = affine
        else:
            broken.append(name)
    if not found:
        affine = _in_millimetres(spacing_only(raw), raw)
        reason = (
            "The position in the header is damaged"
            if broken
            else "The header does not say how the patient lay"
        )
        return affine, False, (f"{reason}: left and right are unknown.",)
    used, affine = next(iter(found.items()))
    if broken:
        return affine, True, (f"The {broken[0]} of the header is damaged. Its {used} is used.",)
    if len(found) == 2:
        return affine, True, _disagreement(raw, found["s-form"], found["q-form"], shape)
    return affine, True, ()


def spacing_only(raw: Any) -> _Affine:
    """Return the affine of a header without position; a spacing of nothing becomes 1."""
    zooms = np.abs(np.asarray(raw["pixdim"][1:4], dtype=np.float64))
    raw["pixdim"][1:4] = np.where(np.isfinite(zooms) & (zooms > 0), zooms, 1.0)
    affine = np.array(raw.get_base_affine(), dtype=np.float64)
    return affine if usable(affine) else np.eye(4)


def usable(affine: _Affine) -> bool:
    """Whether the affine is finite and its axes span space, in millimetres."""
    if not np.isfinite(affine).all():
        return False
    with np.errstate(all="ignore"):
        volume = abs(np.linalg.det(affine[:3, :3]))
        lengths = np.linalg.norm(affine[:3, :3], axis=0)
        return bool(
            np.isfinite(volume)
            and np.isfinite(lengths).all()
            and volume > max(1e-11, 1e-4 * lengths.prod())
        )


def _disagreement(
    raw: Any, sform: _Affine, qform: _Affine, shape: tuple[int, int, int]
) -> tuple[str, ...]:
    """Say so if the two forms put a corner of the scan half a voxel apart."""
    k, j, i = (size - 1 for size in shape)
    corners = np.array([(x, y, z, 1) for x in (0, i) for y in (0, j) for z in (0, k)], float).T
    apart = float(np.linalg.norm(((sform - qform) @ corners)[:3], axis=0).max())
    if apart <= 0.5 * np.linalg.norm(sform[:3, :3], axis=0).min():
        return ()
    spaces = [_SPACES.get(int(raw[code]), "unknown space") for code in ("sform_code", "qform_code")]
    mirrored = np.linalg.det(sform[:3, :3]) * np.linalg.det(qform[:3, :3]) < 0
    sentence = (
        f"The s-form ({spaces[0]}) and the q-form ({spaces[1]}) of the header disagree by up to "
        f"{apart:.3g} mm{', and about left and right' if mirrored else ''}. The s-form is used."
    )
    return (sentence,)


def _in_millimetres(affine: _Affine, raw: Any) -> _Affine:
    """Convert from metres or micrometres, unless voxels would then have a size that none has.

    Some programs write the wrong unit beside millimetres.
    """
    factor = _MILLIMETRES.get(int(raw["xyzt_units"]) & 7, 1.0)
    if factor == 1.0 or not np.isfinite(affine).all():
        return affine
    spacing = np.linalg.norm(affine[:3, :3], axis=0) * factor
    if spacing.min() < _LIKELY_SPACING[0] or spacing.max() > _LIKELY_SPACING[1]:
        return affine
    return np.vstack([affine[:3] * factor, affine[3:]])
