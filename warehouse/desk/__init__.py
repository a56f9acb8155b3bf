"""The desk: everything a person writes — visits, corrections, judgements, jobs — in one SQLite file."""

from warehouse.desk.desk import Desk
from warehouse.desk.people import Account, Job, Visit

__all__ = ["Account", "Desk", "Job", "Visit"]
