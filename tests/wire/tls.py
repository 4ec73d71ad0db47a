#!/usr/bin/env python3
"""A front with TLS for the raw server: tls.py FOLDER PORT.

Makes certificates in FOLDER, among them ca.pem, which the good one is signed
by; takes connections on a free port and hands their bytes on to PORT. Which
certificate is shown depends on the name that is asked for.
"""
import asyncio
import os
import ssl
import subprocess
import sys

FOLDER, PORT = sys.argv[1], int(sys.argv[2])

# name asked for: name in the certificate, days it is good for, who signs it
CERTIFICATES = {
    "tls-good.odd.localhost": ("tls-good.odd.localhost", 2, "ca"),
    "tls-wrong-name.odd.localhost": ("tls-elsewhere.example", 2, "ca"),
    "tls-expired.odd.localhost": ("tls-expired.odd.localhost", -1, "ca"),
    "tls-self-signed.odd.localhost": ("tls-self-signed.odd.localhost", 2, None),
}


def openssl(*words, text=None):
    subprocess.run(["openssl", *words], cwd=FOLDER, check=True, input=text,
                   text=True, capture_output=True)


def authority():
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt",
            "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", "ca.key",
            "-out", "ca.pem", "-days", "2", "-subj", "/CN=An authority",
            "-addext", "basicConstraints=critical,CA:TRUE")


def certificate(asked, name, days, signer):
    openssl("req", "-new", "-newkey", "ec", "-pkeyopt",
            "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
            asked + ".key", "-out", asked + ".csr", "-subj", "/CN=" + name)
    by = (["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"]
          if signer else ["-signkey", asked + ".key"])
    openssl("x509", "-req", "-in", asked + ".csr", "-out", asked + ".pem",
            "-days", str(days), *by, "-extfile", "/dev/stdin",
            text="subjectAltName=DNS:" + name + "\n")


def context(asked):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(os.path.join(FOLDER, asked + ".pem"),
                         os.path.join(FOLDER, asked + ".key"))
    return made


async def pass_on(reader, writer):
    try:
        while piece := await reader.read(1 << 16):
            writer.write(piece)
            await writer.drain()
    except (OSError, ssl.SSLError):
        pass
    finally:
        writer.close()


async def serve(reader, writer):
    there, back = await asyncio.open_connection("127.0.0.1", PORT)
    await asyncio.gather(pass_on(reader, back), pass_on(there, writer))


async def main():
    authority()
    for asked, about in CERTIFICATES.items():
        certificate(asked, *about)
    contexts = {asked: context(asked) for asked in CERTIFICATES}
    front = contexts["tls-good.odd.localhost"]

    def choose(connection, name, _):
        connection.context = contexts.get(name, front)

    front.sni_callback = choose
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=front)
    print("listening on 127.0.0.1:%d" % server.sockets[0].getsockname()[1],
          flush=True)
    await server.serve_forever()


asyncio.run(main())
