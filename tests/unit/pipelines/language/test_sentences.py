"""Sentences begin and words come apart as in the prose of news agencies, whatever the model."""

from __future__ import annotations

import pytest

from pipelines.language.build import build_language


def sentences(text: str) -> list[str]:
    return [sentence.text.strip() for sentence in build_language("blank")(text).sents]


def tokens(text: str) -> list[str]:
    return [token.text for token in build_language("blank")(text)]


@pytest.mark.parametrize(
    "text",
    [
        "H.E. Dr. Amina Kavulu met with U.S. Secretary John F. Gardner on Monday.",
        "Mr. T. Okoro, Maj. Gen. B. Lund and St. Lucia's envoy spoke at No. 5, Harbour Street.",
        "The cost, approx. five million dollars, was approved vs. none last year.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_closing_marks_belong_to_the_sentence_that_they_close() -> None:
    assert sentences(
        'He said: "We agree." "Fine," she said. “Yes.” He left (in haste.) They sat.'
    ) == [
        'He said: "We agree."',
        '"Fine," she said.',
        "“Yes.”",
        "He left (in haste.)",
        "They sat.",
    ]


def test_a_paragraph_break_begins_a_sentence_and_a_wrapped_line_does_not() -> None:
    assert sentences("A heading without a stop\n\nThe ministers met\nin Lima.\nThey left.") == [
        "A heading without a stop",
        "The ministers met\nin Lima.",
        "They left.",
    ]


def test_a_full_stop_before_no_number_ends_a_sentence() -> None:
    assert sentences("The answer was No. He left.") == ["The answer was No.", "He left."]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "...", "\n\nHi there.", '"', "a" * 10_000, ". " * 500]
)
def test_odd_texts_have_sentences_too(text: str) -> None:
    doc = build_language("blank")(text)
    assert sum(len(sentence) for sentence in doc.sents) == len(doc)


def test_names_with_hyphens_come_apart_and_offices_do_not() -> None:
    found = tokens("The U.S.-China talks, co-chaired by X")
    assert found == ["The", "U.S.", "-", "China", "talks", ",", "co-chaired", "by", "X"]


def test_a_model_moves_no_sentence() -> None:
    text = "H.E. Dr. Lund left the U.S. The talks\nwent on. “We agree!” he said.[1] They met."
    assert [sentence.text.strip() for sentence in build_language()(text).sents] == sentences(text)


@pytest.mark.parametrize(
    "text",
    [
        "H.E. Mr. Ivo Brandt met H.E. Ms. Rosa Quint and H.R.H. Prince Otto in Lima.",
        "H. E. Mr. Ivo Brandt met Messrs. Okoro and Silva.",
        "Lund met Prof. Dr. Okoro, Rep. Silva, Sen. Roy, Gov. Ito and Amb. Quint.",
        "Lt. Gen. Lund met Brig. Gen. Okoro, Col. Silva and Capt. Roy.",
        "Lt.-Gen. Lund met Maj.-Gen. Okoro and Brig.-Gen. Silva.",
        "Gen. (ret.) Lund met Dr. Okoro.",
        "The U.S. State Department and the U.N. Security Council met.",
        "He flew to the U.S. on Monday, to the U.A.E. on Friday.",
        "He left the U.S., she said, and Okoro Jr. stayed.",
        "The D.P.R.K. envoy met P.R. China and D.R. Congo.",
        "N. Korea met S. Korea and S. Africa.",
        "George W. Bush met J. R. R. Lund and A.B. Okoro.",
        "They met at 5 p.m. on Monday and at 10.30 a.m. GMT.",
        "He runs Acme Inc. and Bolt Ltd. in Lima.",
        "Acme Corp. Chief Executive Ana Lund left.",
        "He spoke in Washington, D.C. on Monday.",
        "They meet on Jan. 5, Sept. 6 and Dec. 12, 2024.",
        "They met in Oct. 2023 and in Nov. Lund left.",
        "Under Art. 5, para. 7 of the pact and No. 12, Vol. 3, they met.",
        "Under Res. 12 of the council they met.",
        "The treaty (Art. 5, para. 2) holds.",
        "Acme paid $5.5 mln. to Bolt, or 3.5 percent.",
        "He came from St. Petersburg to Mt. Sample and Ft. Sample.",
        "The agenda has 1. trade, 2. energy and 3. visas.",
        "Well... we will see.",
    ],
)
def test_a_full_stop_in_the_middle_of_a_sentence_does_not_end_it(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("He left the U.S.", "The talks went on."),
        ("He left the U.S.", "He met Lund."),
        ("He left the U.S.", "On Monday he met Lund."),
        ("He left the U.S.", "However, Lund stayed."),
        ("He left the D.P.R.K.", "The talks went on."),
        ("Did he leave the U.S.?", "He did."),
        ("They met at 5 p.m.", "The talks ended."),
        ("He runs Acme Inc.", "The firm grew."),
        ("He runs Acme Co. Ltd.", "It grew."),
        ("He spoke in Washington, D.C.", "The envoy answered."),
        ("The pact was signed last Sept.", "The talks go on."),
        ("It costs $5 bn.", "The sum is large."),
        ("Lund met Okoro Jr.", "The two left."),
        ("Lund met Okoro et al.", "They left."),
        ("Art. 5 holds.", "See para. 3."),
        ("Talks with H.E. President Lund began.", "H.E. Mr. Okoro left."),
        ("Dr. Lund met Prof. Okoro.", "Dr. Silva left."),
        ("Signed on 12.03.2024 in Lima.", "It rained."),
        ("The answer came in 2020.", "12 envoys left."),
        ("Lund met Okoro.", "al-Quint left."),
        ("What?!", "He left."),
        ("The talks ended...", "The envoy left."),
        ("The talks ended…", "The envoy left."),
    ],
)
def test_a_full_stop_before_a_new_sentence_ends_one(first: str, second: str) -> None:
    assert sentences(f"{first} {second}") == [first, second]


