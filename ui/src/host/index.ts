// Which host stands behind the window. The pretend one is behind a flag of the build, so that no byte of it is in the product.
import type { Host } from "./host";

export async function findHost(): Promise<Host> {
  if (import.meta.env.VITE_PRETEND) {
    const { pretend } = await import("./pretend/pretend");
    const { lagging } = await import("./pretend/lag");
    const options = new URLSearchParams(location.search);
    return lagging(pretend(options), options);
  }
  const { host } = await import("./tauri");
  return host;
}
