"""Whose officials they are: one sentence each in the manner of agencies of many countries.

All names are invented.
"""

import pytest

from pipelines.extraction.article import extract_article
from pipelines.records import Article


def officials(text: str) -> list[str]:
    """Surname and country of each person whose country is known."""
    people = extract_article(Article("case", text, published="2025-03-14")).people
    return sorted(f"{p.name.split()[-1]} {p.country}" for p in people if p.country)


CASES = [
    (
        "H.E. Dang Minh Khoi Foreign Minister of Laos and H.E. Karl Brandt Foreign Minister of "
        "Austria paid a visit to Lima.",
        ["Brandt AUT", "Khoi LAO"],
    ),
    (
        "The current ambassador of Peru to India is Mr. Javier Ortega Prado.",
        ["Prado PER"],
    ),
    (
        "Milan Kovač served as the first ambassador of Slovenia to Kenya.",
        ["Kovač SVN"],
    ),
    (
        "Kenya's ambassador in Lima at the time was Grace Wanjiru.",
        ["Wanjiru KEN"],
    ),
    (
        "California Governor Laura Simmons met Chinese Commerce Minister Wang Guotao in "
        "Beijing on Monday.",
        ["Guotao CHN", "Simmons USA"],
    ),
    (
        "Ontario Premier Dan Harper said Wednesday that the federal government must act.",
        ["Harper CAN"],
    ),
    (
        "Tehran Mayor Reza Moradi hosted his Baku counterpart Elchin Aliyev.",
        ["Aliyev AZE", "Moradi IRN"],
    ),
    (
        "The mayor of Isfahan, Hassan Karimi, received the mayor of Florence, Marco Bellini.",
        ["Bellini ITA", "Karimi IRN"],
    ),
    (
        "Knesset Speaker Avi Rosen hosted Bundestag President Julia Brandt.",
        ["Brandt DEU", "Rosen ISR"],
    ),
    (
        "Lok Sabha Speaker Ramesh Joshi met with State Duma Chairman Igor Panin.",
        ["Joshi IND", "Panin RUS"],
    ),
    (
        "Rana Patel, deputy spokesperson for the U.S. State Department, said the talks were "
        "useful.",
        ["Patel USA"],
    ),
    (
        "Top foreign ministry official Marcus Haufiku and his deputy Lena Lukas represented "
        "Namibia in discussions with Russian Deputy Prime Minister Yuri Trunov.",
        ["Haufiku NAM", "Lukas NAM", "Trunov RUS"],
    ),
    (
        "Sheikh Mohammed bin Hamad Al Marri, Qatar's minister of commerce, met Pakistan's "
        "Finance Minister Senator Aslam Khan.",
        ["Khan PAK", "Marri QAT"],
    ),
    (
        "Vietnamese Prime Minister Nguyen Van Minh received Laos' Deputy Prime Minister "
        "Saleumxay Phommasane in Hanoi.",
        ["Minh VNM", "Phommasane LAO"],
    ),
    (
        "Visiting Ghanaian Vice President Dr. Kofi Mensah-Boateng held talks with President "
        "Aziz Sancar of Turkey.",
        ["Mensah-Boateng GHA", "Sancar TUR"],
    ),
    (
        "EU foreign policy chief Maria Ellis met Serbian President Zoran Petrovic.",
        ["Ellis EUU", "Petrovic SRB"],
    ),
    (
        "European Commissioner for Internal Market Thibault Bertin met Japan's Minister of "
        "Economy, Trade and Industry Kenji Saito.",
        ["Bertin EUU", "Saito JPN"],
    ),
    (
        "Foreign Secretary David Laming will host his French counterpart Jean-Noel Barrault in "
        "London.",
        ["Barrault FRA", "Laming GBR"],
    ),
    (
        "NAIROBI - Cabinet Secretary for Trade Rebecca Mwangi on Tuesday met Ugandan Minister "
        "for Trade Francis Mwebesa.",
        ["Mwangi KEN", "Mwebesa UGA"],
    ),
    (
        "External Affairs Minister S. Jayashankar met his Omani counterpart Sayyid Badr Al "
        "Busaidy in New Delhi.",
        ["Busaidy OMN", "Jayashankar IND"],
    ),
    (
        "King Haakon X of Norway welcomed Crown Prince Hussein bin Talal of Jordan.",
        ["Talal JOR", "X NOR"],
    ),
    (
        "The Sultan of Brunei, Hassanal Omar, met Malaysia's King Sultan Ibrahim Iskandar.",
        ["Iskandar MYS", "Omar BRN"],
    ),
    (
        "Hungarian Foreign Minister Szijjártó Péter and Slovak Foreign and European Affairs "
        "Minister Juraj Blanar signed the accord.",
        ["Blanar SVK", "Péter HUN"],
    ),
    (
        "Indonesian Coordinating Minister for Economic Affairs Airlangga Hartono discussed "
        "nickel with Australia's Trade Minister Don Farris.",
        ["Farris AUS", "Hartono IDN"],
    ),
    (
        "Acting Foreign Minister of the Taliban government Amir Khan Muttaqi met Pakistan's "
        "special representative for Afghanistan, Asif Durrani, in Kabul.",
        ["Durrani PAK", "Muttaqi AFG"],
    ),
    (
        "General Asim Munir Shah, Chief of Army Staff of Pakistan, called on Saudi Defence "
        "Minister Prince Khalid bin Salman.",
        ["Salman SAU", "Shah PAK"],
    ),
    (
        "Zimbabwe Minister of Mines Soda Zhemu toured the plant with Chinese ambassador Zhou Ding.",
        ["Ding CHN", "Zhemu ZWE"],
    ),
    (
        "Uzbekistan's Deputy Prime Minister - Minister of Economy and Finance Jamshid Kuchkar "
        "met with the Chairman of the Management Board of the Eurasian Development Bank "
        "Nikolai Podguz.",
        ["Kuchkar UZB"],
    ),
    (
        "Kazakh President Kassym Tokay received the Secretary of Russia's Security Council, "
        "Sergei Shoygin.",
        ["Shoygin RUS", "Tokay KAZ"],
    ),
    (
        "Nikos Dendis, the Greek foreign minister, and Hakan Fidanoglu, his Turkish "
        "counterpart, met in Ankara.",
        ["Dendis GRC", "Fidanoglu TUR"],
    ),
    (
        "Egypt's Prime Minister Mostafa Kamal Madbouli met on Sunday with Tunisian Prime "
        "Minister Kamel Maddour and Tunisian Minister of Trade Samir Abidi.",
        ["Abidi TUN", "Madbouli EGY", "Maddour TUN"],
    ),
    (
        "Secretary General of the Ministry of Foreign Affairs of Romania Cosmin Dinescu "
        "received Ambassador of Thailand Choti Wattana.",
        ["Dinescu ROU", "Wattana THA"],
    ),
    (
        "The Head of the Foreign Relations Department of the Presidential Administration of "
        "Azerbaijan Hikmat Hajili spoke with the Secretary of Armenia's Security Council Armen "
        "Grigorian.",
        ["Grigorian ARM", "Hajili AZE"],
    ),
    (
        "Swiss Federal Councillor Ignazio Cassini met with Liechtenstein's Foreign Minister "
        "Dominique Hasler.",
        ["Cassini CHE", "Hasler LIE"],
    ),
    (
        "Ministers Ivan Lopez of Chile and Ana Torres of Peru met in Arica.",
        ["Lopez CHL", "Torres PER"],
    ),
    (
        "Taoiseach Micheal Morton met UK Prime Minister Keir Stanton at Farmleigh House in Dublin.",
        ["Morton IRL", "Stanton GBR"],
    ),
    (
        "South African International Relations and Cooperation Minister Ronald Lamoli met "
        "Namibian counterpart Selma Ashipala.",
        ["Ashipala NAM", "Lamoli ZAF"],
    ),
    (
        "Tanzania's Minister for Foreign Affairs and East African Cooperation, Ambassador "
        "Mahmoud Kombo, met with the Deputy Minister of Foreign Affairs of the Republic of "
        "Korea, Mr Chung Byung-won.",
        ["Byung-won KOR", "Kombo TZA"],
    ),
    (
        "Georgian PM Irakli Kobidze, Armenian FM Ararat Mirzoian and Azerbaijani FM Jeyhun "
        "Bayram attended.",
        ["Bayram AZE", "Kobidze GEO", "Mirzoian ARM"],
    ),
    (
        "Chadian transitional president Mahamat Idriss Deby Itno met with visiting French "
        "envoy Jean-Marie Bockel.",
        ["Bockel FRA", "Itno TCD"],
    ),
    (
        "Cambodian Senate President Samdech Techo Hun Sen received Lao National Assembly "
        "President Xaysomphone Phomvihane.",
        ["Phomvihane LAO", "Sen KHM"],
    ),
    (
        "Guests included Burundi's First Lady Angeline Ndayishimiye and Zambia's Health "
        "Minister Elijah Muchima.",
        ["Muchima ZMB", "Ndayishimiye BDI"],
    ),
    (
        "Turkmenistan's Rashid Meredov and Iran's Abbas Araghian met in Ashgabat.",
        ["Araghian IRN", "Meredov TKM"],
    ),
    (
        "Libya's Dbeibah met with Italian premier Giorgia Melloni.",
        ["Dbeibah LBY", "Melloni ITA"],
    ),
    (
        "Hon. Dr. Musalia Mudavadi, EGH, Prime Cabinet Secretary of Kenya, met H.E. Amb. Hanna "
        "Tetteh of Ghana.",
        ["Mudavadi KEN", "Tetteh GHA"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_country_of_officials(text: str, expected: list[str]) -> None:
    assert officials(text) == expected
