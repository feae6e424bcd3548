from typing import Any

from gongjian.work.projects.tests.factories import Cast
from gongjian.work.projects.voting.models import Ballot
from gongjian.work.projects.voting.selectors.counting import count_vote
from gongjian.work.projects.voting.tests.factories import cast_paper, entry, flat_of, make_open


def test_the_count_takes_the_same_queries_for_more_flats(cast: Cast, django_assert_num_queries: Any) -> None:
    vote = make_open(cast, [entry(str(number), "80", f"业主{number}", f"共有{number}") for number in range(200)])
    for number in range(0, 200, 40):
        cast_paper(cast, flat_of(vote, str(number)), owner=f"业主{number}")
    with django_assert_num_queries(5):  # roll, titles, proxies, ballots, motions
        ((_motion, result),) = count_vote(vote)
    assert (result.everybody.heads, result.taking_part.heads) == (200, 5)
    assert Ballot.objects.count() == 5
