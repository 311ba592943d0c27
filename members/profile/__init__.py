"""我的资料: what a person may correct, how a correction is asked for, and how it is decided.

fields: which items, and their values as people read them. correcting: the form, the same at every door.
requesting: asking. deciding: accepting or refusing, by whoever may change people in the admin.
"""
