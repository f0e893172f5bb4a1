"""Rows of a chart, a file per noun."""

from holdspace.clients.models.addresses import Address
from holdspace.clients.models.contacts import Contact, Guardianship, Tie
from holdspace.clients.models.people import Client, ClientQuerySet
from holdspace.clients.models.portal import PortalAccount, PortalInvitation
from holdspace.clients.models.wishes import Wish

__all__ = [
    "Address",
    "Client",
    "ClientQuerySet",
    "Contact",
    "Guardianship",
    "PortalAccount",
    "PortalInvitation",
    "Tie",
    "Wish",
]
