"""The selector's title: the model whose bottlenecks it shows, and the way to another one."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from isthmus.codec import ModelInfo
from isthmus.ui.model_choice import add_models
from isthmus.ui.selector.caret_button import CaretButton
from isthmus.ui.theme import font
from isthmus.ui.words import tr


class ModelButton(CaretButton):
    """Shows a model's title; pressed, or with Return or the down key, it offers all models.

    Attributes:
        chosen: The `ModelInfo` that the person chose, unless it is the one that is shown.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self.opened.aboutToShow.connect(self._fill)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def set_model(self, model: ModelInfo) -> None:
        """Show a model's title."""
        self._name = model.name
        self.setText(model.title)
        self.setToolTip(tr("{model}\nPress to choose another model.").format(model=model.title))
        self.setAccessibleName(tr("Model: {model}").format(model=model.title))
        self.update()

    def set_small(self, small: bool) -> None:
        """Choose between the type of a large deck and that of a small one."""
        self.setFont(font(11, 500) if small else font(13, 600))

    @Slot()
    def _fill(self) -> None:
        self.opened.clear()
        add_models(self.opened, self._name, self._choose)

    def _choose(self, model: ModelInfo) -> None:
        if model.name != self._name:
            self.chosen.emit(model)
