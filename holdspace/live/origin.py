"""Whether a page that opens a socket is one of ours: browsers send cookies along for any page."""

from urllib.parse import SplitResult, urlsplit

from django.conf import settings

LOCAL = [".localhost", "127.0.0.1", "::1"]
_PORTS = {"http": 80, "https": 443}


def is_ours(origin: str, host: str) -> bool:
    """True for a page from our public address, or from an allowed host at the address it called."""
    try:
        page = urlsplit(origin)
        called = urlsplit(f"{page.scheme}://{host}")
        public = urlsplit(settings.PUBLIC_URL or "")
        if page.scheme not in _PORTS or not page.hostname:
            return False
        if (page.scheme, _place(page)) == (public.scheme, _place(public)):
            return True
        return _place(page) == _place(called) and _is_allowed(page.hostname)
    except ValueError:
        return False


def _place(address: SplitResult) -> tuple[str | None, int | None]:
    return address.hostname, address.port or _PORTS.get(address.scheme)


def _is_allowed(hostname: str) -> bool:
    allowed = settings.ALLOWED_HOSTS or LOCAL
    return any(_matches(hostname, pattern.lower().strip("[]")) for pattern in allowed)


def _matches(hostname: str, pattern: str) -> bool:
    if pattern.startswith("."):
        return hostname == pattern[1:] or hostname.endswith(pattern)
    return pattern in ("*", hostname)
