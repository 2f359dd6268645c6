// An invented signature: a line of ink on nothing, so that what is behind a see-through picture can be seen as well.
import type { Picture } from "../picture";

const WIDTH = 1600;
const HEIGHT = 800;
const PEN = 9;

export function signature(): Picture {
  const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  const dot = (x: number, y: number): void => {
    for (let dy = -PEN; dy <= PEN; dy += 1) {
      for (let dx = -PEN; dx <= PEN; dx += 1) {
        if (dx * dx + dy * dy > PEN * PEN) continue;
        pixels.set([28, 44, 110, 255], (Math.round(y + dy) * WIDTH + Math.round(x + dx)) * 4);
      }
    }
  };
  for (let step = 0; step <= 6_000; step += 1) {
    const t = step / 6_000;
    const turn = t * Math.PI * 14;
    const wide = 150 * (1 - 0.6 * t);
    dot(180 + t * 1_200 + wide * Math.cos(turn) * 0.7, 400 + wide * 1.5 * Math.sin(turn) - 60 * Math.sin(t * 5));
  }
  for (let x = 240; x <= 1_380; x += 1) dot(x, 690 - 0.04 * x + 6 * Math.sin(x / 90));
  return { width: WIDTH, height: HEIGHT, whole: [2_400, 1_200], more: false, pixels };
}