@pytest.mark.parametrize(
    "quotation",
    [
        'Lund said: "We agree."',
        'Lund said: "We agree!"',
        'Lund said: "Why not?"',
        'Lund said "we agree".',
        "Lund said: “We agree.”",
        "Lund said: “We agree!”",
        "Lund said: “Why not?”",
        "Lund said “we agree”.",
        "Lund said: ‘We agree.’",
        "Lund said: ‘Why not?’",
        "Lund said: 'We agree.'",
        "Lund said: 'We agree!'",
        "Lund said: «We agree.»",
        "Lund said: „We agree.“",
        "Lund said: ``We agree.''",
        "Lund said, “He told me ‘We agree.’”",
        "Lund said, \"He told me 'We agree.'\"",
        "“We agree,” said Lund (in haste).",
        "Lund left (Okoro stayed.)",
        'Lund said: "We go to the U.S."',
        "Lund said: “We go to the U.S.”",
    ],
)
@pytest.mark.parametrize("after", ["The envoy left.", "“Fine,” said Silva.", '"Fine," said Silva.'])
def test_the_end_of_a_quotation_ends_the_sentence_around_it(quotation: str, after: str) -> None:
    assert sentences(f"{quotation} {after}") == [quotation, after]


@pytest.mark.parametrize(
    "text",
    [
        '"Why not?" asked Lund.',
        "“We agree!” she said.",
        'Lund asked "why?" and left.',
        "Lund asked, “Will the U.S. sign?” and left.",
        "The ministers' talks and ‘the pact.’ were over.",
    ],
)
def test_a_quotation_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert sentences(text) == [text]


def test_a_quotation_of_several_sentences_is_as_many() -> None:
    assert sentences('Lund said: "We met. We agree." “We sign!” Okoro left.') == [
        'Lund said: "We met.',
        'We agree."',
        "“We sign!”",
        "Okoro left.",
    ]


def test_a_quotation_that_goes_on_in_a_new_paragraph_opens_anew() -> None:
    assert sentences('"We agree.\n\n"We signed," Lund said. "We left."\n\nOkoro left.') == [
        '"We agree.',
        '"We signed," Lund said.',
        '"We left."',
        "Okoro left.",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("- Trade talks", "- Energy"),
        ("- trade talks;", "- energy."),
        ("– Trade talks", "– Energy"),
        ("• Trade talks", "• Energy"),
        ("• trade talks", "• energy"),
        ("* Trade talks", "* Energy"),
        ("1. Trade talks", "2. Energy"),
        ("1. Trade talks.", "2. Energy."),
        ("1) Trade talks", "2) Energy"),
        ("a) Trade talks", "b) Energy"),
        ("(a) Trade talks", "(b) Energy"),
        ("a. Trade talks", "b. Energy"),
        ("I. Trade talks", "II. Energy"),
    ],
)
def test_each_line_of_a_list_is_a_sentence(lines: tuple[str, str]) -> None:
    text = "\n".join(("They agreed on:", *lines, "The envoy left."))
    assert sentences(text) == ["They agreed on:", *lines, "The envoy left."]


@pytest.mark.parametrize("line_break", ["\n\n", "\n", "\r\n", "\r\n\r\n", " \n \n", "\n\n\n\n"])
@pytest.mark.parametrize("heading", ["Trade talks resume", "Lund flies to the U.S.", "1. Trade"])
def test_a_heading_without_full_stop_is_a_sentence(heading: str, line_break: str) -> None:
    text = f"{heading}{line_break}Lund met Okoro.{line_break}They left."
    assert sentences(text) == [heading, "Lund met Okoro.", "They left."]


