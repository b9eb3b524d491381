// Elements made short: `make("button", { class: "btn" }, "Words", other)`.
export function make(tag, attributes = {}, ...inside) {
  const one = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) one.addEventListener(name.slice(2), value);
    else if (name === "value") one.value = value;
    else if (value === true) one.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) one.setAttribute(name, value);
  }
  one.append(...inside.filter((part) => part !== null && part !== undefined && part !== ""));
  return one;
}

let last = 0;
export const ident = () => `hall-field-${(last += 1)}`;
