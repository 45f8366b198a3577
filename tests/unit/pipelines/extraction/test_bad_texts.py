"""Texts that are none: a result in bounded time, with offsets inside the text."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from pipelines.extraction.article import extract_article
from pipelines.extraction.batch import read_articles
from pipelines.records import Article, ArticleFacts, Fact, to_plain

LETTERS = "abcdefghijklmnopqr"
FIVE_THOUSAND = [
    f"Ba{a}{b} Ke{c}{d}a" for a in "abcde" for b in LETTERS for c in LETTERS for d in "aeo"
]

TEXTS = {
    "no capitals": "the foreign minister of peru ana quispe met the president of kenya in lima. "
    * 50,
    "accents read as another alphabet": "PerÃºâ€™s minister JosÃ© PÃ©rez met Kenyaâ€™s envoy. "
    * 50,
    "accents lost": "Per\ufffd's minister Jos\ufffd P\ufffdrez met Kenya?s envoy Zo? M?ndez. " * 50,
    "empty brackets": "LIMA (  ) - The ministers of Peru and Kenya met. Lima /  / They left.",
    "nothing": "",
    "blanks": " \n\t\n ",
    "one endless word": "a" * 1_000_000,
    "only punctuation": "?!,." * 25_000,
    "full stops": "a. " * 20_000,
    "mixed scripts": "会谈 talks переговоры مباحثات met Cuba 北京. " * 300,
    "control characters": "\x00\x01 The\x07 minister\x1b of Peru met\x08 Kenya.\r\n" * 200,
    "another language": "El ministro de Perú se reunió con su homólogo de Kenia en Lima. " * 100,
    "half a character": "The minister of Peru \ud800 met Kenya's \udfff envoy.",
    "a table": "Peru\t12\tKenya\t13\n" * 2_000,
    "two halves of a character apart": "Peru \ud83d and Kenya \ude00 held talks. " * 50,
    "a character of two halves": "Peru met Kenya \U0001f91d\U0001f1f5\U0001f1ea in Lima. " * 50,
    "accents of their own": "Pe\u0301ru\u0300vian minister me\u0301t Kenyan envoy. " * 100,
    "right to left": "\u202eThe minister of Peru\u202c met \u200bKenya\ufeff's envoy. " * 100,
    "a sentence without end": "the minister of Peru met Kenya's and " * 2_000,
    "quotes that never close": 'He said: "She said: “they said: ‘we agree. ' * 500,
    "quotation marks": '“"‘' * 10_000,
    "names in a row": "Ana Quispe Rojas, " * 2_000,
    "line breaks": "\n" * 100_000,
    "markup": "<div class='a'>Peru</div>&nbsp;" * 500,
    "capitals": "THE MINISTER OF PERU MET WITH THE ENVOY OF KENYA IN LIMA ON TUESDAY. " * 50,
}


def all_facts(facts: ArticleFacts) -> Iterator[Fact]:
    yield from (*facts.entities, *facts.people, *facts.quotes, *facts.meetings)
    yield from (*facts.commissions, *facts.sectors, *facts.sector_mentions, *facts.agreements)


@pytest.mark.slow
def test_five_thousand_persons_in_one_article() -> None:
    text = "".join(f"Kenyan Minister {name.title()} met Peru's envoy. " for name in FIVE_THOUSAND)
    facts = extract_article(Article("t", text), model="blank")
    assert facts.people  # such near names are taken for spellings of fewer persons


@pytest.mark.parametrize("model", ["bundled", "blank"])
@pytest.mark.parametrize("name", TEXTS)
def test_any_text_is_read(name: str, model: str) -> None:
    text = TEXTS[name]
    facts = extract_article(Article("t", text), model=model)
    assert facts.doc_id == "t"
    listed = list(all_facts(facts))
    spans = [(fact.evidence.start, fact.evidence.end) for fact in listed]
    spans += [(e.start, e.end) for e in facts.entities] + [(q.start, q.end) for q in facts.quotes]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert len({(type(fact), fact.id) for fact in listed}) == len(listed)
    readable = text.replace("\ud83d", "\ufffd").replace("\ude00", "\ufffd")
    assert all(readable[quote.start : quote.end] == quote.text for quote in facts.quotes)
    json.dumps(to_plain(facts), ensure_ascii=False).encode()


@pytest.mark.parametrize("model", ["bundled", "blank"])
def test_texts_that_are_none_cost_no_other(model: str) -> None:
    good = "Peruvian Foreign Minister Ana Quispe Rojas met with Kenyan President John Otieno."
    texts = [good]
    for text in TEXTS.values():
        texts += [text[:2_000], good]
    given = [Article(f"t{n}", text) for n, text in enumerate(texts)]
    outcomes = list(read_articles(given, workers=1, model=model))
    assert [outcome.article for outcome in outcomes] == given
    assert [outcome.error for outcome in outcomes] == [None] * len(given)
    among = [o.facts for o in outcomes if o.facts and o.article.text == good]
    assert len(among) == len(TEXTS) + 1
    if model == "blank":
        assert all([m.pair for m in facts.meetings] == ["KEN-PER"] for facts in among)
