"""承办单位考核: how a unit handled what it was given in a year or for a session (domain.md §5.3, §5.4).

measures.py says once what each figure means; figures.py counts, scoring.py weighs and ranks, listing.py gives the
rows behind a number, sight.py says who sees which units.
"""
