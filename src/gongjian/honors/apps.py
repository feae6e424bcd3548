from gongjian.kernel.rooms import RoomConfig


class HonorsConfig(RoomConfig):
    name = "gongjian.honors"
    label = "honors"
