"""A mail server that takes mails and remembers to whom: SMTP enough for smtplib."""

import re
import socketserver
import threading
import time
from contextlib import contextmanager

RECIPIENT = re.compile(rb"RCPT TO:<([^>]*)>", re.IGNORECASE)


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self._say(b"220 mailbox")
        recipients = []
        for line in self.rfile:
            command = line[:4].upper()
            if found := RECIPIENT.match(line):
                recipients.append(found[1].decode())
            if command == self.server.closing.get(recipients[-1] if recipients else ""):
                self._say(b"421 too many mails, closing the connection")
                return
            if command == b"EHLO":
                self._say(b"250 mailbox")
            elif command == b"DATA":
                self._say(b"354 go on")
                self._take(recipients)
                recipients = []
            elif command == b"QUIT":
                self._say(b"221 bye")
                return
            else:
                self._say(b"250 ok")

    def _take(self, recipients):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        if not line:
            return
        time.sleep(self.server.pause)
        # Taken before it is said: what breaks off now has arrived.
        with self.server.lock:
            self.server.taken.extend(recipients)
            self.server.last = b"".join(lines)
        self._say(b"250 taken")

    def _say(self, words):
        self.wfile.write(words + b"\r\n")


class Mailbox(socketserver.ThreadingTCPServer):
    """``taken`` are the recipients of all mails in their order, ``last`` is the last mail.

    At the commands that ``closing`` names by recipient, the connection is closed.
    """

    allow_reuse_address = daemon_threads = True

    def __init__(self, pause=0.0):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.pause = pause
        self.taken, self.last, self.lock = [], b"", threading.Lock()
        self.closing = {}

    def handle_error(self, request, client_address):
        """A sender that is killed in the middle is expected."""


@contextmanager
def running_mailbox(pause=0.0):
    """Serve a :class:`Mailbox`; its address is ``url``."""
    with Mailbox(pause) as server:
        server.url = f"smtp://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
