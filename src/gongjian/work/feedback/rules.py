"""Anyone may speak; clerks and leaders answer."""

from gongjian.registry.roles import anyone, grant, is_auditor, is_office

grant(
    {
        "feedback.send": anyone,
        "feedback.follow": anyone,
        "feedback.read": is_office | is_auditor,
        "feedback.answer": is_office,
    }
)
