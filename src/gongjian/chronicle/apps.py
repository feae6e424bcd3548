from gongjian.kernel.rooms import RoomConfig


class ChronicleConfig(RoomConfig):
    name = "gongjian.chronicle"
    label = "chronicle"
