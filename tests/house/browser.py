#!/usr/bin/env python3
"""browser.py FILE VERB [ARGUMENT...]: a real browser, by the WebDriver protocol.

FILE remembers which one. An EXPRESSION is JavaScript, and is asked of the page.

    start PORT             a new one, of the chromedriver at PORT
    open URL               goes there
    is EXPRESSION          ends with 0 where it is true, else with 1
    says EXPRESSION        prints what it is, as JSON where it is no text
    key KEY...             a key each: TAB, ENTER, ESCAPE, or a letter
    type TEXT              its letters
    wide PIXELS            how wide it is; a phone below 600
    scheme light|dark      what somebody likes who looks at it
    scripts on|off         whether pages may have some, from the next on
    words                  prints what an ear is told of the page
    picture FILE           of the whole page, a PNG
    log                    prints what has come to the console since, a line each
    end                    ends it
"""
import base64
import json
import os
import pathlib
import sys
import urllib.request

KEYS = {"TAB": "\ue004", "ENTER": "\ue007", "ESCAPE": "\ue00c"}
OPTIONS = ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage",
           "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync",
           "--hide-scrollbars", "--window-size=1440,1000"]

memory = pathlib.Path(sys.argv[1])


def ask(path, body=None, method=None):
    request = urllib.request.Request(
        path, method=method, headers={"Content-Type": "application/json"},
        data=None if body is None else json.dumps(body).encode())
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)["value"]


def session(path, body=None, method=None):
    return ask(memory.read_text() + path, body, method)


def devtools(command, **parameters):
    return session("/goog/cdp/execute", {"cmd": command, "params": parameters})


def evaluated(expression):
    return session("/execute/sync", {"script": f"return ({expression});",
                                     "args": []})


def start(port):
    # Its own sandbox wants a user who is not root.
    options = OPTIONS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    wish = {"browserName": "chrome", "goog:loggingPrefs": {"browser": "ALL"},
            "unhandledPromptBehavior": "ignore",
            "goog:chromeOptions": {"args": options}}
    url = f"http://127.0.0.1:{port}/session"
    made = ask(url, {"capabilities": {"alwaysMatch": wish}})
    memory.write_text(f"{url}/{made['sessionId']}")


def open_(url):
    session("/url", {"url": url})


def is_(expression):
    sys.exit(0 if evaluated(expression) else 1)


def says(expression):
    value = evaluated(expression)
    print(value if isinstance(value, str) else json.dumps(value))


def key(*keys):
    strokes = [{"type": kind, "value": KEYS.get(one, one)}
               for one in keys for kind in ("keyDown", "keyUp")]
    session("/actions", {"actions": [
        {"type": "key", "id": "keyboard", "actions": strokes}]})


def type_(text):
    key(*text)


def wide(pixels):
    devtools("Emulation.setDeviceMetricsOverride", width=int(pixels),
             height=1000, deviceScaleFactor=1, mobile=int(pixels) < 600)


def scheme(name):
    devtools("Emulation.setEmulatedMedia", features=[
        {"name": "prefers-color-scheme", "value": name}])


def scripts(wanted):
    devtools("Emulation.setScriptExecutionDisabled", value=wanted == "off")


def words():
    for node in devtools("Accessibility.getFullAXTree")["nodes"]:
        if node.get("role", {}).get("value") == "StaticText":
            print(node["name"]["value"])


def picture(path):
    taken = devtools("Page.captureScreenshot", captureBeyondViewport=True)
    pathlib.Path(path).write_bytes(base64.b64decode(taken["data"]))


def log():
    for line in session("/se/log", {"type": "browser"}):
        print(line["level"], line["message"])


def end():
    session("", method="DELETE")


VERBS = {"start": start, "open": open_, "is": is_, "says": says, "key": key,
         "type": type_, "wide": wide, "scheme": scheme, "scripts": scripts,
         "words": words, "picture": picture,
         "log": log, "end": end}
VERBS[sys.argv[2]](*sys.argv[3:])
