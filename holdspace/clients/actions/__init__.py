"""What can be done to a chart, a file per noun."""

from holdspace.clients.actions.addresses import add_address, change_address, remove_address
from holdspace.clients.actions.contacts import (
    Person,
    Role,
    add_contact,
    change_contact,
    remove_contact,
    tie_contact,
)
from holdspace.clients.actions.own import Reach, change_own
from holdspace.clients.actions.people import PLAIN, add, change
from holdspace.clients.actions.portal import close_account, greeting_of, invite, withdraw_invitation
from holdspace.clients.actions.portal_opening import open_account, show_who
from holdspace.clients.actions.reaching import (
    BY_CLIENT,
    add_email,
    add_phone,
    address,
    allow,
)

__all__ = [
    "BY_CLIENT",
    "PLAIN",
    "Person",
    "Reach",
    "Role",
    "add",
    "add_address",
    "add_contact",
    "add_email",
    "add_phone",
    "address",
    "allow",
    "change",
    "change_address",
    "change_contact",
    "change_own",
    "close_account",
    "greeting_of",
    "invite",
    "open_account",
    "remove_address",
    "remove_contact",
    "show_who",
    "tie_contact",
    "withdraw_invitation",
]
