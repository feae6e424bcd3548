"""The configured language model, as a real server on this machine: what it says is checked against the text."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from gongjian.chronicle.reading.doers.register import Register
from gongjian.chronicle.reading.endpoint import propose_more
from gongjian.chronicle.reading.reader import read

TEXT = "2024年5月6日，样例银行捐款3万元。\n\n样例剧团在广场\n连唱了近20折折子戏，共40场次，老人们听得入神。"


def fact(**details):
    return {"org": "样例剧团", "category": "volunteering", "quantity": None, "unit": None, "span": "老人们听得入神"} | details


@pytest.fixture
def model(settings):
    """`model.answer` is what it says; `model.asked` what it was sent."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            server.asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.key = self.headers["Authorization"]
            content = server.answer if isinstance(server.answer, str) else json.dumps(server.answer, ensure_ascii=False)
            body = json.dumps({"choices": [{"message": {"content": f"好的：{content}"}}]}).encode()
            self.send_response(server.status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.answer, server.status, server.asked = [], 200, None
    settings.READING_ENDPOINT = f"http://127.0.0.1:{server.server_port}/v1"
    settings.READING_MODEL, settings.READING_KEY = "example", "secret"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def proposed(model):
    reading = read(TEXT)
    failure = propose_more(reading, Register())
    return [p for p in reading.proposals if p.by_model], failure


def test_what_the_text_bears_out_is_added(model):
    model.answer = [fact(span="老人们听得入神")]
    [proposal], failure = proposed(model)
    assert (proposal.organization, failure) == ("样例剧团", "")
    assert (model.asked["model"], model.key) == ("example", "Bearer secret")


@pytest.mark.parametrize(
    "made_up",
    [
        {"span": "样例剧团捐款一百万元"},
        {"span": ""},
        {"category": "heroism"},
        {"span": "老人们听得入神", "quantity": 500, "unit": "人"},
    ],
)
def test_what_is_not_in_the_text_is_dropped(model, made_up):
    model.answer = [fact(**made_up)]
    assert proposed(model)[0] == []


def test_an_organization_that_the_text_does_not_name_is_left_open(model):
    model.answer = [fact(org="样例大学")]
    [proposal], _failure = proposed(model)
    assert proposal.organization == ""


def test_a_span_is_found_across_line_breaks(model):
    model.answer = [fact(span="样例剧团在广场连唱了近20折折子戏")]
    [proposal], _failure = proposed(model)
    assert TEXT[proposal.start : proposal.end] == "样例剧团在广场\n连唱了近20折折子戏"


def test_what_the_rules_found_is_not_proposed_twice(model):
    model.answer = [fact(org="样例银行", category="donation", quantity=30000, unit="元", span="样例银行捐款3万元")]
    assert proposed(model)[0] == []


@pytest.mark.parametrize("answer", ["不知道", "[{", '[1, null, "x"]', '{"a": 1}'])
def test_nonsense_adds_nothing(model, answer):
    model.answer = answer
    assert proposed(model)[0] == []


def test_a_model_that_does_not_answer_is_told_and_the_rules_stand(model):
    model.status = 500
    reading = read(TEXT)
    assert "没有应答" in propose_more(reading, Register())
    assert reading.proposals


def test_without_configuration_nobody_is_asked(settings):
    settings.READING_ENDPOINT = ""
    assert propose_more(read(TEXT), Register()) == ""
