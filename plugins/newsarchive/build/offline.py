"""The opt-in service worker: what a reader has seen can be read again without a network.

It asks the network first, so nobody is ever shown a page older than need be; its text depends on nothing
but this file and the list of the shell, so it changes only with the program.
"""

import json
from collections.abc import Iterator

from .job import Job
from .printer import Printer

FILE = "sw.js"
SHELL = ("theme/css/style.css", "theme/js/theme.js", "theme/icon.svg")
MAX_PAGES = 300
"""Pages kept; the oldest goes first. About 3 MB."""

SCRIPT = """"use strict";
const CACHE = "newsarchive-1";
const SHELL = {shell};
const MAX_PAGES = {pages};

self.addEventListener("install", (event) => {{
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(SHELL)).then(() => self.skipWaiting()));
}});

self.addEventListener("activate", (event) => {{
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter(isOurOld).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
}});

const isOurOld = (name) => name.startsWith("newsarchive-") && name !== CACHE;
const isPage = (request) => request.mode === "navigate";
const isKept = (request) => isPage(request) || ["style", "script", "image"].includes(request.destination);

async function keep(request, response) {{
  const cache = await caches.open(CACHE);
  await cache.put(request, response);
  const pages = (await cache.keys()).filter((one) => !SHELL.some((file) => one.url.endsWith(file)));
  await Promise.all(pages.slice(0, Math.max(0, pages.length - MAX_PAGES)).map((one) => cache.delete(one)));
}}

async function answer(event) {{
  const request = event.request;
  try {{
    const response = await fetch(request);
    if (response.ok) event.waitUntil(keep(request, response.clone()));
    return response;
  }} catch (error) {{
    const known = await caches.match(request, {{ ignoreSearch: isPage(request) }});
    if (known) return known;
    throw error;
  }}
}}

self.addEventListener("fetch", (event) => {{
  const {{ request }} = event;
  const isOurs = new URL(request.url).origin === self.location.origin;
  if (request.method === "GET" && isOurs && isKept(request)) event.respondWith(answer(event));
}});
"""


def plan() -> Iterator[Job]:
    yield Job(FILE, (), _script)


def _script(printer: Printer) -> str:
    return SCRIPT.format(shell=json.dumps(SHELL), pages=MAX_PAGES)
