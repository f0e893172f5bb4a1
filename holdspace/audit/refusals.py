"""The way the sealer says no.  People never see it."""

from django.utils.translation import gettext_lazy as _

from holdspace.kit.refusals import Refusal


class SealedElsewhere(Refusal):
    """Another sealer was here in the meantime; nothing of this batch is kept."""

    sentence = _("The trail is being sealed already.")
