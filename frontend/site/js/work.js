// Work in place of waiting: a number whose hash with the ticket begins with enough zero bits, found beside the page.
export function work(field) {
  if (!window.Worker) return;
  const worker = new Worker(new URL("./working.js", import.meta.url));
  worker.onmessage = ({ data }) => {
    field.value = data;
    worker.terminate();
    const form = field.form;
    if ("waits" in form.dataset) form.requestSubmit(form.querySelector("button"));
  };
  worker.postMessage({ ticket: field.dataset.work, bits: Number(field.dataset.bits) });
}
