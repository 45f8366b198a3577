"""The DuckDB warehouse: its tables, loads, published marts and read-only queries.

Knows only `pipelines.records` and the lexicons, never how an article is read, and never Dagster.
"""
