"""The ways the lease table says no.  People never see these."""

from django.utils.translation import gettext_lazy as _

from holdspace.kit.refusals import Refusal


class LeaseLost(Refusal):
    """The lease ran out and somebody else has the job, or had it."""

    sentence = _("This work was taken over by another worker.")
