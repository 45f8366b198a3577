"""What happens to an article, in plain Python: reading it from a source, annotating it,
extracting facts, and telling which facts of many articles are the same. Never dagster, duckdb or
dbt."""
