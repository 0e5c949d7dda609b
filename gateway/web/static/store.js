// What the browser keeps: drafts (a form while it is being written) and entries (a form that waits to be sent). In IndexedDB,
// since photos are too big for anything else, and since the service worker can read it too. Everything carries whose it is,
// so that a shared phone shows nobody what another wrote.
const DAY = 86400000;
const OLDEST_DRAFT = 3 * DAY;
const OLDEST_ENTRY = 30 * DAY;
const OLDEST_PHOTO_ID = DAY / 1.2; // the server forgets a photo that nothing refers to after a day

export const WAITING = "waiting", POSTING = "posting", REFUSED = "refused", SIGN_IN = "sign-in", SENT = "sent";

let opened;

function open() {
  opened ??= new Promise((done, fail) => {
    const asked = indexedDB.open("sandan", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("drafts", { keyPath: "id" });
      asked.result.createObjectStore("entries", { keyPath: "id" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  return opened;
}

const answer = (request) => new Promise((done, fail) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => fail(request.error);
});

// One transaction: nobody else writes between what `act` reads and what it writes.
async function within(name, act) {
  const database = await open();
  const transaction = database.transaction(name, "readwrite");
  const ended = new Promise((done, fail) => {
    transaction.oncomplete = done;
    transaction.onerror = transaction.onabort = () => fail(transaction.error);
  });
  const found = await act(transaction.objectStore(name));
  await ended;
  return found;
}

export const newKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, "0")).join("");

export async function draftOf(whose, name) {
  const id = `${whose}|${name}`;
  const draft = await within("drafts", (drafts) => answer(drafts.get(id)));
  if (!draft) return null;
  if (Date.now() - draft.at > OLDEST_PHOTO_ID) draft.fields = draft.fields.filter(([field]) => field !== "photos");
  return draft;
}

export const keepDraft = (whose, name, draft) =>
  within("drafts", (drafts) => answer(drafts.put({ ...draft, id: `${whose}|${name}`, name, whose, at: Date.now() })));

export const dropDraft = (whose, name) => within("drafts", (drafts) => answer(drafts.delete(`${whose}|${name}`)));

export const draftsOf = async (whose) =>
  (await within("drafts", (drafts) => answer(drafts.getAll()))).filter((each) => each.whose === whose);

// Whoever signs out leaves no half-written form behind; what waits to be sent stays, and stays theirs.
export const dropDrafts = async (whose) => {
  for (const { name } of await draftsOf(whose)) await dropDraft(whose, name);
};

export const entries = () => within("entries", (kept) => answer(kept.getAll()));

export const putEntry = (entry) => within("entries", (kept) => answer(kept.put(entry)));

export const dropEntry = (id) => within("entries", (kept) => answer(kept.delete(id)));

export const mayBeSentBy = (entry, whose) => whose === undefined || ["", whose].includes(entry.whose);

// Nothing is kept for ever, whoever wrote it.
export async function dropOld() {
  for (const [name, oldest] of [["drafts", OLDEST_DRAFT], ["entries", OLDEST_ENTRY]]) {
    await within(name, async (kept) => {
      for (const { id, at } of await answer(kept.getAll())) if (Date.now() - at > oldest) await answer(kept.delete(id));
    });
  }
}

// Take the next entry that may be sent, so that no other tab (nor the worker) sends it meanwhile. A claim ends by itself,
// for a tab that was closed. `hurry` does not wait for the time of the next try, `tried` were tried just now, and `whose` is who
// is signed in as far as is known; what somebody wrote without an account is sent without one, whoever is there.
export const claim = (lasting, { hurry, tried, whose }) => within("entries", async (kept) => {
  const now = Date.now();
  const entry = (await answer(kept.getAll())).find((each) =>
    !tried.has(each.id)
    && (each.claimed ?? 0) <= now
    && mayBeSentBy(each, whose)
    && ([WAITING, POSTING].includes(each.state) ? hurry || (each.next ?? 0) <= now : each.state === SIGN_IN && hurry));
  if (!entry) return null;
  await answer(kept.put({ ...entry, claimed: now + lasting }));
  return entry;
});

// Write down what became of a claimed entry, unless it was thrown away meanwhile.
export const settle = (id, changes) => within("entries", async (kept) => {
  const entry = await answer(kept.get(id));
  if (entry) await answer(kept.put({ ...entry, claimed: 0, ...changes }));
});
