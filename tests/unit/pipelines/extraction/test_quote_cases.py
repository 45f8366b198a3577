"""Direct speech in the styles of the world's press, to the character; and who is meant to speak.

All names are invented. Each direct case is tried with six kinds of marks, so that 10 frames make 60
cases; nine in ten must be exact, and the frames that are not are listed.
"""

import pytest

from pipelines.extraction.article import extract_article
from pipelines.records import Article, Quote

MARKS = [('"', '"'), ("“", "”"), ("«", "»"), ("„", "“"), ("‘", "’"), ("``", "''")]

FRAMES = [
    "{o}We shall build the port together,{c} Peruvian Foreign Minister Ana Ruiz said on Monday.",
    "{o}We shall build the port together,{c} said Peruvian Foreign Minister Ana Ruiz.",
    "Peruvian Foreign Minister Ana Ruiz said: {o}We shall build the port together.{c}",
    "Peruvian Foreign Minister Ana Ruiz told reporters, {o}We shall build the port together.{c}",
    "According to Peruvian Foreign Minister Ana Ruiz, {o}We shall build the port together.{c}",
    "In her remarks, Peruvian Foreign Minister Ana Ruiz stressed, {o}We shall build the port "
    "together.{c}",
    "{o}We shall build the port together!{c} exclaimed Peruvian Foreign Minister Ana Ruiz.",
    "{o}We shall build the port together,{c} added the minister, Ana Ruiz of Peru, before leaving.",
    "Rain fell. {o}We shall build the port together,{c} Ana Ruiz, Peru's foreign minister, noted.",
    "Peruvian Foreign Minister Ana Ruiz arrived late. {o}We shall build the port together,{c} "
    "she said.",
]


def quotes(text: str) -> tuple[Quote, ...]:
    """The quotes of a text."""
    return extract_article(Article("case", text, published="2025-03-14")).quotes


def test_nine_in_ten_direct_quotes_are_exact_with_their_speaker() -> None:
    wrong = []
    for frame in FRAMES:
        for opening, closing in MARKS:
            text = frame.format(o=opening, c=closing)
            start = text.index(opening + "We")
            end = text.index(closing, start + len(opening)) + len(closing)
            found = {(q.start, q.end, q.speaker) for q in quotes(text) if q.kind == "direct"}
            if (start, end, "Ana Ruiz") not in found:
                wrong.append(text)
    assert len(FRAMES) * len(MARKS) == 60
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "The Herald quoted Peruvian Minister Ana Ruiz as saying that the port would open.",
            ["Ana Ruiz"],
        ),
        (
            '"We value these ties," the press service quoted Minister Ana Ruiz of Peru as saying.',
            ["Ana Ruiz"],
        ),
        (
            "Peruvian Foreign Minister Ana Ruiz met Kenyan Minister Joseph Mutua. According to "
            "her, the port will open.",
            ["Ana Ruiz"],
        ),
        (
            "Peruvian Foreign Minister Ana Ruiz met Kenyan Minister Joseph Mutua. The head of "
            "Peruvian diplomacy said that trade would grow.",
            ["Ana Ruiz"],
        ),
        (
            "Peruvian Foreign Minister Ana Ruiz met Kenyan Trade Minister Joseph Mutua. The Kenyan "
            "official stressed that trade would grow.",
            ["Joseph Mutua"],
        ),
        (
            "Kenya's minister met the Ambassador of Peru to the country, Luis Soto. The ambassador "
            "stressed that flights would resume.",
            ["Luis Soto"],
        ),
        (
            "Peruvian Foreign Minister Ana Ruiz met Kenyan Minister Joseph Mutua. The Kenyan side "
            "stressed that trade would grow.",
            ["Kenyan side"],
        ),
        (
            "The talks ended late, a note of the Ministry of Foreign Affairs read. The ministry "
            "said that trade would grow.",
            ["Ministry of Foreign Affairs"],
        ),
        (
            "Malaysian Deputy Minister Hamzah Rosli Tajuddin came to Lima. Hamzah said that trade "
            "would grow.",
            ["Hamzah Rosli Tajuddin"],
        ),
    ],
)
def test_who_is_meant_to_speak(text: str, speakers: list[str]) -> None:
    assert [q.speaker for q in quotes(text)][-len(speakers) :] == speakers


