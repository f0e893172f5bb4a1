"""What both web rooms share: refusals become pages, fragments or JSON; and small request questions."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from holdspace.kit.refusals import Refusal


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page (and not for a boosted whole one)."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def answer(request: HttpRequest, otherwise: HttpResponse, **facts: Any) -> HttpResponse:
    """`{"ok": true, ...}` to a script that asked for JSON, `otherwise` to a browser."""
    return JsonResponse({"ok": True} | facts) if wants_json(request) else otherwise


class RefusalMiddleware:
    """Turns a Refusal into a sentence with status 409; nothing that was typed is lost by going back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        if wants_json(request):
            said = {"ok": False, "refusal": type(exception).__name__, "sentence": str(exception.sentence)}
            return JsonResponse(said | {"may_overrule": exception.may_overrule}, status=409)
        template = "ui/refusal_part.html" if wants_fragment(request) else "ui/refusal.html"
        return render(request, template, {"sentence": exception.sentence, "refusal": exception}, status=409)


class CalmHeaders:
    """No camera, microphone or place anywhere but where a view says so; signed-in pages aren't kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response
