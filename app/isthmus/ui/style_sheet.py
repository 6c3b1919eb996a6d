"""The one style sheet of the program.

No widget has one of its own with colours in it, so that a change of theme reaches everything.
"""

from isthmus import assets
from isthmus.ui.tokens import TOKENS, Theme


def style_sheet(theme: Theme = TOKENS) -> str:
    """Return the style sheet of the whole program.

    Widgets choose a look by the dynamic property `role`: labels `title`, `heading`, `secondary`,
    `caption`, `dim`, `note`, `lead`; buttons `primary`, `link`, `quiet`, `field`, `word`; frames
    `segment`.
    """
    t = theme
    # Where a control's line has the control's colour there is none, hovered or not.
    icons = (assets.folder("resources") / "icons").as_posix()
    tick = "dark" if theme.text2 > "#808080" else "light"  # on a ground of that colour
    around = "transparent" if t.control_line == t.control else t.control_line
    return f"""
* {{ outline: none; }}
QWidget {{ color: {t.text}; }}
QMainWindow, QDialog {{ background: {t.panel}; }}
QToolTip {{
    background: {t.control}; color: {t.text}; border: 1px solid {t.edge}; padding: 6px 8px;
    font-size: 12px;
}}

QLabel {{ background: transparent; }}
QLabel[role="title"] {{ font-weight: 600; }}
QLabel[role="heading"] {{ font-size: 18px; font-weight: 600; }}
QLabel[role="secondary"] {{ font-size: 12px; color: {t.text2}; }}
QLabel[role="caption"] {{ font-size: 11px; color: {t.text3}; }}
QLabel[role="dim"] {{ color: {t.text2}; }}
QLabel[role="note"] {{ color: {t.text3}; }}
QLabel[role="lead"] {{ font-size: 14px; color: {t.text2}; }}

QMenuBar {{ background: {t.window}; color: {t.text2}; padding: 0; }}
QMenuBar::item {{ background: transparent; padding: 5px 10px; border-radius: 5px; }}
QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {t.hover}; color: {t.text}; }}
QMenu {{ background: {t.control}; border: 1px solid {t.edge}; padding: 4px; }}
QMenu::item {{ padding: 5px 28px 5px 24px; border-radius: 4px; }}
QMenu::item:selected {{ background: {t.selected}; }}
QMenu::item:disabled {{ color: {t.edge}; }}
QMenu::separator {{ height: 1px; background: {t.track}; margin: 4px 8px; }}
QMenu::icon {{ left: 6px; }}

QToolBar {{ background: {t.panel}; border: none; spacing: 4px; padding: 0 12px; }}
QToolBar::separator {{ background: {t.line}; width: 1px; margin: 8px 6px; }}
QStatusBar {{ background: {t.window}; color: {t.text2}; border-top: 1px solid {t.line}; }}
QStatusBar QLabel {{ font-size: 12px; color: {t.text2}; }}
QStatusBar::item {{ border: none; }}

QPushButton, QComboBox, QLineEdit, QAbstractSpinBox {{
    background: {t.control}; border: 1px solid {around}; border-radius: 5px;
    min-height: 26px; padding: 0 12px;
}}
QPushButton:hover, QComboBox:hover {{ background: {t.hover}; }}
QPushButton:pressed, QPushButton:checked {{ background: {t.selected}; }}
QPushButton:disabled {{ background: transparent; border-color: {t.line}; color: {t.edge}; }}
QPushButton[role="primary"] {{
    background: {t.primary}; border-color: transparent; color: {t.primary_text}; min-height: 38px;
    padding: 0 20px;
    font-size: 14px; font-weight: 500;
}}
QPushButton[role="primary"]:hover {{ background: {t.primary_hover}; }}
QPushButton[role="primary"]:pressed {{ background: {t.primary_pressed}; }}
QPushButton[role="link"], QPushButton[role="quiet"] {{
    background: transparent; border-color: transparent; min-height: 22px; padding: 0 6px;
}}
QPushButton[role="link"] {{ font-size: 12px; color: {t.text2}; padding: 0 1px; }}
QPushButton[role="link"]:hover {{ color: {t.text}; background: transparent; }}
QPushButton[role="quiet"] {{ font-weight: 500; }}
QPushButton[role="quiet"]:hover {{ background: {t.selected}; }}

QToolButton {{
    background: transparent; color: {t.text2}; border: none; border-radius: 5px;
    padding: 0 6px; min-width: 16px; min-height: 28px;
}}
QToolButton:hover {{ background: {t.hover}; color: {t.text}; }}
QToolButton:pressed, QToolButton:checked {{ background: {t.selected}; color: {t.text}; }}
QToolButton:disabled {{ color: {t.edge}; }}
QToolButton::menu-indicator {{ image: none; }}
QToolButton[role="field"][popupMode="2"] {{ padding-right: 26px; }}
QToolButton[role="field"][popupMode="2"]::menu-indicator {{
    image: url({icons}/down.svg); subcontrol-origin: padding; subcontrol-position: right center;
    right: 9px; width: 10px; height: 10px;
}}
QToolButton[popupMode="1"] {{ padding-right: 16px; }}
QToolButton::menu-button {{ border: none; width: 16px; border-radius: 5px; }}
QToolButton::menu-button:hover {{ background: {t.selected}; }}
QToolButton::menu-arrow {{ image: url({icons}/down.svg); width: 10px; height: 10px; }}
QToolButton[role="word"] {{ padding: 0 10px; min-height: 24px; }}
QToolButton[role="field"] {{
    background: {t.control}; color: {t.text}; border: 1px solid {around}; padding: 0 10px;
    min-height: 26px;
}}
QToolButton[role="field"]:hover {{ background: {t.hover}; }}
QFrame[role="segment"] {{
    background: {t.segment}; border: 1px solid {around}; border-radius: 6px;
}}
QFrame[role="segment"] QToolButton {{ min-height: 24px; }}

QLineEdit, QAbstractSpinBox {{ border-color: {t.edge}; selection-background-color: {t.edge}; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: none; }}
QAbstractSpinBox QLineEdit {{ background: transparent; border: none; padding: 0 10px; }}
QDialog QAbstractSpinBox::up-button, QDialog QAbstractSpinBox::down-button {{
    width: 22px; background: transparent;
}}
QDialog QAbstractSpinBox::up-arrow {{ image: url({icons}/up.svg); width: 12px; height: 12px; }}
QDialog QAbstractSpinBox::down-arrow {{ image: url({icons}/down.svg); width: 12px; height: 12px; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QDialog QComboBox::down-arrow {{ image: url({icons}/down.svg); width: 12px; height: 12px; }}
QCheckBox::indicator {{
    width: 16px; height: 16px; border: 1px solid {t.edge}; border-radius: 3px;
    background: {t.control};
}}
QCheckBox::indicator:hover {{ background: {t.hover}; }}
QCheckBox::indicator:checked {{ background: {t.text2}; image: url({icons}/tick-{tick}.svg); }}
QComboBox QAbstractItemView {{
    background: {t.control}; border: 1px solid {t.edge}; selection-background-color: {t.selected};
}}

QTableView {{ background: transparent; selection-background-color: {t.selected}; }}
QTableView::item {{ padding: 0 6px; border: none; }}
QTableView::item:hover {{ background: {t.hover}; }}
QTableView::item:selected {{ background: {t.selected}; color: {t.text}; }}
QTableView QLineEdit {{ min-height: 20px; padding: 0 5px; }}
QHeaderView {{ background: transparent; }}
QHeaderView::section {{
    background: transparent; color: {t.text3}; border: none; font-size: 11px; padding: 0 6px;
}}

QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: 10px; }}
QScrollBar:horizontal {{ height: 10px; }}
QScrollBar::handle {{ background: {t.track}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::handle:hover {{ background: {t.edge}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
    background: none; border: none; width: 0; height: 0;
}}
QAbstractScrollArea {{ background: transparent; border: none; }}

QProgressBar {{
    background: {t.track}; border: none; border-radius: 2px; min-height: 4px; max-height: 4px;
}}
QProgressBar::chunk {{ background: {t.text2}; border-radius: 2px; }}

QTabWidget::pane {{ border: none; border-top: 1px solid {t.line}; }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{
    background: transparent; color: {t.text2}; padding: 7px 2px; margin-right: 18px;
    border-bottom: 2px solid transparent;
}}
QTabBar::tab:selected {{ color: {t.text}; font-weight: 600; border-bottom-color: {t.text}; }}
QTabBar::tab:hover {{ color: {t.text}; }}

#whole, #reading {{ background: {t.panel}; }}
#toolbar {{ background: {t.panel}; border: none; border-bottom: 1px solid {t.line}; }}
#status {{ background: {t.window}; border-top: 1px solid {t.line}; }}
#status QLabel, #status QToolButton {{ font-size: 12px; color: {t.text2}; }}
#status QToolButton {{ min-height: 20px; padding: 0 4px; }}
#status QToolButton:hover {{ color: {t.text}; }}
#status QLabel#research, #status QLabel#value {{ color: {t.text}; font-weight: 600; }}
#shelf {{ border: 1px solid {t.line}; border-left: none; border-right: none; }}

#palette {{ background: {t.control}; border: 1px solid {t.edge}; }}
#palettefield {{
    background: {t.control}; border: none; border-bottom: 1px solid {t.track}; border-radius: 0;
    font-size: 15px; min-height: 42px; padding: 0 17px;
}}
#palette QListWidget {{ background: {t.control}; }}
QMainWindow::separator {{ background: {t.line}; width: 1px; height: 1px; }}
#docktitle {{ background: {t.window}; }}
#docktitle QToolButton {{ min-height: 20px; padding: 0 4px; }}
QTabWidget#decktabs {{ background: {t.panel}; }}
QTabWidget#decktabs::tab-bar {{ left: 12px; }}
QTabWidget#decktabs > QTabBar::tab {{ padding: 6px 1px; margin-right: 11px; font-size: 12px; }}

QSplitter::handle {{ background: {t.line}; }}
"""