@pytest.mark.parametrize(
    ("text", "speaker", "parts"),
    [
        (
            "The plant, officials said, will open in June.",
            "officials",
            ["The plant", "will open in June"],
        ),
        (
            "The two ports, he added on Monday, would be joined by rail.",
            "he",
            ["The two ports", "would be joined by rail"],
        ),
        (
            "Private donors, said Ana Ruiz, pay half of it.",
            "Ana Ruiz",
            ["Private donors", "pay half of it"],
        ),
        (
            "In her address, the minister said, the two ports would be joined by rail.",
            "minister",
            ["the two ports would be joined by rail"],
        ),
        ("Costs will double within a year, experts say.", "experts", None),
        (
            "The talks may go on, said an official who was not allowed to be named.",
            "official",
            None,
        ),
        ("Aides to the governor say privately that she may run.", "Aides to the governor", None),
        ("One of the diplomats said that the text was ready.", "One of the diplomats", None),
        ("Vance, who said that she would run, met the council.", "Vance", ["she would run"]),
        ("As Doyle told the court, the plan was never his.", "Doyle", ["the plan was never his"]),
        ('As Doyle put it, "We need friends."', "Doyle", ['"We need friends."']),
        (
            "The plan, which critics say is too costly, passed on Monday.",
            "critics",
            ["is too costly"],
        ),
        (
            "According to the ministry more than 300 people were held.",
            "ministry",
            ["more than 300 people were held"],
        ),
        (
            "According to Ana Ruiz, who chairs the panel, the port is open.",
            "Ana Ruiz",
            ["the port is open"],
        ),
        ("In Lima, Greer pledged to bring the plan.", "Greer", ["to bring the plan"]),
        ("Greer threatened on Tuesday to leave.", "Greer", ["to leave"]),
        (
            "The plant, according to two engineers, has supplied half of the town.",
            "two engineers",
            ["The plant", "has supplied half of the town"],
        ),
        (
            "The family's lawyer, Everett Simmons, criticized the plan.",
            "Everett Simmons",
            ["the plan"],
        ),
        ("A lawyer for Doyle disputed that account.", "lawyer for Doyle", ["that account"]),
        (
            "Doyle contended in an op-ed published Friday that the port was lost.",
            "Doyle",
            ["the port was lost"],
        ),
        (
            "No date has been agreed upon so far, Kremlin aide Arkady Orlov told reporters.",
            "Arkady Orlov",
            ["No date has been agreed upon so far"],
        ),
        (
            "Trade will grow by a tenth, the minister said here Wednesday.",
            "minister",
            ["Trade will grow by a tenth"],
        ),
        (
            'Residents yelled "Where were you?" as his helicopter landed.',
            "Residents",
            ['"Where were you?"'],
        ),
        (
            "Two firms had asked for oil, the official said, declining to be named.",
            "official",
            ["Two firms had asked for oil"],
        ),
        (
            '"If he wants to talk," the official, who asked not to be named, said, "we will talk."',
            "official",
            ['"If he wants to talk,"', '"we will talk."'],
        ),
    ],
)
def test_attributions_of_any_news(text: str, speaker: str, parts: list[str] | None) -> None:
    text = f"It rained on the coast. {text} Then it snowed for a week."
    (found,) = quotes(text)
    assert found.speaker == speaker
    if parts is not None:
        assert [text[part.start : part.end] for part in found.parts] == parts


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Republicans say that it creates jobs, while Democrats say that it helps the rich.",
            [("Republicans", "it creates jobs"), ("Democrats", "it helps the rich")],
        ),
        (
            'Lund hailed it as a victory for "ordinary people," adding that she would go on.',
            [
                ("Lund", 'it as a victory for "ordinary people,"'),
                ("Lund", "she would go on"),
            ],
        ),
        (
            "The plant will open in June, the minister said, adding that costs were low.",
            [("minister", "The plant will open in June"), ("minister", "costs were low")],
        ),
    ],
)
def test_each_of_several_attributions_has_its_own_words(
    text: str, told: list[tuple[str, str]]
) -> None:
    assert [(quote.speaker, quote.text) for quote in quotes(text)] == told


@pytest.mark.parametrize(
    "text",
    [
        "Doyle, as he told the court, never saw the plan.",
        "He visited Lima, met the governor, spoke little, and left for Quito.",
        "Ruiz, the envoy, met Soto, the mayor, in the old port, and both left.",
        "The two ships, said to be old, left the port.",
    ],
)
def test_commas_alone_attribute_nothing(text: str) -> None:
    assert quotes(text) == ()


@pytest.mark.parametrize("break_", ["\n", "\n\n"])
@pytest.mark.parametrize(("opening", "closing"), [('"', '"'), ("“", "”")])
def test_speech_that_is_opened_once_and_closed_lines_later(
    break_: str, opening: str, closing: str
) -> None:
    speech = f"{opening}The port is open.{break_}It took a year.{break_}We were patient.{closing}"
    text = f"Peruvian Foreign Minister Ana Ruiz said: {speech}{break_}She left for Quito."
    (found,) = quotes(text)
    assert (found.text, found.speaker) == (speech, "Ana Ruiz")


def test_a_mark_that_never_closes_ends_with_its_paragraph() -> None:
    text = (
        'Peruvian Foreign Minister Ana Ruiz said: "The port is open.\n'
        "It rained.\n"
        'Ana Ruiz said: "The road is open."'
    )
    assert [quote.text for quote in quotes(text)] == ['"The port is open.', '"The road is open."']
