"""The papers of projects."""

from django.utils import timezone
from django.utils.translation import override

from gongjian.kernel.papers import Paper, Part, Table
from gongjian.work.projects.kinds import MEETINGS
from gongjian.work.projects.models import Attendee, Meeting, Opinion, Resolution


def minutes_paper(meeting: Meeting) -> Paper:
    """Who came, what was said and by whom, what was resolved and who sees to it until when."""
    _kind, name = MEETINGS[meeting.kind]
    at = timezone.localtime(meeting.starts_at)
    attendees = list(meeting.attendees.all())
    with override("zh-hans"):
        return Paper(
            title=f"{name}纪要",
            sub=meeting.project.title,
            parts=[
                Part("一、会议", [f"议题：{meeting.title}", f"时间：{at:%Y年%-m月%-d日 %H:%M}", f"地点：{meeting.venue}"]),
                Part("", [f"召集：{meeting.host}"]),
                Part("二、到会", [_named(attendees, came=True)]),
                Part("", [f"请了没有到：{_named(attendees, came=False)}"]),
                Part(
                    "三、意见",
                    table=Table(["谁", "态度", "意见"], [_opinion(one) for one in meeting.opinions.all()], [2, 1, 5]),
                ),
                Part("四、纪要", meeting.minutes.splitlines() or ["无"]),
                Part(
                    "五、决议",
                    table=Table(
                        ["决议", "责任人", "时限", "状态"],
                        [_resolution(one) for one in meeting.resolutions.all()],
                        [5, 2, 2, 1],
                    ),
                ),
            ],
            signers=["主持人（签字）", "记录人（签字）"],
            date=f"{at:%Y年%-m月%-d日}",
            author=str(meeting.host),
        )


def _named(attendees: list[Attendee], *, came: bool) -> str:
    return "、".join(str(one) for one in attendees if one.came == came) or "无"


def _opinion(opinion: Opinion) -> list[str]:
    floor = f"{opinion.floor} 楼" if opinion.floor is not None else ""
    whose = " ".join(filter(None, [floor, str(opinion.attendee or "")]))
    return [whose, str(opinion.get_stance_display()), opinion.words]


def _resolution(resolution: Resolution) -> list[str]:
    task = resolution.task
    if task is None:
        return [resolution.words, "", "", "未派"]
    return [resolution.words, task.responsible.name, f"{task.due_on:%Y-%m-%d}", str(task.get_state_display())]
