"""What the language layer finds in a Doc before any fact is read.

It is the view that extraction works on.

What belongs here: the records that `countries`, `people`, `dates` and `places` return, and the
`Reading` that holds them together for one article. What does not: the finding itself, and facts.

`start` and `end` of a mention are half-open **token** indices of the Doc; facts use code points
(`doc[start:end].start_char`, `.end_char`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Span

from pipelines.records import Article, Level, Person

CountryForm = Literal["name", "adjective", "people", "capital", "metonym"]
ActorForm = Literal["named", "role", "pronoun", "group"]


@dataclass(frozen=True, slots=True)
class CountryMention:
    """A word that stands for a country.

    form: `name` (Cuba, the Islamic Republic of Iran), `adjective` (Cuban), `people` (the Cubans,
    a Cuban), `capital` (Havana) and `metonym` (the Kremlin). A capital is listed here whether it
    acts as a state or is a mere place: `acts` is True where it relates or acts as one
    ('Tehran-Havana relations', 'Tehran said'), and always True for the other forms.
    """

    start: int
    end: int
    iso3: str
    form: CountryForm
    acts: bool = True


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A city, or a country used as the place of an event ('in Tehran', 'to Cuba')."""

    start: int
    end: int
    city: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression of time and the period it stands for.

    `date` is `YYYY-MM-DD`, `YYYY-MM`, `YYYY`, or None where the expression cannot be resolved
    (a weekday in an article without a publication date); `date_end` closes a range.
    """

    start: int
    end: int
    date: str | None
    date_end: str | None = None


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A place in the text where a person is named, or referred to by office or pronoun.

    `start` and `end` cover the whole phrase with its title ('Cuban Deputy Prime Minister Ricardo
    Cabrisas Ruiz'), `name_start` and `name_end` the name alone (None where it is not named).
    `name` is the fullest name in the article of the person meant (resolved for surnames, offices
    and pronouns where that is clear; None where it is not); `role`, `organisation`, `country` and
    `level` are the person's, as far as the text tells. form `group` is several people at once
    ('the two ministers'): `names` holds them where they are known.
    """

    start: int
    end: int
    form: ActorForm
    name: str | None = None
    name_start: int | None = None
    name_end: int | None = None
    role: str | None = None
    organisation: str | None = None
    country: str | None = None
    level: Level | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What an article as a whole tells of its sides.

    `home` is the country that it is told from: that of the dateline, of the title or of most
    mentions. `own` is the same where it is sure enough to be the nationality of officials who are
    named without one: that of the agency, the publisher or the dateline, if it acts in the text, or
    that of a title that is about one country. `titled` are
    the countries that the title names, `common` those that the text names most often, with their
    counts.
    """

    home: str | None = None
    own: str | None = None
    titled: tuple[str, ...] = ()
    common: tuple[tuple[str, int], ...] = ()


NO_CONTEXT = Context()
"""That of a text of which nothing is known as a whole."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One article as extraction sees it.

    `body_start` is the index of the first token behind the dateline ('Tehran (IP) -'), 0 without
    one; `dateline_city` is the city that the dateline names, `context` what the article as a whole
    tells of its sides. `people` are the persons that
    `actors` resolve to, one each. All mentions are in the order of the text.
    """

    doc: Doc
    article: Article
    countries: tuple[CountryMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    actors: tuple[ActorMention, ...] = ()
    people: tuple[Person, ...] = ()
    body_start: int = 0
    dateline_city: str | None = None
    context: Context = NO_CONTEXT

    def actors_in(self, span: Span) -> tuple[ActorMention, ...]:
        """Actor mentions that lie within a span of the Doc."""
        return tuple(m for m in self.actors if span.start <= m.start and m.end <= span.end)

    def dates_in(self, span: Span) -> tuple[DateMention, ...]:
        """Date mentions that lie within a span of the Doc."""
        return tuple(m for m in self.dates if span.start <= m.start and m.end <= span.end)


def names_city(doc: Doc, mention: CountryMention) -> bool:
    """Whether a country only tells which city is meant: 'the Uruguayan capital'."""
    return mention.end < len(doc) and doc[mention.end].lower_ in {"capital", "city", "resort"}
