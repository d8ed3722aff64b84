/**
 * Keeps the app itself on the device so that it opens without a connection. It is trusted code, so it is short enough to read:
 * it keeps exactly the files listed below (`/` is the page itself), checks each against its SHA-256, never touches /api or /ledger, and waits for all
 * tabs to close before a new version takes over. What is large and seldom needed (the maker of documents, 30 MB; the workers that look through messages, 1.5 MB) is kept from its first use on.
 */
const files = __FILES__;
const large = __LARGE__;
const shelf = `shell-${hash(JSON.stringify(files))}`;
// A shelf of its own: an update that leaves the large files as they are does not fetch them again.
const largeShelf = `large-${hash(JSON.stringify(large))}`;

/** FNV-1a: only a name for the shelf, not a check. */
function hash(text) {
  let value = 0x811c9dc5;
  for (const letter of text) value = Math.imul(value ^ letter.codePointAt(0), 0x01000193) >>> 0;
  return value.toString(16);
}

addEventListener("install", (event) => event.waitUntil(fill()));
addEventListener("activate", (event) => event.waitUntil(tidy()));
addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith("/api/") || address.pathname.startsWith("/ledger/")) return;
  if (event.request.mode === "navigate") event.respondWith(page(event.request));
  else if (Object.hasOwn(files, address.pathname)) event.respondWith(kept(event.request));
  else if (Object.hasOwn(large, address.pathname)) event.respondWith(keptFromFirstUse(address.pathname));
});

async function fill() {
  const shelfOpen = await caches.open(shelf);
  for (const [path, digest] of Object.entries(files)) {
    // `integrity` makes the browser itself refuse other bytes.
    await shelfOpen.put(path, await fetch(path, { integrity: `sha256-${digest}`, cache: "reload" }));
  }
}

async function tidy() {
  for (const name of await caches.keys()) if (name !== shelf && name !== largeShelf) await caches.delete(name);
}

/**
 * Pages come from the server while there is one; without it, or when a network that leads nowhere keeps silent for four seconds (a cellar), the kept first page opens, and the
 * app shows that address and says it is offline.
 */
async function page(request) {
  const keptPage = async () => (await caches.open(shelf)).match("/");
  const asked = fetch(request);
  const silent = new Promise((done) => setTimeout(done, 4_000)).then(keptPage);
  try {
    return (await Promise.race([asked, silent])) ?? (await asked);
  } catch {
    return (await keptPage()) ?? Response.error();
  }
}

async function kept(request) {
  return (await (await caches.open(shelf)).match(new URL(request.url).pathname)) ?? fetch(request);
}

async function keptFromFirstUse(path) {
  const shelfOpen = await caches.open(largeShelf);
  const there = await shelfOpen.match(path);
  if (there !== undefined) return there;
  const answer = await fetch(path, { integrity: `sha256-${large[path]}` });
  // A full disk must not stop what someone waits for.
  if (answer.ok) shelfOpen.put(path, answer.clone()).catch(() => undefined);
  return answer;
}
