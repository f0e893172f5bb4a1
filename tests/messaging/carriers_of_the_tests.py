"""Carriers that do one thing each, so that a test can say what a carrier did."""

from holdspace.messaging.carriers import TryAgainLater, WillNeverArrive
from holdspace.messaging.carriers.memory import Memory


class Down(Memory):
    def send(self, **_):
        raise TryAgainLater("carrier_down")


class Landline(Memory):
    def send(self, **_):
        raise WillNeverArrive("not_a_mobile")


class CutOff(Memory):
    """The line went dead after the text was handed over."""

    def send(self, **_):
        raise ConnectionResetError("with Rosa's number in it: +13125550118")

    def surely_not_taken(self, *, ref):
        return False


class Slow(Memory):
    """A carrier that reports later, and can't say what it never answered."""

    delivers_at_once = False

    def surely_not_taken(self, *, ref):
        return False