@pytest.mark.parametrize(
    "noted",
    [
        "The talks ended.[1]",
        "The talks ended.[1][2]",
        "The talks ended.[12]",
        "The talks ended in 2020.[3]",
        "The talks ended [1].",
        "The talks,[1] though long, ended.[2]",
        "Lund said “we agree”.[3]",
        "Lund said: “We agree.”[3]",
        'Lund said: "We agree."[3]',
        "Lund left the U.S.[3]",
        "Lund left![3]",
    ],
)
@pytest.mark.parametrize("between", [" ", "\n\n"])
def test_a_footnote_mark_stays_with_the_sentence_before(noted: str, between: str) -> None:
    assert sentences(f"{noted}{between}The next began.") == [noted, "The next began."]


@pytest.mark.parametrize(
    "dateline",
    [
        "BAKU, March 14 (Sample Agency) -",
        "BAKU, March 14 (Sample Agency) --",
        "BAKU, March 14, 2024 (SA) –",
        "BAKU, March 14 /Sample/.",
        "ASHGABAT, March 14 (Sample/Agency) -",
        "MOSCOW. July 5 (Sample) -",
        "MOSCOW, July 5. /SAMPLE/.",
        "MOSCOW, July 5 (Sample).",
        "BEIJING, Oct. 5 (Sample) --",
        "NAIROBI, Kenya, June 3 (Sample) --",
        "UNITED NATIONS, Sept 5 (Sample) -",
        "ST. PETERSBURG, July 5 (Sample) —",
        "NEW DELHI/BEIJING (Sample) -",
        "WASHINGTON, D.C. —",
        "LIMA, Peru (SA) —",
        "HANOI (SNA) –",
        "TEHRAN –",
        "TEHRAN —",
        "TEHRAN:",
        "Tehran, SAMPLE –",
        "Lima, 3 March 2024 (SA) -",
        "Lima, 3 March 2024 –",
        "Lima, 3 March 2024.",
        "Baku. 14 March. Sample.az -",
        "Ankara, March 14, Sample.com –",
        "Baku, July 5, SAMPLE.",
        "Caracas, Mar 14 (Sample)",
        "Havana, March 14 (Sample).-",
        "GENEVA (5 July 2024) -",
    ],
)
@pytest.mark.parametrize(
    "report", ["The minister met Lund.", "Mr. Okoro met Lund.", "“Yes,” he said."]
)
def test_the_report_behind_a_dateline_begins_a_sentence(dateline: str, report: str) -> None:
    assert sentences(f"{dateline} {report} He left.") == [dateline, report, "He left."]


def test_a_heading_before_a_dateline_is_a_sentence_of_its_own() -> None:
    text = "Trade talks resume\n\nBAKU, March 14 (Sample) - The minister met Lund."
    assert sentences(text) == [
        "Trade talks resume",
        "BAKU, March 14 (Sample) -",
        "The minister met Lund.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Tehran – Havana relations are good.",
        "Baku, the capital, was calm on March 14.",
        "Lima (10 million people) was calm.",
        "Lima on 3 March 2024 was calm - and warm.",
        "In Washington – the envoy said so – they met.",
    ],
)
def test_a_sentence_that_opens_with_a_city_is_not_cut(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "word",
    [
        "co-chair",
        "co-chairs",
        "co-chaired",
        "co-chairing",
        "co-chairman",
        "co-chairwoman",
        "co-chairmanship",
        "Co-chair",
        "Co-Chair",
        "Co-Chairs",
        "Co-Chaired",
        "CO-CHAIRS",
        "co-operation",
        "vice-president",
        "vice-presidents",
        "Vice-President",
        "Vice-Premier",
        "vice-ministers",
        "U.S.",
        "U.A.E.",
        "H.E.",
        "p.m.",
    ],
)
def test_an_office_with_a_hyphen_or_stops_is_one_word(word: str) -> None:
    assert tokens(f"The {word}, the “{word}” and ({word}) met") == [
        *("The", word, ",", "the", "“", word, "”", "and", "(", word, ")", "met")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S.-China", ["U.S.", "-", "China"]),
        ("U.S.–China", ["U.S.", "–", "China"]),
        ("China-U.S.", ["China", "-", "U.S."]),
        ("U.S.-led", ["U.S.", "-", "led"]),
        ("Norway-Peru", ["Norway", "-", "Peru"]),
        ("Norway–Peru–Chile", ["Norway", "–", "Peru", "–", "Chile"]),
        ("U.S.'s", ["U.S.", "'s"]),
        ("Peru’s", ["Peru", "’s"]),
        ("held.[1]", ["held", ".", "[", "1", "]"]),
        ("Un.He", ["Un", ".", "He"]),
    ],
)
def test_words_that_are_written_together_come_apart(text: str, expected: list[str]) -> None:
    assert tokens(f"the {text} talks") == ["the", *expected, "talks"]


def test_a_missing_blank_hides_no_sentence() -> None:
    assert sentences("Lund met Kim Jong Un.He left. Okoro met Lee.They talked.") == [
        "Lund met Kim Jong Un.",
        "He left.",
        "Okoro met Lee.",
        "They talked.",
    ]
