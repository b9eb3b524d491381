// Sealing to the office's public key, exactly as libsodium's crypto_box_seal, which the office opens.
// Pure script and not WebCrypto: a page opened from a phone's storage may have no crypto.subtle.
import { hsalsa, xsalsa20poly1305 } from "@noble/ciphers/salsa.js";
import { x25519 } from "@noble/curves/ed25519.js";
import { blake2b } from "@noble/hashes/blake2.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes } from "@noble/hashes/utils.js";

const words = (bytes) => new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
const EXPAND = new Uint8Array([..."expand 32-byte k"].map((sign) => sign.charCodeAt(0)));

/** SHA-256 of bytes, in hex. */
export function hashOf(bytes) {
  return bytesToHex(sha256(bytes));
}

/** Bytes that only the holder of the office's secret key can open; the key used here is forgotten at once. */
export function seal(message, officeKeyHex) {
  const office = hexToBytes(officeKeyHex);
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const own = x25519.getPublicKey(secret);
  const nonce = blake2b(concatBytes(own, office), { dkLen: 24 });
  const key = new Uint8Array(32);
  hsalsa(words(EXPAND), words(x25519.getSharedSecret(secret, office)), words(new Uint8Array(16)), words(key));
  const sealed = xsalsa20poly1305(key, nonce).encrypt(message);
  secret.fill(0);
  key.fill(0);
  return concatBytes(own, sealed);
}
