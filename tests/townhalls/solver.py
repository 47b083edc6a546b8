"""A program that guesses who asked what, from everything that was kept; as good as we can make it.

It knows all people and all questions, and takes from every table what is said about each: numbers,
times, places in the file, lengths, hashes. Then it tries, for every pair of such properties,
whether they go together: in order, in reverse, round after round, the last before, or equal. The
best guess counts.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.townhalls.evidence import Evidence, Row

PERSON_COLUMNS = {
    "person_id",
    "author_id",
    "actor_id",
    "by_id",
    "owner_id",
    "user_id",
    "follower_id",
}
Properties = dict[str, dict[int, Any]]
Guess = dict[int, int]


def best_guess(
    evidence: Evidence, people: Mapping[int, str], truth: Mapping[int, int]
) -> tuple[float, str]:
    """How many of the questions the best way of guessing gets right (0 to 1), and which it is.

    `people` are handles by id; `truth` is who asked each question, used for nothing but to score.
    """
    questions = list(truth)
    of_people = properties(evidence, people, _people_in(people))
    of_questions = properties(evidence, questions, _numbers_in(questions))
    best = (0.0, "nothing")
    for name, guess in guesses(of_people, of_questions, evidence.lines, people, questions):
        right = sum(truth[question] == person for question, person in guess.items())
        best = max(best, (right / len(truth), name))
    return best


def guesses(
    of_people: Properties,
    of_questions: Properties,
    lines: Sequence[str],
    people: Mapping[int, str],
    questions: Sequence[int],
) -> Iterator[tuple[str, Guess]]:
    """All ways of guessing, each with its name."""
    yield "lines", _in_one_line(lines, people, questions)
    for name, values in of_people.items():
        yield f"equal to {name}", _equal(values, of_questions)
    scales, orders = _ordered(of_people), _ordered(of_questions)
    for person_name, ranked in scales.items():
        for question_name, asked in orders.items():
            name = f"{person_name} / {question_name}"
            yield f"order {name}", _in_order(ranked, asked)
            yield f"reverse {name}", _in_order(ranked[::-1], asked)
            yield f"rounds {name}", _in_rounds(ranked, asked)
            yield f"last before {name}", _last_before(ranked, asked)


def properties(evidence: Evidence, whom: Any, ids_of: Any) -> Properties:
    """What is said about each of `whom`, by table and column; `ids_of` finds them in a row."""
    found: Properties = defaultdict(dict)
    for table, rows in evidence.tables.items():
        for row in rows:
            for each in ids_of(table, row):
                for column, value in row.items():
                    found[f"{table}.{column}"][each] = value
                    found[f"{table}.{column} (first)"].setdefault(each, value)
                    if isinstance(value, str):
                        found[f"{table}.{column} (length)"][each] = len(value)
                        if value in evidence.offsets:
                            found[f"{table}.{column} (log)"][each] = evidence.offsets[value]
    return {name: values for name, values in found.items() if 2 * len(values) > len(whom)}


def _people_in(people: Mapping[int, str]) -> Any:
    def ids_of(table: str, row: Row) -> set[int]:
        columns = {"id"} if table.endswith("people_person") else PERSON_COLUMNS & row.keys()
        return {row[column] for column in columns} & people.keys()

    return ids_of


def _numbers_in(questions: Sequence[int]) -> Any:
    wanted = {str(number): number for number in questions}

    def ids_of(_table: str, row: Row) -> set[int]:
        found = {wanted[text] for text in map(str, row.values()) if text in wanted}
        if "detail" in row:  # the journal names the question inside JSON
            digits = "".join(letter if letter.isdigit() else " " for letter in row["detail"])
            found |= {wanted[word] for word in digits.split() if word in wanted}
        return found

    return ids_of


def _ordered(of: Properties) -> dict[str, list[tuple[float, int]]]:
    """The properties that put their owners into an order, each order once."""
    orders: dict[tuple[int, ...], str] = {}
    ranked = {}
    for name, values in of.items():
        numbers = {key: value for key, value in values.items() if isinstance(value, (int, float))}
        if len(set(numbers.values())) * 2 <= len(values):
            continue
        row = sorted((value, key) for key, value in numbers.items())
        order = tuple(key for _, key in row)
        # The log, and who wrote when, are clocks that both sides share: they are kept as they are.
        if "(log)" in name or "#written" in name or order not in orders:
            orders[order] = name
            ranked[name] = row
    return ranked


def _in_order(ranked: list[tuple[float, int]], asked: list[tuple[float, int]]) -> Guess:
    share = len(ranked) / len(asked)
    return {pk: ranked[int(place * share)][1] for place, (_, pk) in enumerate(asked)}


def _in_rounds(ranked: list[tuple[float, int]], asked: list[tuple[float, int]]) -> Guess:
    return {pk: ranked[place % len(ranked)][1] for place, (_, pk) in enumerate(asked)}


def _last_before(ranked: list[tuple[float, int]], asked: list[tuple[float, int]]) -> Guess:
    values = [value for value, _ in ranked]
    found = ((pk, bisect_right(values, value) - 1) for value, pk in asked)
    return {pk: ranked[place][1] for pk, place in found if place >= 0}


def _equal(values: dict[int, Any], of_questions: Properties) -> Guess:
    owner = {value: person for person, value in values.items()}
    return {
        pk: owner[value]
        for column in of_questions.values()
        for pk, value in column.items()
        if value in owner
    }


def _in_one_line(
    lines: Sequence[str], people: Mapping[int, str], questions: Sequence[int]
) -> Guess:
    by_handle = {handle: pk for pk, handle in people.items()}
    wanted = {str(number): number for number in questions}
    guess: Guess = {}
    for line in lines:
        words = "".join(sign if sign.isalnum() or sign == "-" else " " for sign in line)
        parts = {part for word in words.split() for part in (word, word.rpartition("-")[2])}
        named, asked = parts & by_handle.keys(), parts & wanted.keys()
        if len(named) == 1:
            guess |= {wanted[number]: by_handle[next(iter(named))] for number in asked}
    return guess
