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
from holdspace.clients.actions.own import Reach, change_own, reach_of
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
from holdspace.clients.actions.wishes import ask_otherwise, drop_wish, take_wish

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
    "ask_otherwise",
    "change",
    "change_address",
    "change_contact",
    "change_own",
    "close_account",
    "drop_wish",
    "greeting_of",
    "invite",
    "open_account",
    "reach_of",
    "remove_address",
    "remove_contact",
    "show_who",
    "take_wish",
    "tie_contact",
    "withdraw_invitation",
]
