"""The desk: everything a person writes — visits, corrections, judgements, jobs — in one SQLite file."""

from warehouse.desk.desk import LOCAL, Desk
from warehouse.desk.people import Account, Job, Visit

__all__ = ["LOCAL", "Account", "Desk", "Job", "Visit"]
