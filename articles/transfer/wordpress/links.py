"""Where links of a post lead: to the page of another item, or to an address."""

from urllib.parse import parse_qs, unquote, urlsplit

#: Items that become pages of their own are found by these keys of an address.
QUERY_KEYS = ("p", "page_id")


class Links:
    """Called with an address: the primary key of a page, or the address where it is of none.

    Answers ``None``, and sets ``is_waiting``, for addresses of the exported site that belong to
    no item yet; once ``is_final``, there are none to come.
    """

    def __init__(self, export, records, kinds):
        self.hosts, self.records, self.kinds = export.hosts, records, kinds
        self.is_final = self.is_waiting = False
        self._ids = {}

    def add(self, item):
        """Know the address of an item."""
        if item.link and (path := _path_of(item.link)):
            self._ids.setdefault(path, (item.type, item.id))

    def __call__(self, address):
        parts = _split(address)
        is_own = parts is not None and (parts.hostname or "") in {*self.hosts, ""}
        if not is_own or parts.scheme not in ("", "http", "https") or not _leads_to_page(parts):
            return address
        if page := self._page(parts):
            return page
        if self.is_final:
            return address
        self.is_waiting = True
        return None

    def _page(self, parts):
        query = parse_qs(parts.query)
        numbers = [query[key][0] for key in QUERY_KEYS if key in query]
        known = self._ids.get(_normalised(parts.path))
        keys = [(kind, number) for number in numbers for kind in self.kinds]
        if known:
            keys.append((known[0], str(known[1])))
        found = next(filter(None, map(self.records.object_ids.get, keys)), None)
        return int(found) if found else None


def _split(address):
    try:
        parts = urlsplit(address.strip())
        return parts if parts.hostname is not None or not parts.netloc else None
    except ValueError:
        return None


def _leads_to_page(parts):
    is_file = "/wp-content/" in parts.path or "/wp-admin" in parts.path
    return bool(not is_file and (parts.path.strip("/") or parts.query))


def _path_of(link):
    parts = _split(link)
    return _normalised(parts.path) if parts is not None else ""


def _normalised(path):
    return unquote(path).strip("/").lower()
