"""The window: state, panes, panels, commands, theme. The only room that imports Qt."""
