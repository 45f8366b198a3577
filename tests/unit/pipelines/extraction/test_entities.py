"""Which mentions are listed, with what they resolve to."""

from __future__ import annotations

from pipelines.extraction.entities import find_entities
from pipelines.language.build import build_language
from pipelines.language.mentions import ActorMention, CountryMention, DateMention, Reading
from pipelines.records import Article, Commission, Entity, Span

TEXT = (
    "Kenyan Minister Ana Ruiz of the Ministry of Trade and Industry came to Lima on Monday for "
    "the Kenya-Peru Joint Commission, the UN said. The Kenya-Peru Joint Commission is old."
)


def reading(text: str = TEXT) -> Reading:
    doc = build_language()(text)
    words = [token.text for token in doc]
    if not words:
        return Reading(doc, Article("t", text))
    ana, monday = words.index("Ana"), words.index("Monday")
    return Reading(
        doc=doc,
        article=Article("t", text),
        countries=(CountryMention(0, 1, "KEN", "adjective"),),
        dates=(DateMention(monday, monday + 1, "2024-05-13"),),
        actors=(
            ActorMention(0, ana + 2, "named", "Ana Ruiz", ana, ana + 2, "Minister", None, "KEN"),
        ),
    )


def commission(name: str) -> Commission:
    return Commission(
        id="c1", evidence=Span(0, 1), rule="test", confidence=1.0, pair="KEN-PER", name=name
    )


def by_text(entities: tuple[Entity, ...]) -> dict[str, Entity]:
    return {entity.text: entity for entity in entities}


def test_each_type_and_what_it_resolves_to() -> None:
    found = by_text(find_entities(reading(), (commission("Kenya-Peru Joint Commission"),)))
    assert (found["Ana Ruiz"].type, found["Ana Ruiz"].country) == ("PERSON", "KEN")
    assert (found["Kenyan"].type, found["Kenyan"].entity) == ("NORP", "KEN")
    assert (found["Monday"].type, found["Monday"].entity) == ("DATE", "2024-05-13")
    assert (found["UN"].type, found["UN"].entity) == ("ORG", "United Nations")
    assert found["Ministry of Trade and Industry"].type == "ORG"
    assert found["Kenya-Peru Joint Commission"].type == "BODY"


def test_offsets_ids_and_order() -> None:
    found = find_entities(reading(), (commission("Kenya-Peru Joint Commission"),))
    assert all(TEXT[entity.start : entity.end] == entity.text for entity in found)
    assert [entity.id for entity in found] == [f"e{n}" for n in range(1, len(found) + 1)]
    assert [entity.start for entity in found] == sorted(entity.start for entity in found)
    assert sum(entity.type == "BODY" for entity in found) == 2


def test_a_span_has_one_mention_and_a_word_part_none() -> None:
    found = find_entities(reading(), ())
    spans = [(entity.start, entity.end) for entity in found]
    assert len(spans) == len(set(spans))
    assert not any(entity.text == "UN" for entity in find_entities(reading(""), ()))


def test_unknown_capitals_are_no_organisation() -> None:
    doc = build_language()("The PRICE of UNUSUAL tea rose.")
    assert find_entities(Reading(doc, Article("t", doc.text)), ()) == ()
