"""The pages of what the kernel's notifications tell: the inbox, and the channels that somebody sets."""
