"""管理后台: Django's admin with the house's own log-in, index and names.

apps: puts the site in place. site: the pages that differ from Django's. menu: what stands on the index, in
which order. names: Chinese names for what comes from packages. nonsense: addresses that make no sense.
lookups: which conditions the address of a list may hold.
"""
