// A host that is slow: `?lag=0..400&seed=1` delays each answer of the pretend host by its own time, so that answers overtake
// one another as they do on a busy machine. The same seed delays the same way again.
import type { Host } from "../host";

type Ask = (...args: unknown[]) => unknown;

export function lagging(host: Host, options: URLSearchParams): Host {
  const found = /^(\d+)\.\.(\d+)$/.exec(options.get("lag") ?? "");
  if (!found) return host;
  const [least, most] = [Number(found[1]), Number(found[2])];
  const next = random(Number(options.get("seed") ?? "1"));
  const late =
    (ask: Ask): Ask =>
    async (...args) => {
      const lag = least + next() * (most - least);
      // Half on the way there, half on the way back: what is changed is changed late as well.
      await wait(lag / 2);
      try {
        return await ask(...args);
      } finally {
        await wait(lag / 2);
      }
    };
  return Object.fromEntries(
    Object.entries(host as unknown as Record<string, Ask>).map(([name, ask]) => [name, late(ask)]),
  ) as unknown as Host;
}

const wait = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/** Numbers from 0 to 1 in an order that the seed decides (mulberry32). */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
