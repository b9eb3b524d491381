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

// What a scene or spot is called in the language of the page, else in Chinese, else by its key.
export const called = (one, field = "name") => (document.documentElement.lang.startsWith("en") && one[`${field}_en`]) || one[`${field}_zh`] || one.key;

let last = 0;
export const ident = () => `hall-field-${(last += 1)}`;
