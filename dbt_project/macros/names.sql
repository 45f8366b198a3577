{#-
    A name as it is compared: lower case, without accents, runs of anything but letters and digits
    as one space.
-#}
{%- macro normalised(name) -%}
    trim(regexp_replace(lower(strip_accents({{ name }})), '[^\p{L}\p{N}]+', ' ', 'g'))
{%- endmacro -%}
