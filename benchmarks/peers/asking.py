"""Ask a server for one address after another, and read what its workers have worked for it."""

import http.client
import statistics
from dataclasses import dataclass, field
from itertools import chain

from benchmarks.projects import HEADERS

#: Milliseconds that no answer from a cache takes.
RENDERED = 5


class Reader:
    """Somebody who asks one server; the connection is kept where the server keeps it."""

    def __init__(self, server, **headers):
        self.server = server
        self.headers = {**HEADERS, **headers}
        self.connection = http.client.HTTPConnection(server.host, server.port, timeout=600)

    def get(self, address, **headers):
        """The status, the headers and the body of an answer."""
        self.connection.request("GET", address, headers={**self.headers, **headers})
        response = self.connection.getresponse()
        body = response.read()
        return response.status, response.headers, body

    def worked(self, address, **headers):
        """The answer, and for how many milliseconds of the processor it was worked on."""
        before = self.server.seconds_worked()
        answer = self.get(address, **headers)
        return answer, (self.server.seconds_worked() - before) * 1000


@dataclass
class Cost:
    """What one kind of page has cost, over all requests."""

    status: int = 0
    milliseconds: list = field(default_factory=list)
    sizes: list = field(default_factory=list)

    def add(self, status, size, milliseconds):
        self.status = status
        self.sizes.append(size)
        self.milliseconds.append(milliseconds)

    def as_dict(self):
        return {
            "status": self.status,
            "least": round(min(self.milliseconds), 2),
            "median": round(statistics.median(self.milliseconds), 2),
            "bytes": round(statistics.median(self.sizes)),
            "times": len(self.milliseconds),
        }


def ask_in_turns(readers, addresses, times):
    """The cost of each kind of page on each site: ``{site: {kind: Cost}}``.

    ``readers`` and ``addresses`` are by the name of the site. Every address is asked for once
    before, so that templates are loaded and pictures drawn; then the sites take turns.
    """
    costs = {name: {kind: Cost() for kind in kinds} for name, kinds in addresses.items()}
    for name, kinds in addresses.items():
        for asked in kinds.values():
            for address in asked[:times]:
                readers[name].get(address)
    for kind in dict.fromkeys(chain.from_iterable(addresses.values())):
        for number in range(times):
            for name in addresses:
                if asked := addresses[name].get(kind):
                    address = asked[number % len(asked)]
                    (status, _headers, body), milliseconds = readers[name].worked(address)
                    assert status == (404 if kind == "404" else 200), f"{address}: {status}"
                    costs[name][kind].add(status, len(body), milliseconds)
    return costs


def cost_unchanged(reader, address, times):
    """The cost of asking again for what has not changed since; ``None`` without validators."""
    _status, headers, _body = reader.get(address)
    conditions = {"If-None-Match": headers["ETag"], "If-Modified-Since": headers["Last-Modified"]}
    conditions = {name: value for name, value in conditions.items() if value}
    if not conditions:
        return None
    cost = Cost()
    for _number in range(times):
        (status, _headers, body), milliseconds = reader.worked(address, **conditions)
        cost.add(status, len(body), milliseconds)
    return cost


def cost_of_hits(reader, address, times, at_once):
    """The cost of asking for one page again; many are timed together, as one is too short.

    One at a time where it is rendered anew, which shows in the time it takes.
    """
    cost = Cost()
    reader.get(address)
    _answer, worked = reader.worked(address)
    at_once = 1 if worked > RENDERED else at_once
    for _number in range(times):
        before = reader.server.seconds_worked()
        for _each in range(at_once):
            status, _headers, body = reader.get(address)
        worked = reader.server.seconds_worked() - before
        cost.add(status, len(body), worked * 1000 / at_once)
    return cost
