#!/usr/bin/env python3
"""The lines of a spool: reader.py DIR [FROM] [-f]; or from reader import lines.
Copy it: it needs zstd(1), nothing else. Go on behind the last "seq" you had."""
import os, re, signal, struct, subprocess, sys, tempfile, time, zlib

def commits(data, later):  # first and next number, frame, why some are missing
    done = 0
    for at in (magic.start() for magic in re.finditer(rb"\[\*M\x18", data)):
        head = data[at:at + 56].ljust(56)
        _, size, _, crc, frame, pad, first, after, _, _, check = struct.unpack("<II4sIIIQQqII", head)
        if at < done or crc != zlib.crc32(head[16:]):
            continue  # no mark, but in a frame by chance; or damaged
        end = at + 56 + pad + frame
        if size != 48 + pad and later < after and b"[*M\x18" not in data[end:]:
            return  # pending: perhaps it is not on the disk yet
        why = b"removed" if at == done else b"damaged"
        good = check == zlib.crc32(data[at + 56:end])
        yield first, after, data[end - frame:end] if good else b"", why, (done := end)

def unpack(packed, want):  # frames in a file; the first may have lines before
    if packed.tell() > 0:
        packed.seek(0)
        zstd = subprocess.Popen(["zstd", "-dcq"], stdin=packed, stdout=subprocess.PIPE)
        for line in zstd.stdout:
            seq = re.match(rb'{"seq":(\d+)', line)
            if not seq or int(seq[1]) >= want: yield line.rstrip(b"\n")
        if zstd.wait() != 0: raise OSError(f"zstd ended with {zstd.returncode}")
        packed.seek(0), packed.truncate()

def lines(folder, want=0, follow=False):  # from a number on; they are bytes
    gap, ends = b'{"v":1,"kind":"gap","from":%d,"to":%d,"why":"%s"}', {}
    while True:  # listed before they are read: one with a successor is complete
        names = sorted(n for n in os.listdir(folder) if n[20:] == ".jsonl.zst")
        for name, later in zip(names, [int(n[:20]) for n in names[1:]] + [0]):
            begin = want = want or int(name[:20])
            path = os.path.join(folder, name)
            if 0 < later <= want or not os.path.exists(path):
                continue  # one that was removed just now will be a gap
            with open(path, "rb") as file, tempfile.TemporaryFile() as packed:
                this, done = (name, os.fstat(file.fileno()).st_ino), 0
                at = file.seek(ends.get(this, 56))  # another file when sealed
                data = file.read()
                for first, after, frame, why, done in commits(data, later):
                    if (gone := first if frame else after) > want:
                        yield from unpack(packed, begin)
                        yield gap % (want, gone - 1, why if frame else b"damaged")
                    packed.write(frame if after > want else b"")
                    want, ends = max(want, after), {this: at + done}
                yield from unpack(packed, begin)
                if later > want:  # behind the last commit is nothing but an index
                    yield gap % (want, later - 1, b"damaged" if data[done:] else b"removed")
                    want = later
        if not follow: return
        time.sleep(1)

if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    folder, *number = (word for word in sys.argv[1:] if word != "-f")
    for line in lines(folder, *map(int, number), follow="-f" in sys.argv):
        print(line.decode(), flush="-f" in sys.argv)
