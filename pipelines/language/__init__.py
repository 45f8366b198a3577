"""Text to an annotated Doc and the mentions of countries, people, dates and places in it."""
