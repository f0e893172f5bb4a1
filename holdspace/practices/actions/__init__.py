"""Verbs of the practice: set it up, change it, its people and its places."""

from holdspace.practices.actions.practice import change_clinician, change_practice
from holdspace.practices.actions.setup import set_up
from holdspace.practices.actions.sites import add_site, change_site
from holdspace.practices.actions.staff import change_member, invite

__all__ = [
    "add_site",
    "change_clinician",
    "change_member",
    "change_practice",
    "change_site",
    "invite",
    "set_up",
]
