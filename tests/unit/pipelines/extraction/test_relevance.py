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
        "Turkiye hosted Azerbaijani officials.",
        "Iran FM lands in Havana",
        "Ethiopia and Djibouti agree on port access.",
        "Norway and Kenya share a plan for the climate.",
        "PUTIN AND ERDOGAN HOLD TALKS",
        "Zimbabwe has shown interest in Iran's expertise in aerospace.",
        "Iran-Cuba commission to sit in May",
        "the Iran—Cuba agreement",
        "Cuba/Iran: talks end",
        "(Cuban)envoy",
        "Two Ivorians and a Swazi were received at the White House.",
        "Doha and Kampala have been discussing gas.",
        "Downing Street has invited the Emirati crown prince.",
        "Putin hosted Erdogan for two hours.",
        "OMANI AND MALTESE OFFICIALS DISCUSS PORTS",
        "COSTA RICA'S PRESIDENT LANDS IN SAN MARINO",
        "CÔTE D'IVOIRE AND CÔTE D’IVOIRE'S NEIGHBOUR GHANA TO TRAIN NURSES",
        "The UAE, Oman and New\nZealand welcomed it.",
        "New\u00a0Zealand's troops leave Tonga",
        "Bosnia & Herzegovina and the Holy See signed a concordat.",
        "The U.S.-China dialogue is to go on.",
        "The Dutch and the Swiss help with dykes.",
        "Ties of Guinea-Bissau and Timor-Leste",
        "The Norwegian king was the guest of honour in Quito.",
        "A visit of the Fijian team of doctors to Nauru",
        "Kenyan (and Peruvian!) exports rose.",
        "“Peru”, he said, “and ‘Kenya’ are partners.”",
        "\n\n\tPeru\r\n\r\nKenya\n\nloan",
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
        " \n\t ",
        "?!, ... 12 -- 3%",
        "\ud800\udfff\x00",
        "Whisk four eggs, fold in the flour, and serve with french beans and swiss chard.",
        "The editor opens large files at once; the plug-in that lost bookmarks is gone.",
        "Two men from Brackley were charged with theft after a shop was broken into on Friday.",
        "Kenya won the relay in Nairobi, and Otieno broke the record of the stadium.",
        "Peru beat Kenya by two goals to one in the final.",
        "An hour too long, the film has one good joke, and its hero is a cook from Norway.",
        "The president of the club and its minister of fun signed for a partnership.",
        "talks, treaties, ambassadors and summits",
    ],
)
def test_general_news_is_turned_away(text: str) -> None:
    assert not may_hold_facts(None, text)


@pytest.mark.parametrize("mark", ["'", "’", "´", "`", "＇", "‘"])
def test_any_apostrophe_parts_a_name_from_its_s(mark: str) -> None:
    assert may_hold_facts(None, f"Peru{mark}s guests from Kenya{mark}s north discussed tea.")
    assert may_hold_facts(None, f"PERU{mark}S ENVOY")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Peru", "Kenya"),
        ("Peruvian", "Kenyan"),
        ("Peruvians", "Kenyans"),
        ("Lima", "Nairobi"),
        ("The Kremlin", "the White House"),
        ("Macron", "Erdogan"),
        ("PERU", "KENYA"),
        ("Türkiye", "São Tomé and Príncipe"),
        ("DR Congo", "the Republic of Korea"),
    ],
)
def test_two_states_need_a_word_of_dealings_and_one_a_word_of_diplomacy(
    first: str, second: str
) -> None:
    weather = f"Clouds over {first}, and over {second} rain."
    assert not may_hold_facts(None, weather)
    assert may_hold_facts(None, f"{weather} They share an interest in umbrellas.")
    assert not may_hold_facts(None, f"Clouds over {first}. They share an interest in umbrellas.")
    assert may_hold_facts(None, f"Clouds over {first}. The ambassador has an umbrella.")
    assert may_hold_facts(f"Talks on {first}", "Clouds.")


def test_words_far_apart_in_a_long_text_are_found() -> None:
    filler = "The cat sat on the mat. " * 40_000
    assert may_hold_facts(None, f"Peru. {filler} Kenya. {filler} They spoke by telephone.")
    assert not may_hold_facts(None, f"Peru. {filler} The cat spoke. {filler}")


def test_the_title_counts() -> None:
    text = "The two ministers met on Tuesday and spoke about fishing."
    assert not may_hold_facts(None, text)
    assert may_hold_facts("Norway and Peru look at quotas", text)
    fish = "Norway opened an office to support the export of fish."
    assert not may_hold_facts("", fish)
    assert may_hold_facts("A guest from Peru", fish)


def test_no_article_of_the_own_gold_is_lost() -> None:
    lists = {"meetings", "commissions", "sectors", "agreements"}
    documents = [d for d in read_gold(OWN_GOLD) if lists & {n for n, f in d.lists.items() if f}]
    assert len(documents) > 15
    lost = [d.doc_id for d in documents if not may_hold_facts(d.article.title, d.article.text)]
    assert lost == []
