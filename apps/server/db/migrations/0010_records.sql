-- Parts of numbers and names, such as "1187/BPBD", are no words: they are found by their trigrams.
create index search_facts on search_text using gin (facts gin_trgm_ops);
