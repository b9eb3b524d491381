// What a phone does to somebody who writes: the back key, a connection that is gone, a file that is too large.
// Each page of the counter is answered to a form and kept by no browser, so that going back would lose it.
const PROBE_MS = 8000;

// The key that goes back does what the button "Back" does; a page that says a code once asks first.
export function backWithin(step) {
  if (!step) return;
  if (!history.state?.here) {
    history.replaceState({ before: true }, "");
    history.pushState({ here: true }, "");
  }
  addEventListener("popstate", ({ state }) => {
    if (!state?.before) return; // a link within the page
    history.pushState({ here: true }, "");
    if (step.dataset.back && !confirm(step.dataset.back)) return;
    if (step.form) step.form.requestSubmit(step);
    else location.replace(step.href);
  });
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
