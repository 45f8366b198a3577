"""Dagster's home of an installation, made ready without a single setting by the user.

What belongs here: the folder, its `dagster.yaml`, the environment. What does not: definitions.
Imports nothing of Dagster, so that commands can prepare the home before loading it.
"""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

from warehouse.home import ENVIRONMENT_VARIABLE, Home

WORKSPACE = Path(__file__).resolve().parent.parent / "workspace.yaml"


def prepare_dagster_home(home: Home) -> None:
    """Create Dagster's home below the data folder and point this process at both."""
    home.create()
    target = home.dagster / "dagster.yaml"
    wanted = (files("assets") / "dagster.yaml").read_text(encoding="utf-8")
    if not target.exists() or target.read_text(encoding="utf-8") != wanted:
        target.write_text(wanted, encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(home.dagster)
    os.environ[ENVIRONMENT_VARIABLE] = str(home.root)
