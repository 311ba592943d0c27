"""`make run`: everything the portal needs, in one terminal, started and stopped together.

`portal.run()` is the whole course on one screen. In production systemd does this work (deploy/).
"""
