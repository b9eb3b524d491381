// What a phone does to somebody who writes: the back key, a page that is loaded again, a connection that is gone.
// Each page of the counter answers a form and is kept by no browser, so that all of these would lose it.
const PROBE_MS = 8000, REST_MS = 500;

// What stands in the form stays with this tab's history, as long as the tab is there: whoever comes back to the
// page, loads it again or finds that the phone has let it go is on the same page, with what they typed.
export function stays(form) {
  const held = history.state?.here;
  if (held) return again(held);
  if (!form) return;
  const back = form.querySelector("[data-back]");
  const keep = () => replace({ here: { action: form.action, fields: fieldsOf(form), go: form.dataset.stay } });
  if (!history.state?.before) {
    replace({ before: true });
    history.pushState(null, "");
    addEventListener("popstate", ({ state }) => {
      if (!state?.before) return; // a link within the page
      if (!back) return location.replace(form.dataset.home);
      history.pushState(null, "");
      keep();
      form.requestSubmit(back);
    });
  }
  keep();
  let rest;
  form.addEventListener("input", () => {
    clearTimeout(rest);
    rest = setTimeout(keep, REST_MS);
  });
  document.addEventListener("visibilitychange", () => document.hidden && keep());
}

function again({ action, fields, go }) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = action;
  for (const [name, value] of [...fields, ["go", go]]) {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    form.append(field);
  }
  form.hidden = true;
  document.body.append(form);
  replace(null);
  form.submit();
}

function fieldsOf(form) {
  return [...new FormData(form)].filter(([, value]) => typeof value === "string");
}

function replace(state) {
  try {
    history.replaceState(state, "");
  } catch {
    // more than a history holds: the page itself still has it
  }
}

// A form is sent once, and only where the counter answers: what was typed stands here as long as it does not.
export function sendsOnce() {
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented) return;
    if (form.dataset.sent) return event.preventDefault();
    if (tooLarge(form, submitter)) return event.preventDefault();
    form.dataset.sent = "yes";
    if (form.dataset.asked || form.method !== "post" || !submitter || !form.requestSubmit) return;
    event.preventDefault();
    answers(form.action).then((is) => {
      delete form.dataset.sent;
      show("lost", !is);
      if (!is) return;
      form.dataset.asked = "yes";
      form.requestSubmit(submitter);
    });
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    for (const form of document.forms) {
      delete form.dataset.sent;
      delete form.dataset.asked;
    }
  });
}

async function answers(address) {
  if (navigator.onLine === false) return false;
  const given = new AbortController(), late = setTimeout(() => given.abort(), PROBE_MS);
  try {
    await fetch(address, { method: "HEAD", cache: "no-store", signal: given.signal });
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(late);
  }
}

function tooLarge(form, submitter) {
  const field = form.querySelector("input[type=file][data-most]");
  const keeps = ["back", "stay", "save"].includes(submitter?.value) || submitter?.value?.startsWith("drop:");
  const is = Boolean(field) && !keeps && [...field.files].some(({ size }) => size > field.dataset.most * 2 ** 20);
  show("large", is);
  if (is) field.value = "";
  return is;
}

function show(what, is) {
  const said = document.querySelector(`[data-said=${what}]`);
  if (!said) return;
  said.hidden = !is;
  if (is) said.focus();
}
