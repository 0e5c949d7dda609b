// The one script of every page. It does little by itself, so that a first page stays light: it starts the service worker once
// the page is there, and fetches the other modules when a form is touched or something is kept.
const KEPT = "sandan.kept"; // "yes" once something was kept in this browser; looked at before anything is fetched
const OWNER = "sandan.whose";
const LOOK = "sandan.look";
const PAGES = "sandan-pages";
const IN_AND_OUT = ["/sign-out", "/sign-in", "/sign-in/by-code"];

const remembered = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
const remember = (name, value) => { try { localStorage.setItem(name, value); } catch { /* a private window */ } };

const root = document.documentElement;
if ("bare" in root.dataset) root.dataset.whose = remembered(OWNER) ?? ""; // a kept page does not know who looks at it
else remember(OWNER, root.dataset.whose);

const forms = () => import("./forms.js");

// Photos are shrunk as soon as they are chosen; a form that is sent meanwhile waits for it.
const shrinking = new Map();
document.addEventListener("change", ({ target }) => {
  if (!target.matches?.("input[type=file][data-shrink]")) return;
  const work = import("./shrink.js").then(({ shrinkAll }) => shrinkAll(target)).catch(() => {}).finally(() => {
    shrinking.delete(target.form);
    target.dispatchEvent(new Event("input", { bubbles: true }));
  });
  shrinking.set(target.form, work);
});

document.addEventListener("input", ({ target: { form } }) => {
  if (form?.matches("[data-keep]") && !shrinking.has(form)) forms().then(({ typed }) => typed(form));
});

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if ("go" in form.dataset) return delete form.dataset.go;
  const keeps = form.matches("[data-keep]");
  const leaves = IN_AND_OUT.includes(form.getAttribute("action"));
  if (!keeps && !navigator.onLine && form.method === "post") {
    event.preventDefault();
    if (leaves) forget();
    return tell("needsNet");
  }
  if (!keeps && !leaves && !shrinking.has(form)) return undefined;
  event.preventDefault();
  if ("busy" in form.dataset) return undefined; // a second tap
  form.dataset.busy = "";
  // The button that was pressed is pressed again once all is ready.
  return (leaves ? forget(form.getAttribute("action")) : shrinking.get(form) ?? Promise.resolve())
    .then(() => !keeps || forms().then(({ mayGo }) => mayGo(form, submitter)))
    .catch(() => true)
    .then((go) => {
      delete form.dataset.busy;
      if (!go) return;
      form.dataset.go = "";
      form.requestSubmit(submitter);
    });
});

function tell(name, value = "") {
  const bar = document.getElementById("kept-here");
  if (!bar) return;
  bar.firstElementChild.textContent = bar.dataset[name].replace("{}", value);
  bar.hidden = false;
  bar.scrollIntoView({ block: "center" });
}

// Whoever comes or goes leaves nothing of their own behind for the next one.
function forget(action = "/sign-out") {
  const work = [self.caches?.delete(PAGES)];
  if (action === "/sign-out" && remembered(KEPT)) {
    work.push(import("./store.js").then(({ dropDrafts }) => dropDrafts(root.dataset.whose)));
  }
  return Promise.allSettled(work);
}

async function resume() {
  const form = document.querySelector("form[data-keep]");
  const answered = document.querySelector("[data-sent], [data-answered]");
  if (answered && remembered(KEPT)) await (await forms()).settled(answered.dataset);
  if (form && (remembered(KEPT) || "fresh" in form.dataset)) await (await forms()).begin();
  if (remembered(KEPT)) await (await import("./notices.js")).mind();
  if (document.getElementById("entries")) await (await import("./waiting.js")).begin();
}
resume().catch(() => {}); // where nothing can be kept, the page is what it was without this

// A page that stands for another gives way to it, and one that was kept has nobody's head: with a net they are fetched anew, but not
// while something is on its way from here.
const sending = () => (remembered(KEPT) ? import("./notices.js").then(({ mind }) => mind()) : Promise.resolve());
if ("bare" in root.dataset && !document.querySelector("form[data-keep]")) {
  addEventListener("online", () => sending().finally(() => location.reload()));
}

// What was kept of a page says so.
const seen = new Date(document.lastModified);
if (!navigator.onLine && "whose" in root.dataset && !("bare" in root.dataset) && Date.now() - seen > 2000) {
  tell("asOf", seen.toLocaleString(root.lang, { dateStyle: "short", timeStyle: "short" }));
}

addEventListener("load", () => {
  const worker = navigator.serviceWorker;
  worker?.register("/sw.js", { type: "module", updateViaCache: "none" }).catch(() => {});
  const look = `${root.lang} ${root.className}`;
  if (remembered(LOOK) !== look) worker?.controller?.postMessage("look");
  remember(LOOK, look);
});
