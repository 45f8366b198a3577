"""Indirect speech: frames of verbs, positions that count, and bounds of the clause."""

from __future__ import annotations

import pytest

from pipelines.extraction.quotes import find_quotes
from pipelines.language.build import build_language
from pipelines.language.mentions import ActorMention, DateMention, Reading
from pipelines.lexicons import read_lexicon
from pipelines.records import Article, Quote

NAMES = {"Ana Lund": "Ana Lund", "Luis Rey": "Luis Rey", "Lund": "Ana Lund", "Rey": "Luis Rey"}


def quotes(text: str) -> tuple[Quote, ...]:
    """The quotes of a text in which Ana Lund and Luis Rey are known, and 'on Monday' a date."""
    doc = build_language()(text)
    actors: list[ActorMention] = []
    covered: set[int] = set()
    for phrase, name in NAMES.items():
        at = text.find(phrase)
        while at >= 0:
            span = doc.char_span(at, at + len(phrase))
            if span is not None and not covered & set(range(span.start, span.end)):
                covered |= set(range(span.start, span.end))
                actors.append(ActorMention(span.start, span.end, "named", name))
            at = text.find(phrase, at + 1)
    dates = [DateMention(t.i, t.i + 1, None) for t in doc if t.text == "Monday"]
    actors.sort(key=lambda actor: actor.start)
    found = find_quotes(Reading(doc, Article("a", text), actors=tuple(actors), dates=tuple(dates)))
    for quote in found:
        assert quote.text == text[quote.start : quote.end]
    return found


def only(text: str) -> Quote:
    (quote,) = quotes(text)
    return quote


@pytest.mark.parametrize(
    ("text", "expected", "cue"),
    [
        ("Lund said that the port is open.", "the port is open", "said"),
        ("Lund said the port is open.", "the port is open", "said"),
        ("Lund praised the port and added, that it would grow.", "it would grow", "added"),
        ("Lund said on Monday that the port is open.", "the port is open", "said"),
        ("Lund vowed Monday she would not give way.", "she would not give way", "vowed"),
        ("Lund told Rey that the port is open.", "the port is open", "told"),
        ("Lund told reporters the port is open.", "the port is open", "told"),
        ("Lund informed Rey that the port is open.", "the port is open", "informed"),
        ("Lund underscored the need for peace.", "the need for peace", "underscored"),
        ("Lund voiced concern over the delay.", "concern over the delay", "voiced"),
        ("Lund described the ties as close.", "the ties as close", "described"),
        ("Lund hailed the deal as a milestone.", "the deal as a milestone", "hailed"),
        ("Lund expressed the hope that trade would grow.", "trade would grow", "expressed"),
        ("Lund called for an end to the raids.", "an end to the raids", "called for"),
        ("Lund pledged to open the port.", "to open the port", "pledged"),
        ("Lund called on all sides to show restraint.", "all sides to show restraint", "called on"),
        ("Lund urged calm.", "calm", "urged"),
        ("Lund asked whether the port was open.", "whether the port was open", "asked"),
        ("Lund extended her condolences to the families.", "her condolences to the families", None),
        ("Lund welcomed the signing of the pact.", "the signing of the pact", "welcomed"),
        ("Lund denied having signed it.", "having signed it", "denied"),
        ("According to Lund, the port is open.", "the port is open", "According to"),
        ("The port is open to all, according to Lund.", "The port is open to all", None),
        ("The port is open to all, Lund said on Monday.", "The port is open to all", "said"),
        ("The port is open to all, said Lund.", "The port is open to all", "said"),
        ("Lund met Rey in Lima to express her thanks.", "her thanks", "express"),
        ("Lund met Rey in Lima, stressing the need for peace.", "the need for peace", None),
        ("Noting the delay, Lund left.", "the delay", "Noting"),
    ],
)
def test_frames(text: str, expected: str, cue: str | None) -> None:
    quote = quotes(text)[-1]
    assert (quote.kind, quote.text, quote.speaker) == ("indirect", expected, "Ana Lund")
    if cue is not None:
        assert quote.cue == cue


