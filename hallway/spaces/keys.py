"""The folded forms under which a space is found and put in order."""

from hallway.core.collation import fold

LONGEST_NAME_KEY = 200


def keys_of(name: str, description: str) -> dict[str, str]:
    """The columns `name_key` and `search_key` of a space with this name and description."""
    key = fold(name)
    return {
        "name_key": key[:LONGEST_NAME_KEY],
        "search_key": f"{key} {fold(description)}".strip(),
    }
