"""A real SMTP server that keeps what it gets and answers as it is told."""

import email
import email.policy
import socket

from aiosmtpd.controller import Controller


class PostOffice:
    def __init__(self):
        self.letters, self.raw = [], []
        self.rcpt = self.data = ""

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.data:
            return self.data
        self.raw.append(envelope.content)
        self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 Taken"

    @property
    def options(self):
        said = {"host": "127.0.0.1", "port": self.port, "security": "none"}
        return said | {"sender": "Willow Street <desk@example.org>"}

    def __enter__(self):
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()
        return self

    def __exit__(self, *_):
        self.controller.stop()
