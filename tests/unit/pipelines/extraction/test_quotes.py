"""Who said what: direct speech, its speaker, and the record that is published."""

from __future__ import annotations

import pytest

from pipelines.extraction.quotes import find_quotes
from pipelines.language.build import build_language
from pipelines.language.mentions import ActorMention, CountryMention, DateMention, Reading
from pipelines.records import Article, Quote
from tests.work import growth


def reading(
    text: str,
    actors: dict[str, ActorMention | dict[str, object]] | None = None,
    countries: dict[str, str] | None = None,
    dates: tuple[str, ...] = (),
) -> Reading:
    """A Reading by hand: every place of a phrase is a mention of what it maps to."""
    doc = build_language()(text)

    def places(phrase: str) -> list[tuple[int, int]]:
        found = []
        at = text.find(phrase)
        while at >= 0:
            span = doc.char_span(at, at + len(phrase))
            if span is not None:
                found.append((span.start, span.end))
            at = text.find(phrase, at + 1)
        return found

    mentions: list[ActorMention] = []
    for phrase, fields in (actors or {}).items():
        for start, end in places(phrase):
            assert isinstance(fields, dict)
            mentions.append(ActorMention(start, end, **fields))  # type: ignore[arg-type]
    states = [
        CountryMention(start, end, code, "name")
        for phrase, code in (countries or {}).items()
        for start, end in places(phrase)
    ]
    days = [DateMention(start, end, None) for phrase in dates for start, end in places(phrase)]
    return Reading(
        doc,
        Article("a", text),
        countries=tuple(sorted(states, key=lambda m: m.start)),
        dates=tuple(days),
        actors=tuple(sorted(mentions, key=lambda m: (m.start, -m.end))),
    )


LUND: dict[str, object] = {
    "form": "named",
    "name": "Ana Lund",
    "role": "Foreign Minister",
    "country": "NOR",
}
PERU: dict[str, object] = {"form": "named", "name": "Luis Rey", "role": "President"}


def quotes(text: str, **given: object) -> tuple[Quote, ...]:
    given.setdefault("actors", {"Foreign Minister Ana Lund": LUND, "Lund": LUND, "Rey": PERU})
    found = find_quotes(reading(text, **given))  # type: ignore[arg-type]
    for quote in found:
        assert quote.text == text[quote.start : quote.end]
        assert quote.parts[0].start == quote.start
        assert quote.parts[-1].end == quote.end
        if quote.cue is not None:
            assert quote.cue == text[quote.cue_start : quote.cue_end]
    return found


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ('Lund added: "The talks went well for both of us."', "added"),
        ('Lund said, "The talks went well for both of us."', "said"),
        ('Lund told reporters in Lima: "The talks went well for both of us."', "told"),
        ('"The talks went well for both of us," said Lund on Monday.', "said"),
        ('"The talks went well for both of us," Lund said.', "said"),
        ("“The talks went well for both of us,” Lund told the press.", "told"),
        ("«The talks went well for both of us», Lund stressed.", "stressed"),
        ('"Did the talks go well for both of us?" Lund asked.', "asked"),
        ('In a meeting with Rey, Lund noted: "The talks went well for both of us."', "noted"),
        ('Lund met Rey in Lima, adding: "The talks went well for both of us."', "adding"),
        ('Lund, who met Rey in Lima, noted: "The talks went well for both of us."', "noted"),
        ('Lund, referring to the port, noted: "The talks went well for both of us."', "noted"),
    ],
)
def test_direct_speech_with_its_cue_before_or_behind(text: str, cue: str) -> None:
    (quote,) = [q for q in quotes(text) if q.kind == "direct"]
    assert quote.text.strip('"“”«»').lower().startswith(("the talks went", "did the talks"))
    assert quote.text[0] in '"“«'
    assert quote.text[-1] in '"”»'
    assert (quote.speaker, quote.cue) == ("Ana Lund", cue)


def test_the_record_of_a_quote() -> None:
    (quote,) = quotes('Foreign Minister Ana Lund said: "We shall open the port in May."')
    assert quote.id == "q1"
    assert quote.speakers == ("Ana Lund",)
    assert quote.speaker_role == "Foreign Minister"
    assert quote.speaker_country == "NOR"
    assert quote.polarity == "asserted"
    assert 0 < quote.confidence <= 1
    assert quote.evidence.start == 0


def test_interrupted_speech_is_one_quote_of_two_parts() -> None:
    text = '"We shall open," Lund said, "and the port will grow."'
    (quote,) = quotes(text)
    assert [text[p.start : p.end] for p in quote.parts] == [
        '"We shall open,"',
        '"and the port will grow."',
    ]
    assert quote.text == text


def test_speech_over_paragraphs_is_one_quote() -> None:
    text = "Lund said: “We shall open the port.\n\n“It will grow.”\n\nRey left."
    (quote,) = quotes(text)
    assert len(quote.parts) == 2
    assert quote.speaker == "Ana Lund"


def test_speech_without_a_cue_goes_on_with_the_speaker_before() -> None:
    text = '"We shall open the port," Lund said. "It will grow from year to year."'
    first, second = quotes(text)
    assert first.speaker == second.speaker == "Ana Lund"
    assert second.cue is None
    assert second.confidence < first.confidence


def test_a_colon_at_the_end_of_a_paragraph() -> None:
    text = 'Lund summed it up:\n\n"We shall open the port in the spring."'
    (quote,) = quotes(text)
    assert quote.speaker == "Ana Lund"


@pytest.mark.parametrize(
    "text",
    [
        'The film "The Long Road" won a prize.',
        'Juan "Che" Mora met the "group of five" in Lima.',
        'The law makes the state a "free port", and article 9 says so.',
        'They signed the "Lima Plan" on Friday.',
        "The ministers' plan was '98 in all but name.",
    ],
)
def test_titles_nicknames_and_scare_quotes_are_no_speech(text: str) -> None:
    assert quotes(text) == ()


def test_words_in_marks_with_called_are_a_direct_quote() -> None:
    (quote,) = quotes("Lund called it “a setback for all of us” in Lima.")
    assert (quote.kind, quote.text) == ("direct", "“a setback for all of us”")


def test_cues_inside_direct_speech_do_not_count() -> None:
    (quote,) = quotes('Lund said: "Rey stressed that the port is open and called for more."')
    assert quote.kind == "direct"


def test_an_odd_mark_loses_no_later_quote() -> None:
    text = 'The width is 5" or " more.\n\nLund said: "We shall open the port."'
    assert quotes(text)[-1].text == '"We shall open the port."'


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "said",
        '"',
        "x" * 50_000,
        "LUND SAID ALL WAS WELL.",
        "“" * 3000,
        ":,:," * 99,
    ],
)
def test_odd_texts_raise_nothing(text: str) -> None:
    assert isinstance(quotes(text), tuple)


@pytest.mark.parametrize(
    "unit",
    [
        'The minister said, "We go on." She added that it went well, noting the need for more. ',
        "the minister said that he stressed and noted, adding x ",
        '"a b c," ',
        "Peru, and Peru said, ",
        "said that ",
    ],
)
def test_work_grows_with_the_length_of_the_text(unit: str) -> None:
    given = {size: reading(unit * size) for size in (300, 600)}
    assert growth(lambda size: find_quotes(given[size]), 300) < 3
