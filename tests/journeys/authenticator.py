"""A device that keeps passkeys, as Chromium pretends one: a finger is always there, unless said otherwise."""

from typing import Any

from playwright.sync_api import CDPSession, Page

# Built in, keeps keys by itself, asks for the finger: what phones and laptops are.
BUILT_IN = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class PretendedDevice:
    """The passkeys of one page's browser window."""

    def __init__(self, page: Page) -> None:
        self.cdp: CDPSession = page.context.new_cdp_session(page)
        self.cdp.send("WebAuthn.enable")
        self.id: str = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": BUILT_IN})[
            "authenticatorId"
        ]

    def keeps(self) -> list[dict[str, Any]]:
        found = self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.id})
        return list(found["credentials"])

    def knows_the_finger(self, right: bool) -> None:
        self.cdp.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": right})

    def forgets(self) -> None:
        self.cdp.send("WebAuthn.clearCredentials", {"authenticatorId": self.id})
