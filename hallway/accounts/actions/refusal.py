"""Why a deed was not done, in words for the person who asked."""

from django.utils.functional import Promise


class Refused(Exception):
    """The deed is allowed to this person but makes no sense now; `words` say why and what to do."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(str(words))
        self.words = words
