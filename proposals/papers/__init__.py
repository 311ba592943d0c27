"""The letters that tell what became of a proposal, as .docx in official form (issue: 立案, 并案, 不予立案, 转意见建议).

cases = material.read(queryset)        # what letters need of the cases, in a fixed number of queries
for letter in outcome.letters(case):   # none while nothing is decided; outcome.why_none(case) then says so
    writing.content(letter)            # bytes of the .docx
bundle.write(cases)                    # many letters as one .zip, with 说明.txt
"""
