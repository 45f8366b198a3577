"""What a run makes of the samples, beside what careful readers find in them.

Gold is what is in the text, not what the rules find: some of it they do not find yet. Here stands
what they must not lose again: the lists of which the stored facts say what gold says, no fact too
many, none too few, and no scored field wrong.
"""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from pipelines import evaluation
from tests.conftest import Installation
from warehouse.tables import FACT_TABLES

EXACT: dict[str, set[str]] = {
    "agency-joint-commission": {"commissions", "meeting_pairs", "meetings", "people", "quotes"},
    "ballots-pineapples-football": {"agreements", "commissions", "meeting_pairs", "meetings"},
    "channel-initiative-antananarivo": {"agreements", "commissions"},
    "hanoi-joint-commission-namibia": {"agreements", "meeting_pairs"},
    "joint-communique-indonesia-zambia": {"meeting_pairs", "people"},
    "kuwait-crown-prince-call-audience": {"agreements", "commissions"},
    "lilongwe-credentials-farewell": {"agreements", "commissions"},
    "market-report": {"agreements", "commissions", "meeting_pairs", "meetings", "sectors"},
    "ministry-consultations": {"agreements", "commissions", "people"},
    "nepal-portugal-relations": {"meeting_pairs", "quotes"},
    "newspaper-state-visit": {"commissions", "meeting_pairs", "people", "sectors"},
    "putrajaya-moldova-consultations": {
        "agreements",
        "commissions",
        "meeting_pairs",
        "people",
        "sectors",
    },
    "readout-tamayo-zarebski": {"commissions", "meeting_pairs", "people"},
    "rivera-one-card-two-towns": {"meeting_pairs"},
    "taoiseach-in-tunis": {"agreements", "commissions", "meeting_pairs"},
    "tashkent-croatian-prime-minister": {"commissions", "meeting_pairs", "people"},
    "wire-1": {"agreements", "meeting_pairs", "meetings", "people"},
    "wire-2": {
        "agreements",
        "commissions",
        "meeting_pairs",
        "meetings",
        "people",
        "quotes",
        "sectors",
    },
    "wire-3": {"agreements", "commissions", "meeting_pairs", "meetings", "people", "quotes"},
    "wire-4": {
        "agreements",
        "commissions",
        "meeting_pairs",
        "meetings",
        "people",
        "quotes",
        "sectors",
    },
    "lome-border-roundup": {"agreements", "commissions", "sectors"},
    "bogota-cairo-call": {"agreements", "commissions", "meeting_pairs", "people"},
    "djibouti-eritrea-summons": {"commissions", "meeting_pairs"},
}


@pytest.fixture(scope="module")
def stored(samples: Installation) -> dict[str, dict[str, Any]]:
    """The facts of each sample as the build database has them, by the article's doc_id."""
    found: dict[str, dict[str, Any]] = {}
    with duckdb.connect(str(samples.home.build_database), read_only=True) as connection:
        doc_ids = dict(connection.execute("select article_id, doc_id from raw.articles").fetchall())
        for name, table in FACT_TABLES.items():
            cursor = connection.execute(f"from {table.qualified}")
            columns = [column[0] for column in cursor.description or []]
            for values in cursor.fetchall():
                row = dict(zip(columns, values, strict=True))
                doc_id = doc_ids[row["article_id"]]
                found.setdefault(doc_id, {"doc_id": doc_id}).setdefault(name, []).append(row)
    return found


@pytest.fixture(scope="module")
def differences(stored: dict[str, dict[str, Any]]) -> list[evaluation.Difference]:
    gold = evaluation.read_gold(evaluation.OWN_GOLD)
    facts = [stored.get(document.doc_id, {"doc_id": document.doc_id}) for document in gold]
    return list(evaluation.find_differences(evaluation.aligned_articles(gold, facts)))


@pytest.mark.parametrize("doc_id", sorted(EXACT))
def test_what_is_read_as_gold_has_it(doc_id: str, differences: list[evaluation.Difference]) -> None:
    lost = [d for d in differences if d.doc_id == doc_id and d.score in EXACT[doc_id]]
    assert lost == []


def test_all_kinds_of_facts_are_among_them() -> None:
    assert set().union(*EXACT.values()) == set(evaluation.SCORES)
    assert sum(map(len, EXACT.values())) >= 60
