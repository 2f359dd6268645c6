// Sums of decimal amounts as the export writes them: exact, never through a float.

const DIGITS = 6;

function units(amount: string): bigint {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount.trim());
  if (!parts) return 0n;
  const value = BigInt((parts[2] ?? "0") + (parts[3] ?? "").slice(0, DIGITS).padEnd(DIGITS, "0"));
  return parts[1] === "-" ? -value : value;
}

function written(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(DIGITS + 1, "0");
  const minor = digits.slice(-DIGITS).replace(/0+$/, "").padEnd(2, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -DIGITS)}.${minor}`;
}

export const add = (a: string, b: string): string => written(units(a) + units(b));

export const subtract = (a: string, b: string): string => written(units(a) - units(b));

export const isZero = (amount: string): boolean => units(amount) === 0n;
