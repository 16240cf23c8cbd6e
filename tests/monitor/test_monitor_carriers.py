"""Messages as carriers take them: whatever a portal wrote, the reader's program sees its letters and no markup of its."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, Mailbox, Webhook
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from config import Configuration, Settings
from monitor.channels import send, shape_of
from monitor.escaping import clean
from monitor.messages import Message, Shape, write
from storage import DueDelivery, EventChangeRecord, EventRecord, EvidenceRecord

NOWHERE = Configuration(
    Path("/nowhere"), Settings.model_validate({"politeness": {"contact": "mailto:you@example.org"}}), (), ()
)
HTML, MARKDOWN = Shape("html"), Shape("markdown")
OURS = {"p", "b", "i", "s", "blockquote", "a", "br"}

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</p></b><h1>Khẩn</h1>",
    "<a href='javascript:alert(1)'>xem</a>",
    "&lt;b&gt; &amp; &#60;i&#62; &copy",
    "[xem](javascript:alert(1)) ![x](http://evil.example/x.png)",
    "[xem][1] [1]: http://evil.example",
    "*đậm* __đậm__ _x_ `y` ~~z~~ ||ẩn||",
    "# Tin khẩn",
    "- a",
    "1. a",
    "1) a",
    "---",
    "===",
    "> trích",
    "+ a",
    "    mã",
    "``` mã ```",
    "a \\* b \\",
    "<http://evil.example> <x@evil.example>",
    "a\n\n# b\n- c",
    "| a | b |",
    "@everyone họp @channel @here",
    "Xem http://evil.example và www.evil.example",
    "\u202egnp.exe\u202c \x00\x1b[31m",
    "{{ 7 * 7 }} {% include 'x' %} {0} %s",
    "\ud800",
]

texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=60),
    st.lists(st.sampled_from([*"<>&*_`[]()!#-+.1~|\\\"'=:@/ \nạ", "http://", "www.", "&lt;"]), max_size=30).map(
        "".join
    ),
)


def delivery(text: str, kind: str = "meeting", url: str = "https://a.gov.vn/1") -> DueDelivery:
    """A delivery every text of which came from a portal."""
    facts: dict[str, Any] = {
        "meeting": {"meeting": {"body": text, "place": text, "chair": text, "time": text}},
        "decision": {"documents": [{"number": text, "type": text, "issuer": text}, {"number": text, "role": "cited"}]},
        "revised": {
            "about": text,
            "article": {"url": url, "title": text},
            "title": {"before": text, "after": text + "!"},
            "diff": [{"op": op, "text": text} for op in ("same", "removed", "added")],
        },
    }
    report = EvidenceRecord(text or "x", url, text, text + ".", 1, NOW, False)
    changes = (EventChangeRecord("c", "moved", NOW, {"place": text}, {"place": text + "!"}),)
    event = EventRecord(1, kind, "k", text, NOW, None, facts[kind], (report,), changes)
    return DueDelivery(
        1,
        event,
        "c" if kind == "meeting" else "",
        ("mot",),
        ({"kind": kind, "words": [text]},),
        "",
        "",
        "",
        "en",
        1,
        NOW,
    )


class Page(HTMLParser):
    """The elements, links and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.links: list[str | None] = []
        self.strange: list[str] = []
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.links += [value for name, value in attrs if name == "href"]
        self.strange += [name for name, _ in attrs if name != "href"]

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        self.strange.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("kind", ["meeting", "decision", "revised"])
@given(text=texts)
@example(text="")
@settings(max_examples=60, deadline=None)
def test_html_says_the_letters_of_a_portal_and_has_no_element_of_its(kind: str, text: str) -> None:
    page = Page(write(delivery(text, kind), NOWHERE, HTML).body)
    assert set(page.elements) <= OURS
    assert set(page.links) <= {"https://a.gov.vn/1"}
    assert page.strange == []
    assert squeezed(page.words).count(squeezed(clean(text))) >= 3


@pytest.mark.parametrize("kind", ["meeting", "decision", "revised"])
@given(text=texts)
@example(text="")
@settings(max_examples=60, deadline=None)
def test_markdown_says_the_letters_of_a_portal_and_has_no_markup_of_its(kind: str, text: str) -> None:
    drawn = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .render(write(delivery(text, kind), NOWHERE, MARKDOWN).body)
    )
    page = Page(drawn)
    assert set(page.elements) <= {"p", "strong", "ul", "li", "blockquote", "a"}
    assert set(page.links) <= {"https://a.gov.vn/1"}
    assert squeezed(page.words).count(squeezed(clean(text))) >= 3


@given(texts)
@settings(max_examples=100, deadline=None)
def test_no_text_calls_everybody_or_becomes_a_link_by_itself(text: str) -> None:
    message = write(delivery(text, "decision"), NOWHERE)
    told = message.title + "\n" + message.body.replace("https://a.gov.vn/1", "")
    assert not re.search(r"(?<!\w)@(everyone|here|channel|all)\b", told)
    assert not re.search(r"[A-Za-z]://|\bwww\.", told)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http://[", "", "file:///etc/passwd"]
)
@pytest.mark.parametrize("shape", [Shape(), HTML, MARKDOWN], ids=lambda shape: shape.format)
def test_only_addresses_of_the_web_are_links(url: str, shape: Shape) -> None:
    body = write(delivery("Tin", url=url), NOWHERE, shape).body
    assert "href" not in body
    assert url[:5] not in body or not url


