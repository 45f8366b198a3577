"""Facts of many articles to the same person, meeting or session: the logic that SQL cannot say
well."""
