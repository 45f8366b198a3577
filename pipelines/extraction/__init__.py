"""From a Reading to facts: one module a subject, pure functions."""
