// Which rows of a long list are in sight. Row heights are fixed, so this is arithmetic and nothing is measured.

/** Browsers stop at some 33 million pixels; beyond this the list is drawn to scale instead. */
export const HEIGHT_MAX = 16_000_000;

export interface Sight {
  first: number;
  /** One past the last. */
  last: number;
  /** Where the first row is drawn, in pixels from the top of the space. */
  top: number;
  /** The height of the space that the scroll bar sees. */
  height: number;
}

export function sight(count: number, row: number, view: number, scrolled: number, more = 8): Sight {
  const whole = count * row;
  const height = Math.min(whole, HEIGHT_MAX);
  const room = Math.max(1, height - view);
  const stretch = whole > height ? Math.max(1, (whole - view) / room) : 1;
  const virtual = Math.min(Math.max(0, scrolled), room) * stretch;
  const first = Math.max(0, Math.floor(virtual / row) - more);
  const last = Math.min(count, Math.ceil((virtual + view) / row) + more);
  const top = stretch === 1 ? first * row : scrolled + first * row - virtual;
  return { first, last, top, height };
}

/** How far to scroll so that a row is in sight; the present position where it is already. */
export function scrolledTo(index: number, count: number, row: number, view: number, scrolled: number): number {
  const whole = count * row;
  const height = Math.min(whole, HEIGHT_MAX);
  const stretch = whole > height ? Math.max(1, (whole - view) / Math.max(1, height - view)) : 1;
  const virtual = scrolled * stretch;
  const top = index * row;
  if (top < virtual) return top / stretch;
  if (top + row > virtual + view) return (top + row - view) / stretch;
  return scrolled;
}
