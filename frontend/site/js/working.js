// The worker: SHA-256 over "ticket.number" until enough zero bits stand in front (tickets.py counts the same).
import { sha256 } from "@noble/hashes/sha2.js";

const text = new TextEncoder();

function begins(digest, bits) {
  const whole = bits >> 3;
  for (let at = 0; at < whole; at += 1) if (digest[at]) return false;
  return !(bits & 7) || digest[whole] >> (8 - (bits & 7)) === 0;
}

onmessage = ({ data: { ticket, bits } }) => {
  const begun = sha256.create().update(text.encode(`${ticket}.`));
  for (let number = 0; ; number += 1) {
    if (begins(begun.clone().update(text.encode(String(number))).digest(), bits)) return postMessage(String(number));
  }
};
