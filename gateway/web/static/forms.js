// Forms that are kept while they are being written, and go to the outbox when there is no net to send them. `data-keep` names what
// is kept, `data-sends` a form whose every button sends, `data-fresh` one whose key is drawn here, since the page may be a kept one.
import { POSTING, draftOf, dropDraft, dropEntry, entries, keepDraft, newKey } from "./store.js";
import { askToBeWoken, enter } from "./outbox.js";
import { knownPlaces, rememberPlaces } from "./places.js";

const SENDING = ["send", "send_privately"];
const PAUSE = 300; // milliseconds after the last key
const PATIENCE = 4000;
const TITLE = 40;
const root = document.documentElement;
const { whose } = root.dataset;

function contentOf(form) {
  const fields = [];
  const files = [];
  for (const [name, value] of new FormData(form)) {
    if (value instanceof File) { if (value.size) files.push(value); }
    else if (value) fields.push([name, value]);
  }
  return { fields, files };
}

const valueOf = ({ fields }, wanted) => fields.find(([name]) => name === wanted)?.[1] ?? "";

async function keep(form) {
  const content = contentOf(form);
  const note = form.querySelector("[data-kept]");
  if (!valueOf(content, "words").trim() && !content.files.length) {
    note.hidden = true;
    return dropDraft(whose, form.dataset.keep);
  }
  localStorage.setItem("sandan.kept", "yes");
  await keepDraft(whose, form.dataset.keep, { ...content, page: location.pathname });
  note.hidden = false;
  return undefined;
}

const timers = new Map();
export function typed(form) {
  begin();
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => keep(form).catch(() => {}), PAUSE));
}

let begun = false;
export async function begin() {
  if (begun) return;
  begun = true;
  const posted = (await entries()).filter((each) => each.state === POSTING);
  for (const form of document.querySelectorAll("form[data-keep]")) {
    form.querySelector("[data-discard]").addEventListener("click", () => discard(form));
    rememberPlaces(form);
    await offerPlaces(form);
    const { key, words, phone } = form.elements;
    if (phone && whose) phone.required = false; // whoever is signed in can be reached
    if ("fresh" in form.dataset) key.value = newKey();
    // The browser posted it, and the server sent it back with what is wrong: it is a draft again.
    const back = posted.find((each) => each.id === key.value);
    if (back) await dropEntry(back.id).then(() => keep(form));
    const draft = await draftOf(whose, form.dataset.keep);
    if (draft && words.type !== "hidden" && !words.value) restore(form, draft);
    if (draft) form.querySelector("[data-kept]").hidden = false;
  }
}

function restore(form, draft) {
  for (const [name, value] of draft.fields) {
    const control = form.elements.namedItem(name);
    if (name === "photos" || !control) {
      const carried = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      form.append(carried);
    } else if (control.type === "checkbox") control.checked = true;
    else control.value = value;
  }
  form.closest("details")?.setAttribute("open", "");
  const input = form.querySelector("input[type=file]");
  if (!input || !draft.files.length) return;
  const chosen = new DataTransfer();
  for (const file of draft.files) chosen.items.add(file);
  input.files = chosen.files;
}

async function offerPlaces(form) {
  const list = form.querySelector("select[data-places]");
  if (!list) return;
  for (const { code, name } of knownPlaces()) list.append(new Option(name, code));
  if (list.options.length > 1) list.selectedIndex = 1;
}

async function discard(form) {
  clearTimeout(timers.get(form));
  await dropDraft(whose, form.dataset.keep);
  if (form.dataset.keep === "order") location.assign("/new");
  else {
    for (const control of form.querySelectorAll("textarea, input[type=file]")) control.value = "";
    form.querySelector("[data-kept]").hidden = true;
  }
}

async function reachable() {
  if (!navigator.onLine) return false;
  const stop = new AbortController();
  const patience = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch("/sw.js", { method: "HEAD", cache: "no-store", signal: stop.signal });
    return answer.status < 500;
  } catch {
    return false;
  } finally {
    clearTimeout(patience);
  }
}

function entryOf(form, submitter) {
  const content = contentOf(form);
  const list = form.querySelector("select[data-places]");
  if (submitter?.name) content.fields.push([submitter.name, submitter.value]);
  return {
    ...content,
    id: valueOf(content, "key"),
    name: form.dataset.keep,
    action: form.getAttribute("action"),
    page: location.pathname,
    whose,
    language: root.lang,
    title: valueOf(content, "words").slice(0, TITLE),
    place: form.dataset.place || (list?.value && list.selectedOptions[0].text) || "",
    contact: ["phone", "address", "name"].some((name) => valueOf(content, name)),
  };
}

// Whether the browser may post the form as it does; if not, it was taken care of here.
export async function mayGo(form, submitter) {
  clearTimeout(timers.get(form));
  const sends = "sends" in form.dataset || SENDING.includes(submitter?.value);
  const there = await reachable();
  if (!sends) {
    await keep(form);
    if (there) return true;
    if (form.dataset.keep === "order" && await isKept("/new/offline")) location.assign("/new/offline");
    else tell(form);
    return false;
  }
  localStorage.setItem("sandan.kept", "yes");
  await enter(entryOf(form, submitter), there);
  await dropDraft(whose, form.dataset.keep);
  if (there) return true;
  form.elements.key.value = newKey();
  for (const control of form.querySelectorAll("textarea, input[type=file]")) control.value = "";
  await askToBeWoken();
  if (await isKept("/waiting")) location.assign("/waiting");
  else await (await import("./notices.js")).mind();
  return false;
}

const isKept = async (path) => Boolean(navigator.serviceWorker?.controller && await caches.match(path));

function tell(form) {
  const note = form.querySelector("[data-kept]");
  note.firstElementChild.textContent = note.dataset.away;
  note.hidden = false;
  note.scrollIntoView({ block: "center" });
}

// The page says what the server answered to a form that the browser posted.
export const settled = ({ sent, answered }) => dropEntry(sent ?? answered);
