"""The columns of the sheet. Their titles are Chinese in every language, for so the hotline's sheets are titled."""

COLUMNS = ("工单编号", "反映时间", "内容", "社区", "具体位置", "反映人", "电话", "类别", "经度", "纬度")
NUMBER, SAID_AT, TEXT, PLACE, SPOT, NAME, PHONE, CATEGORY, LONGITUDE, LATITUDE = range(len(COLUMNS))
OPTIONAL = frozenset({"经度", "纬度"})
"""Sheets without these titles are taken; with them a cell may still be empty."""

WIDTHS = (20, 18, 60, 14, 26, 10, 16, 18, 12, 12)
HELP = (
    ("工单编号", "热线的编号，同一个只导入一次；没有就空着。请保持“文本”格式，长数字才不会丢末位。", "12345-20260302-0001"),
    ("反映时间", "居民向热线反映的时间。空着算导入的时间。办理时限从导入时起算。", "2026-03-02 08:30"),
    ("内容", "必填。说了什么事，4 到 4000 个字。", "三号楼前的垃圾三天没有清了"),
    ("社区", "本街道的社区，写法见“社区和类别”一页；不清楚就空着。", "一号社区"),
    ("具体位置", "楼栋、路口、店名等。", "三号楼东侧"),
    ("反映人", "称呼。只有办理的人看得到。", "样例"),
    ("电话", "手机号，或带区号的座机号；不留可以空着。", "13800000000"),
    ("类别", "派单目录里的类别，写法见“社区和类别”一页；空着或对不上，就按内容建议。", "环境卫生·垃圾清运"),
    ("经度", "WGS 84，东经为正；和纬度一起填，或都空着。", "113.625400"),
    ("纬度", "WGS 84，北纬为正。", "34.746600"),
)
