"""Scores on small cases that were counted by hand; names and sentences are made up."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path
from typing import Any

import pytest

from pipelines.evaluation import (
    GoldDocument,
    GoldError,
    Scores,
    evaluate,
    read_gold,
    render,
    score,
)
from pipelines.evaluation.comparison import (
    is_bare_pronoun,
    overlap,
    same_date,
    same_place,
    surname,
    trim_speech,
    words,
)
from pipelines.evaluation.matching import match_meetings, match_quotes
from pipelines.evaluation.scores import F1, Share
from pipelines.records import (
    Article,
    ArticleFacts,
    Meeting,
    Participant,
    Person,
    Span,
)

TEXT = (
    'Foreign Minister Ana Brandt received her counterpart Tomas Ekholm in Lisbon. "We will build '
    'the northern railway together," Ekholm said. Brandt said the talks were frank.'
)


def document(doc_id: str = "a", text: str = TEXT, **lists: list[Any]) -> GoldDocument:
    return GoldDocument(
        article=Article(doc_id=doc_id, text=text),
        lists={name: tuple(facts) for name, facts in lists.items()},
    )


def scored(gold: dict[str, list[Any]], predicted: dict[str, list[Any]]) -> Scores:
    return score([document("a", TEXT, **gold)], [{"doc_id": "a", **predicted}])


def meeting(pair: str = "PRT-SWE", kind: str = "talks", **fields: Any) -> dict[str, Any]:
    return {
        "pair": pair,
        "kind": kind,
        "status": "held",
        "level": "minister",
        "date": None,
        "city": None,
        "participants": [],
        **fields,
    }


def write(path: Path, *records: Any) -> Path:
    lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


class TestComparison:
    @pytest.mark.parametrize(
        ("name", "last"),
        [
            ("Ana Brandt", "brandt"),
            ("King Olaf III", "olaf"),
            ("Pope Urban XIV", "urban"),
            ("Olaf 3rd", "olaf"),
            ("José Ibáñez", "ibanez"),
            ("Søren Łukasz Øst", "ost"),
            ("BRANDT", "brandt"),
            ("Xi", "xi"),
            ("President Xi", "xi"),
            ("Mikael Vi", "vi"),
            ("Brandt’s", "brandt"),
            ("Omar al-Tahir,", "al-tahir"),
            ("III", "iii"),
            ("", None),
            ("  ", None),
            (None, None),
        ],
    )
    def test_surname(self, name: str | None, last: str | None) -> None:
        assert surname(name) == last

    def test_pronouns(self) -> None:
        assert all(map(is_bare_pronoun, ["he", "She", "they", "who", "I"]))
        assert not any(map(is_bare_pronoun, ["WHO", "IT", "the minister", "Hess", "he Brandt"]))

    @pytest.mark.parametrize(
        ("gold", "predicted", "same"),
        [
            ("2031-05", "2031-05-04", True),
            ("2031", "2031-05-04", True),
            ("2031-05-04", "2031-05-04", True),
            ("2031-05-04", "2031-05", False),
            ("2031-05", "2031-06-04", False),
            ("2031", None, False),
        ],
    )
    def test_dates_count_to_the_precision_of_gold(
        self, gold: str, predicted: str | None, same: bool
    ) -> None:
        assert same_date(gold, predicted) is same

    def test_places(self) -> None:
        assert same_place("São Tomé", "sao tome")
        assert not same_place("Lisbon", "Porto")
        assert not same_place("Lisbon", None)

    def test_speech_is_trimmed_at_its_ends_only(self) -> None:
        assert trim_speech(" “We agree,\n  in part,” ") == "We agree, in part"
        assert trim_speech('"..."') == ""

    def test_overlap(self) -> None:
        assert overlap(words("We agree"), words('"we AGREE."')) == 1.0
        assert overlap(words("a b c d"), words("c d e f")) == 0.5
        assert overlap(words("a a b"), words("a c")) == pytest.approx(2 / 5)
        assert overlap(words(""), words("")) == 0.0


class TestMeetings:
    def test_pairs_count_once_an_article(self) -> None:
        result = scored(
            {"meetings": [meeting(), meeting(kind="visit"), meeting("FIN-PRT")]},
            {"meetings": [meeting(), meeting(), meeting("DNK-PRT")]},
        )
        assert result.meeting_pairs == F1(matched=1, predicted=2, gold=2)

    def test_the_same_pair_in_another_article_is_another(self) -> None:
        gold = [document("a", meetings=[meeting()]), document("b", meetings=[])]
        result = score(
            gold,
            [{"doc_id": "b", "meetings": [meeting()]}, {"doc_id": "a", "meetings": []}],
        )
        assert result.meeting_pairs == F1(matched=0, predicted=1, gold=1)

    def test_records_match_by_pair_and_kind_one_to_one(self) -> None:
        result = scored(
            {"meetings": [meeting(), meeting(), meeting(kind="visit")]},
            {"meetings": [meeting(), meeting(kind="call"), meeting("FIN-SWE", "visit")]},
        )
        assert result.meetings is not None
        assert result.meetings.records == F1(matched=1, predicted=3, gold=3)
        assert result.meetings.records.f1 == pytest.approx(1 / 3)

    def test_of_several_matchings_the_one_that_agrees_on_most(self) -> None:
        first = meeting(date="2031-05-04", city="Lisbon", status="held")
        second = meeting(date="2032-01-09", city="Malmo", status="planned")
        result = scored({"meetings": [first, second]}, {"meetings": [second, first]})
        assert result.meetings is not None
        assert result.meetings.date == Share(2, 2)
        assert result.meetings.status == Share(2, 2)

    def test_the_best_whole_and_not_the_best_pair_first(self) -> None:
        # The first two agree on date, city and level: more than any other two. But then the
        # others agree on nothing, and the crossed pairs agree on status and country twice.
        gold = [
            meeting(date="2031", city="Lisbon", level="leader", status="held", place_country="PRT"),
            meeting(date="2033", city="Porto", level=None, status="planned", place_country="SWE"),
        ]
        found = [
            meeting(
                date="2031", city="Lisbon", level="leader", status="planned", place_country="SWE"
            ),
            meeting(date="2034", city="Malmo", level="official", place_country="PRT"),
        ]
        assert match_meetings(gold, found).pairs == ((0, 1), (1, 0))

    def test_fields_right_and_invented_count_apart(self) -> None:
        gold = [
            meeting("FIN-PRT", date="2031-05", city="Lisbon"),
            meeting("FIN-SWE", date="2031-05-04", city=None, level="leader"),
            meeting("DNK-PRT", date=None, city="Porto"),
            meeting("DNK-FIN", date=None, city=None, status="planned"),
        ]
        found = [
            meeting("FIN-PRT", date="2031-05-09", city="LISBON"),
            meeting("FIN-SWE", date=None, city="Turku"),
            meeting("DNK-PRT", date="2031", city="Lisbon"),
            meeting("DNK-FIN", date=None, city=None),
        ]
        result = scored({"meetings": gold}, {"meetings": found}).meetings
        assert result is not None
        assert result.date == Share(1, 2)
        assert result.date_invented == Share(1, 2)
        assert result.city == Share(1, 2)
        assert result.city_invented == Share(1, 2)
        assert result.status == Share(3, 4)
        assert result.level == Share(3, 4)

    def test_participants_by_surname_and_nameless_ones_not_at_all(self) -> None:
        gold = meeting(
            participants=[
                {"name": "Ana Brandt", "role": "minister", "country": "PRT"},
                {"name": None, "role": "ambassador", "country": "SWE"},
                {"name": "Tomas Ekholm", "role": None, "country": "SWE"},
            ]
        )
        found = meeting(
            participants=[{"name": "A. Brandt"}, {"name": "Ole Dahl"}, {"name": None}, {"name": ""}]
        )
        result = scored({"meetings": [gold]}, {"meetings": [found]})
        assert result.meetings is not None
        assert result.meetings.participants == F1(matched=1, predicted=2, gold=2)

    def test_optional_sessions_are_neither_missed_nor_wrong(self) -> None:
        session = meeting(session=True)
        for found in ([], [meeting()]):
            result = scored({"meetings": [session]}, {"meetings": found})
            assert result.meetings is not None
            assert result.meetings.records == F1(0, 0, 0)
            assert result.meetings.status == Share(0, 0)
            assert result.meeting_pairs == F1(0, 0, 0)

    def test_an_optional_session_pardons_one_record_of_its_kind_only(self) -> None:
        result = scored(
            {"meetings": [meeting(session=True)]},
            {"meetings": [meeting(), meeting(), meeting(kind="visit")]},
        )
        assert result.meetings is not None
        assert result.meetings.records == F1(matched=0, predicted=2, gold=0)

    def test_a_required_meeting_is_matched_before_an_optional_one(self) -> None:
        gold = [meeting(session=True), meeting(date="2031")]
        result = scored({"meetings": gold}, {"meetings": [meeting()]})
        assert result.meetings is not None
        assert result.meetings.records == F1(1, 1, 1)
        assert result.meeting_pairs == F1(1, 1, 1)


class TestCommissionsSectorsAgreementsPeople:
    def test_commissions_match_by_pair_and_ordinal(self) -> None:
        common = {"pair": "PRT-SWE", "name": "Joint Committee", "status": "held"}
        gold = [
            {**common, "ordinal": 7, "date": "2031-05", "city": "Lisbon"},
            {**common, "ordinal": None, "date": None, "city": None},
            {**common, "ordinal": 8, "date": None, "city": None},
        ]
        found = [
            {**common, "ordinal": 7, "date": "2031-05-02", "city": None},
            {**common, "ordinal": None, "status": "mentioned", "date": "2031", "city": None},
            {**common, "ordinal": 9, "date": None, "city": None},
        ]
        result = scored({"commissions": gold}, {"commissions": found}).commissions
        assert result is not None
        assert result.records == F1(matched=2, predicted=3, gold=3)
        assert result.status == Share(1, 2)
        assert result.date == Share(1, 1)
        assert result.date_invented == Share(1, 1)
        assert result.city == Share(0, 1)
        assert result.city_invented == Share(0, 1)

    def test_sectors_whatever_the_stance(self) -> None:
        gold = [
            {"pair": "PRT-SWE", "sector": "trade", "stance": "agreed"},
            {"pair": "PRT-SWE", "sector": "health", "stance": "agreed"},
            {"pair": "FIN-SWE", "sector": "trade", "stance": "agreed"},
        ]
        found = [
            {"pair": "PRT-SWE", "sector": "trade", "stance": "discussed"},
            {"pair": "PRT-SWE", "sector": "trade", "stance": "existing"},
            {"pair": "FIN-SWE", "sector": "health", "stance": "agreed"},
        ]
        assert scored({"sectors": gold}, {"sectors": found}).sectors == F1(1, 2, 3)

    def test_agreements_match_by_pair_and_kind(self) -> None:
        mou = {"pair": "PRT-SWE", "kind": "mou", "status": "signed", "title": "MoU on ports"}
        treaty = {**mou, "kind": "treaty"}
        result = scored({"agreements": [mou, mou, treaty]}, {"agreements": [mou, mou, mou]})
        assert result.agreements == F1(matched=2, predicted=3, gold=3)

    def test_people_by_surname_and_country(self) -> None:
        gold = [
            {"name": "José Ibáñez", "country": "ESP"},
            {"name": "Ana Brandt", "country": "PRT"},
            {"name": "Olaf III", "country": None},
        ]
        found = [
            {"name": "Ibanez", "country": "ESP"},
            {"name": "J. Ibáñez", "country": "ESP"},
            {"name": "Ana Brandt", "country": None},
            {"name": "King Olaf", "country": None},
            {"name": None, "country": "PRT"},
        ]
        assert scored({"people": gold}, {"people": found}).people == F1(2, 3, 3)


class TestQuotes:
    def test_match_by_half_of_the_words(self) -> None:
        gold = [{"text": "one two three four", "kind": "indirect"}]
        half = scored({"quotes": gold}, {"quotes": [{"text": "three four five six"}]})
        less = scored({"quotes": gold}, {"quotes": [{"text": "four five six seven"}]})
        assert half.quotes is not None
        assert less.quotes is not None
        assert half.quotes.records == F1(1, 1, 1)
        assert half.quotes.exact == F1(0, 1, 1)
        assert less.quotes.records == F1(0, 1, 1)

    def test_marks_and_punctuation_do_not_count(self) -> None:
        result = scored(
            {"quotes": [{"text": "“We will build it,”"}]},
            {"quotes": [{"text": "We will build it"}]},
        )
        assert result.quotes is not None
        assert result.quotes.exact == F1(1, 1, 1)

    def test_one_quote_stands_for_one_only(self) -> None:
        whole = "we will build the railway and we will pay for it"
        halves = [{"text": "we will build the railway"}, {"text": "and we will pay for it"}]
        result = scored({"quotes": halves}, {"quotes": [{"text": whole}]})
        assert result.quotes is not None
        assert result.quotes.records == F1(matched=1, predicted=1, gold=2)

    def test_most_pairs_before_best_pair(self) -> None:
        gold = [{"text": "a b c d"}, {"text": "a b c d e f"}]
        found = [{"text": "a b c d e f"}, {"text": "d e f g h"}]
        # The first found is like both, the second like the longer one only.
        assert match_quotes(gold, found).pairs == ((0, 0), (1, 1))

    def test_speakers_of_the_matched_by_surname(self) -> None:
        gold = [
            {"text": "the road is open", "speaker": "Minister Ana Brandt"},
            {"text": "ships may sail again", "speaker": "Tomas Ekholm"},
            {"text": "nothing was signed", "speaker": "Ole Dahl"},
            {"text": "prices would fall", "speaker": "he"},
            {"text": "wheat will be bought", "speaker": None},
            {"text": "nobody heard this one", "speaker": "Ole Dahl"},
        ]
        found = [
            {"text": "the road is open", "speaker": "Brandt"},
            {"text": "ships may sail again", "speaker": "Ana Brandt"},
            {"text": "nothing was signed", "speaker": None},
            {"text": "prices would fall", "speaker": "Ole Dahl"},
            {"text": "wheat will be bought", "speaker": "Ole Dahl"},
        ]
        result = scored({"quotes": gold}, {"quotes": found})
        assert result.quotes is not None
        assert result.quotes.speaker == Share(1, 3)

    def test_recall_by_kind_of_gold(self) -> None:
        gold = [
            {"text": "first of all", "kind": "direct"},
            {"text": "second to none", "kind": "direct"},
            {"text": "third time lucky", "kind": "mixed"},
        ]
        found = [
            {"text": "second to none", "kind": "indirect"},
            {"text": "third time lucky", "kind": "mixed"},
        ]
        result = scored({"quotes": gold}, {"quotes": found})
        assert result.quotes is not None
        assert result.quotes.recall_direct == Share(1, 2)
        assert result.quotes.recall_indirect == Share(0, 0)
        assert result.quotes.recall_mixed == Share(1, 1)

    def test_many_quotes_are_matched_one_to_one(self) -> None:
        pick = random.Random(7)
        vocabulary = [f"w{number}" for number in range(400)]
        quotes = [{"text": " ".join(pick.choices(vocabulary, k=25))} for _ in range(150)]
        same = [{"text": "we thank you for coming"}] * 200  # too large a group for the exact way
        result = scored({"quotes": quotes + same}, {"quotes": quotes[::-1] + same[:199]})
        assert result.quotes is not None
        assert result.quotes.records == F1(matched=349, predicted=349, gold=350)


class TestMatchingIsExact:
    @pytest.mark.parametrize("seed", range(30))
    def test_against_all_permutations(self, seed: int) -> None:
        pick = random.Random(seed)
        letters = "abcdefgh"
        gold = [{"text": " ".join(pick.sample(letters, 5))} for _ in range(pick.randint(1, 6))]
        found = [{"text": " ".join(pick.sample(letters, 5))} for _ in range(pick.randint(1, 6))]
        likeness = [[overlap(words(g["text"]), words(f["text"])) for f in found] for g in gold]
        short, long = sorted((len(gold), len(found)))
        best = max(
            sum(
                1000 + value
                for value in (
                    likeness[a][b] if len(gold) <= len(found) else likeness[b][a]
                    for a, b in zip(range(short), chosen, strict=True)
                )
                if value >= 0.5
            )
            for chosen in itertools.permutations(range(long), short)
        )
        pairs = match_quotes(gold, found).pairs
        assert sum(1000 + likeness[a][b] for a, b in pairs) == pytest.approx(best)
        assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)


class TestLists:
    def test_a_list_that_gold_lacks_is_not_scored_an_empty_one_is(self) -> None:
        people = [{"name": "Ana Brandt", "country": "PRT"}]
        result = scored({"people": []}, {"people": people, "meetings": [meeting()]})
        assert result.meetings is None
        assert result.meeting_pairs is None
        assert result.people == F1(matched=0, predicted=1, gold=0)
        assert result.people.precision == 0.0
        assert result.people.recall is None
        assert result.people.f1 == 0.0

    def test_it_is_left_out_article_by_article(self) -> None:
        person = {"name": "Ana Brandt", "country": "PRT"}
        gold = [document("a", people=[person]), document("b", quotes=[])]
        result = score(gold, [{"doc_id": name, "people": [person]} for name in "ab"])
        assert result.people == F1(1, 1, 1)
        assert result.scored["people"] == 1
        assert result.scored["meetings"] == 0

    def test_nothing_to_find_and_nothing_found_has_no_share(self) -> None:
        people = scored({"people": []}, {}).people
        assert people is not None
        assert (people.precision, people.recall, people.f1) == (None, None, None)

    def test_facts_of_a_gold_article_must_be_there(self) -> None:
        with pytest.raises(ValueError, match="'b'"):
            score([document("a"), document("b")], [{"doc_id": "a"}])

    def test_facts_of_other_articles_are_passed_over(self) -> None:
        predicted: list[dict[str, Any]] = [
            {"doc_id": "a"},
            {"doc_id": "z", "meetings": [meeting()]},
        ]
        assert score([document("a", meetings=[])], predicted).meeting_pairs == F1(0, 0, 0)


RECORD: dict[str, Any] = {
    "doc_id": "a",
    "source": "made up",
    "published": "2031-05-05",
    "title": None,
    "text": TEXT,
    "people": [
        {"name": "Ana Brandt", "role": "Foreign Minister", "country": "PRT"},
        {"name": "Tomas Ekholm", "role": None, "country": "SWE"},
    ],
    "quotes": [
        {"text": '"We will build the northern railway together,"', "kind": "direct"},
        "the talks were frank",
    ],
    "meetings": [
        {
            **meeting(city="Lisbon", date="2031-05"),
            "participants": [{"name": "Ana Brandt", "country": "PRT"}],
            "evidence": "received her counterpart Tomas Ekholm in Lisbon",
        }
    ],
    "commissions": [],
    "sectors": [{"pair": "PRT-SWE", "sector": "transport", "stance": "agreed"}],
    "agreements": [{"pair": "PRT-SWE", "kind": "plan", "status": "proposed", "title": "railway"}],
}


class TestReadGold:
    def test_reads_records_between_empty_lines(self, tmp_path: Path) -> None:
        bare = {"doc_id": "b", "text": "Nothing.\u2028Really.", "note": "other keys do no harm"}
        path = write(tmp_path / "g.jsonl", RECORD, "", bare, "")
        first, second = read_gold(path)
        assert first.article == Article(
            doc_id="a", text=TEXT, source="made up", published="2031-05-05"
        )
        assert first.lists["quotes"][1] == {"text": "the talks were frank"}
        assert first.lists["commissions"] == ()
        assert second.lists == {}

    def test_a_mark_of_byte_order_is_no_fault(self, tmp_path: Path) -> None:
        path = tmp_path / "g.jsonl"
        path.write_bytes(b"\xef\xbb\xbf" + json.dumps(RECORD).encode() + b"\r\n")
        assert len(read_gold(path)) == 1

    def test_offsets_count_code_points(self, tmp_path: Path) -> None:
        text = "Łódź 😀 said yes"
        good = {"doc_id": "a", "text": text, "quotes": [{"start": 12, "end": 15, "text": "yes"}]}
        assert read_gold(write(tmp_path / "g.jsonl", good))[0].lists["quotes"][0]["start"] == 12

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"doc_id": None}, "doc_id"),
            ({"text": ""}, "text"),
            ({"published": 2031}, "published"),
            ({"people": {}}, "people is not a list"),
            ({"people": ["Ana Brandt"]}, r"people\[0\]: not an object"),
            ({"people": [{"role": "minister"}]}, "name is missing"),
            ({"people": [{"name": "Ana", "country": "Portugal"}]}, "country 'Portugal'"),
            ({"people": [{"name": "Ana", "country": "POR"}]}, "country 'POR'"),
            ({"people": [{"name": "Ana", "country": ["PRT"]}]}, "country"),
            ({"people": [{"name": 7}]}, "name 7"),
            ({"meetings": [meeting("SWE-PRT")]}, "alphabetical"),
            ({"meetings": [meeting("PRT-PRT")]}, "pair"),
            ({"meetings": [meeting("PRT")]}, "pair"),
            ({"meetings": [meeting(kind="summit")]}, "kind 'summit'"),
            ({"meetings": [meeting(status="done")]}, "status 'done'"),
            ({"meetings": [meeting(level="king")]}, "level 'king'"),
            ({"meetings": [meeting(date="2031-02-30")]}, "date '2031-02-30'"),
            ({"meetings": [meeting(date="May 2031")]}, "date"),
            ({"meetings": [meeting(participants=["Ana"])]}, "participants"),
            ({"meetings": [meeting(participants=[{"country": "??"}])]}, "country"),
            ({"meetings": [meeting(evidence="never written")]}, "does not stand"),
            ({"meetings": [meeting(evidence={"start": 5, "end": 5000})]}, "evidence: 5-5000"),
            ({"meetings": [meeting(session="yes")]}, "session"),
            ({"meetings": [meeting(sttus="held")]}, "sttus is not known: did you mean status"),
            ({"commissions": [{"pair": "PRT-SWE", "status": "met"}]}, "status 'met'"),
            ({"commissions": [{"pair": "PRT-SWE", "ordinal": "8th"}]}, "ordinal"),
            ({"commissions": [{"pair": "PRT-SWE", "sectors": ["shoes"]}]}, "'shoes'"),
            ({"sectors": [{"pair": "PRT-SWE", "sector": "shoes"}]}, "sector 'shoes'"),
            ({"sectors": [{"pair": "PRT-SWE"}]}, "sector is missing"),
            ({"sectors": [{"pair": "PRT-SWE", "sector": "trade", "stance": "yes"}]}, "stance"),
            ({"agreements": [{"pair": "PRT-SWE", "kind": "pact"}]}, "kind 'pact'"),
            ({"quotes": ["the talks were short"]}, "does not stand"),
            ({"quotes": [{"text": "frank", "kind": "spoken"}]}, "kind 'spoken'"),
            ({"quotes": [{"text": "frank", "start": 0, "end": 5}]}, "holds 'Forei' at 0-5"),
            ({"quotes": [{"text": "frank", "start": 0, "end": 9999}]}, "no span"),
            ({"quotes": [{"text": "frank", "start": 9}]}, "no span"),
            ({"quotes": [{"text": "frank", "start": -5, "end": -1}]}, "no span"),
            ({"quotes": [{"text": "frank", "parts": [{"start": 3, "end": 2}]}]}, "parts"),
        ],
    )
    def test_refuses_with_line_and_reason(
        self, tmp_path: Path, change: dict[str, Any], reason: str
    ) -> None:
        path = write(tmp_path / "g.jsonl", {**RECORD, "doc_id": "fine"}, {**RECORD, **change})
        with pytest.raises(GoldError, match=rf"g\.jsonl line 2: .*{reason}"):
            read_gold(path)

    @pytest.mark.parametrize("line", ["{", "[1]", "plain words", '{"doc_id": NaN', "[" * 100_000])
    def test_refuses_what_is_no_json_object(self, tmp_path: Path, line: str) -> None:
        with pytest.raises(GoldError, match="line 1: not "):
            read_gold(write(tmp_path / "g.jsonl", line))

    def test_refuses_other_encodings(self, tmp_path: Path) -> None:
        path = tmp_path / "g.jsonl"
        path.write_bytes('{"doc_id": "a", "text": "São"}'.encode("latin-1"))
        with pytest.raises(GoldError, match="UTF-8"):
            read_gold(path)

    def test_refuses_one_id_twice(self, tmp_path: Path) -> None:
        with pytest.raises(GoldError, match="line 3: doc_id 'a' stands in line 1"):
            read_gold(write(tmp_path / "g.jsonl", RECORD, "", RECORD))

    def test_refuses_a_list_of_another_name(self, tmp_path: Path) -> None:
        record = {"doc_id": "a", "text": TEXT, "people": [], "meeting": [], "notes": ["mine"]}
        with pytest.raises(GoldError, match=r"line 1: meeting is not known: did you mean"):
            read_gold(write(tmp_path / "g.jsonl", record))

    def test_refuses_a_file_without_any_list(self, tmp_path: Path) -> None:
        record = {"doc_id": "a", "text": TEXT, "main": [{"pair": "PRT-SWE"}]}
        with pytest.raises(GoldError, match="no record has a list of facts"):
            read_gold(write(tmp_path / "g.jsonl", record))

    def test_refuses_a_file_without_records(self, tmp_path: Path) -> None:
        with pytest.raises(GoldError, match="no record"):
            read_gold(write(tmp_path / "g.jsonl", "", ""))


def read_little(article: Article) -> ArticleFacts:
    """A reader that always finds the same two facts."""
    common: dict[str, Any] = {"evidence": Span(0, 10), "rule": "by-hand", "confidence": 1.0}
    return ArticleFacts(
        doc_id=article.doc_id,
        people=(Person(id="p1", name="Ana Brandt", country="PRT", **common),),
        meetings=(
            Meeting(
                id="m1",
                pair="PRT-SWE",
                kind="talks",
                status="held",
                date="2031-05-04",
                participants=(Participant("Ana Brandt"), Participant("Ole Dahl")),
                **common,
            ),
        ),
    )


class TestEvaluate:
    def test_reads_each_text_and_scores_its_facts(self, tmp_path: Path) -> None:
        result = evaluate(write(tmp_path / "g.jsonl", RECORD), read_little)
        assert result.documents == 1
        assert result.people == F1(1, 1, 2)
        assert result.meetings is not None
        assert result.meetings.records == F1(1, 1, 1)
        assert result.meetings.date == Share(1, 1)
        assert result.meetings.city == Share(0, 1)
        assert result.meetings.level == Share(0, 1)
        assert result.meetings.participants == F1(1, 2, 1)
        assert result.quotes is not None
        assert result.quotes.records == F1(0, 0, 2)

    def test_gold_against_itself_is_perfect(self, tmp_path: Path) -> None:
        gold = read_gold(write(tmp_path / "g.jsonl", RECORD))
        itself: list[dict[str, Any]] = [{"doc_id": doc.doc_id, **doc.lists} for doc in gold]
        plain = score(gold, itself).to_plain()
        for name in ("meeting_pairs", "meetings", "sectors", "agreements", "people", "quotes"):
            assert plain[name]["f1"] == 1.0
        date = plain["meetings"]["date"]
        assert date == {"share": 1.0, "interval": [0.2065, 1.0], "count": 1, "of": 1}
        assert plain["quotes"]["exact"]["f1"] == 1.0
        assert plain["commissions"]["f1"] is None

    def test_plain_scores_go_through_json(self, tmp_path: Path) -> None:
        plain = evaluate(write(tmp_path / "g.jsonl", RECORD), read_little).to_plain()
        assert json.loads(json.dumps(plain)) == plain
        assert plain["people"] == {
            "precision": 1.0,
            "recall": 0.5,
            "f1": 0.6667,
            "interval": [0.1727, 0.9504],
            "precision_interval": [0.2065, 1.0],
            "recall_interval": [0.0945, 0.9055],
            "matched": 1,
            "predicted": 1,
            "gold": 2,
        }

    def test_table_shows_figures_with_counts(self, tmp_path: Path) -> None:
        record = {name: value for name, value in RECORD.items() if name != "agreements"}
        table = render(evaluate(write(tmp_path / "g.jsonl", record), read_little))
        lines = {line.split("  ")[0]: line.split() for line in table.splitlines() if line}
        assert lines["people"] == [
            "people",
            "1.000",
            "0.500",
            "0.667",
            "0.173-0.950",
            "1",
            "/",
            "1",
            "/",
            "2",
        ]
        assert lines["quotes"] == [
            "quotes",
            "-",
            "0.000",
            "0.000",
            "0.000-0.793",
            "0",
            "/",
            "0",
            "/",
            "2",
        ]
        assert "not scored" in " ".join(lines["agreements"])
        date = ["date", "1.000", "0.207-1.000", "1", "of", "1"]
        assert any(line.split() == date for line in table.splitlines())
