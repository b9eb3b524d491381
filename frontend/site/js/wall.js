// A page on a wall that nobody touches counts anew by itself (data-refresh, in seconds).
export function refreshWall() {
  const wall = document.querySelector("[data-refresh]");
  if (wall) setTimeout(() => location.reload(), 1000 * Number(wall.dataset.refresh));
}
