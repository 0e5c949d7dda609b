// Sends what waits, in a page and in the service worker alike. Exactly once: an entry is claimed before it is sent, and its key,
// made with it, stands in the form, so that the server does a repeated one once and answers it as it did the first time.
// Photos go first, each under a key of its own, so that a weak net need not carry all of them in one go.
import { POSTING, REFUSED, SENT, SIGN_IN, WAITING, claim, entries, mayBeSentBy, putEntry, settle } from "./store.js";

const PATIENCE = 100000; // milliseconds for one request
const CLAIMED = 25000; // so long after its last sign of life another tab takes over
const ALIVE = 10000;
const POSTED = 45000; // so long a form that the browser itself is posting is left alone
const FIRST_WAIT = 5000;
const LONGEST_WAIT = 600000;
const KEYS_LAST = 12 * 86400000; // the server remembers keys for fourteen days
const KNOWN_ALREADY = "idempotency-key-reused";
const LATER = [408, 425, 429];

class Later extends Error {}
class Answered extends Error {
  constructor(status, problem) {
    super(problem.detail);
    this.status = status;
    this.problem = problem;
  }
}

export const changed = "BroadcastChannel" in self ? new BroadcastChannel("sandan-entries") : null;

// An entry for a form that is sent now; with `posting` the browser posts it itself and we only mind what becomes of it.
export async function enter(entry, posting = false) {
  const now = Date.now();
  const more = posting ? { state: POSTING, claimed: now + POSTED, attempted: now } : { state: WAITING, claimed: 0 };
  await putEntry({ ...entry, at: now, tries: 0, next: 0, ...more });
}

async function ask(entry, address, options) {
  const stop = new AbortController();
  const patience = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(address, {
      ...options,
      method: "POST",
      credentials: entry.whose ? "same-origin" : "omit",
      redirect: "error",
      signal: stop.signal,
      headers: { Accept: "application/json", "Accept-Language": entry.language, "Sandan-Whose": entry.whose, ...options.headers },
    });
    if (response.status >= 500 || LATER.includes(response.status)) throw new Later();
    const told = await response.json();
    if (!response.ok) throw new Answered(response.status, told);
    return told;
  } catch (wrong) {
    throw wrong instanceof Answered ? wrong : new Later();
  } finally {
    clearTimeout(patience);
  }
}

const claimedAgain = () => ({ claimed: Date.now() + CLAIMED });

async function photosOf(entry) {
  const ids = entry.photos ?? [];
  for (const file of entry.files.slice(ids.length)) {
    const options = { body: file, headers: { "Content-Type": file.type, "Idempotency-Key": `${entry.id}-${entry.turn ?? 0}-${ids.length}` } };
    ids.push((await ask(entry, "/api/v1/photos", options)).photo_id);
    await settle(entry.id, { photos: ids, ...claimedAgain() });
  }
  return ids;
}

async function send(entry) {
  const form = new FormData();
  for (const [name, value] of entry.fields) form.append(name, value);
  for (const id of await photosOf(entry)) form.append("photos", id);
  await settle(entry.id, { attempted: entry.attempted ?? Date.now(), ...claimedAgain() });
  return ask(entry, entry.action, { body: form });
}

// What was sent is no longer needed here: neither the words nor a phone, an address or a photo.
const done = ({ code = "" }) => ({ state: SENT, fields: [], files: [], photos: [], code, sent: Date.now() });

// Try to send: what is then to be written down.
async function outcome(entry) {
  if (entry.attempted && Date.now() - entry.attempted > KEYS_LAST) return { state: REFUSED, reasons: [], uncertain: true };
  try {
    return done(await send(entry));
  } catch (wrong) {
    if (!(wrong instanceof Answered)) {
      const tries = entry.tries + 1;
      return { state: WAITING, tries, next: Date.now() + Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries) };
    }
    const { status, problem } = wrong;
    if (status === 401) return { state: SIGN_IN };
    if (problem.type?.endsWith(KNOWN_ALREADY)) return done({});
    const errors = problem.errors ?? [];
    if (entry.photos?.length && !entry.turn && errors.some((each) => each.field.startsWith("photos"))) {
      // They were sent days ago and forgotten since; the form itself was not accepted yet, so they may come anew.
      return { state: WAITING, photos: [], turn: 1, next: 0 };
    }
    return { state: REFUSED, reasons: errors.length ? errors : [{ message: problem.detail ?? "" }] };
  }
}

// Try each once, and say when the next should be tried: milliseconds from now, or null where nothing waits.
export async function flush({ hurry = false, whose } = {}) {
  const tried = new Set();
  for (let entry; (entry = await claim(CLAIMED, { hurry, tried, whose })); ) {
    const { id } = entry;
    tried.add(id);
    const alive = setInterval(() => settle(id, claimedAgain()), ALIVE);
    await outcome(entry).then((changes) => {
      clearInterval(alive);
      return settle(id, changes);
    });
    changed?.postMessage(id);
  }
  const waits = (await entries())
    .filter((each) => [WAITING, POSTING].includes(each.state) && mayBeSentBy(each, whose))
    .map((each) => Math.max(each.next ?? 0, each.claimed ?? 0) - Date.now());
  return waits.length ? Math.max(1000, Math.min(...waits)) : null;
}

// Where the browser can, it wakes the worker when the net is back, even with no page open.
export async function askToBeWoken() {
  const registered = await navigator.serviceWorker?.getRegistration();
  await registered?.sync?.register("entries").catch(() => {});
}