@pytest.mark.parametrize(
    "text",
    [
        "The demands of the union were high.",
        "Rey took a note of the claims and the reports.",
        "The stated aim of the pact is peace.",
        "The visit underscored the need for peace.",
        "Concerns raised by the union were put to Rey.",
        "The United States has ports in the north.",
        "Lund welcomed Rey.",
        "Lund extended the runway of the port.",
        "Lund conveyed a box to Rey.",
        "Lund and Rey discussed trade and agreed to meet again.",
        "They paid state visits to the north.",
    ],
)
def test_what_is_no_speech(text: str) -> None:
    assert quotes(text) == ()


def test_stacked_and_coordinated_verbs_part_the_clauses() -> None:
    text = (
        "In Lima Lund said that the port is open and stressed that trade will grow, "
        "adding that the pact holds, and called for more talks."
    )
    found = quotes(text)
    assert [q.text for q in found] == [
        "the port is open",
        "trade will grow",
        "the pact holds",
        "more talks",
    ]
    assert {q.speaker for q in found} == {"Ana Lund"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lund outlined the plan during his visit to Lima.", "the plan"),
        ("Lund outlined the plan at a meeting with Rey.", "the plan"),
        ("Lund outlined the plan on Monday.", "the plan"),
        ("Lund outlined the plan as she left the hall.", "the plan"),
        ("Lund outlined the plan and discussed the port.", "the plan"),
        ("Lund said the plan is good, after Rey warned that it may fail.", "the plan is good"),
        ("Lund said the plan is good, the agency Andina reported.", "the plan is good"),
    ],
)
def test_what_is_not_of_the_clause_stays_out(text: str, expected: str) -> None:
    assert quotes(text)[0].text == expected


def test_what_another_verb_reports_is_not_read_again() -> None:
    assert only("Lund said that Rey had condemned the raid.").text == "Rey had condemned the raid"


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ('Lund said the deal was "good for all" of them.', "mixed", None),
        ('Lund said that "the deal is good for all".', "direct", '"the deal is good for all"'),
        ('Lund praised "the courage" of the crew.', "mixed", '"the courage" of the crew'),
    ],
)
def test_words_in_marks_within_a_clause(text: str, kind: str, expected: str | None) -> None:
    quote = only(text)
    assert quote.kind == kind
    if expected is not None:
        assert quote.text == expected


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Lund said that the port is open.", "asserted"),
        ("Lund did not say whether the port is open.", "negated"),
        ("Lund has never said that the port is open.", "negated"),
        ("Lund will announce new measures.", "hypothetical"),
    ],
)
def test_polarity(text: str, polarity: str) -> None:
    assert only(text).polarity == polarity


def test_a_passive_has_no_speaker() -> None:
    quote = only("It was stressed that the ties should grow.")
    assert (quote.text, quote.speaker) == ("the ties should grow", None)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("During the talks with Rey, Lund said the port is open.", "Ana Lund"),
        ("Lund, speaking after talks with Rey, said the port is open.", "Ana Lund"),
        ("Lund in a meeting with Rey said that the port is open.", "Ana Lund"),
        ("Lund and Rey emphasized the need for peace.", "Ana Lund and Luis Rey"),
        ("Rey, who met Lund in Lima, stressed the need for peace.", "Luis Rey"),
        ("Lund met Rey in Lima and both sides emphasized the need for peace.", "both sides"),
        ("The spokesman of the ministry said that the port is open.", "spokesman of the ministry"),
        ("Officials said that the port is open.", "Officials"),
    ],
)
def test_speakers(text: str, speaker: str) -> None:
    assert quotes(text)[-1].speaker == speaker


def test_a_pronoun_that_nothing_else_resolves_is_the_speaker_before() -> None:
    first, second = quotes("Lund said the port is open. She also said that trade will grow.")
    assert first.speaker == second.speaker == "Ana Lund"


def test_the_lexicon_of_cues_has_every_form_once_and_known_frames() -> None:
    entries = read_lexicon("cues")
    assert len(entries) >= 150
    known = {"quote", "that", "that!", "tell", "np", "np-thing", "np-with", "attitude", "statement"}
    known |= {"to", "ask", "ask-to", "as", "ing", "mark", "act"}
    for entry in entries:
        assert set(entry["frames"].split("|")) <= known, entry["lemma"]
        forms = entry["forms"].split("|")
        assert len(forms) == len(set(forms)) >= 3, entry["lemma"]
    lemmas = [entry["lemma"] for entry in entries]
    assert len(lemmas) == len(set(lemmas))
