"""The index that finds people by name: their words, and what the words become by a slip."""

from django.db import models

from hallway.people.models.spelling import Spelling


class NameWord(models.Model):
    """One folded word by which one person is found.

    `shared` counts the letters the word has in common with the person's alphabetically previous
    word: of all words that begin with "ma", exactly one, the first, shares less than two letters
    with the one before. So a search by beginnings meets everybody once without comparing rows.
    """

    pk = models.CompositePrimaryKey("person_id", "word")
    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="name_words", db_index=False
    )
    word = Spelling(max_length=40)
    sort_name = Spelling(max_length=160)
    shared = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["word", "sort_name", "person", "shared"], name="name_word_order")
        ]

    def __str__(self) -> str:
        return f"{self.word}: {self.person_id}"


class NameSlip(models.Model):
    """A word that somebody is called, under itself and under itself without one of its letters.

    Two words are one slip apart only if they share such a key: symmetric deletion, as W. Garbe
    describes it in "SymSpell" (2012). Each distinct word is there once, however many bear it.
    """

    pk = models.CompositePrimaryKey("key", "word")
    key = Spelling(max_length=40)
    word = Spelling(max_length=40)

    def __str__(self) -> str:
        return f"{self.key}: {self.word}"
