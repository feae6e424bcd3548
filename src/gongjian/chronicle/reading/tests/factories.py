"""Reports for tests, through the services that the pages call."""

from typing import Any

from gongjian.chronicle.reading.models import Report
from gongjian.chronicle.reading.services import read_report
from gongjian.registry.models import Account, Office
from gongjian.registry.tests.factories import first_community, make_clerk, make_organization

TEXT = """\
梧桐路街道表彰共建单位

样例银行梧桐支行
服务居民

2024年5月6日，样例银行梧桐支行向一号社区捐款3万元。该行还派出12名员工参加社区疫情防控值守，累计值守160余小时。

样例第三小学
敞开校门

2024年6月，学校为社区提供活动室200平方米。
"""


def make_bank(office: Office) -> Any:
    return make_organization(office, "样例银行梧桐支行", short_name="样例银行", kind="bank", community=first_community(office))


def make_report(office: Office, actor: Account | None = None, text: str = TEXT, **details: Any) -> Report:
    return read_report(actor or make_clerk(office), text=text, **details)
