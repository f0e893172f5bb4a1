"""E-mail by SMTP.  All it knows of reply codes goes into one choice: later, never, or nobody knows."""

import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import SMTP as LETTER
from email.utils import parseaddr
from types import MappingProxyType
from typing import Any, ClassVar

from holdspace.messaging.attachments import Attachment
from holdspace.messaging.carriers import Report, TryAgainLater, WillNeverArrive

SECURITY = {"starttls", "tls", "none"}
TIMEOUT = 15.0
# Seven bits only: any server takes that.
PLAIN = LETTER.clone(cte_type="7bit")
# Permanent refusals of one recipient (RFC 3463 subject.detail), as our words.
ENHANCED = {"5.1.1": "no_such_address", "5.1.2": "no_such_address", "5.1.3": "no_such_address"}
ENHANCED |= {"5.1.6": "no_such_address", "5.1.10": "no_such_address", "5.2.1": "no_such_address"}
ENHANCED |= {"5.2.2": "mailbox_full", "4.2.2": "mailbox_full"}
CODES = {550: "no_such_address", 551: "no_such_address", 553: "no_such_address", 552: "mailbox_full"}


class Smtp:
    """One connection a message: a practice sends a few an hour, and nothing is left to go stale."""

    delivers_at_once: ClassVar[bool] = False

    def __init__(
        self,
        *,
        host: str,
        port: int = 587,
        user: str = "",
        password: str = "",
        security: str = "starttls",
        sender: str = "",
    ) -> None:
        self.host, self.port, self.user, self.password = host, port, user, password
        self.security, self.sender = security, sender

    def send(
        self, *, to: str, body: str, ref: str, subject: str, attachment: Attachment | None = None
    ) -> str:
        try:
            to.encode("ascii")
            letter = self._letter(to, body, ref, subject)
            if attachment:
                _attach(letter, attachment)
        except ValueError:
            raise WillNeverArrive("no_such_address") from None
        connection = self._connected()
        try:
            _hand_over(connection, letter, sender=parseaddr(self.sender)[1], to=to)
        finally:
            connection.close()
        return ref

    def _letter(self, to: str, body: str, ref: str, subject: str) -> EmailMessage:
        """The message itself; headers refuse line breaks (ValueError), so nobody can add one of their own."""
        letter = EmailMessage(policy=PLAIN)
        letter["From"], letter["To"], letter["Subject"] = self.sender, to, subject
        # Ours and the same in every try, so that a mail server can tell a repetition.
        letter["Message-ID"] = f"<{ref}@{parseaddr(self.sender)[1].rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(body)
        return letter

    def _connected(self) -> smtplib.SMTP:
        """Signed in and ready, or TryAgainLater: so far nothing was handed over."""
        with _nothing_handed_over():
            connection = self._opened()
        try:
            with _nothing_handed_over():
                self._introduced(connection)
        except TryAgainLater:
            connection.close()
            raise
        return connection

    def _opened(self) -> smtplib.SMTP:
        if self.security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)

    def _introduced(self, connection: smtplib.SMTP) -> None:
        if self.security == "starttls":
            connection.starttls(context=ssl.create_default_context())
        if self.user:
            connection.login(self.user, self.password)

    def surely_not_taken(self, *, ref: str) -> bool:
        """SMTP has nobody to ask."""
        return False

    def read_report(self, payload: Mapping[str, str]) -> Report | None:
        """Bounces come as letters to the sender's mailbox, which this doesn't read."""
        return None

    @classmethod
    def faults(cls, options: Mapping[str, Any]) -> list[str]:
        said = []
        if not options.get("host"):
            said.append("HOLDSPACE_SMTP_HOST names no server.")
        if options.get("security", "starttls") not in SECURITY:
            said.append("HOLDSPACE_SMTP_SECURITY must be starttls, tls or none.")
        if "@" not in parseaddr(str(options.get("sender", "")))[1]:
            said.append("HOLDSPACE_SMTP_SENDER must be the address that e-mail comes from.")
        if bool(options.get("user")) != bool(options.get("password")):
            said.append("HOLDSPACE_SMTP_USER and HOLDSPACE_SMTP_PASSWORD belong together.")
        return said


def _attach(letter: EmailMessage, file: Attachment) -> None:
    """The file after the text, in seven bits like everything else."""
    kind = EmailMessage()
    kind["Content-Type"] = file.kind
    charset = {"charset": "utf-8"} if file.is_text else {}
    letter.add_attachment(
        file.body,
        maintype=kind.get_content_maintype(),
        subtype=kind.get_content_subtype(),
        params=dict(kind["Content-Type"].params) | charset,
        filename=file.name,
        cte="base64",
    )


@contextmanager
def _nothing_handed_over() -> Iterator[None]:
    """Whatever goes wrong in here, the same text may be sent again."""
    try:
        yield
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError):
        raise TryAgainLater("carrier_locked") from None
    except (OSError, smtplib.SMTPException):
        raise TryAgainLater("carrier_down") from None


def _hand_over(connection: smtplib.SMTP, letter: EmailMessage, *, sender: str, to: str) -> None:
    """Say who, to whom, and the letter.  A line lost after the last dot leaves nobody knowing."""
    try:
        connection.ehlo_or_helo_if_needed()
        _agreed(connection.mail(sender))
        _agreed(connection.rcpt(to), CODES)
    except (OSError, smtplib.SMTPServerDisconnected):
        raise TryAgainLater("carrier_down") from None
    try:
        _agreed(connection.data(letter.as_bytes()))
    except smtplib.SMTPDataError as refused:
        # Before the text: the server declined the word DATA itself.
        _agreed((refused.smtp_code, _bytes(refused.smtp_error)))
    with suppress(OSError, smtplib.SMTPException):
        connection.quit()  # it has the letter; how we part no longer matters


def _agreed(reply: tuple[int, bytes], words: Mapping[int, str] = MappingProxyType({})) -> None:
    """Go on after a yes; 4xx is later, 5xx never (RFC 5321, 4.2.1)."""
    code, said = reply
    if code < 400:
        return
    why = ENHANCED.get(said.split(b" ", 1)[0].decode("ascii", "replace"))
    if code < 500:
        raise TryAgainLater(why or "carrier_busy")
    raise WillNeverArrive(why or words.get(code, "refused"))


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()
