"""What is wrong with a file of the demo, said so that its writer finds the place."""


class ContentError(Exception):
    """A file of the demo that cannot be used: where, and why."""

    def __init__(self, path, line, message):
        super().__init__(f"{path}:{line}: {message}")
        self.path, self.line, self.message = path, line, message
