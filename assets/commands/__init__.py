"""The commands of `entente`, one module each.

A module imports only what every call of its command needs; the rest is imported when it runs, so
that `entente sql` does not wait for Dagster.
"""
