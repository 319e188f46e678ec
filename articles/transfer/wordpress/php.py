"""Reader of what PHP's ``serialize()`` writes: numbers, strings and arrays, no objects."""

#: Arrays within arrays that are read; Polylang's maps have one.
DEEPEST = 20


def unserialize(text):
    """The value of a serialised text: an array is a dict; :class:`ValueError` if it is none."""
    data = text.strip().encode("utf-8", "surrogatepass")
    try:
        value, end = _value(data, 0, 0)
    except (IndexError, UnicodeDecodeError) as error:
        raise ValueError("The serialised value is cut off.") from error
    if end != len(data):
        raise ValueError("Something stands behind the serialised value.")
    return value


def _value(data, start, depth):
    """The value that begins at ``start``, and where it ends."""
    kind = data[start : start + 2]
    if kind == b"N;":
        return None, start + 2
    if kind == b"s:":
        return _string(data, start)
    if kind == b"a:":
        return _array(data, start, depth)
    convert = {b"i:": int, b"d:": float, b"b:": lambda digits: bool(int(digits))}.get(kind)
    if convert is None:
        raise ValueError("The serialised value is of an unknown kind.")
    end = data.index(b";", start)
    return convert(data[start + 2 : end]), end + 1


def _length(data, start):
    """The number after the two characters at ``start``, and where what it counts begins."""
    colon = data.index(b":", start + 2)
    length = int(data[start + 2 : colon])
    if not 0 <= length <= len(data):
        raise ValueError("The serialised value is cut off.")
    return length, colon + 1


def _string(data, start):
    length, start = _length(data, start)
    end = start + 1 + length
    if data[start : start + 1] != b'"' or data[end : end + 2] != b'";':
        raise ValueError("The length of a serialised string is wrong.")
    return data[start + 1 : end].decode(), end + 2


def _array(data, start, depth):
    if depth >= DEEPEST:
        raise ValueError("The serialised arrays are too deep.")
    length, position = _length(data, start)
    if data[position : position + 1] != b"{":
        raise ValueError("A serialised array does not begin.")
    position, values = position + 1, {}
    for _each in range(length):
        key, position = _value(data, position, depth + 1)
        if not isinstance(key, (int, str)):
            raise ValueError("The key of a serialised array is neither a number nor a string.")
        values[key], position = _value(data, position, depth + 1)
    if data[position : position + 1] != b"}":
        raise ValueError("A serialised array does not end.")
    return values, position + 1
