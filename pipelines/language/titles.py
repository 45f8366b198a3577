"""Titles of office in a text: 'Iran's Deputy Foreign Minister', 'the President of the Senate'.

What belongs here: where a title stands, how far its phrase reaches to the left (country, deputy,
portfolio) and to the right ('of', 'for', 'to' ...), its rank and its country. What does not: whose
title it is (`people`), and who is meant by a title without a name (`coreference`).
"""

from __future__ import annotations

from dataclasses import replace

from pipelines.language.mentions import CountryMention
from pipelines.language.names import Words, fold, is_name_word, organisation_nouns, skip_honorifics
from pipelines.language.offices import (
    Role,
    Title,
    find_titles,
    is_compound,
    modifiers,
    portfolios,
)
from pipelines.language.portfolios import (
    GENITIVES,
    Tail,
    capitals_end,
    more_countries,
    topic_end,
)
from pipelines.language.title_fronts import LOCAL, ORGANS, Front
from pipelines.records import LEVELS, Level

_BELOW: dict[Level, Level] = {"leader": "deputy_leader", "minister": "deputy_minister"}
_MAX_TAIL = 30
_ITS_REACH = 60
_OPENING = 2
_POSTS = frozenset({"embassy", "mission", "consulate", "high commission"})
_WHERE_BASED = frozenset({"based", "led", "backed", "born", "speaking", "funded", "held"})
_IN_CHARGE = frozenset({("responsible", "for"), ("in", "charge")})
_BODIES_OF = tuple([body, "of"] for body in ("committee", "council", "conference", "meeting"))
_HEADS = frozenset({"head", "chief"})
_PARAPHRASES: dict[tuple[str, ...], tuple[str, Level, str, tuple[str, ...]]] = {
    ("diplomacy",): ("minister", "minister", "minister", ("foreign",)),
    ("foreign", "ministry"): ("minister", "minister", "minister", ("foreign",)),
    ("foreign", "office"): ("minister", "minister", "minister", ("foreign",)),
    ("government",): ("prime minister", "leader", "office", ()),
}
_SEATS_OF_HOUSES = frozenset(
    {"president", "vice-president", "chairman", "chairwoman", "chairperson", "chair", "member"}
)
_HOUSES = ("assembly", "parliament", "senate", "duma", "majlis", "knesset", "khural", "sejm",
           "bundestag", "people's congress", "national congress", "chamber of deputies",
           "house of representatives")  # fmt: skip
_STATE = frozenset({"republic", "kingdom", "state", "nation", "government", "ministers", "union"})


def find_roles(words: Words, start: int = 0) -> list[Role]:
    """Return the titles of office in a text in order, none inside another."""
    heads = find_titles(words)
    roles: list[Role] = []
    floor = start
    for index in heads:
        if index < floor:
            continue
        role = _read_role(words, heads, index, floor)
        if role is None:
            continue
        roles.append(role)
        floor = role.end
    return _joined(words, roles)


