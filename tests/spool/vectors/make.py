#!/usr/bin/env python3
"""make.py [FOLDER]: small spools, and what a reader tells of each.

Written by what dateline-spool(5) says of the bytes, and by nothing of the code
in spool/, so that the two can be held against each other. Needs zstd(1). What
is made is the same each time, but for the frames of another release of zstd.
"""
import json
import os
import shutil
import struct
import subprocess
import sys
import time
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
UUID = bytes.fromhex("6f9d3c1e5a2b4c7d8e9f0a1b2c3d4e5f")
OTHER = bytes.fromhex("11111111222243338444555555555555")
START = 1793863203311  # 2026-11-05T07:20:03.311Z
STEP = 1500  # milliseconds from one commit to the next

HEADER, MARK, INDEX, SEEK_TABLE = (0x184D2A50 + n for n in (10, 11, 12, 14))
SEEKABLE = 0x8F92EAB1
RECORDS, LOSS = 0, 1


# ---- the bytes ----

def name(first):
    return "%020d.jsonl.zst" % first


def skippable(magic, content):
    return struct.pack("<II", magic, len(content)) + content


def summed(sign, rest):
    """A sign, the checksum of the rest, the rest."""
    return sign + struct.pack("<I", zlib.crc32(rest)) + rest


def header(first, created=START, uuid=UUID, version=1):
    return skippable(HEADER, summed(
        b"dateline", struct.pack("<I16sQq", version, uuid, first, created)))


def compressed(lines):
    return subprocess.run(
        ["zstd", "-q", "-c", "-3", "--check", "--stream-size=%d" % len(lines)],
        input=lines, stdout=subprocess.PIPE, check=True).stdout


def commit(first, after, when, lines, kind=RECORDS, size=None):
    """Mark and frame; published, but where another size is given."""
    frame = compressed(lines)
    padding = bytes(-len(frame) % 4)
    mark = skippable(MARK, summed(b"DLMK", struct.pack(
        "<IIQQqII", len(frame), len(padding), first, after, when, kind,
        zlib.crc32(padding + frame))) + padding)
    if size is not None:
        mark = mark[:4] + struct.pack("<I", size(len(mark) - 8, len(frame))) + mark[8:]
    return mark + frame


def pending(own, frame):
    return own + frame


def index(entries):
    return skippable(INDEX, summed(b"DLIX", struct.pack(
        "<II", len(entries), 0) + b"".join(
            struct.pack("<QQq", *entry) for entry in entries)))


def seek_table(frames):
    """Of compressed and decompressed sizes."""
    return skippable(SEEK_TABLE, b"".join(
        struct.pack("<II", *sizes) for sizes in frames) + struct.pack(
            "<IBI", len(frames), 0, SEEKABLE))


# ---- lines and segments ----

def at(n):
    """When the commit of line n is made, one after the other."""
    return START + n * STEP


