// The page of what waits to be sent: each entry with what became of it, and what its writer can do with it. Its texts stand in
// the page's template, in the reader's language.
import { POSTING, SENT, SIGN_IN, draftsOf, dropDraft, dropEntry, entries, keepDraft } from "./store.js";
import { mind } from "./notices.js";

const list = document.getElementById("entries");
const pattern = document.getElementById("entry");
const { whose, lang } = { whose: document.documentElement.dataset.whose, lang: document.documentElement.lang };

const moment = (at) => new Date(at).toLocaleString(lang, { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
const stateOf = (entry) => (entry.state === POSTING ? "waiting" : entry.state);

function card(entry, state) {
  const made = pattern.content.cloneNode(true);
  const part = (name) => made.querySelector(`[data-part=${name}]`);
  const words = part("state").dataset;
  part("state").textContent = words[state.replace("-i", "I")];
  part("kind").textContent = entry.name === "order" ? words.order : words.report;
  part("place").textContent = entry.place ?? "";
  part("at").textContent = moment(entry.sent ?? entry.at);
  part("title").textContent = entry.title || words.untitled;
  part("photos").textContent = entry.files.length ? words.photos.replace("{}", entry.files.length) : "";
  part("contact").hidden = !entry.contact || state === SENT;
  const names = JSON.parse(part("reasons").dataset.names);
  for (const { field = "", message } of entry.reasons ?? []) {
    const name = names[field.split(".").pop()];
    part("reasons").append(Object.assign(document.createElement("li"), { textContent: name ? `${name}: ${message}` : message }));
  }
  part("uncertain").hidden = !entry.uncertain;
  part("code").hidden = !entry.code;
  part("code").lastElementChild.textContent = entry.code ?? "";
  for (const button of made.querySelectorAll("[data-for]")) {
    button.hidden = !button.dataset.for.split(" ").includes(state);
    if (button.dataset.act) button.addEventListener("click", () => ACTS[button.dataset.act](entry));
  }
  part("follow").href = entry.code ? `/follow?code=${entry.code}` : entry.page;
  return made;
}

// A refused one becomes a draft again, under a new key: it is another request from now on.
async function mend(entry) {
  const fields = entry.fields.filter(([name]) => !["key", "to"].includes(name));
  await keepDraft(whose, entry.name, { fields, files: entry.files, page: entry.page });
  await dropEntry(entry.id);
  location.assign(entry.name === "order" ? "/new" : entry.page);
}

const ACTS = {
  send: () => mind(),
  mend,
  drop: (entry) => dropEntry(entry.id).then(show),
  read: (entry) => dropEntry(entry.id).then(show),
  discard: (draft) => dropDraft(whose, draft.name).then(show),
};

async function show() {
  const kept = await entries();
  const own = kept.filter((each) => each.whose === whose).sort((one, other) => one.at - other.at);
  const drafts = (await draftsOf(whose)).map((draft) => ({ ...draft, title: draft.fields.find(([name]) => name === "words")?.[1].slice(0, 40) }));
  list.replaceChildren(...own.map((each) => card(each, stateOf(each))), ...drafts.map((each) => card(each, "draft")));
  document.getElementById("nothing").hidden = own.length + drafts.length > 0;
  const others = document.getElementById("others");
  const foreign = kept.filter((each) => each.whose !== whose && each.state !== SENT).length;
  others.hidden = !foreign;
  others.firstElementChild.textContent = others.dataset.text.replace("{}", foreign);
  document.getElementById("sign-in").hidden = !own.some((each) => each.state === SIGN_IN);
}

export async function begin() {
  if ("BroadcastChannel" in window) new BroadcastChannel("sandan-entries").onmessage = show;
  await show();
  await mind();
  await show();
}