# --- limits ---


@pytest.mark.parametrize("longest", [70, 160, 500, 1000, 2000, 4096])
@pytest.mark.parametrize("form", ["text", "html", "markdown"])
@pytest.mark.parametrize("titled", [True, False])
def test_a_message_keeps_to_its_carriers_limit(form: str, longest: int, titled: bool) -> None:
    reports = tuple(
        EvidenceRecord(f"cong-{n}", f"https://cong-{n}.gov.vn/{n}", "Tin", "Câu rất dài. " * 40, 1, NOW, False)
        for n in range(60)
    )
    event = EventRecord(1, "meeting", "k", "Tiêu đề rất dài " * 20, NOW, None, {"meeting": {"body": "Bộ <Y> tế", "ordinal": 5}}, reports)  # fmt: skip
    due = DueDelivery(1, event, "", ("mot",), ({"kind": "meeting"},), "", "", "", "vi", 1, NOW)
    message = write(due, NOWHERE, Shape(form, titled, longest, 100 if titled else longest))
    assert len(message.body) + (0 if titled else len(message.title) + 2) <= longest
    assert "Bộ" in message.title
    if longest >= 500:
        assert "https://cong-59.gov.vn/59" in message.body
    if longest == 4096:
        assert "Câu rất dài." in message.body


def test_sixty_portals_are_ten_links_and_a_count() -> None:
    reports = tuple(EvidenceRecord(f"c{n}", f"https://c{n}.gov.vn/", "T", "", 1, NOW, False) for n in range(60))
    event = EventRecord(1, "meeting", "k", "Họp", NOW, None, {"meeting": {}}, reports)
    due = DueDelivery(1, event, "", ("mot",), ({"kind": "meeting"},), "", "", "", "en", 1, NOW)
    lines = write(due, NOWHERE).body.splitlines()
    assert sum(line.startswith("https://") for line in lines) == 10
    assert "50 more portals" in lines


@pytest.mark.parametrize(
    ("url", "form", "titled", "longest"),
    [
        ("tgram://123456789:abcdefg_hijklmnop/12315544", "html", False, 4096),
        ("tgram://123456789:abcdefg_hijklmnop/1?format=markdown", "markdown", False, 3072),
        ("mailto://a:b@x.vn", "html", True, 32768),
        ("mailto://a:b@x.vn?format=text", "text", True, 32768),
        ("json://localhost", "text", True, 32768),
        ("json://localhost?format=html", "html", True, 32768),
        ("ntfy://topic", "text", True, 7600),
        ("d7sms://user:pass@15551231234", "text", False, 160),
        (f"discord://{'1' * 20}/{'a' * 60}", "markdown", True, 1250),
    ],
)
def test_a_channel_is_written_for_in_its_own_format(url: str, form: str, titled: bool, longest: int) -> None:
    shape = shape_of(url)
    assert (shape.format, shape.titled, shape.longest) == (form, titled, longest)


# --- real receivers ---


async def test_a_letter_has_html_and_the_same_in_plain_text(mailbox: Mailbox) -> None:
    message = write(delivery("<b>Họp</b> & *x*", "decision"), NOWHERE, shape_of(mailbox.url()))
    await send(mailbox.url(), message, key="k", seconds=5)
    letter = email.message_from_bytes(mailbox.letters[0], policy=email.policy.default)
    assert letter.get_content_type() == "multipart/alternative"
    html, plain = (letter.get_body((kind,)) for kind in ("html", "plain"))
    assert html is not None
    assert plain is not None
    assert set(Page(html.get_content()).elements) <= OURS | {"html", "head", "title", "body"}
    for part in (Page(html.get_content()).words, plain.get_content()):
        assert "<b>Họp</b> & *x*" in part
        assert "https://a.gov.vn/1" in part
    assert letter["Subject"] == message.title


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
async def test_a_webhook_is_given_the_format_that_its_address_asks_for(webhook: Webhook, form: str) -> None:
    url = f"{webhook.url()}?format={form}"
    message = write(delivery("<b>*Họp*</b>"), NOWHERE, shape_of(url))
    await send(url, message, key="k", seconds=5)
    assert webhook.arrived[0].json["message"] == message.body
    assert webhook.arrived[0].json["title"] == message.title
    assert {"text": "<b>*Họp*</b>", "html": "&lt;b&gt;*Họp*&lt;/b&gt;", "markdown": r"\<b\>\*Họp\*\</b\>"}[
        form
    ] in message.body


def test_a_carrier_without_titles_gets_the_first_line_in_its_format() -> None:
    shape = shape_of("tgram://123456789:abcdefg_hijklmnop/12315544")
    message = write(delivery("Họp <b> & ", "decision"), NOWHERE, shape)
    assert "&lt;b&gt;" in message.title
    assert isinstance(message, Message)


def test_markup_in_a_title_is_words_where_the_title_is_text(make_configuration: Callable[..., Configuration]) -> None:
    due = delivery("<i>Họp</i>", "decision")
    assert "<i>Họp</i>" in write(due, make_configuration(), shape_of("mailto://a:b@x.vn")).title
