"""Ways in which the press tells of an encounter, and ways that tell of none: one sentence each.

All names are invented. The first list tells who met whom, how and whether; the second tells none.
"""

import pytest

from pipelines.extraction.article import extract_article
from pipelines.records import Article

PUBLISHED = "2025-03-14"  # a Friday


def encounters(text: str) -> set[str]:
    """Pair, kind and status of each meeting that a text tells."""
    article = Article("case", text, published=PUBLISHED)
    return {f"{m.pair} {m.kind} {m.status}" for m in extract_article(article).meetings}


TOLD = [
    (
        "The President of Peru and the Prime Minister of Kenya have visited each other's "
        "countries.",
        {"KEN-PER visit held"},
    ),
    (
        "In 2011, Peruvian President Aldo Reyes and Kenyan Prime Minister Daniel Kip exchanged "
        "visits.",
        {"KEN-PER visit held"},
    ),
    (
        "A Peruvian delegation attended the inauguration of Kenya's new president.",
        {"KEN-PER visit held"},
    ),
    (
        "In 2016 a delegation of Peru's Congress visited Nairobi and met with members of the "
        "Unity Party.",
        {"KEN-PER talks held", "KEN-PER visit held"},
    ),
    ("Peruvian Foreign Minister Ana Ruiz left Nairobi on Friday for Oslo.", {"NOR-PER visit held"}),
    ("Peruvian Foreign Minister Ana Ruiz was in Nairobi in February.", {"KEN-PER visit held"}),
    (
        "Peruvian Foreign Minister Ana Ruiz reached Nairobi on Monday on a two-day visit.",
        {"KEN-PER visit held"},
    ),
    (
        "Kenyan Trade Minister Grace Wanjiru and her Peruvian colleague Luis Soto agreed in "
        "Lima on Tuesday that the port would open next year.",
        {"KEN-PER talks held"},
    ),
    (
        "Kenyan President Daniel Kip and Peruvian President Aldo Reyes held talks in Lima on "
        "Monday. The two presidents will see each other again in Nairobi on July 4.",
        {"KEN-PER talks held", "KEN-PER talks planned"},
    ),
    (
        "The foreign ministries of Peru and Kenya held talks in Lima on Monday. Political "
        "consultations between the two foreign ministries were first held in Nairobi in 2021.",
        {"KEN-PER consultation held", "KEN-PER talks held"},
    ),
    (
        "The minutes will be signed when Peruvian Foreign Minister Ana Ruiz visits Nairobi "
        "later this year.",
        {"KEN-PER visit planned"},
    ),
    (
        "Kenyan Foreign Minister Joseph Mutua received a telephone call on Monday from "
        "Peruvian Foreign Minister Ana Ruiz.",
        {"KEN-PER call held"},
    ),
    (
        "The foreign ministers Ana Ruiz of Peru and Joseph Mutua of Kenya conferred in New "
        "York in 2023.",
        {"KEN-PER talks held"},
    ),
    (
        "Kenyan Trade Minister Grace Wanjiru is to be received on Monday in audience at the "
        "palace by Peruvian President Aldo Reyes.",
        {"KEN-PER talks planned"},
    ),
    (
        "Kenyan Trade Minister Grace Wanjiru was received on Thursday at the Government Palace "
        "by Peruvian President Aldo Reyes.",
        {"KEN-PER talks held"},
    ),
    (
        "The Peruvian minister visited Kenya on Tuesday and was received by President Daniel Kip.",
        {"KEN-PER talks held", "KEN-PER visit held"},
    ),
    (
        "Political consultations between the foreign ministries of Peru and Kenya took place "
        "in Nairobi on March 11. The next round of consultations will be held in Lima in 2026.",
        {"KEN-PER consultation held", "KEN-PER consultation planned"},
    ),
    (
        "A delegation of Peru's Congress met Kenyan Speaker Peter Otieno in Nairobi on Monday. "
        "The delegation arrived in the country on Sunday.",
        {"KEN-PER talks held", "KEN-PER visit ongoing"},
    ),
    (
        "The fisheries ministers of Peru, Kenya, Norway, Chile, Togo and Benin met in Lima on "
        "Monday. In the margins of the meeting, Peruvian Minister Elena Vargas had a bilateral "
        "meeting with her Kenyan counterpart Joseph Mutua.",
        {"KEN-PER talks held"},
    ),
    (
        "Chairman of the Defence Committee of the National Assembly Jose Bula of Kenya met "
        "Peruvian Senator Eva Paz.",
        {"KEN-PER talks held"},
    ),
    (
        "Peruvian Foreign Minister Elena Vargas met with her Kenyan counterpart Joseph Mutua "
        "in Lima on Tuesday.",
        {"KEN-PER talks held"},
    ),
    (
        "Foreign Minister of Togo Kodjo Amete met Benin's Romuald Houn, Niger's Laouali Issa "
        "and Algerian envoy Lakhdar Bout one after the other in Lome on Monday.",
        {"BEN-TGO talks held", "DZA-TGO talks held", "NER-TGO talks held"},
    ),
    (
        "President Aldo Reyes of Peru returned to Nairobi on Monday for a second state visit.",
        {"KEN-PER visit held"},
    ),
    (
        "Kenyan Trade Minister Grace Wanjiru was received by Peruvian President Aldo Reyes at "
        "the Government Palace.",
        {"KEN-PER talks held"},
    ),
    (
        "Peru and Kenya held talks on fisheries in Lima.",
        {"KEN-PER talks held"},
    ),
    (
        "Lima and Nairobi opened a new round of negotiations on a tax treaty.",
        {"KEN-PER negotiation held"},
    ),
    (
        "The foreign ministers of Peru and Kenya spoke by phone on Wednesday.",
        {"KEN-PER call held"},
    ),
    (
        "Peruvian President Aldo Reyes had a telephone conversation with Kenyan President "
        "Daniel Kip.",
        {"KEN-PER call held"},
    ),
    (
        "In a phone call with his Kenyan counterpart, Peru's foreign minister Elena Vargas "
        "said the talks were useful.",
        {"KEN-PER call held"},
    ),
    (
        "Reyes, the president of Peru, will travel to Nairobi next week to meet President "
        "Daniel Kip of Kenya.",
        {"KEN-PER talks planned", "KEN-PER visit planned"},
    ),
    (
        "Kenya's President Daniel Kip is scheduled to arrive in Lima on Sunday for a three-day "
        "official visit, the Peruvian foreign ministry said.",
        {"KEN-PER visit planned"},
    ),
    (
        "Peru invited the Kenyan president to visit Lima.",
        {"KEN-PER visit proposed"},
    ),
    (
        "Peruvian President Aldo Reyes invited his Kenyan counterpart Daniel Kip to visit Lima.",
        {"KEN-PER visit proposed"},
    ),
    (
        "Kenya's foreign minister Joseph Mutua cancelled a planned visit to Peru.",
        {"KEN-PER visit cancelled"},
    ),
    (
        "A meeting between the Peruvian and Kenyan defence ministers set for Thursday was "
        "postponed.",
        {"KEN-PER talks cancelled"},
    ),
    (
        "Kenyan Foreign Minister Joseph Mutua arrived in Lima on Tuesday for a two-day visit.",
        {"KEN-PER visit held"},
    ),
    (
        "Peru's ambassador to Kenya, Javier Prado, met with Kenyan Health Minister Ann "
        "Odhiambo to discuss cooperation.",
        {"KEN-PER talks held"},
    ),
    (
        "Kenyan Health Minister Ann Odhiambo received Peru's ambassador Javier Prado in her "
        "office on Monday.",
        {"KEN-PER talks held"},
    ),
    (
        "The new Peruvian ambassador to Kenya, Javier Prado, presented his credentials to "
        "President Daniel Kip.",
        {"KEN-PER talks held"},
    ),
    (
        "Kenya summoned the Peruvian ambassador over the remarks.",
        {"KEN-PER other held"},
    ),
    (
        "The Kenyan foreign ministry summoned Peru's charge d'affaires on Monday.",
        {"KEN-PER other held"},
    ),
    (
        "A Kenyan parliamentary delegation led by Speaker Peter Otieno visited Lima and met "
        "with Peruvian Congress President Luis Salas.",
        {"KEN-PER talks held", "KEN-PER visit held"},
    ),
    (
        "Peru and Kenya held the third round of political consultations in Nairobi on March 5.",
        {"KEN-PER consultation held"},
    ),
    (
        "The third round of political consultations between Peru and Kenya took place in Nairobi.",
        {"KEN-PER consultation held"},
    ),
    (
        "The agreement was signed by Peruvian Minister Elena Vargas and Kenyan Minister Joseph "
        "Mutua in Lima.",
        {"KEN-PER signing held"},
    ),
    (
        "On the sidelines of the UN General Assembly in New York, Kenya's Joseph Mutua met "
        "Peru's Elena Vargas.",
        {"KEN-PER talks held"},
    ),
    (
        "Speaking at a joint press conference with Kenyan President Daniel Kip in Nairobi, "
        "Peruvian President Aldo Reyes praised the ties.",
        {"KEN-PER talks held"},
    ),
    (
        "Peruvian President Aldo Reyes hosted Kenyan President Daniel Kip for dinner at the "
        "palace.",
        {"KEN-PER talks held"},
    ),
    (
        "Peruvian President Aldo Reyes welcomed his Kenyan counterpart Daniel Kip at the "
        "presidential palace in Lima.",
        {"KEN-PER talks held"},
    ),
    (
        "During a meeting with Kenyan Ambassador Grace Wanjiru, Peruvian Trade Minister Luis "
        "Salas stressed the need for more flights.",
        {"KEN-PER talks held"},
    ),
    (
        "Peru's defence chief General Carlos Rojas called on Kenyan President Daniel Kip in "
        "Nairobi.",
        {"KEN-PER talks held"},
    ),
    (
        "Kenya's foreign minister paid a courtesy call on the president of Peru.",
        {"KEN-PER talks held"},
    ),
    (
        "Peruvian and Kenyan officials discussed fishing rights in Lima on Monday.",
        {"KEN-PER talks held"},
    ),
    (
        "Officials from Peru and Kenya met Wednesday to discuss ways to boost trade.",
        {"KEN-PER talks held"},
    ),
    (
        "Kenyan Foreign Minister Joseph Mutua held talks with Peruvian Prime Minister Ana Soto "
        "via video link.",
        {"KEN-PER video held"},
    ),
    (
        "The virtual meeting brought together Peru's Trade Minister Luis Salas and Kenya's "
        "Trade Minister Grace Wanjiru.",
        {"KEN-PER video held"},
    ),
    (
        "Kenyan President Daniel Kip left for Lima on Sunday at the head of a large delegation.",
        {"KEN-PER visit held"},
    ),
    (
        "President Daniel Kip of Kenya wrapped up a three-day visit to Peru on Thursday.",
        {"KEN-PER visit held"},
    ),
    (
        "During his visit to Peru, Kenyan President Daniel Kip laid a wreath.",
        {"KEN-PER visit held"},
    ),
    (
        "The visit of Kenyan President Daniel Kip to Lima in 2019 was the first by a Kenyan "
        "leader.",
        {"KEN-PER visit held"},
    ),
    (
        "A trilateral meeting of the foreign ministers of Peru, Kenya and Norway was held in Oslo.",
        {"KEN-NOR talks held", "KEN-PER talks held", "NOR-PER talks held"},
    ),
    (
        "Peruvian Vice President Rosa Diaz sat down with Kenyan Prime Cabinet Secretary Musa "
        "Kimani in Lima.",
        {"KEN-PER talks held"},
    ),
    (
        "Peruvian Foreign Minister Elena Vargas and Kenyan Foreign Minister Joseph Mutua "
        "co-chaired the talks in Nairobi.",
        {"KEN-PER talks held"},
    ),
    (
        "Peruvian President Aldo Reyes was greeted by Kenyan President Daniel Kip upon arrival "
        "in Nairobi on Tuesday.",
        {"KEN-PER talks held", "KEN-PER visit held"},
    ),
    (
        "The Peruvian leader, who is on a state visit to Kenya, also addressed parliament.",
        {"KEN-PER visit ongoing"},
    ),
    (
        "King Carl of Norway will pay a state visit to Peru in May at the invitation of "
        "President Aldo Reyes.",
        {"NOR-PER visit planned"},
    ),
    (
        "Peru's Foreign Minister Elena Vargas exchanged views with Norwegian Foreign Minister "
        "Ingrid Dahl on the war in Sudan.",
        {"NOR-PER talks held"},
    ),
    (
        "Peruvian Interior Minister Carlos Rojas had talks in Oslo with Norwegian Justice "
        "Minister Per Lund.",
        {"NOR-PER talks held"},
    ),
    (
        "Delegations from Peru and Norway concluded two days of negotiations in Lima on Friday.",
        {"NOR-PER negotiation held"},
    ),
    (
        "Senior diplomats of Peru and Norway are meeting in Lima this week.",
        {"NOR-PER talks ongoing"},
    ),
    (
        "Norwegian Prime Minister Kari Moe thanked Peruvian President Aldo Reyes during their "
        "meeting in Lima for his support.",
        {"NOR-PER talks held"},
    ),
    (
        "The meeting between President Aldo Reyes of Peru and Norwegian Prime Minister Kari "
        "Moe lasted two hours.",
        {"NOR-PER talks held"},
    ),
    (
        "Following talks with Norwegian Prime Minister Kari Moe, Peruvian President Aldo Reyes "
        "told reporters that a deal was near.",
        {"NOR-PER talks held"},
    ),
    (
        "Peruvian Foreign Minister Elena Vargas met EU and UN officials to discuss the "
        "situation in Kenya and Sudan.",
        {"EUU-PER talks held"},
    ),
    (
        "Peru's president ruled out a meeting with the Kenyan leader.",
        {"KEN-PER talks cancelled"},
    ),
    (
        "The minister urged Peru and Kenya to hold talks.",
        {"KEN-PER talks proposed"},
    ),
]

