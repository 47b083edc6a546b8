"""Checks the public numbers of a town hall from themselves alone, as docs/anonymity.md says."""

import re
from dataclasses import dataclass
from typing import Any

from hallway.townhalls.blind import ALGORITHM, CONTEXT, fingerprint, is_good

FORMAT = "hallway-anonymity/1"

_TOKEN = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"(?:[0-9a-f]{2}){128,1024}")


class NotReadable(ValueError):
    """This is not the public data of a town hall, or of a format this program does not know."""


@dataclass(frozen=True)
class Finding:
    """What a check found; `problems` is empty when all is as it should be."""

    hall: int
    fingerprint: str
    people: int
    given: int
    spent: int
    questions: int
    small: bool
    problems: tuple[str, ...]


def check(data: Any) -> Finding:
    """Check `data`, the parsed file. Raises NotReadable."""
    try:
        return _check(data)
    except NotReadable:
        raise
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise NotReadable("this is not the public data of a town hall") from error


def _check(data: Any) -> Finding:
    if data["format"] != FORMAT or data["algorithm"] != ALGORITHM:
        raise NotReadable(f"only the format {FORMAT} with {ALGORITHM} is known here")
    spent, questions, public = data["spent"], data["questions"], data["public_key"]
    given = int(data["people_with_tokens"]) * int(data["tokens_per_person"])
    return Finding(
        hall=int(data["town_hall"]),
        fingerprint=fingerprint(public) if public else "none",
        people=int(data["people_with_tokens"]),
        given=given,
        spent=len(spent),
        questions=len(questions),
        small=bool(data["audience_under_ten"]),
        problems=(
            *_of_signatures(public, data["context"], spent),
            *_of_counts(given, spent, questions),
            *_of_the_end(data),
        ),
    )


def _of_signatures(public: str, context: str, spent: list[dict[str, Any]]) -> list[str]:
    problems = []
    if context != CONTEXT.decode():
        problems.append(f"the tokens were signed for something else: {context!r}")
    for each in spent:
        token, signature = each["token"], each["signature"]
        if not _TOKEN.fullmatch(token) or not _SIGNATURE.fullmatch(signature):
            problems.append(f"no token: {token!r}")
        elif not is_good(public, bytes.fromhex(token), bytes.fromhex(signature)):
            problems.append(f"a bad signature: token {token[:16]}…")
    return problems


def _of_counts(given: int, spent: list[dict[str, Any]], questions: list[int]) -> list[str]:
    problems = []
    if len({each["token"] for each in spent}) != len(spent):
        problems.append("a token was spent twice")
    if len(spent) > given:
        problems.append(f"{len(spent)} tokens were spent, but only {given} were given out")
    paid = [each["question"] for each in spent if each["question"] is not None]
    if len(set(paid)) != len(paid):
        problems.append("a question was paid for twice")
    problems += [
        f"question {pk} was asked without a token" for pk in sorted({*questions} - {*paid})
    ]
    problems += [f"question {pk} is not in the list" for pk in sorted({*paid} - {*questions})]
    return problems


def _of_the_end(data: dict[str, Any]) -> list[str]:
    if data["ended"] and not data["key_destroyed"]:
        return ["the town hall is over, but its key still exists"]
    return []
