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
from holdspace.clients.actions.people import PLAIN, add, change
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
    "remove_address",
    "remove_contact",
    "tie_contact",
]
