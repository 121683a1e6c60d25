"""The Insight API client against a local server that behaves as documented, and against its failures."""

from __future__ import annotations

import datetime as dt
import logging
import os

import pytest

from expectations.errors import SettingsError, SourceFileError
from expectations.tables import RAW
from pipelines.insight_api import ApiKey, Patience, fetch_assessments, read_key, retry_after_seconds
from pipelines.readers.recognition import recognise
from tests.support.faulty_files import CANARY
from tests.support.insight_server import Failure, serve_insight

SECRET = "key-0123456789abcdef"
SCHOOL = "4711"
QUICK = Patience(attempts_count=3, first_wait_seconds=1.0, longest_wait_seconds=20, timeout_seconds=5)


def record(number: int, **changes: object) -> dict[str, object]:
    whole = {
        "id": number, "pupil": {"id": 9000 + number % 70, "upn": "B801200005001", "misId": "77"},
        "academicYear": 2024 + number % 2, "yearGroup": number % 7, "term": "Autumn1", "name": "Main Assessment",
        "subject": "Reading", "markScheme": "Standardised score", "result": str(80 + number % 40), "date": "2024-10-01",
    }  # fmt: skip
    return {**whole, **changes}


@pytest.fixture
def server():
    with serve_insight({SCHOOL: [record(number) for number in range(250)]}, SECRET) as running:
        yield running


def fetch(server, waits: list[float] | None = None, school: str = SCHOOL, **filters: object):
    sleep = (waits if waits is not None else []).append
    return fetch_assessments(server.base_url, school, ApiKey(SECRET), filters, patience=QUICK, sleep=sleep)


class TestGoodAnswers:
    def test_all_pages_arrive_and_are_recognised_as_the_export_is(self, server):
        table = fetch(server)
        assert [query["page"] for query in server.asked] == ["1", "2", "3"]
        found = recognise(table, RAW)
        assert found.table.name == "raw_insight__assessments"
        columns = found.columns()
        assert len(columns["mark"]) == 250
        assert columns["insight_pupil_id"][:2] == ["9000", "9001"]
        assert columns["academic_year"][:2] == ["2024", "2025"]
        assert columns["nc_year"][:3] == ["R", "1", "2"], "Insight's 0 is Reception"
        assert columns["mark"][:2] == ["80", "81"]
        assert (found.unknown_headers, found.missing_required, table.malformed) == ((), (), [])

    def test_filters_are_sent_and_are_case_sensitive_there(self, server):
        assert len(fetch(server, academicYear=2025).row_numbers) == 125
        assert server.asked[0] == {"academicYear": "2025", "page": "1"}
        assert fetch(server, term="autumn1").row_numbers == []

    def test_no_assessments_at_all(self, server):
        server.records[SCHOOL] = []
        assert fetch(server).rows_count == 0

    def test_optional_parts_may_be_absent(self, server):
        server.records[SCHOOL] = [
            record(1, pupil={"id": "a1"}, result=101, markScheme={"id": 5, "name": "NFER"}),
            record(2, pupil={"id": 2, "upn": None}, result=8.5, markScheme=None, markSchemeId=12, date=None),
            record(3, result="a\x00b"),
        ]
        table = fetch(server)
        columns = recognise(table, RAW).columns()
        assert columns["upn"] == [None, None]
        assert columns["mark"] == ["101", "8.5"]
        assert columns["mark_scheme"] == ["NFER", "12"]
        assert [(row.row_number, row.rule, row.column) for row in table.malformed] == [(3, "CONTROL_CHARACTER", "Mark")]


