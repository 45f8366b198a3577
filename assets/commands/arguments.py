"""Arguments that several commands share."""

from __future__ import annotations

import click

PATHS = click.Path(exists=True, readable=False, allow_dash=True, path_type=str)
"""A file or folder that exists, or `-` for standard input."""
