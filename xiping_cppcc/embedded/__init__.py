"""PostgreSQL and Redis that the portal runs for itself when no address of one is given.

`postgres.Postgres` and `redis.Redis` have the same three verbs: `start()` (idempotent, safe when
several processes call it at once), `running()` and `stop()`. Nothing here imports Django, except the
database backend in `backend/`, which starts the server when the first connection is wanted.
"""
