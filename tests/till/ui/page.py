"""Reads drawn HTML as a screen reader would: elements with their roles and names."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from app.till.state import State
from app.till.ui.regions import redraw

VOID = frozenset({"img", "input", "br", "hr", "meta", "link"})
ROLES = {
    "a": "link",
    "button": "button",
    "select": "combobox",
    "textarea": "textbox",
    "dialog": "dialog",
    "ul": "list",
    "li": "listitem",
    "table": "table",
    "nav": "navigation",
    "section": "region",
    "fieldset": "group",
    "progress": "progressbar",
    "h1": "heading",
    "h2": "heading",
    "h3": "heading",
}
INPUT_ROLES = {"search": "searchbox", "number": "spinbutton", "radio": "radio", "checkbox": "checkbox"}


@dataclass
class Node:
    tag: str
    attrs: dict[str, str | None]
    children: list["Node | str"] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.attrs.get("id") or ""

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    @property
    def text(self) -> str:
        """The words in it, without what is hidden from a screen reader."""
        if self.attrs.get("aria-hidden") == "true":
            return ""
        words = [child if isinstance(child, str) else child.text for child in self.children]
        return " ".join(" ".join(words).split())

    @property
    def role(self) -> str:
        given = self.attrs.get("role")
        if given:
            return given
        if self.tag == "input":
            return INPUT_ROLES.get(self.attrs.get("type") or "", "textbox")
        return ROLES.get(self.tag, "")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("page", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: str) -> Node:
    """Parse HTML in which every element is closed."""
    reader = _Reader()
    reader.feed(html)
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is not closed"
    return reader.open[0]


def drawn(state: State) -> Node:
    """Draw every region of a state."""
    return read("".join(redraw(None, state).values()))


def by_id(page: Node, id_: str) -> Node:
    """The one element with this id."""
    (found,) = [node for node in page.walk() if node.id == id_]
    return found


def name_of(page: Node, node: Node) -> str:
    """What a screen reader calls an element."""
    if label := node.attrs.get("aria-label"):
        return label
    if ids := node.attrs.get("aria-labelledby"):
        return " ".join(by_id(page, each).text for each in ids.split())
    for label_node in page.walk():
        if label_node.tag == "label" and node.id and label_node.attrs.get("for") == node.id:
            return label_node.text
    if node.tag == "fieldset":
        return next((child.text for child in node.walk() if child.tag == "legend"), "")
    return node.text


def named(page: Node, role: str, name: str) -> list[Node]:
    """The elements of a role whose name begins so."""
    return [node for node in page.walk() if node.role == role and name_of(page, node).startswith(name)]
