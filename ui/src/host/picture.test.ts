import { expect, it } from "vitest";
import { pictureOf } from "./picture";

// Two pixels, red and half see-through blue, of an image that is larger in its file and has more pages.
const sent = [2, 0, 0, 0, 1, 0, 0, 0, 0xe8, 3, 0, 0, 0xf4, 1, 0, 0, 1, 0, 0, 0, 255, 0, 0, 255, 0, 0, 255, 128];

it.each([
  ["bytes", new Uint8Array(sent).buffer],
  ["numbers", sent],
])("a picture is taken from %s", (_, answer) => {
  const { pixels, ...rest } = pictureOf(answer);
  expect(rest).toEqual({ width: 2, height: 1, whole: [1000, 500], more: true });
  expect([...pixels]).toEqual([255, 0, 0, 255, 0, 0, 255, 128]);
});
