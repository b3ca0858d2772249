"""Opens what is known as data: rules, word lists, gazetteer and models, as typed tables."""
