"""The data folder of the first version goes on under this one."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.conftest import FOLDER_V1, Installation, folder_of_version_1
from warehouse.home import DATA_VERSION


def ids(mart: str, column: str) -> set[str]:
    """The ids that a mart of the first version had."""
    with (FOLDER_V1 / "build" / f"marts_{mart}.csv").open(encoding="utf-8") as stream:
        return {row[column] for row in csv.DictReader(stream)}


def told_by(articles: set[str]) -> set[str]:
    """The quotes of these articles, by their ids in the first version."""
    with (FOLDER_V1 / "build" / "marts_quotes.csv").open(encoding="utf-8") as stream:
        return {row["quote_id"] for row in csv.DictReader(stream) if row["article_id"] in articles}


@pytest.mark.slow
def test_a_run_upgrades_the_folder_and_keeps_articles_bytes_and_ids(tmp_path: Path) -> None:
    installation = Installation(folder_of_version_1(tmp_path))
    bytes_before = {p.name: p.read_bytes() for p in installation.home.raw.rglob("*.gz")}
    done = installation.call("run", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"upgraded the data folder to version {DATA_VERSION}" in done.stderr
    summary = json.loads(done.stdout)
    assert summary["articles"]["unchanged"] == 6
    assert (summary["articles"]["new"], summary["articles"]["revised"]) == (0, 0)
    assert installation.home.version() == DATA_VERSION
    bytes_after = {p.name: p.read_bytes() for p in installation.home.raw.rglob("*.gz")}
    assert bytes_before.items() <= bytes_after.items()
    copies = {
        article_id
        for (article_id,) in installation.query(
            "select article_id from articles where duplicate_of is not null"
        )
    }
    for mart, column in [
        ("articles", "article_id"),
        ("meetings", "meeting_id"),
        ("commissions", "session_id"),
        ("quotes", "quote_id"),
    ]:
        now = {key for (key,) in installation.query(f"select {column} from {mart}")}
        before = ids(mart, column)
        if mart == "quotes":  # near copies, which the first version did not know, tell none anew
            before -= told_by(copies)
        assert now >= before  # the rules of today may find more in the same articles
        assert mart != "articles" or now == before
    # what the first version did not have
    assert installation.query("select count(*) > 0 from officials") == [(True,)]
    assert installation.query("select count(*) from article_texts") == [(0,)]
