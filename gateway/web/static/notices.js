// The line at the head of a page that tells what waits, what was refused and what was sent; and the sending itself, as long as a
// page is open: at once, when the net comes back, when the page is looked at again, and else in growing intervals.
import { POSTING, REFUSED, SENT, SIGN_IN, WAITING, draftsOf, dropOld, entries } from "./store.js";
import { flush } from "./outbox.js";

const { whose } = document.documentElement.dataset;
let timer;

let going = null;

// One at a time: who comes while it is on its way waits for that.
const go = (hurry) => (going ??= round(hurry).finally(() => { going = null; }));

async function round(hurry) {
  clearTimeout(timer);
  const wait = navigator.onLine ? await flush({ hurry, whose }) : null;
  await look();
  if (wait !== null) timer = setTimeout(() => go(false), wait);
}

export async function look() {
  const kept = await entries();
  const own = kept.filter((each) => each.whose === whose);
  const count = (...states) => own.filter((each) => states.includes(each.state)).length;
  const waiting = own.filter((each) => each.state === WAITING || (each.state === POSTING && each.claimed < Date.now())).length;
  if (!kept.length && !(await draftsOf(whose)).length) localStorage.removeItem("sandan.kept");
  const bar = document.getElementById("kept-here");
  if (!bar) return;
  const { dataset: words } = bar;
  const codes = own.filter((each) => each.state === SENT && each.code).map((each) => each.code);
  const told = [
    [words.waiting, waiting],
    [words.refused, count(REFUSED)],
    [words.signIn, count(SIGN_IN) + (whose ? 0 : kept.filter((each) => each.whose && each.state !== SENT).length)],
    [words.sent, count(SENT)],
  ].filter(([, some]) => some).map(([text, some]) => text.replace("{}", some));
  if (codes.length) told.push(`${words.code} ${codes.join(" ")}`);
  if (told.length) bar.firstElementChild.textContent = `${told.join(" · ")} `;
  bar.hidden = !told.length && bar.hidden;
  if (!told.length && kept.length === 0) bar.hidden = true;
}

let minding = false;
export async function mind() {
  if (minding) return go(true);
  minding = true;
  addEventListener("online", () => go(true));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) go(true); });
  await dropOld();
  if ("BroadcastChannel" in window) new BroadcastChannel("sandan-entries").onmessage = look;
  return go(true);
}
