"""The API's conventions, known to every app's `api`: problems, pages, ETags, Idempotency-Key, schema.

It knows no case and no person; apps above bring their own views, serializers and refusals.
"""
