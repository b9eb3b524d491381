// What a phone does to somebody who writes: the back key, a page that is loaded again, a connection that is gone.
// Each page of the counter answers a form and is kept by no browser, so that all of these would lose it.
const PROBE_MS = 8000;

// What stands in the form stays with this tab, until it is closed or the letter is handed in: whoever comes back
// to the page, loads it again or finds that the phone has let it go is on the same page, with what they typed.
export function stays(form, isDone) {
  if (isDone) return forget();
  const held = recall(history.state?.here);
  if (held) {
    // a form sent before the page has loaded takes this place with its state: the page that answers must not ask too
    history.replaceState({ again: true }, "");
    return again(held);
  }
  if (!form) return;
  const back = form.querySelector("[data-back]"), name = `here-${Date.now()}-${Math.random()}`;
  const keep = () => remember(name, { action: form.action, fields: fieldsOf(form), go: form.dataset.stay });
  if (!history.state?.before) {
    history.replaceState({ before: true }, "");
    history.pushState({ here: name }, "");
    addEventListener("popstate", ({ state }) => {
      if (!state?.before) return; // a link within the page
      if (!back) return location.replace(form.dataset.home);
      history.pushState({ here: name }, "");
      form.requestSubmit(back);
    });
  } else history.replaceState({ here: name }, "");
  keep();
  form.addEventListener("input", keep);
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
  form.submit();
}

function remember(name, held) {
  try {
    sessionStorage.setItem(name, JSON.stringify(held));
  } catch {
    // this browser keeps nothing: the page itself still has it
  }
}

function recall(name) {
  try {
    return name && JSON.parse(sessionStorage.getItem(name));
  } catch {
    return null;
  }
}

function forget() {
  try {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith("here-")) sessionStorage.removeItem(name);
  } catch {
    // nothing was kept
  }
}

function fieldsOf(form) {
  return [...new FormData(form)].filter(([, value]) => typeof value === "string");
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
