"""The « Portail Famille » of a commune: the map of the code.

Read from the outside in; each layer imports only what stands to its right:

``portail_app | cli | demo -> pages -> ui | http -> services -> pdf | emails | adapters -> models -> db | access
-> rules -> errors | clock | settings``

- ``rules/``     what the town hall decides, as pure functions: deadlines, school days, money, statuses.
- ``models/``    the tables.
- ``services/``  one function = one act of a person; the only place where permissions and transactions live.
- ``adapters/``  the outside world: mail, files, calendars, live updates.
- ``pdf/``, ``emails.py``  frozen views in, bytes or text out.
- ``http/``      the routes beside the websocket: sign-in, PDFs, uploads; the ASGI guards.
- ``ui/``, ``pages/``  what people see, in French.

A reader who looks for bookings finds ``services/bookings``, ``models/bookings``, ``pages/family/calendar``.
"""
