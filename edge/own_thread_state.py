"""Gives each process of Kamailio thread-local values of OpenSSL of its own (docs/decisions/0304).

OpenSSL keeps the errors of a thread, and its random numbers, in memory that a thread-local value points to. Kamailio's
module tls has OpenSSL take all its memory from what the processes share, and starts OpenSSL before it forks: all processes
would write to the same errors and numbers at once, which breaks connections of others, and ends Kamailio.
"""

import ctypes

# glibc's PTHREAD_KEYS_MAX.
KEYS = 1024


def shared_memory():
    """Where memory is that other processes see too: pairs of its first address and the one behind it."""
    with open("/proc/self/maps", encoding="ascii", errors="replace") as lines:
        for line in lines:
            addresses, permissions = line.split()[:2]
            if permissions.endswith("s"):
                first, behind = addresses.split("-")
                yield int(first, 16), int(behind, 16)


class Process:
    def __init__(self):
        # Before the fork, so that no process loads it again.
        libc = ctypes.CDLL(None)
        self.get = libc.pthread_getspecific
        self.get.argtypes, self.get.restype = [ctypes.c_uint], ctypes.c_void_p
        self.set = libc.pthread_setspecific
        self.set.argtypes, self.set.restype = [ctypes.c_uint, ctypes.c_void_p], ctypes.c_int

    def child_init(self, _rank):
        """Called by each process as it begins. What it forgets here is made anew when it is needed."""
        shared = list(shared_memory())
        for key in range(KEYS):
            value = self.get(key)
            if value is not None and any(first <= value < behind for first, behind in shared):
                self.set(key, None)
        return 0


def mod_init():
    """Called by the module app_python3 as it loads this."""
    return Process()
