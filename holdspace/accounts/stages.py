"""Between password and page: whether the second factor is asked for."""

from allauth.mfa.stages import AuthenticateStage

from holdspace.accounts.queries import is_asked_for_more
from holdspace.kit.clock import now


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]
    """As allauth's, but a client's passkey doesn't close the way in by password."""

    def _should_handle(self, request: object) -> bool:
        return bool(super()._should_handle(request)) and is_asked_for_more(self.login.user, at=now())
