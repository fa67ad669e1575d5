"""Files are read in processes of their own, with limits of time and memory, started once and used for many files.

Libraries of others parse what strangers wrote, and our own search for the form takes more than linear time. So both
happen in a process that can be ended: a file that would take too long or too much is `Unreadable` like any other.

`pool` lends processes, `process` is one of them as its parent sees it, and `worker` is what runs in it.
"""
