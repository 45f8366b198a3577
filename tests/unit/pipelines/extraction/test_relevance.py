"""The gate: what can hold a fact between two states passes, general news does not."""

from __future__ import annotations

import pytest

from pipelines.evaluation import OWN_GOLD, read_gold
from pipelines.extraction.relevance import may_hold_facts


@pytest.mark.parametrize(
    "text",
    [
        "Peru's foreign minister met with his Kenyan counterpart in Lima.",
        "The Tehran-Havana relations were praised.",
        "Iran–Cuba trade rose by a tenth.",
        "The Kremlin said that it would host Ankara's envoys.",
        "URUGUAY AND BRAZIL SIGN BORDER TREATY",
        "Côte d’Ivoire and Türkiye will train nurses together.",
        "Ivory Coast will send students to Turkey.",
        "A delegation of the DPRK arrived in Viet Nam.",
        "The U.S. and the U.K. spoke about visas.",
        "An ambassador presented his credentials to the King in Amman.",
        "Macron called Zelensky to discuss the summit.",
        "The Chilean side proposed a joint commission.",
        "Zimbabwe has shown interest in Iran's expertise in aerospace.",
    ],
)
def test_dealings_of_states_pass(text: str) -> None:
    assert may_hold_facts(None, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bake the cake for half an hour and let it cool before you cut it.",
        "The new release mends two bugs and is twice as fast on old telephones.",
        "Police are looking for a man who stole three bicycles on Harbour Street.",
        "The film is a slow, tender portrait of two sisters and their garden.",
        "Costa Rica won by two goals to one.",
        "The weather in Norway will be mild at the weekend.",
        "A turkey was on the table, and everybody had a second helping.",
    ],
)
def test_general_news_is_turned_away(text: str) -> None:
    assert not may_hold_facts(None, text)


def test_the_title_counts() -> None:
    text = "The two ministers met on Tuesday and spoke about fishing."
    assert not may_hold_facts(None, text)
    assert may_hold_facts("Norway and Peru look at quotas", text)


def test_no_article_of_the_own_gold_is_lost() -> None:
    lists = {"meetings", "commissions", "sectors", "agreements"}
    documents = [d for d in read_gold(OWN_GOLD) if lists & {n for n, f in d.lists.items() if f}]
    assert len(documents) > 15
    lost = [d.doc_id for d in documents if not may_hold_facts(d.article.title, d.article.text)]
    assert lost == []
