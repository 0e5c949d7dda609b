// The service worker: keeps what is needed to write and send without a net, and sends what waits when the browser wakes it.
// It never touches a request that changes anything: those go from the page to the server as the browser sends them, so that the
// server sees where they truly come from. Pages come from the net; only where there is none, from what was kept.
import { flush } from "/static/outbox.js";

const { version, shell, files } = self.SANDAN; // written above this by the server
const SHELL = `sandan-shell-${version}`;
const PAGES = "sandan-pages"; // what one account has looked at, and nobody else's
const OWNER = "/whose";
const WORTH_KEEPING = /^\/duties(\/tasks\/[^/]+)?$/;
const MOST = 20;
const OLDEST = 86400000;

async function fill() {
  const cache = await caches.open(SHELL);
  const put = async (name, address) => {
    const response = await fetch(address, { cache: "no-cache" });
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    await cache.put(name, response);
  };
  await Promise.all([...shell.map((path) => put(path, `${path}?bare=true`)), ...files.map((path) => put(path, path))]);
}

self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith("sandan-shell-") && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
})()));

// Language or type were changed: the kept pages should follow.
self.addEventListener("message", (event) => { if (event.data === "look") event.waitUntil(fill()); });

self.addEventListener("sync", (event) => {
  if (event.tag !== "entries") return;
  event.waitUntil(flush({ hurry: true }).then((left) => {
    if (left !== null) throw new Error("some still wait"); // so that the browser tries again
  }));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event, address));
  else if (address.pathname.startsWith("/static/")) event.respondWith(file(request));
});

const file = (request) => fetch(request).catch(async () => (await caches.match(request, { cacheName: SHELL })) ?? Response.error());

async function page(event, address) {
  let response;
  try {
    response = await fetch(event.request);
  } catch {
    return keptPage(address.pathname);
  }
  const whose = response.headers.get("Sandan-Whose");
  if (whose !== null) event.waitUntil(mind(address, response.clone(), whose));
  return response;
}

// Another one than before: what was kept is not theirs.
async function mind(address, response, whose) {
  let cache = await caches.open(PAGES);
  const before = await (await cache.match(OWNER))?.text();
  if (before !== undefined && before !== whose) {
    await caches.delete(PAGES);
    cache = await caches.open(PAGES);
  }
  if (before !== whose) await cache.put(OWNER, new Response(whose));
  if (!whose || response.status !== 200 || !WORTH_KEEPING.test(address.pathname) || address.searchParams.has("show")) return;
  const headers = new Headers(response.headers);
  headers.set("Last-Modified", new Date().toUTCString());
  await cache.delete(address.pathname); // put anew it stands at the end, and the oldest at the beginning
  await cache.put(address.pathname, new Response(await response.blob(), { headers }));
  const kept = (await cache.keys()).filter((each) => new URL(each.url).pathname !== OWNER);
  await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST)).map((each) => cache.delete(each)));
}

async function keptPage(path) {
  const found = WORTH_KEEPING.test(path) ? await caches.match(path, { cacheName: PAGES }) : undefined;
  if (found && Date.now() - Date.parse(found.headers.get("Last-Modified")) < OLDEST) return found;
  const name = path === "/new" ? "/new/offline" : shell.includes(path) ? path : "/offline";
  return (await caches.match(name, { cacheName: SHELL })) ?? Response.error();
}
