// Cuts text at character ranges. Ranges count characters as Rust does (code points), not halves of them as JavaScript does.

export interface Piece {
  text: string;
  marked: boolean;
}

export function pieces(text: string, marks: [number, number][]): Piece[] {
  const characters = Array.from(text);
  const cut: Piece[] = [];
  let at = 0;
  const push = (to: number, marked: boolean): void => {
    if (to > at) cut.push({ text: characters.slice(at, to).join(""), marked });
    at = Math.max(at, to);
  };
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
    push(Math.min(Math.max(from, 0), characters.length), false);
    push(Math.min(to, characters.length), true);
  }
  push(characters.length, false);
  return cut;
}

export interface SourceLine {
  number: number | null;
  pieces: Piece[];
  marked: boolean;
}

/** Source text as numbered lines, with the marked place cut out of each line that it covers. */
export function sourceLines(text: string, mark: [number, number], first: number | null): SourceLine[] {
  let from = 0;
  return text
    .replace(/\r?\n$/, "")
    .split("\n")
    .map((raw, i) => {
      const line = raw.replace(/\r$/, "");
      const length = Array.from(raw).length;
      const start = Math.max(0, mark[0] - from);
      const end = Math.min(Array.from(line).length, mark[1] - from);
      from += length + 1;
      const marked = end > start;
      return { number: first === null ? null : first + i, pieces: pieces(line, marked ? [[start, end]] : []), marked };
    });
}
