// Marks that would lie on one another are moved apart on the screen; ways stay where they lead. A mark that moves
// keeps a thin line to the point that it belongs to.
const GAP = 8; // pixels between two marks
const STEPS = 24;
const FURTHEST = 110; // pixels from its point; a mark that finds no room stays near it

// [{x, y, r, hold}], middles and radii in pixels -> [{dx, dy}]. Who holds less gives way: a mark 0, a way 1, a name 2.
export function apart(marks) {
  const at = marks.map(({ x, y }) => ({ x, y }));
  for (let step = 0; step < STEPS; step += 1) {
    let isMoved = false;
    for (let a = 0; a < at.length; a += 1) {
      for (let b = a + 1; b < at.length; b += 1) {
        if (marks[a].hold + marks[b].hold > 2) continue; // names, and a way with a name
        const least = marks[a].r + marks[b].r + GAP;
        let x = at[b].x - at[a].x, y = at[b].y - at[a].y, far = Math.hypot(x, y);
        if (far >= least) continue;
        if (far < 1) [x, y, far] = [0, a < b ? -1 : 1, 1]; // on one another: one above the other
        const push = (least - far) / far / (marks[a].hold === marks[b].hold ? 2 : 1);
        if (marks[a].hold <= marks[b].hold) { at[a].x -= x * push; at[a].y -= y * push; }
        if (marks[b].hold <= marks[a].hold) { at[b].x += x * push; at[b].y += y * push; }
        isMoved = true;
      }
    }
    if (!isMoved) break;
  }
  return at.map(({ x, y }, no) => {
    const dx = x - marks[no].x, dy = y - marks[no].y, far = Math.hypot(dx, dy), share = far > FURTHEST ? FURTHEST / far : 1;
    return { dx: dx * share, dy: dy * share };
  });
}

export const MOVES = typeof CSS !== "undefined" && CSS.supports("translate", "1px"); // since Chromium 104

// The name under a way, as a row of round marks that nothing moves.
function named({ x, y, r, name }) {
  const wide = name?.offsetWidth ?? 0, high = name?.offsetHeight ?? 0, count = wide ? Math.max(1, Math.ceil(wide / high)) : 0;
  return Array.from({ length: count }, (_one, no) => ({ x: x - wide / 2 + (wide * (no + 0.5)) / count, y: y + r + 6 + high / 2, r: high / 2, hold: 2 }));
}

// Put a mark where the viewer wanted it, and so much aside, in a browser that does not know `translate`.
export function put(element, { x, y }, aside = "") {
  element.style.transform = `translate(${x}px, ${y}px) ${aside}`.trim();
  element.style.transition = "none";
}

// Move the marks that are seen now: [{element, left, top, isWay}], left and top as the viewer placed them.
export function place(seen) {
  const marks = seen.map(({ element, left, top, isWay }) => {
    const r = element.offsetWidth / 2;
    return { x: left + r, y: top + r, r, hold: isWay ? 1 : 0, name: isWay ? element.querySelector(".mark-name") : null };
  });
  const moves = apart([...marks, ...marks.flatMap((one) => (one.name ? named(one) : []))]);
  for (const [no, { element, left, top }] of seen.entries()) {
    const dx = Math.round(moves[no].dx), dy = Math.round(moves[no].dy), far = Math.round(Math.hypot(dx, dy));
    const aside = far ? `translate(${dx}px, ${dy}px)` : "";
    if (MOVES) element.style.transform = aside;
    else put(element, { x: left, y: top }, aside);
    element.classList.toggle("is-aside", far > 0);
    element.style.setProperty("--far", `${far}px`);
    element.style.setProperty("--towards", `${Math.round((Math.atan2(-dy, -dx) * 180) / Math.PI)}deg`);
  }
}
