"""The columns of the sheet, titled as the hotline titles them."""

from gongjian.kernel.sheets.kinds import Column

NUMBER, SAID_AT, TEXT, PLACE, SPOT = "工单编号", "反映时间", "内容", "社区", "具体位置"
NAME, PHONE, CATEGORY, LONGITUDE, LATITUDE = "反映人", "电话", "类别", "经度", "纬度"
COLUMNS = (
    Column(
        NUMBER,
        "热线的编号，同一个只导入一次；没有就空着。请保持“文本”格式，长数字才不会丢末位。",
        "12345-20260302-0001",
        20,
        digits=True,
    ),
    Column(SAID_AT, "居民向热线反映的时间。空着算导入的时间。办理时限从导入时起算。", "2026-03-02 08:30", 18),
    Column(TEXT, "必填。说了什么事，4 到 4000 个字。", "三号楼前的垃圾三天没有清了", 60),
    Column(PLACE, "本街道的社区，写法见“可以这样写”一页；不清楚就空着。", "一号社区", 14),
    Column(SPOT, "楼栋、路口、店名等。", "三号楼东侧", 26),
    Column(NAME, "称呼。只有办理的人看得到。", "样例", 10),
    Column(PHONE, "手机号，或带区号的座机号；不留可以空着。", "13800000000", 16),
    Column(CATEGORY, "派单目录里的类别，写法见“可以这样写”一页；空着或对不上，就按内容建议。", "环境卫生·垃圾清运", 18),
    Column(LONGITUDE, "WGS 84，东经为正；和纬度一起填，或都空着。", "113.625400", 12, optional=True),
    Column(LATITUDE, "WGS 84，北纬为正。", "34.746600", 12, optional=True),
)
