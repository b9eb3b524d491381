// Walking through a built hall before its panoramas are made: look by dragging or with the arrow keys, go on by
// pressing a ring on the floor or a button with the point's name.
import { Mesh, MeshBasicMaterial, PerspectiveCamera, Raycaster, RingGeometry, Vector2, Vector3 } from "three";

const STEP = Math.PI / 24, LOWEST = -0.7, HIGHEST = 0.7, TOOK = 700;
const isStill = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

export class Walk {
  constructor(renderer, canvas, { onStand }) {
    Object.assign(this, { renderer, canvas, onStand, yaw: 0, pitch: 0, rings: [], ray: new Raycaster() });
    this.camera = new PerspectiveCamera(62, 16 / 9, 0.05, 120);
    this.camera.rotation.order = "YXZ";
    this.listen();
    new ResizeObserver(() => this.fit()).observe(canvas.parentElement);
  }

  // Another drawing, or the same changed: one stays where one stood, if that point is still there.
  show(drawing, scene) {
    const before = this.stand?.key;
    Object.assign(this, { drawing, scene });
    this.rings = drawing.stands.map((stand) => {
      const ring = new Mesh(new RingGeometry(0.2, 0.29, 40), new MeshBasicMaterial({ color: 0x1f7f80, transparent: true, opacity: 0.85, depthTest: true }));
      ring.rotation.x = -Math.PI / 2;
      ring.position.set(stand.x, 0.012, -stand.y);
      ring.renderOrder = 2;
      ring.userData.stand = stand;
      scene.add(ring);
      return ring;
    });
    this.go(drawing.stands.find((one) => one.key === before) ?? drawing.stands[0], { isAtOnce: true, keeps: Boolean(before) });
    this.fit();
  }

  hideRings(isHidden) { for (const ring of this.rings) ring.visible = !isHidden; }

  go(stand, { isAtOnce = false, keeps = false, yaw = null } = {}) {
    const eye = this.drawing.eye, to = new Vector3(stand.x, eye, -stand.y), from = this.camera.position.clone();
    this.stand = stand;
    const facing = yaw ?? (keeps ? this.yaw : this.facing(stand));
    const turn = ((facing - this.yaw + 3 * Math.PI) % (2 * Math.PI)) - Math.PI, was = this.yaw, began = performance.now();
    const step = (now) => {
      const share = isAtOnce || isStill() ? 1 : Math.min(1, (now - began) / TOOK), soft = share * share * (3 - 2 * share);
      this.camera.position.lerpVectors(from, to, soft);
      this.yaw = was + turn * soft;
      this.draw();
      if (share < 1) requestAnimationFrame(step);
    };
    step(began);
    this.onStand(stand);
  }

  // What a point is for: the first of what is read from it.
  facing(stand) {
    const thing = this.drawing.things.find((one) => one.key === stand.reads[0]);
    return thing ? Math.atan2(thing.x - stand.x, thing.y - stand.y) : 0;
  }

  listen() {
    const { canvas } = this;
    let held = null;
    canvas.addEventListener("pointerdown", (event) => { held = { x: event.clientX, y: event.clientY, moved: 0 }; canvas.setPointerCapture(event.pointerId); });
    canvas.addEventListener("pointermove", (event) => {
      if (!held) return;
      const byX = event.clientX - held.x, byY = event.clientY - held.y;
      held = { x: event.clientX, y: event.clientY, moved: held.moved + Math.abs(byX) + Math.abs(byY) };
      this.turn((-byX * 1.2) / canvas.clientWidth, byY / canvas.clientWidth);
    });
    canvas.addEventListener("pointerup", (event) => { if (held && held.moved < 6) this.press(event); held = null; });
    canvas.addEventListener("pointercancel", () => { held = null; });
    canvas.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] }[event.key];
      if (!way) return;
      event.preventDefault();
      this.turn(...way);
    });
  }

  turn(yaw, pitch) {
    this.yaw += yaw;
    this.pitch = Math.max(LOWEST, Math.min(HIGHEST, this.pitch + pitch));
    this.draw();
  }

  press(event) {
    const box = this.canvas.getBoundingClientRect();
    this.ray.setFromCamera(new Vector2(((event.clientX - box.left) / box.width) * 2 - 1, 1 - ((event.clientY - box.top) / box.height) * 2), this.camera);
    const floor = this.ray.ray.direction.y < 0 ? this.ray.ray.origin.clone().addScaledVector(this.ray.ray.direction, -this.ray.ray.origin.y / this.ray.ray.direction.y) : null;
    if (!floor) return;
    const near = this.drawing.stands.filter((one) => one !== this.stand)
      .map((one) => ({ one, away: Math.hypot(one.x - floor.x, one.y + floor.z) }))
      .filter(({ away }) => away < 1.2).sort((one, other) => one.away - other.away)[0];
    if (near) this.go(near.one, { keeps: true });
  }

  fit() {
    const wide = this.canvas.parentElement.clientWidth, high = this.canvas.parentElement.clientHeight;
    if (!wide || !high || this.isTaking) return;
    this.renderer.setPixelRatio(Math.min(2, window.devicePixelRatio));
    this.renderer.setSize(wide, high, false);
    this.camera.aspect = wide / high;
    this.camera.fov = wide < high * 1.3 ? 74 : 62;
    this.camera.updateProjectionMatrix();
    this.draw();
  }

  draw() {
    if (!this.scene || this.isTaking) return;
    this.camera.rotation.set(this.pitch, -this.yaw, 0);
    this.renderer.render(this.scene, this.camera);
  }
}