NONE = [
    "Both sides agreed to continue consultations, Peru and Kenya said.",
    "The Permanent Mission to Kenya is open, the Peruvian ministry said.",
    "Four committees of Peru and Kenya held their meetings in parallel.",
    "Exports from Peru reached Kenya in March.",
    "The Peruvian minister left Lima on Friday for Arequipa. Kenya was told.",
    "The delegations of Peru and Kenya exchanged gifts.",
    "Peru's minister was in the room when Kenya's flag fell.",
    (
        "Peru's foreign minister Elena Vargas spoke to reporters on the sidelines of the "
        "meeting. Kenya was not represented."
    ),
    "Peru's Congress received the bill by mail. The country owes Kenya money.",
    "Goods from Kenya were received in good order by the Peruvian customs.",
    "The first negotiations of his career were hard, the Peruvian minister said of Kenya.",
    "The Kenyan president came to Peru's defence on Monday.",
    "Peruvian officials are in Kenya's pay.",
    "The Peruvian minister's letter reached Nairobi on Monday.",
    "The Peruvian envoy returned to Kenya's proposal.",
    "President Ana Ruiz of Peru was in Nairobi as a student in 1980.",
    "Peruvian Foreign Minister Ana Ruiz saw Kenyan President John Otieno's speech on television.",
    "Peruvian officials want to see Kenyan President John Otieno resign.",
    "Peruvian President Ana Ruiz called on President John Otieno of Kenya for an end to the war.",
    "Since the arrival of Peruvian President Ana Ruiz in office, Kenya has grown.",
    "Peruvian Foreign Minister Ana Ruiz met Kenyan President John Otieno's demands.",
    "Leaders of Peru and Kenya have been meeting on the margins of forums.",
    "The Peruvian minister has visited Kenya over 40 times.",
    "The Peruvian minister called for a return to negotiations with Kenya.",
    "The joint call from the presidents of Peru and Kenya to resume talks was welcome.",
    "Peru and Kenya trade goods worth $40 million a year.",
    ("Peru's foreign minister Elena Vargas said the war between Russia and Ukraine must end."),
    "Peru beat Kenya 2-1 in a friendly match in Lima.",
    "Peruvian Foreign Minister Elena Vargas condemned Kenya's decision.",
    "Peruvian President Aldo Reyes sent a letter to Kenyan President Daniel Kip.",
    ("Kenyan President Daniel Kip congratulated Aldo Reyes on his election as president of Peru."),
    "Peru has not met with Kenya on the matter, the minister said.",
    "If Peru's president meets Kenya's leader, markets will react.",
    (
        "The Peruvian president met with his ministers of trade and energy to discuss imports "
        "from Kenya."
    ),
    "A delegation of Kenyan businessmen toured the port of Callao in Peru.",
    "Several Kenyan ministers have visited Peru over the years.",
    "Relations between Peru and Kenya are good.",
    "Peru's parliament debated the report on Kenya.",
    "Iceland met Tunisia for the first time in 19 years and won 27-26.",
    ("A meeting with the President of Kenya is not on the programme of the Peruvian minister."),
    (
        "The Kenyan candidate dismissed reports that he had been received by Peruvian "
        "officials in Lima."
    ),
    "Committee of Ministers documents were sent from Lima to Nairobi.",
    ("The Peruvian foreign minister Elena Vargas met with her staff before she left the ministry."),
    "Peruvian and Kenyan shares rose on Tuesday after talks in the steel industry.",
    "The two armies of Peru and Kenya fought near the border for a week.",
    "Kenya's embassy in Lima reopened after repairs to the roof.",
    "A Peruvian singer met fans in Nairobi on Sunday.",
    "Peru lent Kenya a painting for the exhibition.",
    "Kenya exports tea to Peru, Norway and Chile.",
    "Peruvian President Aldo Reyes and his wife visited the earthquake zone near Lima.",
    "The king of Norway opened the new library in Oslo.",
    "The Peruvian minister told parliament that fuel from Kenya was cheap.",
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_an_encounter_is_read(text: str, expected: set[str]) -> None:
    assert encounters(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_no_encounter_is_made_up(text: str) -> None:
    assert encounters(text) == set()
