// How slow the pretend host is. `?lag=0..400&seed=1` delays each answer by its own time, so that answers overtake one another
// as they do on a busy machine; the same seed delays them the same way again. How many are on their way stands on the page,
// as `data-asking`, for whoever waits until it rests.
import type { Host } from "../host";

type Ask = (...args: unknown[]) => unknown;

export function lagging(host: Host, options: URLSearchParams): Host {
  const found = /^(\d+)\.\.(\d+)$/.exec(options.get("lag") ?? "");
  const [least, most] = found ? [Number(found[1]), Number(found[2])] : [0, 0];
  const next = random(Number(options.get("seed") ?? "1"));
  const { dataset } = document.documentElement;
  const count = (more: number): void => {
    dataset["asking"] = String(Number(dataset["asking"] ?? "0") + more);
  };
  const late =
    (ask: Ask): Ask =>
    async (...args) => {
      const lag = least + next() * (most - least);
      count(1);
      try {
        // Half on the way there, half on the way back: what is changed is changed late as well.
        await wait(lag / 2);
        return await ask(...args);
      } finally {
        await wait(lag / 2);
        // Whoever asked hears first: a question that follows from the answer is counted before this one is done.
        setTimeout(() => {
          count(-1);
        });
      }
    };
  return Object.fromEntries(
    Object.entries(host as unknown as Record<string, Ask>).map(([name, ask]) => [name, late(ask)]),
  ) as unknown as Host;
}

const wait = async (milliseconds: number): Promise<void> => {
  if (milliseconds > 0) await new Promise((done) => setTimeout(done, milliseconds));
};

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
