// Which rows are in sight, and where text is cut.
import { describe, expect, it } from "vitest";
import { pieces, sourceLines } from "./pieces";
import { HEIGHT_MAX, scrolledTo, sight } from "./window";

describe("rows in sight", () => {
  it("are those of the view and a few around it", () => {
    expect(sight(100_000, 40, 400, 4000, 2)).toEqual({ first: 98, last: 112, top: 3920, height: 4_000_000 });
    expect(sight(3, 40, 400, 0)).toEqual({ first: 0, last: 3, top: 0, height: 120 });
    expect(sight(0, 40, 400, 0)).toEqual({ first: 0, last: 0, top: 0, height: 0 });
  });
  it("reach the last of any number, beyond what a browser can scroll", () => {
    const many = 10_000_000;
    const end = sight(many, 40, 400, HEIGHT_MAX - 400);
    expect(end.height).toBe(HEIGHT_MAX);
    expect(end.last).toBe(many);
    // The last row ends where the space does.
    expect(end.top + (end.last - end.first) * 40).toBeCloseTo(HEIGHT_MAX, 3);
  });
  it("are scrolled to only when they are out of sight", () => {
    expect(scrolledTo(5, 1000, 40, 400, 100)).toBe(100);
    expect(scrolledTo(0, 1000, 40, 400, 100)).toBe(0);
    expect(scrolledTo(50, 1000, 40, 400, 0)).toBe(1640);
    const far = scrolledTo(9_999_999, 10_000_000, 40, 400, 0);
    expect(sight(10_000_000, 40, 400, far).last).toBe(10_000_000);
  });
});

describe("marks", () => {
  const check = (text: string, marks: [number, number][], expected: string) => {
    it(`${text} ${JSON.stringify(marks)}`, () => {
      expect(
        pieces(text, marks)
          .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
          .join(""),
      ).toBe(expected);
    });
  };
  check("remboursement", [[0, 8]], "[rembours]ement");
  check(
    "a b c",
    [
      [4, 5],
      [0, 1],
    ],
    "[a] b [c]",
  );
  check("abc", [[1, 99]], "a[bc]");
  check(
    "abc",
    [
      [0, 2],
      [1, 3],
    ],
    "[ab][c]",
  );
  check("👩é x", [[1, 2]], "👩[é] x");
  check("", [[0, 3]], "");
});

it("a place over several lines is marked on each, with the numbers of the file", () => {
  const lines = sourceLines('{\r\n  "a": 1,\r\n  "b": 2\r\n}\r\n', [5, 23], 41);
  expect(lines.map((line) => line.number)).toEqual([41, 42, 43, 44]);
  expect(
    lines.map((line) =>
      line.pieces
        .filter((piece) => piece.marked)
        .map((piece) => piece.text)
        .join(""),
    ),
  ).toEqual(["", '"a": 1,', '  "b": 2', ""]);
});
