// A receipt is checked by code that comes when its page is there. Whoever presses before waits for it, and
// nothing is sent; where it did not come, the page is asked for again.
export function checks(form) {
  let asked = false, failed = false;
  const wait = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (failed) return location.reload();
    asked = true;
  };
  form.addEventListener("submit", wait, true);
  import("./proof.js").then(
    ({ checkHere }) => {
      form.removeEventListener("submit", wait, true);
      checkHere(form);
      form.removeAttribute("data-sent");
      if (asked) form.requestSubmit();
    },
    () => {
      failed = true;
      if (asked) location.reload();
    },
  );
}
