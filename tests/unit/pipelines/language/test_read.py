"""The finders together, in their order, on one short article."""

from pipelines.language.build import build_language
from pipelines.language.read import read
from pipelines.records import Article

TEXT = (
    "Lima (AP) - Chilean President Ines Vidal arrived in Lima on Tuesday. "
    "She will meet President Raul Quispe of Peru tomorrow."
)


def test_all_finders_contribute_and_the_dateline_is_no_part_of_the_body() -> None:
    article = Article("a", TEXT, published="2024-05-10")
    doc = build_language()(TEXT)
    reading = read(doc, article)
    assert reading.article is article
    assert reading.dateline_city == "Lima"
    assert reading.doc[reading.body_start].text == "Chilean"
    assert {m.iso3 for m in reading.countries} >= {"CHL", "PER"}
    assert [m.date for m in reading.dates] == ["2024-05-07", "2024-05-11"]
    assert [p.name for p in reading.people] == ["Ines Vidal", "Raul Quispe"]
    assert [a.name for a in reading.actors_in(doc[reading.body_start :])] == [
        "Ines Vidal",
        "Ines Vidal",
        "Raul Quispe",
    ]
    assert any(place.city == "Lima" for place in reading.places)


def test_an_empty_article_has_an_empty_reading() -> None:
    reading = read(build_language()(""), Article("a", ""))
    assert (reading.actors, reading.people, reading.dates, reading.countries) == ((), (), (), ())
