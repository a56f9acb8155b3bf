"""Loopback pages for the crawl benchmark, numbered lists and 28 KB pages, until standard input closes."""

from __future__ import annotations

import asyncio
import json
import sys

PER_LIST = 50


def main() -> None:
    """Serve `pages` pages of `size` bytes over as many ports as hosts; prints the ports as JSON."""
    pages, hosts, size = (int(value) for value in sys.argv[1:4])
    asyncio.run(_serve(pages // hosts, hosts, size))


async def _serve(pages: int, hosts: int, size: int) -> None:
    answers = _answers(pages, size)
    servers = [
        await asyncio.start_server(lambda r, w: _converse(answers, r, w), "127.0.0.1", 0)
        for _ in range(hosts)
    ]
    print(json.dumps([server.sockets[0].getsockname()[1] for server in servers]), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    for server in servers:
        server.close()


async def _converse(
    answers: dict[str, bytes], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            path = head.split(b" ", 2)[1].decode("ascii", "replace")
            writer.write(answers.get(path, answers["404"]))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def _answers(pages: int, size: int) -> dict[str, bytes]:
    lists = -(-pages // PER_LIST)
    answers = {"404": _answer(404, b"")}
    for number in range(lists):
        name = "index.html" if number == 0 else f"index_{number}.html"
        shown = range(number * PER_LIST, min(pages, (number + 1) * PER_LIST))
        rows = "".join(
            f'<li><a href="./202605/t202605{1 + item % 28:02d}_{item}.html">关于第{item}号事项的通知</a>'
            f"<span>2026-05-{1 + item % 28:02d}</span></li>"
            for item in shown
        )
        pager = f'<script>createPageHTML({lists}, {number}, "index", "html");</script>'
        answers[f"/list/{name}"] = _answer(200, f"<html><body><ul>{rows}</ul>{pager}</body></html>".encode())
    for item in range(pages):
        path = f"/list/202605/t202605{1 + item % 28:02d}_{item}.html"
        answers[path] = _answer(200, _page(item, size))
    return answers


def _page(item: int, size: int) -> bytes:
    links = "".join(f'<li><a href="/nav/{n}.html">栏目{n}</a></li>' for n in range(120))
    head = f"<html><head><title>第{item}号</title></head><body><ul>{links}</ul><div class='TRS_Editor'>"
    line = (
        f"<p>第{item}号：各有关单位要认真贯彻执行，切实加强组织领导，落实工作责任，确保各项任务按期完成。</p>"
    )
    count = max(1, (size - len(head.encode())) // len(line.encode()))
    return (head + line * count + "</div></body></html>").encode()


def _answer(status: int, body: bytes) -> bytes:
    kind = "OK" if status == 200 else "Not Found"
    head = f"HTTP/1.1 {status} {kind}\r\nContent-Type: text/html; charset=utf-8\r\n"
    return head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body


if __name__ == "__main__":
    main()
