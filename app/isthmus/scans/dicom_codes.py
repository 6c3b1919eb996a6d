"""Coded words of the DICOM standard."""

from typing import Any


def make_code(keyword: str) -> Any:
    """Return a sequence item that holds a code of the scheme DCM (PS3.16, annex D).

    Args:
        keyword: Its name in pydicom's dictionary, such as `"LossyCompression"`.
    """
    from pydicom.dataset import Dataset
    from pydicom.sr.codedict import codes

    code = getattr(codes.DCM, keyword)
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator = code.value, code.scheme_designator
    item.CodeMeaning = code.meaning
    return item
