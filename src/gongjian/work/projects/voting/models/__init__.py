"""The nouns of owners' votes."""

from gongjian.work.projects.voting.models.ballots import Ballot, Proxy
from gongjian.work.projects.voting.models.objections import Objection
from gongjian.work.projects.voting.models.roll import Flat, FlatOwner, Owner
from gongjian.work.projects.voting.models.votes import Motion, Vote

__all__ = ["Ballot", "Flat", "FlatOwner", "Motion", "Objection", "Owner", "Proxy", "Vote"]
