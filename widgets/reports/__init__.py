"""The family of what a participant takes home: one Python module per kind of file."""
