"""SMS by Twilio's Messages API.

It has no idempotency key: a request whose answer was lost may have been carried out.  So only what
surely happened before a request was sent is *later*; our own id goes along in the callback's
address, and the first report tells what became of a text whose answer we never read.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import urlsplit, urlunsplit

import httpx
from django.conf import settings

from holdspace.messaging.attachments import Attachment
from holdspace.messaging.carriers import Report, TryAgainLater, WillNeverArrive

TIMEOUT = httpx.Timeout(15.0, connect=5.0)
ACCOUNT = re.compile(r"AC[0-9a-fA-F]{32}")
SENDER = re.compile(r"\+[1-9][0-9]{6,14}|MG[0-9a-fA-F]{32}")
STATUS_PATH = "/hooks/twilio/status"

NEVER = {
    21211: "no_such_number",
    21214: "no_such_number",
    21217: "no_such_number",
    21265: "no_such_number",
    21408: "blocked",  # the account may not text to this region
    21610: "opted_out",
    21612: "not_a_mobile",
    21614: "not_a_mobile",
    21635: "not_a_mobile",
    30003: "unreachable",
    30004: "blocked",
    30005: "no_such_number",
    30006: "not_a_mobile",
    30007: "blocked",
    30034: "blocked",  # the sender isn't registered with the phone companies
}
LATER = {20003: "carrier_locked", 20429: "carrier_busy", 21611: "carrier_busy", 30001: "carrier_busy"}
# Twilio's words for what became of a text; the others say nothing new.
STATUS = {"sent": "sent", "delivered": "delivered", "read": "delivered"}
STATUS |= {"failed": "failed", "undelivered": "failed", "canceled": "failed"}


class Twilio:
    """One account, one sender (a number, or a messaging service's MG...)."""

    delivers_at_once: ClassVar[bool] = False

    def __init__(
        self,
        *,
        account: str,
        token: str,
        sender: str,
        base_url: str = "https://api.twilio.com",
        confirms_itself: bool = True,
    ) -> None:
        self.account, self.token, self.sender = account, token, sender
        self.base_url = base_url.rstrip("/")
        # Whether Twilio answers STOP, START and HELP (its default), so that we must not.
        self.confirms_itself = confirms_itself

    def send(
        self, *, to: str, body: str, ref: str, subject: str, attachment: Attachment | None = None
    ) -> str:
        form = {"To": to, "Body": body, **self._from(), **_callback(ref)}
        try:
            answer = self._post(form)
        except httpx.ConnectError:
            raise TryAgainLater("carrier_down") from None
        except httpx.ConnectTimeout:
            raise TryAgainLater("carrier_down") from None
        if answer.status_code == 201:
            return str(answer.json()["sid"])
        raise _refused(answer)

    def _post(self, form: dict[str, str]) -> httpx.Response:
        url = f"{self.base_url}/2010-04-01/Accounts/{self.account}/Messages.json"
        # Nothing from the environment: no proxy and no netrc that nobody remembers.
        with httpx.Client(auth=(self.account, self.token), timeout=TIMEOUT, trust_env=False) as web:
            return web.post(url, data=form)

    def _from(self) -> dict[str, str]:
        return {"MessagingServiceSid" if self.sender.startswith("MG") else "From": self.sender}

    def surely_not_taken(self, *, ref: str) -> bool:
        """Its list of messages lags and doesn't know our id, so an absence proves nothing."""
        return False

    def read_report(self, payload: Mapping[str, str]) -> Report | None:
        status = STATUS.get(payload.get("MessageStatus", ""))
        if status is None or not payload.get("MessageSid"):
            return None
        code = payload.get("ErrorCode", "")
        trouble = NEVER.get(int(code), "refused") if code.isdecimal() else "refused"
        return Report(payload["MessageSid"], status, trouble if status == "failed" else "")

    def signed(self, *, address: str, form: Mapping[str, list[str]], signature: str) -> bool:
        """Whether Twilio signed this call of ours: HMAC-SHA1 over the public address and the sorted form.

        Twilio signs with and without a standard port, depending on who asks: both are tried.
        """
        rest = "".join(f"{name}{value}" for name in sorted(form) for value in sorted(set(form[name])))
        good = [self._signature(spelled + rest) for spelled in _spellings(address)]
        return any(hmac.compare_digest(one.encode(), signature.encode()) for one in good)

    def _signature(self, text: str) -> str:
        digest = hmac.new(self.token.encode(), text.encode(), hashlib.sha1).digest()
        return base64.b64encode(digest).decode()

    @classmethod
    def faults(cls, options: Mapping[str, Any]) -> list[str]:
        said = []
        if not ACCOUNT.fullmatch(str(options.get("account", ""))):
            said.append("HOLDSPACE_TWILIO_ACCOUNT must be AC and 32 hexadecimal figures.")
        if not options.get("token"):
            said.append("HOLDSPACE_TWILIO_TOKEN (or HOLDSPACE_TWILIO_TOKEN_FILE) is missing.")
        if not SENDER.fullmatch(str(options.get("sender", ""))):
            said.append("HOLDSPACE_TWILIO_SENDER must be a number like +12125550100 or a service's MG...")
        return said


def _callback(ref: str) -> dict[str, str]:
    """Where reports are to go; Twilio refuses addresses that it can't reach by https."""
    if not settings.PUBLIC_URL.startswith("https://"):
        return {}
    return {"StatusCallback": f"{settings.PUBLIC_URL}{STATUS_PATH}?ref={ref}"}


def _refused(answer: httpx.Response) -> Exception:
    """The error Twilio gave, as one of our two."""
    code = _error_code(answer)
    if code in NEVER:
        return WillNeverArrive(NEVER[code])
    if code in LATER or answer.status_code == 429:
        return TryAgainLater(LATER.get(code, "carrier_busy"))
    if answer.status_code in {401, 403}:
        return TryAgainLater("carrier_locked")
    if answer.status_code == 503:
        return TryAgainLater("carrier_down")
    if answer.status_code >= 500:
        return NobodyKnows(answer.status_code)
    return WillNeverArrive("refused")


class NobodyKnows(Exception):
    """The server failed in the middle: the text may have been taken."""


def _error_code(answer: httpx.Response) -> int:
    try:
        return int(answer.json()["code"])
    except (ValueError, KeyError, TypeError):
        return 0


def _spellings(address: str) -> list[str]:
    parts = urlsplit(address)
    host = parts.hostname or ""
    bare = urlunsplit(parts._replace(netloc=host))
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme, 443)
    return [address, bare, urlunsplit(parts._replace(netloc=f"{host}:{port}"))]
