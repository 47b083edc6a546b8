"""What pages of a town hall must agree about, and what the elements of its pages do."""

from typing import Any

from lxml.html import HtmlElement

PARTS = ("head", "before", "words", "status", "stage", "ask", "cheers", "declined", "after")
LISTS = ("polls", "answered")


def state_of_hall(root: HtmlElement, written: Any) -> dict[str, Any]:
    """What a page says about the hall it shows, by part; a list of questions by their numbers.

    In which order questions stand is settled in the browser, as is which of them few have seen.
    """
    found: dict[str, Any] = {}
    # How many are there is told every two seconds, whatever happens; `test_presence` looks at it.
    for count in root.xpath("//*[@data-present or starts-with(@id, 'present-')]"):
        count.text = ""
    bars = root.get_element_by_id("on-air", None)
    if bars is not None:
        found["on-air"] = {bar.get("id"): written(bar) for bar in bars}
    for lane in root.find_class("lane-list"):
        found[lane.get("id")] = {row.get("id"): written(row) for row in lane}
    for hall in root.iter("town-hall"):
        number = hall.get("data-hall")
        for part in PARTS:
            element = root.get_element_by_id(f"{part}-{number}", None)
            if element is not None:
                found[part] = written(element)
        rows = root.get_element_by_id(f"questions-{number}", None)
        if rows is not None:
            for row in rows:
                row.attrib.pop("data-fresh", None)
            found["questions"] = {row.get("id"): written(row) for row in rows}
        for part in LISTS:
            element = root.get_element_by_id(f"{part}-{number}", None)
            if element is not None:
                found[part] = [written(row) for row in element]
    return found


def put(root: HtmlElement, place: HtmlElement | None, row: HtmlElement) -> None:
    """The action `asked`: into its list, in place of the one of its number, where it belongs."""
    if place is None:
        return
    held = root.get_element_by_id(row.get("id"), None)
    if held is not None and held.getparent() is place and not moves(row, held):
        place.replace(held, row)
        return
    if held is not None:
        held.drop_tree()
    after = next((other for other in place if is_before(row, other)), None)
    if after is None:
        place.append(row)
    else:
        after.addprevious(row)


def moves(row: HtmlElement, held: HtmlElement) -> bool:
    """Whether it stands elsewhere in its list now."""
    return row.get("data-second") != held.get("data-second") or row.get("data-poll") is not None


def is_before(row: HtmlElement, other: HtmlElement) -> bool:
    """Whether `row` stands before `other` in a list of answers or polls."""
    if row.get("data-second") is not None:
        return _second(row) < _second(other)
    if row.get("data-poll") is None:
        return False
    mine, others = (each.get("data-state") == "open" for each in (row, other))
    if mine == others:
        return int(row.get("data-poll")) > int(other.get("data-poll"))
    return mine


def put_on_desk(root: HtmlElement, question: str, row: HtmlElement | None) -> None:
    """The action `desk`: into the lane of its state, or away."""
    held = root.get_element_by_id(f"desk-question-{question}", None)
    if held is not None:
        held.drop_tree()
    if row is None:
        return
    state = row.get("data-state")
    lane = {"on_stage": "stage", "written": "answered"}.get(state, state)
    place = root.get_element_by_id(f"lane-{lane}", None)
    if place is not None:
        place.append(row)


def tally(root: HtmlElement, of: str, name: str, count: str) -> None:
    """The action `tally`: a new count wherever it is shown."""
    places = {
        "question": "//*[@id=$votes or @data-votes-of=$name]",
        "cheer": "//*[@data-cheer=$name]",
        "option": "//*[@data-option-votes=$name]",
        "present": "//*[@id=$present or @data-present=$name]",
    }
    given = {"name": name, "votes": f"votes-{name}", "present": f"present-{name}"}
    for shown in root.xpath(places[of], **given):
        shown.text = count
    if of == "question":
        for row in root.xpath("//li[@data-question=$name and @data-votes]", name=name):
            row.set("data-votes", count)


def _second(row: HtmlElement) -> float:
    return float(row.get("data-second") or "inf")
