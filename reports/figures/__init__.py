"""统计指标: every figure once. registry.py says what each means; bases.py which rows there are to count; counting.py
counts a whole page in one query for each base; listing.py gives the rows behind a number, exactly as many.
"""
