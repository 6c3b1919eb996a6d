"""The point in words: ratio first, then channels and step, the neck to scale, and sizes."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from isthmus.ui import formats
from isthmus.ui.icons import paint_neck
from isthmus.ui.selector.layout import Density, Layout
from isthmus.ui.selector.scene import RIGHT, Scene, write
from isthmus.ui.theme import TOKENS, font
from isthmus.ui.words import tr


def paint_words(painter: QPainter, layout: Layout, scene: Scene) -> None:
    """Write the ratio, channels, step and sizes, and draw the neck to scale."""
    stop, words, k = scene.worded, layout.words, layout.scale
    full = layout.density is Density.FULL
    beside = max(
        QFontMetricsF(font(13, 600)).horizontalAdvance(stop.channels_text),
        QFontMetricsF(font(13)).horizontalAdvance(stop.step_text),
    )
    pixels = 36 if full else 26
    room = words.width() - (beside + 12 if full else 0)
    while (
        pixels > 18 and QFontMetricsF(font(pixels, 600)).horizontalAdvance(stop.ratio_text) > room
    ):
        pixels -= 1
    if layout.density is Density.STOPS:
        write(painter, words, stop.ratio_text, pixels, 600, TOKENS.reconstruction_text)
        return
    left, right = words.left(), words.right()
    ratio_row = (
        QRectF(left, 18 + 22 * k, words.width(), 44 * k)
        if full
        else QRectF(left, 8 + 20 * k, words.width(), 30 * k)
    )
    write(painter, ratio_row, stop.ratio_text, pixels, 600, TOKENS.reconstruction_text)
    if full:
        wide = QFontMetricsF(font(pixels, 600)).horizontalAdvance(stop.ratio_text)
        column = QRectF(left + wide + 12, ratio_row.top() + 4 * k, right - left - wide - 12, 18 * k)
        write(painter, column, stop.channels_text, 13, 600, TOKENS.text)
        write(painter, column.translated(0, 18 * k), stop.step_text, 13)
    else:
        row = QRectF(left, ratio_row.bottom(), words.width(), 16 * k)
        write(painter, row, stop.channels_text, 12, 500, TOKENS.text)
    block = (
        QRectF(left, ratio_row.bottom() + 16, words.width(), 44)
        if full
        else QRectF(left, ratio_row.bottom() + 16 * k + 4, words.width(), 17)
    )
    if scene.neck_ratio is not None:
        paint_neck(painter, block, max(1.5, block.height() / scene.neck_ratio))
    stored = formats.size(stop.stored_bytes or None)
    file = formats.size(stop.file_bytes, estimated=not stop.weighed)
    bpv = formats.bits_per_voxel(stop.bpv, estimated=not stop.weighed)
    if full:
        row = QRectF(left, block.bottom() + 8, words.width(), 18 * k)
        write(painter, row, stored, 13, 600, TOKENS.original_text)
        write(painter, row, file, 13, 600, TOKENS.reconstruction_text, RIGHT)
        write(painter, row.translated(0, 18 * k), tr("stored scan"), 12)
        write(painter, row.translated(0, 18 * k), tr("file, all bytes"), 12, align=RIGHT)
        last = QRectF(left, words.bottom() - 10 - 18 * k, words.width(), 18 * k)
        write(painter, last, tr("{figure} bits per voxel").format(figure=bpv), 12)
        write(painter, last, formats.saved(stop.ratio), 12, align=RIGHT)
        return
    pitch = 15 * k
    row = QRectF(left, words.bottom() - 7 - 3 * pitch, words.width(), pitch)
    metrics = QFontMetricsF(font(12))
    for line, text in enumerate((f"{stored} →", file, tr("{figure} bpv").format(figure=bpv))):
        fitting = metrics.elidedText(text, Qt.TextElideMode.ElideRight, row.width())
        write(painter, row.translated(0, pitch * line), fitting, 12)
