"""换届, and what happens to a seat within a term: dated facts with reason and document, nothing overwritten.

seats: 增补 is a new row; 辞去, 撤销 and 界别（组别）调整 end a row (the last begins the next).
terms: a new term from the old one's members, those who stay and those who do not.
"""
