"""One key for the many spellings of one address."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import clean_url, site, url_key

words = st.text("abcdefXYZ0123456789-_.~%àếộđĐ", min_size=1, max_size=8)
hosts = st.sampled_from(["thanhhoa.gov.vn", "www.mpi.gov.vn", "THANHHOA.GOV.VN", "xn--c-7ga.vn", "127.0.0.1", "[::1]"])
paths = st.lists(words, max_size=4).map(lambda parts: "/" + "/".join(parts))
ordinary = st.tuples(st.sampled_from(["id", "page", "p", "ItemID", "q"]), words)
tracking = st.tuples(
    st.sampled_from(["utm_source", "UTM_Medium", "fbclid", "gclid", "zarsrc", "_ga", "PHPSESSID", "jsessionid"]), words
)
sessions = st.sampled_from(["", ";jsessionid=1A2B", ";JSESSIONID=x.y!z", ";sid=9;jsessionid=8"])


@st.composite
def addresses(draw: st.DrawFn) -> str:
    query = "&".join(f"{name}={value}" for name, value in draw(st.lists(st.one_of(ordinary, tracking), max_size=4)))
    return (
        draw(st.sampled_from(["http://", "https://", "HTTPS://"]))
        + draw(hosts)
        + draw(st.sampled_from(["", ":80", ":443", ":8080"]))
        + draw(paths)
        + draw(sessions)
        + (f"?{query}" if query else "")
        + draw(st.sampled_from(["", "#", "#top", "#/tin/1?utm_source=x"]))
    )


@given(addresses())
def test_cleaning_a_clean_address_changes_nothing(url: str) -> None:
    assert clean_url(clean_url(url)) == clean_url(url)


@given(addresses())
def test_the_key_of_an_address_is_the_key_of_its_clean_form(url: str) -> None:
    assert url_key(clean_url(url)) == url_key(url)


@given(addresses())
def test_nothing_of_the_readers_way_is_left_in_a_clean_address(url: str) -> None:
    clean = clean_url(url).lower()
    assert "#" not in clean
    assert not any(name in clean for name in ("utm_", "fbclid", "gclid", "zarsrc", "_ga=", "sessid", "jsessionid"))


@given(addresses())
def test_two_addresses_that_differ_in_a_parameter_that_means_something_differ_in_key(url: str) -> None:
    bare = clean_url(url).partition("?")[0]
    assert url_key(f"{bare}?ItemID=1") != url_key(f"{bare}?ItemID=2")


@given(st.text(max_size=40))
@settings(max_examples=200)
def test_any_text_after_the_host_gives_a_key_or_a_value_error(tail: str) -> None:
    with contextlib.suppress(ValueError):
        assert url_key(f"https://thanhhoa.gov.vn/{tail}").startswith("thanhhoa.gov.vn")


@pytest.mark.parametrize(
    "other",
    [
        "http://thanhhoa.gov.vn/tin/1",
        "https://www.thanhhoa.gov.vn/tin/1",
        "https://thanhhoa.gov.vn/tin/1/",
        "https://thanhhoa.gov.vn:443/tin/1",
        "https://thanhhoa.gov.vn./tin/1",
        "https://THANHHOA.gov.vn/tin/1#binh-luan",
        "https://thanhhoa.gov.vn//tin//1",
        "https://thanhhoa.gov.vn/tin/1;jsessionid=0A1B",
        "https://thanhhoa.gov.vn/tin/1?utm_source=zalo&fbclid=x",
        "https://thanhhoa.gov.vn/tin/1?xem=",
        " https://thanhhoa.gov.vn/tin/1\n",
    ],
)
def test_spellings_of_one_address_have_one_key(other: str) -> None:
    assert url_key(other) == url_key("https://thanhhoa.gov.vn/tin/1")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("https://a.gov.vn/Tin", "https://a.gov.vn/tin"),  # servers may tell them apart
        ("https://a.gov.vn/?id=1", "https://a.gov.vn/?id=2"),
        ("https://a.gov.vn/1", "https://b.gov.vn/1"),
        ("https://a.gov.vn:8080/1", "https://a.gov.vn/1"),
    ],
)
def test_different_addresses_have_different_keys(one: str, two: str) -> None:
    assert url_key(one) != url_key(two)


def test_the_order_of_parameters_is_no_part_of_the_key() -> None:
    assert url_key("https://a.gov.vn/?b=2&a=1") == url_key("https://a.gov.vn/?a=1&b=2")


def test_composed_and_decomposed_letters_are_one_address() -> None:
    assert url_key("https://a.gov.vn/quye\u0302\u0301t") == url_key("https://a.gov.vn/quyết")


@pytest.mark.parametrize("url", ["https://[::1/x", "https://a.gov.vn:99999999/", "https://a.gov.vn:tám/"])
def test_what_is_no_address_is_a_value_error(url: str) -> None:
    with pytest.raises(ValueError):
        url_key(url)


def test_a_password_does_not_stay_in_an_address() -> None:
    assert "bi-mat" not in clean_url("https://nguoi:bi-mat@a.gov.vn/1")


def test_a_site_is_its_host_without_www_and_port() -> None:
    assert site("https://www.THANHHOA.gov.vn:8443/x") == site("http://thanhhoa.gov.vn./y") == "thanhhoa.gov.vn"


def test_a_blank_before_the_fragment_is_no_part_of_the_address() -> None:
    assert url_key("https://a.gov.vn/tin/1 #top") == url_key("https://a.gov.vn/tin/1")


def test_the_way_back_to_a_listing_is_no_part_of_an_address() -> None:
    # Liferay writes the listing's page into each entry's link: on page two the same entry had another address.
    article = "https://sotttt.hanoi.gov.vn/qlttps/-/view_content/703992-tieu-chuan"
    back = "https%3A%2F%2Fsotttt.hanoi.gov.vn%2Fqlttps%3F_101_cur%3D"
    assert url_key(f"{article}?redirect={back}2") == url_key(f"{article}?redirect={back}3") == url_key(article)
    assert clean_url(f"{article}?_101_backURL=%2Fqlttps&id=7") == f"{article}?id=7"
    # What leads to another site, or is no address, may be what tells two pages apart.
    assert url_key("https://a.vn/out?redirect=https://b.vn/1") != url_key("https://a.vn/out?redirect=https://b.vn/2")
    assert url_key("https://a.vn/tin?source=1") != url_key("https://a.vn/tin?source=2")
