// What scripts say, in the reader's language: the page brings the words (look/words.html).
const place = document.getElementById("look-words");
const words = place ? JSON.parse(place.textContent) : {};

export const say = (key) => words[key] ?? key;
