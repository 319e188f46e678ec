"""The error that every reader of the demo's files raises."""


class ContentError(Exception):
    """A file of the demo is malformed: its path, the line, and what is wrong."""

    def __init__(self, path, line, message):
        super().__init__(f"{path}:{line}: {message}")
        self.path, self.line, self.message = path, line, message