def _read_role(
    words: Words,
    heads: dict[int, tuple[int, Title]],
    index: int,
    floor: int,
    depth: int = 0,
) -> Role | None:
    """Read the whole phrase around a title, or return None where it is none after all."""
    head_end, title = heads[index]
    left = Front(index)
    left.read(words, floor, title)
    if _is_none(words, left, index, head_end, title):
        return None
    paraphrase = _paraphrase(words, left, index, head_end) if title.text in _HEADS else None
    if paraphrase is not None:
        return paraphrase
    tail = Tail(head_end)
    if depth < 3:
        _read_tail(words, heads, tail, title, depth)
    has_tail = tail.end > head_end
    portfolio = frozenset((left.topics | tail.topics) or {title.portfolio}) - {""}
    level = title.level
    if left.deputy and title.kind != "envoy":
        level = _BELOW.get(level, level)
    if title.text == "secretary" and not left.topics and tail.organisation:
        council = fold(tail.organisation).endswith("security council")  # a post of cabinet rank
        level = "minister" if council else "official"
    limit = min(len(words), tail.end + _MAX_TAIL)
    if level in {"leader", "deputy_leader"} and (
        _heads_a_body(left, tail)
        or (title.text == "president" and _presides_over_a_body(words, tail.end, limit))
    ):
        level = "official"  # 'President of the Development Bank'
    body = left.organisation or tail.organisation or ""
    if title.text.split()[-1] in _SEATS_OF_HOUSES and _is_house(body):
        level = "parliament"  # 'Vice-President of the National Assembly'
    of_a_state = title.kind in {"envoy", "minister"} or title.text == "prime minister"
    if left.determiner == "its" and not left.countries and of_a_state:
        left.countries.extend(_subject_country(words, left.start))
    if not left.countries and index in words.country_at and head_end > index + 1:
        left.countries.append(words.country_at[index].iso3)  # 'Bundestag president'
    named_country = left.countries or tail.countries
    # 'Secretary of State for Trade' is British, and 'Secretary of State' alone American
    plain = words.folded[index:head_end] == ["secretary", "of", "state"]
    elsewhere = plain and words.folded[head_end : head_end + 1] == ["for"]
    only_of = title.country if title.country and not elsewhere else None
    if title.text == "leader" and not (portfolio or left.organisation or tail.organisation):
        pointed = left.determiner.split(" ")[-1] in {"the", "both", "two"}
        if named_country or pointed:  # 'the Chilean leader', but 'the party leader'
            level = "leader"
    follows = words.folded[head_end] if head_end < len(words) else ""
    tied = has_tail or bool(left.organisation or left.topics)
    needs = _still_needs(title.needs, left, tied=tied, of=follows == "of", land=bool(named_country))
    return Role(
        start=left.start,
        role_start=left.role_start,
        head_end=head_end,
        end=tail.end,
        level=level,
        kind=title.kind,
        keys=frozenset({(title.text, left.deputy, portfolio)}),
        plural=title.plural,
        determiner=left.determiner,
        countries=tuple(dict.fromkeys(named_country)),
        organisation=left.organisation or tail.organisation,
        has_tail=has_tail,
        capital=words.texts[index][0].isupper(),
        needs=needs,
        only_of=only_of,
    )


def _paraphrase(words: Words, left: Front, index: int, head_end: int) -> Role | None:
    """An office told another way: 'the head of Peruvian diplomacy', of 'the Omani government'."""
    at = head_end + 1
    if words.folded[head_end:at] != ["of"]:
        return None
    at += words.folded[at : at + 1] == ["the"]
    mention = words.country_at.get(at)
    if mention is None or mention.start != at:
        return None
    at = mention.end
    at += words.texts[at : at + 1] != [] and words.texts[at] in GENITIVES
    for phrase, (text, level, kind, portfolio) in _PARAPHRASES.items():
        if tuple(words.folded[at : at + len(phrase)]) == phrase:
            return Role(
                start=left.start,
                role_start=left.role_start,
                head_end=head_end,
                end=at + len(phrase),
                level=level,
                kind=kind,
                keys=frozenset({(text, False, frozenset(portfolio))}),
                determiner=left.determiner,
                countries=(mention.iso3,),
                has_tail=True,
                capital=words.texts[index][0].isupper(),
            )
    return None


def _is_house(organisation: str) -> bool:
    """Whether an organisation is a parliament or a house of one."""
    folded = fold(organisation)
    return any(folded.endswith(house) for house in _HOUSES) and "general assembly" not in folded


def _is_none(words: Words, left: Front, index: int, head_end: int, title: Title) -> bool:
    """Whether what looks like a title is none: 'minister-level', 'the Committee of Ministers'."""
    if title.plural and words.folded[left.start - 2 : left.start] in _BODIES_OF:
        return True
    # without 'his' it qualifies a title: 'deputy trade minister'
    lone = title.text == "deputy" and left.determiner not in {"his", "her", "their"}
    return lone or is_compound(words, index, head_end, title)


def _still_needs(needs: str, left: Front, *, tied: bool, of: bool, land: bool) -> str:
    """What a title still lacks to be read as one, of what its entry asks for; empty for nothing."""
    pointed = left.determiner.split(" ")[0] in {"the", "both", "two", "these"}
    met = {
        "of": tied or of,
        "portfolio": tied,
        "country": land or bool(left.topics) or pointed,
    }
    return "" if met.get(needs) else needs


