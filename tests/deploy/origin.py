"""A site that says what it was asked, in place of the real one."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Origin:
    """What the site was asked so far, and how it answers."""

    def __init__(self):
        self.requests = []
        self.headers = {"Cache-Control": "public, max-age=0, s-maxage=60"}
        self.status = 200
        self.seconds = 0
        self.body = None
        self.server = None

    @property
    def port(self):
        return self.server.server_address[1]

    def times_asked(self, path):
        return sum(request["path"] == path for request in self.requests)

    def last_headers(self):
        """The headers of the last request, by their names in small letters."""
        return self.requests[-1]["headers"]


@contextmanager
def running_origin():
    """Answer every request with its number and what it said; yields the :class:`Origin`."""
    origin = Origin()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = {"method": self.command, "path": self.path, "headers": headers}
            origin.requests.append(asked)
            self.rfile.read(int(headers.get("content-length", 0)))
            number, answer_headers = len(origin.requests), dict(origin.headers)
            time.sleep(origin.seconds)
            body = origin.body or json.dumps({"number": number, **asked}).encode()
            self.send_response(origin.status)
            for name, value in answer_headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_PURGE = do_GET

        def log_message(self, *arguments):
            pass

    origin.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    origin.server.daemon_threads = True
    thread = threading.Thread(target=origin.server.serve_forever)
    thread.start()
    try:
        yield origin
    finally:
        origin.server.shutdown()
        origin.server.server_close()
        thread.join()
