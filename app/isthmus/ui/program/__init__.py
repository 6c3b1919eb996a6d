"""What makes a program of the window: themes, settings, commands by name, sessions, exports."""