def _subject_country(words: Words, index: int) -> list[str]:
    """The country named last before a token of its sentence: 'Peru recalled its ambassador'.

    At the start of a sentence, the first that acts in the sentence before.
    """
    start = words.sentence_start(index)
    places = range(index - 1, start - 1, -1)
    if index - start < _OPENING and start:
        places = range(max(words.sentence_start(start - 1), start - _ITS_REACH), start)
    for place in places:
        mention = words.country_at.get(place)
        if mention is None or not mention.acts or mention.form not in {"name", "capital"}:
            continue
        if words.texts[mention.end : mention.end + 1] and words.texts[mention.end] in GENITIVES:
            continue  # 'Norway pays into Peru's fund, its minister said'
        return [mention.iso3]
    return []


def _presides_over_a_body(words: Words, end: int, limit: int) -> bool:
    """'A, President, National Farmers League': the name of a body follows the comma."""
    if end + 1 >= limit or words.texts[end] != "," or not words.texts[end + 1][0].isupper():
        return False
    behind = capitals_end(words, end + 1, limit)
    return any(words.folded[index] in organisation_nouns() for index in range(end + 2, behind))


def _heads_a_body(left: Front, tail: Tail) -> bool:
    """Whether a title is that of an organisation's or a region's head rather than a state's."""
    if left.local:
        return True
    if not tail.organisation or left.countries:
        return False
    return not _STATE.intersection(fold(tail.organisation).split())


def _read_tail(
    words: Words, heads: dict[int, tuple[int, Title]], tail: Tail, title: Title, depth: int
) -> None:
    """Read 'of Trade of Cuba', 'to Iran', 'for Energy' behind a title into `tail`."""
    limit = min(len(words), tail.end + _MAX_TAIL)
    receives = title.kind == "envoy" or title.text.split()[-1] in {
        "adviser", "advisor", "representative", "aide", "assistant", "ambassador", "commissioner",
        "counselor", "counsellor", "secretary",
    }  # fmt: skip
    while tail.end + 1 < limit and not words.begins[tail.end]:
        index = tail.end
        word = words.folded[index]
        if word == "-" and words.folded[index + 1] in {"designate", "elect"}:
            tail.end = index + 2
            continue
        if word in {"designate", "elect"}:
            tail.end = index + 1
            continue
        short = word == "(" and words.texts[index + 1].isupper()  # '(NDB)'
        if short and tail.organisation and words.texts[index + 2 : index + 3] == [")"]:
            tail.end = index + 3
            continue
        branch = word == "(" and words.texts[index + 1].istitle() and not tail.organisation
        if branch and words.texts[index + 2 : index + 3] == [")"]:
            tail.end = index + 3  # 'Secretary (East) in the Ministry'
            continue
        start = _behind_preposition(words, index, limit, receives=receives)
        if start is None:
            return
        while start < limit and words.folded[start] in {"the", "its", "his", "her", "their"}:
            start += 1
        if start >= limit or words.begins[start]:
            return
        sends = word in {"of", "from"}
        if not _read_object(
            words, heads, tail, title, start, limit=limit, sends=sends, depth=depth
        ):
            return
        if tail.end <= index:
            return  # what follows is no part of it


def _behind_preposition(words: Words, index: int, limit: int, *, receives: bool) -> int | None:
    """Where what a preposition at a token governs begins; None where it is no part of the title."""
    word, start = words.folded[index], index + 1
    if (word, words.folded[start]) in _IN_CHARGE and start + 2 < limit:
        return start + (2 if word == "in" else 1)  # 'responsible for', 'in charge of'
    if word in {"of", "for", "from"} or (receives and word in {"to", "in", "at", "on"}):
        return start
    if word in {"in", "to"} and words.folded[index - 1] in _POSTS:
        return start  # 'counsellor at the Peruvian embassy in Oslo'
    return start if word == "at" and _is_at_an_organ(words, start, limit) else None


