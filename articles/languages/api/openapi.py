"""The OpenAPI description of endpoints of Wagtail's API v2 that answer in one language."""

from django.http import JsonResponse
from django.views import View

from diptych.articles.languages.config.language_config import available_languages

VERSION = "3.1.0"
TEXT, NUMBER, FLAG = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
ADDRESS = {"type": "string", "format": "uri"}
MOMENT = {"type": ["string", "null"], "format": "date-time"}
DAY = {"type": "string", "format": "date"}
#: The addresses of a page in the other languages in which it is visible, by language.
ALTERNATES = {"type": "object", "additionalProperties": ADDRESS}
MESSAGE = {"type": "object", "properties": {"message": TEXT}, "required": ["message"]}
REFUSED = "A parameter is not known, or its value makes no sense: `message` says why."


def nullable(schema):
    """``schema``, or ``null``."""
    types = schema["type"]
    return {**schema, "type": [*([types] if isinstance(types, str) else types), "null"]}


def record(properties, **more):
    """An object with these properties; a query may leave out any of them."""
    return {"type": "object", "properties": properties, **more}


def list_of(items):
    return {"type": "array", "items": items}


class OpenAPIView(View):
    """Describes ``endpoints``, viewsets by the name under which a router has them.

    It stands beside the endpoints, to which its addresses are relative.
    """

    title = "Pages"
    endpoints = None

    def get(self, request):
        paths = {}
        for name, viewset in self.endpoints.items():
            paths[f"/{name}/"] = {"get": _listing(name, viewset)}
            paths[f"/{name}/{{id}}/"] = {"get": _detail(name, viewset)}
        return JsonResponse(
            {
                "openapi": VERSION,
                "info": {"title": self.title, "version": "1"},
                "servers": [{"url": "."}],
                "paths": paths,
            }
        )


def _listing(name, viewset):
    items = list_of(viewset.described(is_listing=True))
    return {
        "operationId": f"{name}_list",
        "summary": viewset.summary,
        "parameters": _parameters(viewset, sorted(viewset.parameters)),
        "responses": {
            "200": _response(
                "The pages that are asked for.", record({"meta": COUNT, "items": items})
            ),
            "400": _response(REFUSED, MESSAGE),
        },
    }


#: How many pages there are in all parts of a list together.
COUNT = record({"total_count": NUMBER}, required=["total_count"])


def _detail(name, viewset):
    key = {"name": "id", "in": "path", "required": True, "schema": NUMBER}
    names = sorted(set(viewset.parameters) & viewset.detail_parameters)
    return {
        "operationId": f"{name}_detail",
        "summary": "One of them.",
        "parameters": [key, *_parameters(viewset, names)],
        "responses": {
            "200": _response("The page.", viewset.described(is_listing=False)),
            "400": _response(REFUSED, MESSAGE),
            "404": _response("No visitor may see such a page in the language.", MESSAGE),
        },
    }


def _parameters(viewset, names):
    return [
        {
            "name": name,
            "in": "query",
            "description": viewset.parameters[name][1],
            "schema": {"enum": available_languages()}
            if name == "lang"
            else viewset.parameters[name][0],
        }
        for name in names
    ]


def _response(description, schema):
    return {"description": description, "content": {"application/json": {"schema": schema}}}
