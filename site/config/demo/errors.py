"""The error for malformed files of the demo."""


class ContentError(Exception):
    """A file of the demo is malformed; has its path, the line and a message."""

    def __init__(self, path, line, message):
        super().__init__(f"{path}:{line}: {message}")
        self.path, self.line, self.message = path, line, message
