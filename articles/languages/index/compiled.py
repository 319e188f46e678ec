"""Queries of every request, compiled to SQL once in each process."""

from functools import lru_cache

from django.db import router

#: Placeholders of values while a query is compiled: what no condition changes.
_TEXT, _NUMBER = "diptychvalue", 1_987_000_000
#: Statements of one process; addresses of another number of parts have another one.
MOST = 256


def instances_of(model, build, key, values):
    """The instances of ``model`` in the queryset ``build(*key, *values)``, as a list.

    ``build`` is a function of a module, ``key`` a tuple of what the statement depends on, such as
    the language. ``values`` are integers and strings that are compared, or begin what is compared;
    a ``startswith`` may be given those only that hold nothing to escape. Columns that the queryset
    leaves out are deferred; it has no ``select_related``.
    """
    database = router.db_for_read(model)
    sql, parameters = _statement(build, key, tuple(map(type, values)), database)
    found = [
        each if place is None else (values[place] + each if each else values[place])
        for place, each in parameters
    ]
    return list(model._base_manager.using(database).raw(sql, found))


@lru_cache(maxsize=MOST)
def _statement(build, key, kinds, database):
    """The SQL, and its parameters as pairs: the place of a value and what follows it.

    A parameter that is no value has the place ``None``, and stands in place of what follows.
    """
    names = [
        _TEXT + str(n).zfill(3) if kind is str else _NUMBER + n for n, kind in enumerate(kinds)
    ]
    places = {name: place for place, name in enumerate(names)}
    query = build(*key, *names).query
    sql, parameters = query.get_compiler(database).as_sql()
    return sql, [_parameter(each, places) for each in parameters]


def _parameter(value, places):
    if isinstance(value, str) and value[: len(_TEXT) + 3] in places:
        return places[value[: len(_TEXT) + 3]], value[len(_TEXT) + 3 :]
    return (places[value], "") if value in places else (None, value)