def moment(millis):
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(millis // 1000)) + \
        ".%03dZ" % (millis % 1000)


def dumped(line):
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def record(seq, when):
    return dumped({
        "seq": seq, "spooled": moment(when), "v": 1, "kind": "record",
        "id": "gazette:%d" % (31840 + seq),
        "title": "Cầu mới ở Hà Nội, part %d" % seq})


def loss(first, last):
    return dumped({"v": 1, "kind": "loss", "from": first, "to": last,
                   "why": "lines that the state knows of are not in the spool"})


def joined(lines):
    return "".join(line + "\n" for line in lines).encode()


class Segment:
    """Bytes, and where its commits are; what is told of each, at first."""

    def __init__(self, first, **header_has):
        self.name = name(first)
        self.next = first
        self.bytes = header(first, created=at(first), **header_has)
        self.frames = [(len(self.bytes), 0)]
        self.entries = []
        self.told = []  # a list of lines for each commit
        self.marks = []  # offset of each

    def add(self, n, **how):
        """A commit of so many lines."""
        when = at(self.next)
        self.put([(seq, when) for seq in range(self.next, self.next + n)], **how)
        return self

    def put(self, records, **how):
        lines = [record(*each) for each in records]
        self.commit(self.next + len(lines), records[-1][1], lines, **how)

    def lose(self, last, **how):
        self.commit(last + 1, at(self.next), [loss(self.next, last)], kind=LOSS, **how)
        return self

    def commit(self, after, when, lines, **how):
        text = joined(lines)
        made = commit(self.next, after, when, text, **how)
        frame = struct.unpack_from("<I", made, 16)[0]
        self.marks.append(len(self.bytes))
        self.entries.append((len(self.bytes), self.next, when))
        self.frames += [(len(made) - frame, 0), (frame, len(text))]
        self.told.append(lines)
        self.bytes += made
        self.next = after

    def other(self, content, magic=0x184D2A50):
        """A skippable frame that is none of ours."""
        self.bytes += skippable(magic, content)
        return self

    def seal(self):
        self.index = len(self.bytes)
        made = index(self.entries)
        self.seek_table = self.index + len(made)
        self.bytes += made + seek_table(self.frames + [(len(made), 0)])
        return self

    def flip(self, offset, bit=0):
        self.bytes = self.bytes[:offset] + bytes([self.bytes[offset] ^ 1 << bit]) + \
            self.bytes[offset + 1:]
        return self

    def cut(self, size):
        self.bytes = self.bytes[:size]
        return self

    def lines(self, *which):
        """What is told of its commits: of all, or of these."""
        return [line for n in which or range(len(self.told)) for line in self.told[n]]

    def damaged(self, offset, *numbers):
        """From where on, and the first and the last number, if any are lost."""
        return "damaged %s@%d" % (self.name, offset) + \
            (" %d-%d" % numbers if numbers else "")


def position(seq, uuid=UUID, when=at(99), version=1):
    text = uuid.hex()
    text = "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
    line = "dateline-consumer %d %s %020d %s " % (version, text, seq, moment(when))
    return (line + "%08x\n" % zlib.crc32(line.encode())).encode()


# ---- the cases: segments (and other files), and what is told ----

def live():
    one = Segment(1).add(2).add(1).add(3)
    return [one], one.lines()


def empty():
    return [Segment(1)], []


def two_segments():
    one, five = Segment(1).add(2).add(2), Segment(5).add(1).add(2)
    return [one, five], one.lines() + five.lines()


def with_loss():
    one = Segment(1).add(3).lose(9).add(2)
    return [one], one.lines()


def pending_at_the_end():
    one = Segment(1).add(2).add(1).add(3, size=pending)
    return [one], one.lines(0, 1)


def pending_before_a_successor():
    one, four = Segment(1).add(2).add(1, size=pending), Segment(4).add(2)
    return [one, four], one.lines() + four.lines()


def pending_and_taken():
    """Nobody was shown it, and its number went to another line."""
    one, three = Segment(1).add(2).add(1, size=pending), Segment(3).add(2)
    return [one, three], one.lines(0) + three.lines()


def torn_at_the_end():
    one = Segment(1).add(2).add(1).add(3, size=pending)
    return [one.cut(len(one.bytes) - 21)], one.lines(0, 1)


def torn_mark_at_the_end():
    one = Segment(1).add(2).add(1).add(3, size=pending)
    return [one.cut(one.marks[2] + 33)], one.lines(0, 1)


def stale_size_in_the_middle():
    one = Segment(1).add(2).add(1, size=pending).add(3)
    one.add(1, size=lambda own, frame: 0x7FFFFFF1).add(2)
    return [one], one.lines()


def sealed_segment():
    """Two commits of old in one, and one with a loss on each side."""
    one = Segment(1)
    one.put([(1, at(1)), (2, at(1)), (3, at(3)), (4, at(3)), (5, at(3))])
    one.lose(8)
    one.put([(9, at(9)), (10, at(10)), (11, at(10))])
    one.put([(12, at(12))])
    return one.seal()


def sealed():
    one = sealed_segment()
    return [one], one.lines()


def sealed_and_live():
    one, next_ = sealed_segment(), Segment(13).add(1).add(2)
    return [one, next_], one.lines() + next_.lines()


def sealed_damaged():
    """In a frame, in the index and in the seek table."""
    one, next_ = sealed_segment(), Segment(13).add(1)
    one.flip(one.marks[2] + 80, 3).flip(one.index + 30).flip(one.seek_table + 11, 7)
    return [one, next_], one.lines(0, 1) + \
        [one.damaged(one.marks[2], 9, 11)] + one.lines(3) + next_.lines()


def damaged_frame():
    one = Segment(1).add(2).add(3).add(1)
    one.flip(one.marks[1] + 90, 5)
    return [one], one.lines(0) + [one.damaged(one.marks[1], 3, 5)] + one.lines(2)


def damaged_frame_at_the_end():
    one = Segment(1).add(2).add(3)
    one.flip(len(one.bytes) - 3, 6)
    return [one], one.lines(0) + [one.damaged(one.marks[1], 3, 5)]


def damaged_mark():
    one = Segment(1).add(2).add(3).add(1)
    one.flip(one.marks[1] + 30)
    return [one], one.lines(0) + [one.damaged(one.marks[1], 3, 5)] + one.lines(2)


def damaged_mark_before_a_successor():
    one, six = Segment(1).add(2).add(3), Segment(6).add(1)
    one.flip(one.marks[1] + 13, 2)
    return [one, six], one.lines(0) + [one.damaged(one.marks[1], 3, 5)] + six.lines()


def damaged_mark_at_the_end():
    """As a commit in the act: nothing is told until there is more."""
    one = Segment(1).add(2).add(3)
    one.flip(one.marks[1] + 30)
    return [one], one.lines(0)


def damaged_header():
    one, three = Segment(1).add(2), Segment(3).add(2)
    one.flip(45, 1)
    three.flip(9, 1)
    return [one, three], \
        [one.damaged(0)] + one.lines() + [three.damaged(0)] + three.lines()


def later_version():
    one, three = Segment(1).add(2), Segment(3, version=2).add(2)
    return [one, three], one.lines() + ["error EPROTONOSUPPORT %s" % three.name]


def foreign_skippable_frame():
    one = Segment(1).other(b"made by hand").add(2).other(b"", 0x184D2A5F)
    one.add(1).other(b"the end", SEEK_TABLE)
    return [one], one.lines()


def commit_in_a_foreign_frame():
    """It is good in itself, and stands where no commit can be."""
    one = Segment(1).add(2)
    one.other(commit(3, 9, at(3), joined([record(n, at(3)) for n in range(3, 9)])))
    one.add(1)
    return [one], one.lines()


def files_of_others():
    one, three = Segment(1).add(2), Segment(3).add(1)
    files = {
        ".lock": b"", ".upkeep": b"",
        ".new": header(4), ".sealing": one.bytes[:100], ".repair": three.bytes[:77],
        name(1) + ".damaged": one.bytes[:90],
        name(2)[:-4]: b"{}\n",
        name(2)[1:]: one.bytes,
        "0" + name(2): one.bytes,
        "2.jsonl.zst": one.bytes,
        "99999999999999999999.jsonl.zst": one.bytes,
        "README": b"A spool of the Gazette.\n",
    }
    return [one, three], one.lines() + three.lines(), files


def removed_oldest():
    seven, nine = Segment(7).add(2), Segment(9).add(1)
    return [seven, nine], ["gap 1-6"] + seven.lines() + nine.lines()


def removed_in_the_middle():
    one, nine = Segment(1).add(2), Segment(9).add(1)
    return [one, nine], one.lines() + ["gap 3-8"] + nine.lines()


def consumers():
    one = Segment(1).add(2).add(3)
    good = position(4)
    kinds = [
        ("at-the-end", position(5), "6"),
        ("bad-checksum", good[:-2] + b"%x\n" % (int(good[-2:-1], 16) ^ 1), "EBADMSG"),
        ("bad-digit", good.replace(b"0004 ", b"0003 "), "EBADMSG"),
        ("beyond-the-end", position(6), "ERANGE"),
        ("cut-short", good[:50], "EBADMSG"),
        ("good", good, "5"),
        ("later-version", position(4, version=2), "EPROTONOSUPPORT"),
        ("new", b"", "0"),
        ("not-ours", b"4\n", "EBADMSG"),
        ("of-another-spool", position(4, uuid=OTHER), "ESTALE"),
        ("two-lines", good + good, "EBADMSG"),
        ("with-zero", position(0), "1"),
        ("without-newline", good[:-1], "EBADMSG"),
    ]
    files = {"consumers/" + kind: text for kind, text, _ in kinds}
    files["consumers/.hidden"] = good
    told = ["consumer %s %s" % (kind, goes_on) for kind, _, goes_on in kinds]
    return [one], one.lines() + told + ["consumer .hidden EINVAL"], files


CASES = {
    "live": live,
    "empty": empty,
    "two-segments": two_segments,
    "loss": with_loss,
    "pending-at-the-end": pending_at_the_end,
    "pending-before-a-successor": pending_before_a_successor,
    "pending-and-taken": pending_and_taken,
    "torn-at-the-end": torn_at_the_end,
    "torn-mark-at-the-end": torn_mark_at_the_end,
    "stale-size-in-the-middle": stale_size_in_the_middle,
    "sealed": sealed,
    "sealed-and-live": sealed_and_live,
    "sealed-damaged": sealed_damaged,
    "damaged-frame": damaged_frame,
    "damaged-frame-at-the-end": damaged_frame_at_the_end,
    "damaged-mark": damaged_mark,
    "damaged-mark-before-a-successor": damaged_mark_before_a_successor,
    "damaged-mark-at-the-end": damaged_mark_at_the_end,
    "damaged-header": damaged_header,
    "later-version": later_version,
    "foreign-skippable-frame": foreign_skippable_frame,
    "commit-in-a-foreign-frame": commit_in_a_foreign_frame,
    "files-of-others": files_of_others,
    "removed-oldest": removed_oldest,
    "removed-in-the-middle": removed_in_the_middle,
    "consumers": consumers,
}


def write(folder, path, content):
    path = os.path.join(folder, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)


def main():
    top = sys.argv[1] if len(sys.argv) > 1 else HERE
    for case, make in CASES.items():
        segments, told, *files = make()
        folder = os.path.join(top, case)
        shutil.rmtree(folder, ignore_errors=True)
        for segment in segments:
            write(folder, segment.name, segment.bytes)
        for path, content in (files[0] if files else {}).items():
            write(folder, path, content)
        write(folder, "expected.txt", joined(told))


if __name__ == "__main__":
    main()
