// A form is sent once: its buttons rest from the first press. The server holds the promise
// (a request sent twice acts once); this only spares people the doubt.
const REST = 8000; // an answer that is a file leaves the page as it is

function wake(form) {
  form.removeAttribute("data-sent");
  for (const button of form.querySelectorAll("button.is-busy")) {
    button.classList.remove("is-busy");
    button.removeAttribute("aria-disabled");
  }
}

export function guardForms() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("data-many")) return;
    if (form.hasAttribute("data-sent")) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.setAttribute("data-sent", "");
    const pressed = event.submitter;
    if (pressed?.classList.contains("btn")) { pressed.classList.add("is-busy"); pressed.setAttribute("aria-disabled", "true"); }
    setTimeout(() => wake(form), REST);
  }, true);
  document.addEventListener("htmx:afterRequest", (event) => { if (event.target.closest) wake(event.target.closest("form") ?? document.createElement("form")); });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(wake);
  });
}
