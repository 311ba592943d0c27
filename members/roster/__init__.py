"""The roster of members from Excel (design §5).

    report = imports.preview(file, term)        # nothing is written
    report = imports.run(file, term, user)      # all rows or none

People are told apart by 委员编号, then by name and phone; where only the name is left and it is not
enough, the row asks. No account is made and no ID number is ever read.
"""