def _is_at_an_organ(words: Words, start: int, limit: int) -> bool:
    """Whether a state's own body follows: '*at the Ministry of Trade*', '*at Health Canada*'."""
    at = start + (words.folded[start] == "the")
    end = capitals_end(words, at, limit) if at < limit else at
    countries = (index for index in range(at + 1, end) if index in words.country_at)
    return any(words.folded[index] in ORGANS for index in range(at, end)) or any(countries)


def _read_object(
    words: Words,
    heads: dict[int, tuple[int, Title]],
    tail: Tail,
    title: Title,
    start: int,
    *,
    limit: int,
    sends: bool,
    depth: int,
) -> bool:
    """Read what a preposition behind a title governs; False where it is no part of the title."""
    nested = _nested(words, heads, start, limit, depth)
    if nested is not None:
        tail.end = nested.end
        if not tail.countries:
            tail.countries.extend(nested.countries)
        return True
    if nested is None and _names_another(words, heads, start, limit):
        return False  # 'adviser to President A'
    mention = words.country_at.get(start)
    if mention is not None and mention.start == start:
        _read_country(words, tail, mention, limit, sends=sends)
        return True
    if title.kind == "envoy" and words.folded[start] in {"country", "republic", "kingdom"}:
        tail.end = start + 1  # 'the Ambassador of Peru to the country, A'
        return True
    locality = words.locality_at.get(start)
    if locality is not None and locality.end <= limit and title.kind in LOCAL:
        tail.end = max(locality.end, capitals_end(words, start, limit))
        tail.organisation = words.text(start, tail.end)
        if sends and not tail.countries:
            tail.countries.append(locality.iso3)
        return True
    return _read_field(words, heads, tail, start, limit) or _read_body(words, tail, start, limit)


def _read_field(
    words: Words, heads: dict[int, tuple[int, Title]], tail: Tail, start: int, limit: int
) -> bool:
    """Read a field of government: 'of Foreign Affairs and Trade', 'of Public Safety Canada'."""
    end = topic_end(words, heads, start, limit, tail.topics)
    whole = capitals_end(words, start, limit) if end < limit else end
    nouns = organisation_nouns()
    if start < end < whole and nouns.intersection(words.folded[end:whole]):
        return False  # 'the Public Accounting Commission' is a body, not the field 'public'
    if end == start:
        return False
    tail.end = end
    behind = words.country_at.get(end)
    if behind is not None and behind.form == "name" and words.texts[start][0].isupper():
        tail.end = behind.end  # 'Public Safety Canada'
        if not tail.countries:
            tail.countries.append(behind.iso3)
    if words.folded[end - 1] in nouns - set(portfolios()):
        tail.organisation = words.text(start, end)
    return True


def _read_body(words: Words, tail: Tail, start: int, limit: int) -> bool:
    """Read the name of an organisation, with the country in it: 'of the Bank of Peru'."""
    end = capitals_end(words, start, limit)
    if end == start:
        return False
    tail.end = end
    tail.organisation = words.text(start, end)
    if not tail.countries:
        inside = {words.country_at[i].iso3 for i in range(start, end) if i in words.country_at}
        tail.countries.extend(inside if len(inside) == 1 else ())
    return True


def _read_country(
    words: Words, tail: Tail, mention: CountryMention, limit: int, *, sends: bool
) -> None:
    """Read a country behind a title, or a body of it ('of Iran', 'of Iran's Supreme Council')."""
    start = mention.start
    after = mention.end
    if words.folded[after : after + 1] == ["-"] and (
        _WHERE_BASED & set(words.folded[after + 1 : after + 2])
    ):
        return  # 'leaders of Peru-based groups'
    if after + 1 < limit and words.texts[after] in {"-", "–"} and after + 1 in words.country_at:
        # a body of two countries is of neither alone
        tail.end = capitals_end(words, words.country_at[after + 1].end, limit)
        tail.organisation = words.text(start, tail.end)
        return
    genitive = after < limit and words.texts[after] in GENITIVES
    behind = after + 1 if genitive else after
    if (genitive or mention.form == "adjective") and behind < limit:
        end = capitals_end(words, behind, limit)
        if end > behind:
            tail.end = end
            tail.organisation = words.text(behind, end)
            if not tail.countries:
                tail.countries.append(mention.iso3)
            return
    organ = words.country_at.get(after)
    if organ is not None and organ.form == "metonym" and organ.iso3 == mention.iso3:
        tail.end = organ.end  # 'the U.S. State Department'
        tail.organisation = words.text(after, organ.end)
        if not tail.countries:
            tail.countries.append(mention.iso3)
        return
    if mention.form in {"name", "metonym"} and words.folded[start - 1] == "the" and after < limit:
        end = capitals_end(words, after, limit)
        if end > after + 1 and words.folded[end - 1] in organisation_nouns():
            tail.end = end  # 'the Azerbaijan Export Agency'
            tail.organisation = words.text(start, end)
            if not tail.countries:
                tail.countries.append(mention.iso3)
            return
    tail.end = after
    if sends:
        tail.countries.append(mention.iso3)
        more_countries(words, tail, limit)


