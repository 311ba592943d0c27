"""Personal data by 《个人信息保护法》.

consent: the notice and who has agreed to it. reveals: a whole telephone number is shown on demand and noted.
holdings: everything held about a person, part by part; upper apps add theirs. copies: one file of it all.
"""
