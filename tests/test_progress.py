"""How far work has come: what those who listen are told."""

import threading
from contextvars import copy_context

import pytest
from hypothesis import given
from hypothesis import strategies as st

import progress
from progress import Cancelled, Step, advance, counted, plan, reporting


def heard(work):
    steps = []
    with reporting(steps.append):
        work()
    return steps


def test_nobody_needs_to_listen():
    plan({"reading": 1})
    advance("reading", 1, 2)


def test_stages_count_by_their_weights():
    def work():
        plan({"reading": 3, "writing": 1})
        advance("reading", 1, 2)
        advance("reading", 2, 2)
        advance("writing", 5, 10)
        advance("writing", 10, 10)

    assert heard(work) == [
        Step("reading", 1, 2, 37.5),
        Step("reading", 2, 2, 75),
        Step("writing", 5, 10, 87.5),
        Step("writing", 10, 10, 100),
    ]


def test_a_stage_that_is_passed_over_counts_as_done():
    def work():
        plan({"reading": 1, "checking": 2, "writing": 1})
        advance("reading", 1, 1)
        advance("writing")

    assert [step.percent for step in heard(work)] == [25, 75]


def test_of_an_unknown_length_only_the_stage_is_told():
    def work():
        plan({"reading": 1, "writing": 1})
        advance("reading", 1000)
        advance("tidying up", 1, 1)

    assert heard(work) == [Step("reading", 1000, None, 0), Step("tidying up", 1, 1, 0)]


def test_the_first_plan_counts():
    def work():
        plan({"clustering": 3, "matching": 1})
        plan({"clustering": 1})
        advance("clustering", 1, 1)

    assert heard(work)[0].percent == 75


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcx"), st.integers(0, 9), st.one_of(st.none(), st.integers(0, 9))
        )
    )
)
def test_the_percentage_never_goes_back(steps):
    def work():
        plan({"a": 1, "b": 2, "c": 0.5})
        for step in steps:
            advance(*step)

    percentages = [step.percent for step in heard(work)]
    assert percentages == sorted(percentages)
    assert all(0 <= percent <= 100 for percent in percentages)


def test_rows_are_counted_as_their_batches_are_done():
    def work():
        plan({"writing": 1})
        assert list(counted(["ab", "c"], "writing", 4)) == ["ab", "c"]

    assert heard(work) == [Step("writing", 2, 4, 50, "rows"), Step("writing", 3, 4, 75, "rows")]


def test_who_listens_may_end_the_work():
    def cancel(_step):
        raise Cancelled

    with reporting(cancel), pytest.raises(Cancelled, match="nothing has changed"):
        advance("reading", 1, 2)
    advance("reading", 2, 2)


def test_another_thread_reports_where_it_is_given_the_context():
    def work():
        plan({"reading": 1})
        context = copy_context()
        thread = threading.Thread(target=context.run, args=(advance, "reading", 1, 4))
        thread.start()
        thread.join()

    assert heard(work) == [Step("reading", 1, 4, 25)]


def test_each_listener_hears_its_own_work():
    with reporting(lambda _: None):
        plan({"reading": 1, "writing": 1})
        assert heard(lambda: progress.advance("reading", 1, 1))[0].percent == 0
