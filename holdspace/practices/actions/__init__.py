"""Verbs of the practice: set it up, change it, its people and its places."""

from holdspace.practices.actions.emergencies import (
    add_emergency_number,
    change_emergency_number,
    remove_emergency_number,
    verify_emergency_number,
)
from holdspace.practices.actions.licenses import add_license, change_license, remove_license
from holdspace.practices.actions.practice import change_clinician, change_practice
from holdspace.practices.actions.setup import set_up
from holdspace.practices.actions.sites import add_site, change_site
from holdspace.practices.actions.staff import change_member, invite

__all__ = [
    "add_emergency_number",
    "add_license",
    "add_site",
    "change_clinician",
    "change_emergency_number",
    "change_license",
    "change_member",
    "change_practice",
    "change_site",
    "invite",
    "remove_emergency_number",
    "remove_license",
    "set_up",
    "verify_emergency_number",
]
