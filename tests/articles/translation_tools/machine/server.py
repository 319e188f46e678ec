"""A machine on this computer: LibreTranslate, chat completions and DeepL, as well as rude ones."""

import contextlib
import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs


def loud(text):
    """What the machine makes of a text: each letter outside codes in capitals."""
    parts = re.split(r"(<[^>]*>|&\w+;)", text)
    return "".join(each if number % 2 else each.upper() for number, each in enumerate(parts))


class Machine(ThreadingHTTPServer):
    """Keeps what it was asked in ``asked``; ``translate`` makes the answer to a text.

    ``answer`` is called instead of all that with the request, until it returns ``False``.
    """

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.requests = [], 0
        self.translate, self.answer = loud, lambda request: False

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def setting(self, provider="libretranslate", **more):
        return {"PROVIDER": provider, "URL": self.url, "KEY": "secret", "MODEL": "tiny", **more}

    def handle_error(self, request, client_address):
        """Somebody who waits no longer is no fault of the machine."""


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        data = self.rfile.read(int(self.headers["content-length"])).decode()
        self.server.requests += 1
        self.server.sent = data
        if self.server.answer(self):
            return
        asking = {"/translate": _libre, "/v1/chat/completions": _chat, "/v2/translate": _deepl}
        self.say(200, asking[self.path](self.server, data))

    def say(self, code, answer, **headers):
        body = json.dumps(answer).encode()
        self.send_response(code)
        for name, value in {**headers, "content-length": str(len(body))}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        return True

    def log_message(self, *args):
        """Tests print nothing."""


def _libre(server, data):
    texts = json.loads(data)["q"]
    server.asked += texts
    return {"translatedText": [server.translate(each) for each in texts]}


def _chat(server, data):
    passages = json.loads(json.loads(data)["messages"][1]["content"])["passages"]
    server.asked += passages
    translations = [server.translate(each["markup"]) for each in passages]
    said = json.dumps({"translations": translations})
    return {"choices": [{"message": {"content": f"```json\n{said}\n```"}}]}


def _deepl(server, data):
    try:
        asked = json.loads(data)
    except ValueError:
        asked = parse_qs(data)
    server.asked += asked["text"]
    known = {"detected_source_language": "FR", "billed_characters": 1}
    said = [{**known, "text": server.translate(each)} for each in asked["text"]]
    return {"translations": said}


def slow(request):
    time.sleep(3)
    return False


def dripping(request):
    """One byte at a time, for ever."""
    request.send_response(200)
    request.end_headers()
    for _second in range(30):
        request.wfile.write(b" ")
        request.wfile.flush()
        time.sleep(0.2)
    return True


@contextlib.contextmanager
def machine():
    server = Machine()
    thread = threading.Thread(
        target=server.serve_forever, daemon=True, kwargs={"poll_interval": 0.02}
    )
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
