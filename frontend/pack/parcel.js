// The one file that comes back: a mark, the pack's code, and the rest sealed.
//   "QFPACK1\n" · code (10 signs) · sealed( length of the account, 4 bytes, most significant first · account · photographs )
import { local } from "./photographs.js";
import { hashOf, seal } from "./seal.js";

const MARK = "QFPACK1\n";

/** The bytes of the file. `text` is the contents of the pack as they left, `tasks` what was filled in by number. */
export function parcel(text, contents, tasks) {
  const photographs = [];
  const results = contents.tasks.map((task) => {
    const { photos, ...answers } = tasks[task.no];
    photographs.push(...photos.map((one) => one.bytes));
    return { no: task.no, ...answers, photos: photos.map(({ bytes, ...said }) => ({ ...said, size: bytes.length })) };
  });
  const encode = (words) => new TextEncoder().encode(words);
  const account = encode(JSON.stringify({
    form: "qingfeng-return/1", pack: contents.code, contents: hashOf(encode(text)), saved_at: local(new Date()), tasks: results,
  }));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, account.length);
  return joined([encode(MARK + contents.code), seal(joined([length, account, ...photographs]), contents.key)]);
}

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
  parts.reduce((at, one) => { whole.set(one, at); return at + one.length; }, 0);
  return whole;
}
