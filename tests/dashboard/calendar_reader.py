"""A reader of calendar files for tests, written from RFC 5545 and from nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Component:
    """One BEGIN … END with its properties (name, raw value, parameters) and what is inside."""

    name: str
    properties: list[tuple[str, str, str]] = field(default_factory=list)
    inside: list[Component] = field(default_factory=list)

    def raw(self, name: str) -> str:
        values = [value for key, value, _ in self.properties if key == name]
        assert len(values) == 1, f"{name} stands {len(values)} times"
        return values[0]

    def text(self, name: str) -> str:
        return unescaped(self.raw(name))

    def parameters(self, name: str) -> str:
        return next(given for key, _, given in self.properties if key == name)


def read_calendar(content: bytes) -> Component:
    """The calendar; AssertionError for bare breaks, lines over 75 octets, torn signs."""
    assert content.endswith(b"\r\n")
    physical = content.split(b"\r\n")[:-1]
    for line in physical:
        assert b"\n" not in line
        assert b"\r" not in line
        assert 0 < len(line) <= 75
        line.decode("utf-8")  # no sign is torn between two lines
    logical: list[bytes] = []
    for line in physical:
        if line[:1] in (b" ", b"\t"):
            logical[-1] += line[1:]
        else:
            logical.append(line)
    stack = [Component("")]
    for line in logical:
        head, colon, value = line.decode("utf-8").partition(":")
        assert colon
        name, _, parameters = head.partition(";")
        if name == "BEGIN":
            stack[-1].inside.append(Component(value))
            stack.append(stack[-1].inside[-1])
        elif name == "END":
            assert stack.pop().name == value
        else:
            stack[-1].properties.append((name, value, parameters))
    assert len(stack) == 1
    assert len(stack[0].inside) == 1
    return stack[0].inside[0]


def unescaped(value: str) -> str:
    """A TEXT value as it is meant; what must be escaped and is not is an AssertionError."""
    out, at = "", 0
    while at < len(value):
        sign = value[at]
        assert sign not in ";,", f"bare {sign} in {value[:60]}"
        assert sign == "\\" or ord(sign) >= 32
        if sign == "\\":
            at += 1
            assert value[at] in "\\;,nN"
            sign = "\n" if value[at] in "nN" else value[at]
        out += sign
        at += 1
    return out
