"""The four services of the demo, by the short code under which its parts speak of them."""

CANTEEN, MORNING, EVENING, WEDNESDAY = CODES = ("cantine", "matin", "soir", "mercredi")
