{#-
    A name as it is compared: lower case, without accents, runs of anything but letters and digits
    as one space.
-#}
{%- macro normalised(name) -%}
    trim(regexp_replace(lower(strip_accents({{ name }})), '[^\p{L}\p{N}]+', ' ', 'g'))
{%- endmacro -%}

{#- The words of a normalised name, as a list. -#}
{%- macro words(name) -%}
    list_filter(string_split({{ name }}, ' '), lambda word: word != '')
{%- endmacro -%}

{#- Words that do not tell one joint body of a pair from another. -#}
{%- macro general_words_of_bodies() -%}
    [
        'and', 'between', 'bilateral', 'co', 'cooperation', 'for', 'governmental', 'in', 'inter',
        'intergovernmental', 'joint', 'mixed', 'of', 'on', 'operation', 'the'
    ]
{%- endmacro -%}

{#- Words that do not tell one document of a pair from another. -#}
{%- macro general_words_of_documents() -%}
    [
        'a', 'accord', 'agreement', 'agreements', 'an', 'bilateral', 'co', 'contract', 'cooperation',
        'deal', 'declaration', 'document', 'documents', 'framework', 'joint', 'memoranda',
        'memorandum', 'memorandums', 'mou', 'mous', 'new', 'of', 'on', 'operation', 'pact', 'plan',
        'protocol', 'roadmap', 'statement', 'the', 'treaty', 'understanding'
    ]
{%- endmacro -%}

{#- Words that tell what kind of body it is, and nothing else. -#}
{%- macro nouns_of_bodies() -%}
    [
        'board', 'commission', 'committee', 'consultation', 'consultations', 'council', 'dialog',
        'dialogue', 'forum', 'group', 'mechanism', 'working'
    ]
{%- endmacro -%}

{#- Words of the names that a pair's one general economic commission goes by. -#}
{%- macro words_of_general_bodies() -%}
    [
        'commercial', 'cultural', 'economic', 'economy', 'industrial', 'investment', 'scientific',
        'technical', 'technological', 'technology', 'trade'
    ]
{%- endmacro -%}

{#- Words before a father's name. -#}
{%- macro filiations() -%}
    ['abu', 'ben', 'bin', 'bint', 'ibn', 'ould']
{%- endmacro -%}

{#- Words before a family name. -#}
{%- macro particles() -%}
    ['al', 'da', 'de', 'del', 'den', 'der', 'di', 'dos', 'el', 'van', 'von']
{%- endmacro -%}

{#- An office that is one: 'his Omani counterpart' is none. -#}
{%- macro office(role) -%}
    case when not regexp_matches(lower({{ role }}), '\bcounterpart$') then {{ role }} end
{%- endmacro -%}