class TestFailures:
    @pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 0])
    def test_a_passing_failure_is_tried_again(self, server, status):
        server.failures = [Failure(status), Failure(status)]
        waits: list[float] = []
        assert len(fetch(server, waits).row_numbers) == 250
        assert waits == [1.0, 2.0]

    def test_the_servers_own_wait_is_kept_up_to_the_longest(self, server):
        server.failures = [Failure(429, {"Retry-After": "7"}), Failure(429, {"Retry-After": "3600"})]
        waits: list[float] = []
        fetch(server, waits)
        assert waits == [7.0, 20.0]

    def test_a_failure_that_stays_is_told(self, server):
        server.failures = [Failure(503)] * 3
        with pytest.raises(SourceFileError) as refusal:
            fetch(server)
        assert refusal.value.rule == "API_DOWN"
        assert len(server.asked) == 3

    def test_nobody_listens(self):
        with serve_insight({}, SECRET) as gone:
            pass
        with pytest.raises(SourceFileError) as refusal:
            fetch(gone)
        assert refusal.value.rule == "API_DOWN"

    @pytest.mark.parametrize(("school", "secret"), [(SCHOOL, "another-key"), ("4712", SECRET)])
    def test_a_refused_key_is_not_tried_again(self, server, school, secret):
        server.key = secret
        with pytest.raises(SourceFileError) as refusal:
            fetch(server, school=school)
        assert refusal.value.rule == "API_KEY"
        assert len(server.asked) == 1
        assert SECRET not in str(refusal.value)

    def test_fewer_records_than_announced(self, server):
        server.announced_extra_count = 1
        with pytest.raises(SourceFileError, match="announced 251 assessments and gave 250") as refusal:
            fetch(server)
        assert refusal.value.rule == "API_SHORT"

    def test_a_record_given_twice_does_not_hide_a_missing_one(self, server):
        server.records[SCHOOL][120] = record(5)
        with pytest.raises(SourceFileError) as refusal:
            fetch(server)
        assert refusal.value.rule == "API_SHORT"

    @pytest.mark.parametrize(
        "failure",
        [
            Failure(200, body=f"<html>{CANARY}</html>".encode()),
            Failure(200, body=b"[]"),
            Failure(200, body=b'{"metadata": {"totalResults": 1, "page": 2, "totalPages": 1}, "assessments": []}'),
            Failure(200, body=b'{"metadata": {"totalResults": 1, "page": 1, "totalPages": 1}}'),
            Failure(200, body=b'{"metadata": {"totalResults": 1, "page": 1, "totalPages": 1}, "assessments": [{}]}'),
            Failure(200, body=b'{"metadata": {"totalResults": 1, "page": 1, "totalPages": 99999}, "assessments": []}'),
            Failure(200, body=b"[" * 200_000),
            Failure(200, body=b" " * 9_000_000),
            Failure(302, {"Location": "http://127.0.0.1:9/"}),
            Failure(418),
        ],
    )
    def test_odd_answers(self, server, failure):
        server.failures = [failure]
        with pytest.raises(SourceFileError) as refusal:
            fetch(server)
        assert refusal.value.rule == "API_ANSWER"
        assert CANARY not in str(refusal.value)


class TestKey:
    def test_a_key_file_is_read_and_never_shown(self, tmp_path, server, caplog):
        path = tmp_path / "key"
        path.write_text(SECRET + "\n")
        path.chmod(0o600)
        key = read_key(path)
        with caplog.at_level(logging.DEBUG):
            fetch_assessments(server.base_url, SCHOOL, key, patience=QUICK)
        assert SECRET not in caplog.text
        assert SECRET not in f"{key} {key!r} {[key]}"

    @pytest.mark.parametrize(
        ("content", "mode"), [(SECRET, 0o604), (SECRET, 0o620), (SECRET, 0o602), ("", 0o600), ("two words here", 0o600),
                              ("k" * 600, 0o600), ("sch\u00fcssel-123", 0o600)],
    )  # fmt: skip
    def test_refused_key_files(self, tmp_path, content, mode):
        path = tmp_path / "key"
        path.write_text(content)
        path.chmod(mode)
        with pytest.raises(SettingsError) as refusal:
            read_key(path)
        assert SECRET not in str(refusal.value)

    def test_no_key_file(self, tmp_path):
        with pytest.raises(SettingsError):
            read_key(tmp_path / "none")
        assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    "url", ["http://app.example.org", "ftp://127.0.0.1", "https://u:p@example.org", "https://e.org/?a=1"]
)
def test_addresses_that_would_carry_the_key_in_clear(url):
    with pytest.raises(SettingsError):
        fetch_assessments(url, SCHOOL, ApiKey(SECRET))


def test_filters_that_insight_does_not_know(server):
    with pytest.raises(SettingsError):
        fetch(server, year=2025)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [(None, None), ("", None), ("12", 12.0), ("soon", None), ("Mon, 02 Sep 2024 08:00:30 GMT", 30.0),
     ("Mon, 02 Sep 2024 07:00:00 GMT", 0.0)],
)  # fmt: skip
def test_retry_after(header, seconds):
    assert retry_after_seconds(header, dt.datetime(2024, 9, 2, 8, tzinfo=dt.UTC)) == seconds
