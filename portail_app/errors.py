"""What can go wrong in an act, in the words of the person who did it."""


class Refused(Exception):
    """Refuse an act with a full French sentence, shown beside the field it concerns.

    ``field`` is the name of the faulty form field, or "" when the whole act is refused.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(Refused):
    """Answer "absent" to whoever may not see or do something.

    Somebody else's object and an object that never existed give this same answer, so that nobody learns which
    numbers exist.
    """

    def __init__(self, message: str = "Cet élément est introuvable.") -> None:
        super().__init__(message)


class NotSignedIn(Exception):
    """Tell the caller that no living session stands behind the act."""
