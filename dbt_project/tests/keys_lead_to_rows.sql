{{ config(meta={'dagster': {'ref': {'name': 'links'}}}) }}

-- An id of one mart that names a row of another finds it there.
with

keys as (

    {% for mart, key, other, other_key in [
        ('agreements', 'pair_id', 'country_pairs', 'pair_id'),
        ('article_texts', 'article_id', 'articles', 'article_id'),
        ('commission_bodies', 'pair_id', 'country_pairs', 'pair_id'),
        ('commissions', 'body_id', 'commission_bodies', 'body_id'),
        ('cooperation_sectors_by_year', 'pair_id', 'country_pairs', 'pair_id'),
        ('entity_mentions', 'article_id', 'articles', 'article_id'),
        ('entity_mentions', 'entity_id', 'entities', 'entity_id'),
        ('meeting_participants', 'meeting_id', 'meetings', 'meeting_id'),
        ('meeting_participants', 'person_id', 'officials', 'person_id'),
        ('quotes', 'person_id', 'officials', 'person_id'),
    ] %}
    select
        '{{ mart }}.{{ key }}' as key_column,
        mart.{{ key }} as key
    from {{ ref(mart) }} as mart
    anti join {{ ref(other) }} as other
        on mart.{{ key }} = other.{{ other_key }}
    where mart.{{ key }} is not null
    union all
    {% endfor %}
    {% for type, mart, id in [
        ('meeting', 'meetings', 'meeting_id'),
        ('commission', 'commissions', 'session_id'),
        ('quote', 'quotes', 'quote_id'),
        ('agreement', 'agreements', 'agreement_id'),
        ('sector', 'cooperation_sectors', "pair_id || ':' || other.sector"),
    ] %}
    {% for side in ['from', 'to'] %}
    select
        'links.{{ side }}_id' as key_column,
        links.{{ side }}_id as key
    from {{ ref('links') }} as links
    anti join {{ ref(mart) }} as other
        on links.{{ side }}_id = other.{{ id }}
    where links.{{ side }}_type = '{{ type }}'
    {{ 'union all' if not loop.last }}
    {% endfor %}
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from keys
