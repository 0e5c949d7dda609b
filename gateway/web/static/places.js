// Communities that were chosen in this browser, or stood in a list that was looked at: what can be offered without a net. Names and
// codes of places are nobody's secret, so they stay in local storage, the last used first.
const NAME = "sandan.places";
const MOST = 200;
const COMMUNITY = /^\d{9}(?!000)\d{3}$/; // a street's code ends in 000

export function knownPlaces() {
  try { return JSON.parse(localStorage.getItem(NAME)) ?? []; } catch { return []; }
}

export function rememberPlaces(form) {
  const offered = [...form.querySelectorAll(".choices button[name=node]")]
    .map((button) => ({ code: button.value, name: button.firstChild.textContent.trim() }));
  const code = form.elements.community_code?.value;
  const chosen = code && form.dataset.place ? [{ code, name: form.dataset.place }] : [];
  const known = knownPlaces();
  const all = [...chosen, ...known, ...offered].filter((each) => COMMUNITY.test(each.code));
  const first = all.filter((each, at) => all.findIndex((other) => other.code === each.code) === at);
  if (chosen.length || offered.length) localStorage.setItem(NAME, JSON.stringify(first.slice(0, MOST)));
}
