// A panorama of a built hall from one point: six views into a cube, the cube unrolled to twice as wide as high. Yaw 0
// (north) is its middle.
import {
  CubeCamera, LinearFilter, Mesh, OrthographicCamera, PlaneGeometry, Scene, ShaderMaterial, SRGBColorSpace,
  UnsignedByteType, WebGLCubeRenderTarget,
} from "three";

export const WIDE = 4096, HIGH = 2048;
const FACE = 1536;

const unrolling = (texture) => new ShaderMaterial({
  uniforms: { cube: { value: texture } },
  vertexShader: "varying vec2 at; void main() { at = uv; gl_Position = vec4(position.xy, 0.0, 1.0); }",
  fragmentShader: `
    uniform samplerCube cube; varying vec2 at;
    vec3 seen(vec2 point) {
      float yaw = (point.x - 0.5) * 6.28318530718, pitch = (point.y - 0.5) * 3.14159265359;
      vec3 to = vec3(sin(yaw) * cos(pitch), sin(pitch), -cos(yaw) * cos(pitch));
      return textureCube(cube, to).rgb;
    }
    void main() {
      vec2 step = vec2(0.25 / ${WIDE}.0, 0.25 / ${HIGH}.0);
      vec3 sum = seen(at + step) + seen(at - step) + seen(at + vec2(step.x, -step.y)) + seen(at + vec2(-step.x, step.y));
      gl_FragColor = vec4(sum / 4.0, 1.0);
      #include <colorspace_fragment>
    }`,
  depthTest: false,
  depthWrite: false,
});

// One eye for all points: `take(scene, point)` gives the picture as a blob.
export function camera(renderer, eye) {
  const face = Math.min(FACE, renderer.capabilities.maxCubemapSize);
  const target = new WebGLCubeRenderTarget(face, { type: UnsignedByteType, colorSpace: SRGBColorSpace, minFilter: LinearFilter, magFilter: LinearFilter, generateMipmaps: false });
  const cube = new CubeCamera(0.05, 120, target), paper = new Scene(), flat = new OrthographicCamera();
  const sheet = new Mesh(new PlaneGeometry(2, 2), unrolling(target.texture));
  sheet.frustumCulled = false;
  paper.add(sheet);
  return {
    async take(scene, point) {
      cube.position.set(point.x, eye, -point.y);
      cube.update(renderer, scene);
      renderer.setPixelRatio(1);
      renderer.setSize(WIDE, HIGH, false);
      renderer.setRenderTarget(null);
      renderer.render(paper, flat);
      return blobOf(renderer.domElement);
    },
    end() {
      target.dispose();
      sheet.geometry.dispose();
      sheet.material.dispose();
    },
  };
}

function blobOf(canvas) {
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/jpeg", 0.93));
}
