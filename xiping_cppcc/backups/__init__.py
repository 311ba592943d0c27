"""A backup is one folder:

    database.dump   pg_dump's custom format
    media/          every attachment
    settings.env    the environment that was set, without secrets
    manifest.json   row counts (of the dump's own snapshot), checksums, migrations, when and by which version

It is complete when it has its own name; while it is being written the name ends in `.unfinished`.
"""
