"""Every address of the portal.  A practice's own part comes first only in the link itself."""

from holdspace.portal.routes import account, arrive, check, consent, guests, room, spoken, where

app_name = "portal"
urlpatterns = [
    *room.urlpatterns,
    *consent.urlpatterns,
    *where.urlpatterns,
    *account.urlpatterns,
    *check.urlpatterns,
    *spoken.urlpatterns,
    *guests.urlpatterns,
    *arrive.urlpatterns,
]