def _names_another(
    words: Words, heads: dict[int, tuple[int, Title]], start: int, limit: int
) -> bool:
    """Whether a title with a name of its own follows, at most behind a country."""
    mention = words.country_at.get(start)
    at = mention.end if mention is not None and mention.form == "adjective" else start
    if at not in heads or heads[at][1].kind == "rank":
        return False
    end = heads[at][0]
    return end < limit and is_name_word(words, end, titled=True)


def _nested(
    words: Words, heads: dict[int, tuple[int, Title]], start: int, limit: int, depth: int
) -> Role | None:
    """Return a title inside a title ('adviser to the foreign minister') that has no name."""
    for index in range(start, min(start + 8, limit)):
        if index in heads:
            role = _read_role(words, heads, index, start, depth + 1)
            if role is None or role.start > start or role.needs or role.kind == "rank":
                return None
            if role.end in heads or skip_honorifics(words, role.end) > role.end:
                return role
            named = role.end < len(words) and is_name_word(words, role.end, titled=True)
            # 'adviser to President A' names the president, 'adviser to the President A' the adviser
            return None if named and words.folded[start - 1] != "the" else role
        if not (
            index in words.country_at
            or words.texts[index] in GENITIVES
            or words.folded[index] in modifiers()
            or words.folded[index] in portfolios()
            or words.folded[index] in {"and", "&", ","}
        ):
            return None
    return None


def _joined(words: Words, roles: list[Role]) -> list[Role]:
    """Join offices of one holder: 'Deputy Prime Minister and Minister of Foreign Affairs'."""
    joined: list[Role] = []
    for role in roles:
        before = joined[-1] if joined else None
        if before is not None and _same_holder(words, before, role):
            level = min((before.level, role.level), key=LEVELS.index)
            joined[-1] = replace(
                before,
                end=role.end,
                head_end=role.head_end,
                level=level,
                kind=before.kind if before.kind != "rank" else role.kind,
                keys=before.keys | role.keys,
                countries=before.countries or role.countries,
                organisation=before.organisation or role.organisation,
                has_tail=before.has_tail or role.has_tail,
                needs="" if not (before.needs and role.needs) else role.needs,
                joint=True,
            )
        else:
            joined.append(role)
    return joined


def _same_holder(words: Words, first: Role, second: Role) -> bool:
    apart = first.plural or second.plural or second.determiner or first.kind == "counterpart"
    # 'the King and Prime Minister A' are two
    crowned = first.level == second.level == "leader" or "royal" in {first.kind, second.kind}
    crowned = crowned and {key[0] for key in first.keys} != {"crown prince"}
    if apart or crowned or (second.countries and second.start < second.role_start):
        return False
    if first.end == second.start:  # 'Defence Minister General ...'
        return second.kind == "rank" or (second.kind == "envoy" and not second.has_tail)
    gap = words.folded[first.end : second.start]
    if second.start != second.role_start or gap not in (["and"], ["&"], [","], [",", "and"]):
        return False
    if gap == [","] and not (first.capital and second.capital):
        return False
    if gap == [",", "and"] and first.start and words.texts[first.start - 1] == ",":
        return False  # 'A, commander of the navy, and Admiral B'
    return "counterpart" not in {key[0] for key in second.keys}
