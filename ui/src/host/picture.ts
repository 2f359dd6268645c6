// A picture as it crosses from Rust: five numbers, then its pixels. The window decodes no image, so none can harm it.

export interface Picture {
  width: number;
  height: number;
  /** Width and height of the image in its file, which may be larger. */
  whole: [number, number];
  /** Whether the file has more pages than this first one. */
  more: boolean;
  /** Red, green, blue and opacity, row after row. */
  pixels: Uint8ClampedArray<ArrayBuffer>;
}

const NUMBERS = 5;

/** Where bytes cannot be handed over as they are, they come as numbers. */
export function pictureOf(answer: ArrayBuffer | number[]): Picture {
  const bytes = new Uint8Array(answer);
  const head = new DataView(bytes.buffer, 0, NUMBERS * 4);
  const number = (at: number): number => head.getUint32(at * 4, true);
  return {
    width: number(0),
    height: number(1),
    whole: [number(2), number(3)],
    more: number(4) !== 0,
    pixels: new Uint8ClampedArray(bytes.buffer, NUMBERS * 4),
  };
}
