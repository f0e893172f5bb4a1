"""How a spoken answer came: the words of `by` on its record."""

from django.utils.translation import gettext_lazy as _

SPOKE = {"phone": _("By phone"), "video": _("By video"), "in_person": _("In person")}
