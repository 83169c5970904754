"""Asking the OMS in the middle of a sale: each question has one answer, in time, or an honest "no answer"."""

from collections.abc import Iterator
from typing import ClassVar, Literal

import pytest

from app.domain.money import Value
from app.sync.questions import NOT_UNDERSTOOD, TOO_LATE, Denied, Given, NoAnswer, Question, Request
from app.till.flow import asking
from app.till.flow.step import Step, troubled
from app.till.state import State
from tests.till.till import Till


class Weather(Value):
    sky: str


class AskWeather(Question):
    kind: Literal["weather"] = "weather"
    answer: ClassVar[type[Value]] = Weather

    def request(self) -> Request:
        return Request(path="/weather", query={"city": "Mysuru"})


def noted(state: State, question: Question, answer: Value) -> Step:
    return troubled(state, f"{type(question).__name__}: {answer}")


@pytest.fixture
def curious(selling: Till) -> Iterator[Till]:
    """A till that has asked about the weather."""
    asking.ANSWERS[AskWeather] = noted
    selling.takes(asking.asked(selling.state, "q1", AskWeather()))
    yield selling
    del asking.ANSWERS[AskWeather]


def test_a_question_goes_to_the_courier_sealed(curious: Till) -> None:
    """It may name a customer: nothing readable lies in the browser's database."""
    stored = curious.device.disk.questions["q1"]

    assert [Request(path="/weather", query={"city": "Mysuru"})] == curious.asked()
    assert ("questions", False) == (curious.device.channel.said[-1], b"Mysuru" in stored)


def test_a_good_answer_arrives_parsed(curious: Till) -> None:
    """Flows work with nouns, never with what came over the wire."""
    curious.is_answered(Given(body='{"sky":"blue","new in a later release":1}'))

    assert ("AskWeather: sky='blue'", {}, {}) == (
        curious.state.trouble, curious.state.asked, curious.device.disk.questions
    )  # fmt: skip


@pytest.mark.parametrize("body", ["", "null", "<html>", '{"sky":7}', "[" * 10_000])
def test_an_answer_that_does_not_fit_is_none(curious: Till, body: str) -> None:
    """A page of a portal must not become a price."""
    curious.is_answered(Given(body=body))

    assert curious.state.trouble == f"AskWeather: {NoAnswer(why=NOT_UNDERSTOOD)}"


def test_a_no_of_the_oms_comes_with_its_words(curious: Till) -> None:
    """The cashier has to tell the customer why."""
    curious.is_answered(Denied(status=409, why="It was used yesterday."))

    assert "It was used yesterday." in curious.state.trouble


def test_nobody_waits_for_ever(curious: Till) -> None:
    """Should the courier be dead, the sale goes on after seconds."""
    curious.time_passes(6.5)

    assert f"AskWeather: {NoAnswer(why=TOO_LATE)}" == curious.state.trouble


def test_an_answer_that_comes_too_late_is_dropped(curious: Till) -> None:
    """What the cashier was told first holds: the sale has moved on."""
    curious.time_passes(6.5)
    curious.is_answered(Given(body='{"sky":"blue"}'))

    assert TOO_LATE in curious.state.trouble


def test_an_answer_is_taken_once(curious: Till) -> None:
    """The channel may say the same word twice."""
    curious.is_answered(Given(body='{"sky":"blue"}'))
    curious.says("TroubleSeen")
    curious.hears("answers")

    assert curious.state.trouble == ""


@pytest.mark.parametrize(("fault", "why"), [("full", "disk"), ("breaks before", "storage")])
def test_a_disk_that_fails_is_an_answer(selling: Till, fault: str, why: str) -> None:
    """A question that cannot be written down must not be waited for."""
    asking.ANSWERS[AskWeather] = noted
    selling.device.disk.faults.append(fault)
    selling.takes(asking.asked(selling.state, "q1", AskWeather()))
    del asking.ANSWERS[AskWeather]

    assert (why in selling.state.trouble, {}) == (True, selling.state.asked)


def test_questions_do_not_outlive_a_start(curious: Till) -> None:
    """Nobody waits for them any more."""
    curious.starts_again()

    assert ({}, {}) == (curious.state.asked, curious.device.disk.questions)
