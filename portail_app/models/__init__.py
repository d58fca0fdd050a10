"""The tables, and nothing else; importing this package registers them all."""

from portail_app.models import billing, bookings, catalogue, exchanges, journal, people, requests

__all__ = ["billing", "bookings", "catalogue", "exchanges", "journal", "people", "requests"]
