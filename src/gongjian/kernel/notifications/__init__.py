"""Telling people: an outbox written in the transaction of the act, and a worker that carries it to their channels.

Rooms call `outbox.notify`; what a kind of notice says stands in the room's `RoomConfig.notices`.
"""
