"""What can be done with teams, volunteers, activities, calls, places in shifts, and hours."""

from gongjian.work.volunteering.services.activities import (
    cancel_activity,
    edit_activity,
    finish_activity,
    open_activity,
    plan_activity,
    repeat_activity,
)
from gongjian.work.volunteering.services.attending import check_in, check_out, close_forgotten, tick_in, tick_out
from gongjian.work.volunteering.services.calls import (
    answer_call,
    close_call,
    decide_answer,
    draft_call,
    edit_call,
    open_call,
    withdraw_answer,
)
from gongjian.work.volunteering.services.confirming import confirm_hours, correct_times, enter_hours, refuse_hours
from gongjian.work.volunteering.services.crediting import credit_hours, record_turnout, stand_behind_hours
from gongjian.work.volunteering.services.liaising import send_person
from gongjian.work.volunteering.services.places import (
    assign,
    decide,
    leave_all,
    lock_places,
    offer_swap,
    sign_up,
    take_swap,
    withdraw,
)
from gongjian.work.volunteering.services.proving import Proof, give_pin, spend_try
from gongjian.work.volunteering.services.registering import (
    Guardian,
    Introduction,
    describe_volunteer,
    register_volunteer,
    retire_volunteer,
    set_times,
    take_in_volunteer,
)
from gongjian.work.volunteering.services.shifts import Pattern, cancel_shift, change_shift, lay_out_shifts
from gongjian.work.volunteering.services.teams import dissolve_team, found_teams, join_team, leave_team
from gongjian.work.volunteering.services.wishing import say_wishes, set_companions

__all__ = [
    "Guardian",
    "Introduction",
    "Pattern",
    "Proof",
    "answer_call",
    "assign",
    "cancel_activity",
    "cancel_shift",
    "change_shift",
    "check_in",
    "check_out",
    "close_call",
    "close_forgotten",
    "confirm_hours",
    "correct_times",
    "credit_hours",
    "decide",
    "decide_answer",
    "describe_volunteer",
    "dissolve_team",
    "draft_call",
    "edit_activity",
    "edit_call",
    "enter_hours",
    "finish_activity",
    "found_teams",
    "give_pin",
    "join_team",
    "lay_out_shifts",
    "leave_all",
    "leave_team",
    "lock_places",
    "offer_swap",
    "open_activity",
    "open_call",
    "plan_activity",
    "record_turnout",
    "refuse_hours",
    "register_volunteer",
    "repeat_activity",
    "retire_volunteer",
    "say_wishes",
    "send_person",
    "set_companions",
    "set_times",
    "sign_up",
    "spend_try",
    "stand_behind_hours",
    "take_in_volunteer",
    "take_swap",
    "tick_in",
    "tick_out",
    "withdraw",
    "withdraw_answer",
]
