// Shows by itself what changed while a page is open. The server says only that something did (/live); the page is then
// fetched anew and carried into the one on the screen piece by piece, so that focus, open sections and the place on the
// page stay. A form in which somebody has begun to write is left as it is, even if the new page has it no more.
{
  const { live, mark: firstMark, told } = document.currentScript.dataset;
  const main = document.getElementById("main");

  // -- carrying the new page into the old one ----------------------------------------------------------------------
  const FIELDS = "input:not([type=hidden]), textarea, select";
  const KEPT = new Set(["open", "hidden"]); // the reader's own, and what other scripts show

  function isTouched(field) {
    if (field === document.activeElement) return true;
    if (field.type === "file") return field.files.length > 0;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
    const given = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(given, 0);
  }

  const isHeld = (node) => node.nodeType === Node.ELEMENT_NODE
    && [node, ...node.querySelectorAll(FIELDS)].some((each) => each.matches(FIELDS) && isTouched(each));

  function keyOf(element) {
    const own = element.id || ["action", "href", "aria-labelledby"].map((name) => element.getAttribute(name)).find(Boolean);
    if (own) return own;
    const inner = element.matches("li, tr") ? "a[href]" : element.matches("details") ? "form[action]" : null;
    const found = inner && element.querySelector(inner);
    return found ? found.getAttribute("href") || found.getAttribute("action") : "";
  }

  const areAlike = (a, b) => a.nodeName === b.nodeName
    && (a.nodeType !== Node.ELEMENT_NODE || keyOf(a) === keyOf(b));

  function carry(old, fresh) {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data !== fresh.data) old.data = fresh.data;
      return;
    }
    if (old.matches("form") && isHeld(old)) return;
    for (const { name } of [...old.attributes]) {
      if (!fresh.hasAttribute(name) && !KEPT.has(name)) old.removeAttribute(name);
    }
    for (const { name, value } of fresh.attributes) {
      if (old.getAttribute(name) !== value && !KEPT.has(name)) old.setAttribute(name, value);
    }
    carryChildren(old, fresh);
    if (old.matches("input:not([type=file]), textarea") && old.value !== fresh.value) old.value = fresh.value;
    if (old.matches("select")) old.selectedIndex = fresh.selectedIndex;
  }

  function carryChildren(old, fresh) {
    const held = [];
    let next = old.firstChild;
    const drop = () => {
      const gone = next;
      next = next.nextSibling;
      if (isHeld(gone)) held.push(gone);
      else gone.remove();
    };
    for (const wanted of [...fresh.childNodes]) {
      let found = next;
      while (found && !areAlike(found, wanted)) found = found.nextSibling;
      if (found) {
        while (next !== found) drop();
        next = found.nextSibling;
        carry(found, wanted);
        continue;
      }
      const kept = held.find((each) => areAlike(each, wanted));
      if (kept) carry(kept, wanted);
      else old.insertBefore(document.importNode(wanted, true), next);
    }
    while (next) drop();
  }

  // -- looking ---------------------------------------------------------------------------------------------------------
  const AT_ONCE = 10; // looks; then one in so many milliseconds
  const EVERY = 5000;
  const AGAIN = 2000; // what one service told, others may hear of a moment later
  const AFTER_FAILURE = 5000;
  const SHOWN = 6000;
  const wordsOf = (element) => element.textContent.replace(/\s+/g, " ");

  const status = document.createElement("p");
  status.className = "live";
  status.setAttribute("aria-live", "polite");
  document.body.append(status);

  let mark = firstMark;
  let words = wordsOf(main);
  let left = AT_ONCE;
  let counted = performance.now();
  let timer = 0;
  let due = Infinity;
  let looks = 0;

  function lookIn(milliseconds) {
    const at = performance.now() + milliseconds;
    if (at >= due) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(look, milliseconds);
  }

  function patience() {
    const now = performance.now();
    left = Math.min(AT_ONCE, left + (now - counted) / EVERY);
    counted = now;
    return left >= 1 ? 0 : (1 - left) * EVERY;
  }

  async function look() {
    due = Infinity;
    const wait = patience();
    if (wait > 0) return lookIn(wait);
    if (document.hidden) return undefined; // what was missed is told when the page is seen again
    left -= 1;
    looks -= 1;
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      if (answer.status >= 500) throw new Error(answer.statusText);
      if (!answer.ok || new URL(answer.url).pathname !== location.pathname) return leave();
      show(new DOMParser().parseFromString(await answer.text(), "text/html"));
      if (looks > 0) lookIn(AGAIN);
    } catch {
      looks = Math.max(looks, 1);
      lookIn(AFTER_FAILURE);
    }
    return undefined;
  }

  function show(page) {
    const fresh = page.getElementById("main");
    const focused = document.activeElement;
    carryChildren(main, fresh);
    if (focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
    document.title = page.title;
    mark = page.querySelector("script[data-mark]")?.dataset.mark || mark;
    const said = wordsOf(fresh);
    if (said === words) return;
    words = said;
    status.textContent = told;
    setTimeout(() => { status.textContent = ""; }, SHOWN);
  }

  // -- listening: only while the page is seen, for a browser opens few connections to one place ------------------------
  const LONGEST = 600000;
  let source = null;
  let refused = 30000;
  let retry = 0;

  function listen() {
    if (source || document.hidden) return;
    clearTimeout(retry);
    source = new EventSource(`${live}&since=${encodeURIComponent(mark)}`);
    source.addEventListener("changed", () => {
      looks = 2;
      lookIn(Math.random() * 300); // not all who see the same thing at the same moment
    });
    source.addEventListener("error", () => {
      if (!source || source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      source = null;
      retry = setTimeout(listen, refused);
      refused = Math.min(refused * 2, LONGEST);
    });
  }

  function leave() {
    clearTimeout(retry);
    source?.close();
    source = null;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : listen()));
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", listen);
  listen();
}
