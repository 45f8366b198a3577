"""The first half of the way from text to facts: all that the language layer finds in an article.

What belongs here: the order in which the finders run, and what each is given of the others. What
does not: any rule of finding, which lives with its subject, and facts, which extraction reads.
"""

from __future__ import annotations

from spacy.tokens import Doc

from pipelines.language.countries import find_countries
from pipelines.language.dates import find_dates
from pipelines.language.home import find_context
from pipelines.language.mentions import Reading
from pipelines.language.people import find_people
from pipelines.language.places import find_dateline, find_places
from pipelines.records import Article


def read(doc: Doc, article: Article) -> Reading:
    """Return what is mentioned in a Doc: countries, places, dates and people, in text order.

    `doc` is the article's text as `build_language()` made it; `article` gives the day of
    publication that relative dates are counted from. Never raises on the content of a text.
    """
    countries = find_countries(doc)
    body_start, dateline_city = find_dateline(doc)
    places = find_places(doc, countries)
    dates = find_dates(doc, article.published)
    context = find_context(doc, article, countries, places, body_start)
    actors, people = find_people(doc, countries, body_start, article.published, context)
    return Reading(
        doc=doc,
        article=article,
        countries=countries,
        places=places,
        dates=dates,
        actors=actors,
        people=people,
        body_start=body_start,
        dateline_city=dateline_city,
        context=context,
    )
