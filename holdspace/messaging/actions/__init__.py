"""Verbs of the outbox: send, ring, read, report, opt out and in."""

from holdspace.messaging.actions.bells import read_all_bells, read_bell, ring
from holdspace.messaging.actions.optouts import opt_in, opt_out, start, stop
from holdspace.messaging.actions.outbox import send
from holdspace.messaging.actions.reports import report

__all__ = ["opt_in", "opt_out", "read_all_bells", "read_bell", "report", "ring", "send", "start", "stop"]
