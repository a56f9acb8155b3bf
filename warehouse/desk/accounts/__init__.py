"""Accounts, sessions and what was mistyped; passwords are hashed and looked at in `dashboard/accounts`."""
