"""Which subscription wants which event, and why."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import NOW
from hypothesis import given, settings
from hypothesis import strategies as st

from config import Portal, Section, Subscription
from monitor.match import Candidate, Matcher, why
from storage import EventRecord

THANHHOA = Portal(
    id="thanhhoa",
    name="Thanh Hóa",
    url="https://thanhhoa.gov.vn/",
    province="Thanh Hóa",
    sections=(Section(id="tin-tuc", url="https://thanhhoa.gov.vn/tin"),),
)


def candidate(
    words: str = "Tin", kind: str = "meeting", portals: tuple[Portal, ...] = (THANHHOA,), **facts: Any
) -> Candidate:
    event = EventRecord(1, kind, "key", "Tin", NOW, None, facts, ())
    return Candidate(event, portals, words)


def reason(words: str | Candidate = "Tin", **conditions: Any) -> dict[str, Any] | None:
    subscription = Subscription.model_validate(
        {"id": "a", "events": ["meeting", "decision"], "to": ["json://localhost"], **conditions}
    )
    return why(subscription, words if isinstance(words, Candidate) else candidate(words))


def matched(words: str, **conditions: Any) -> dict[str, Any] | None:
    """Why, without how the text writes it."""
    found = reason(words, **conditions)
    return {name: value for name, value in found.items() if name != "quoted"} if found else None


def test_a_subscription_without_conditions_wants_every_event_of_its_kinds() -> None:
    assert reason() == {"kind": "meeting"}
    assert reason(events=["decision"]) is None
    assert reason(enabled=False) is None


# --- words ---


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("chuyển đổi số", "Họp về chuyển đổi số quốc gia"),
        ("chuyen doi so", "Họp về Chuyển đổi số"),
        ("CHUYỂN ĐỔI SỐ", "chuyển đổi số"),
        ("chuyển đổi số", "chuye\u0302\u0309n đo\u0302\u0309i so\u0302\u0301"),
        ("chuyển đổi số", "chuyển\u00a0đổi\nsố"),
        ("hoà bình", "hòa bình"),
        ("hòa", "Hoà Bình"),
        ("Đề án 06", "triển khai Đề án 06/CP"),
        ("749/QĐ-TTg", "Quyết định số 749/QÐ-TTg ngày"),
        ("quyết định", "Quyết định."),
        ("số", "(số)"),
        ("C++", "lập trình C++."),
        ("a.b", "a.b"),
    ],
)
def test_a_word_is_found_with_or_without_its_marks(word: str, words: str) -> None:
    assert matched(words, any=[word]) == {"kind": "meeting", "words": [word]}


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("số", "sống"),
        ("họp", "thọp"),
        ("đổi số", "đổi mới số"),
        ("Đề án 06", "Đề án 061"),
        ("a.b", "axb"),
        ("06", "2006"),
    ],
)
def test_a_part_of_a_word_is_not_the_word(word: str, words: str) -> None:
    assert reason(words, any=[word]) is None


@pytest.mark.parametrize(
    ("word", "words", "found"),
    [
        ("số", "chuyển đổi số", True),
        ("so", "chuyển đổi số", False),
        ("hoãn", "hoàn thành", False),
        ("hoà", "hòa bình", True),  # the same letters, placed otherwise
        ("SỐ", "số", True),
    ],
)
def test_marks_count_when_they_are_exact(word: str, words: str, found: bool) -> None:
    assert (reason(words, any=[word], marks="exact") is not None) == found


def test_any_wants_one_of_its_words_and_tells_all_that_were_found() -> None:
    assert reason("một hai", any=["hai", "ba", "một"]) == {"kind": "meeting", "words": ["hai", "một"]}
    assert reason("bốn", any=["hai", "ba"]) is None


def test_all_wants_each_of_its_words() -> None:
    assert reason("một hai", all=["một", "hai"]) == {"kind": "meeting", "words": ["một", "hai"]}
    assert reason("một", all=["một", "hai"]) is None


def test_none_forbids_each_of_its_words() -> None:
    assert reason("hội nghị tuyển dụng", none=["tuyen dung"]) is None
    assert reason("hội nghị", none=["tuyển dụng"]) == {"kind": "meeting"}


def test_all_conditions_must_hold_together() -> None:
    conditions = {"any": ["một"], "all": ["hai"], "none": ["ba"], "portals": ["thanhhoa"]}
    assert reason("một hai", **conditions) == {"kind": "meeting", "portals": ["thanhhoa"], "words": ["một", "hai"]}
    for words in ("một", "hai", "một hai ba"):
        assert reason(words, **conditions) is None


@given(st.text(min_size=1, max_size=20), st.text(max_size=40))
def test_any_word_can_be_looked_for_in_any_text(word: str, words: str) -> None:
    try:
        subscription = Subscription.model_validate(
            {"id": "a", "events": ["meeting"], "to": ["json://localhost"], "any": [word]}
        )
    except ValueError:  # a word of blanks is none
        return
    found = why(subscription, candidate(words))
    assert found is None or found["words"] == list(subscription.any)


@pytest.mark.parametrize(
    ("word", "words", "quoted"),
    [
        ("chuyen doi so", "Họp về Chuyển đổi số", "Chuyển đổi số"),
        ("hoà bình", "ở Hòa Bình.", "Hòa Bình"),
        ("749/QĐ-TTg", "số 749/QÐ–TTg ngày", "749/QÐ–TTg"),
        ("chuyển đổi số", "về chuyển\u00a0đổi\nsố", None),  # blanks are blanks
    ],
)
def test_why_tells_a_word_as_the_text_writes_it(word: str, words: str, quoted: str | None) -> None:
    found = reason(words, any=[word])
    assert found is not None
    assert found.get("quoted") == ({word: quoted} if quoted else None)


# --- where it is from ---


def test_a_portal_is_meant_by_its_id() -> None:
    assert reason(portals=["thanhhoa", "mpi"]) == {"kind": "meeting", "portals": ["thanhhoa"]}
    assert reason(portals=["mpi"]) is None
    assert reason(candidate(portals=()), portals=["thanhhoa"]) is None


def test_a_province_is_meant_with_or_without_its_marks() -> None:
    assert reason(provinces=["thanh hoa"]) == {"kind": "meeting", "provinces": ["thanh hoa"]}
    assert reason(provinces=["Thanh Hoá"]) is not None
    assert reason(provinces=["Hòa Bình"]) is None
    assert reason(candidate(portals=()), provinces=["Thanh Hóa"]) is None


# --- who and what ---


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Ủy ban Quốc gia về chuyển đổi số", True),
        ("uy ban quoc gia ve chuyen doi so", True),
        ("chuyển đổi số", True),  # a part of a name finds all that bear it
        ("Uỷ ban Quốc gia", True),
        ("Ủy ban Dân tộc", False),
    ],
)
def test_a_body_is_meant_by_its_name_or_a_part_of_it(body: str, found: bool) -> None:
    event = candidate(meeting={"body": "Ủy ban Quốc gia về chuyển đổi số"})
    assert (reason(event, bodies=[body]) is not None) == found


def test_the_issuer_of_a_document_is_a_body() -> None:
    event = candidate(kind="decision", meeting=None, documents=[{"number": "1/QĐ", "issuer": "Thủ tướng Chính phủ"}])
    assert reason(event, bodies=["Thủ tướng Chính phủ"]) == {"kind": "decision", "bodies": ["Thủ tướng Chính phủ"]}
    assert reason(event, bodies=["Bộ Y tế"]) is None


def test_a_document_type_is_meant_by_its_full_name() -> None:
    event = candidate(kind="decision", documents=[{"number": "1/QĐ", "type": "Quyết định"}])
    assert reason(event, document_types=["quyet dinh"]) == {"kind": "decision", "document_types": ["quyet dinh"]}
    assert reason(event, document_types=["Nghị quyết"]) is None
    assert reason(event, document_types=["Quyết"]) is None


@pytest.mark.parametrize("facts", [{}, {"meeting": None, "documents": None}, {"meeting": {}, "documents": [{}]}])
def test_missing_facts_meet_no_condition_and_break_nothing(facts: dict[str, Any]) -> None:
    event = candidate(**facts)
    assert reason(event) == {"kind": "meeting"}
    assert reason(event, bodies=["Bộ Y tế"]) is None
    assert reason(event, document_types=["Quyết định"]) is None


def test_words_bodies_and_types_do_not_count_for_a_portal_in_trouble() -> None:
    trouble = candidate("Thanh Hóa", kind="portal_failing")
    limits = {"any": ["chuyển đổi số"], "bodies": ["Chính phủ"], "document_types": ["Quyết định"]}
    assert reason(trouble, events=["meeting", "portal_failing"], **limits) == {"kind": "portal_failing"}
    assert reason(trouble, events=["portal_failing"], portals=["elsewhere"]) is None


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("UBND tỉnh Thanh Hóa", "Ủy ban nhân dân tỉnh Thanh Hoá"),
        ("Ủy ban nhân dân tỉnh Thanh Hóa", "UBND tỉnh Thanh Hóa"),
        ("ubnd", "Uỷ ban nhân dân thành phố Huế"),
        ("nhân dân", "Ủy ban nhân dân tỉnh Thanh Hóa"),  # a part of a name, as before
        ("Ủy ban Quốc gia về CĐS", "Ủy ban Quốc gia về chuyển đổi số"),
        ("Thủ tướng", "Thủ tướng Chính phủ"),
        ("Bộ KH&CN", "Bộ Khoa học và Công nghệ"),
    ],
)
def test_a_body_is_meant_by_any_of_its_names(asked: str, named: str) -> None:
    event = candidate(meeting={"body": named})
    assert reason(event, bodies=[asked]) == {"kind": "meeting", "bodies": [asked]}


def test_a_body_of_another_place_is_not_meant() -> None:
    event = candidate(meeting={"body": "Ủy ban nhân dân tỉnh Thanh Hóa"})
    assert reason(event, bodies=["UBND tỉnh Hà Tĩnh"]) is None


# --- all at once ---

WORDS = ["chuyển đổi số", "chuyển", "số", "đổi mới", "749/QĐ-TTg", "749", "Đề án 06", "06", "IOC", "C++", "(số)", ".", "hoà",
         "hòa bình", "QÐ", "+", "đổi số quốc gia", "\u0301"]  # fmt: skip
PIECES = [
    *WORDS,
    "sống",
    "Hoà",
    " ",
    "  ",
    "\n",
    "-",
    "–",
    "/",
    "x",
    "Chuyển",
    "CHUYỂN ĐỔI SỐ",
    "so\u0302\u0301",
    "\u0301",
]
some = st.lists(st.sampled_from(WORDS), max_size=3)
subscriptions = st.builds(
    lambda **given: Subscription.model_construct(
        id="a",
        enabled=True,
        to=(),
        portals=(),
        provinces=(),
        document_types=(),
        language=None,
        digest="instant",
        **given,
    ),
    events=st.sampled_from([("meeting",), ("decision",), ("changed",), ("meeting", "portal_failing")]),
    any=some.map(tuple),
    all=some.map(tuple),
    none=some.map(tuple),
    bodies=st.lists(st.sampled_from(["UBND", "số", "Ủy ban nhân dân tỉnh", "Chính phủ"]), max_size=1).map(tuple),
    marks=st.sampled_from(["ignore", "exact"]),
)


@given(
    st.lists(subscriptions, max_size=12),
    st.one_of(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.text(max_size=40)),
    st.sampled_from(["meeting", "decision", "portal_failing"]),
    st.sampled_from([None, "moved"]),
    st.sampled_from([None, "Ủy ban nhân dân tỉnh Thanh Hóa", "Ban Chuyển đổi số"]),
)
@settings(max_examples=400, deadline=None)
def test_one_pass_over_the_words_answers_what_asking_each_subscription_does(
    asking: list[Subscription], words: str, kind: str, change: str | None, body: str | None
) -> None:
    facts = {"meeting": {"body": body}}
    event = EventRecord(1, kind, "key", "Tin", NOW, None, facts, ())
    this = Candidate(event, (THANHHOA,), words, change)
    simple = [(each, reason) for each in asking if (reason := why(each, this)) is not None]
    assert list(Matcher(asking).matches(this)) == simple


def test_a_disabled_subscription_matches_nothing() -> None:
    off = Subscription.model_validate({"id": "a", "enabled": False, "events": ["meeting"], "to": ["json://localhost"]})
    assert list(Matcher([off]).matches(candidate())) == []
