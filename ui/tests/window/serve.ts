// Serves the pretend build with the very policy that the desktop program sets, so that what it forbids fails here too.
import { preview, type PreviewServer } from "vite";

export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src ipc:; " +
  "form-action 'none'; frame-src 'none'; child-src 'none'; worker-src 'none'; object-src 'none'; media-src 'none'; " +
  "manifest-src 'none'; base-uri 'none'";

/** `PORT` in the environment lets two runs go on side by side. */
export const PORT = Number(process.env["PORT"] ?? 4871);

let server: PreviewServer;

export async function setup(): Promise<void> {
  server = await preview({
    build: { outDir: "dist-pretend" },
    preview: { port: PORT, strictPort: true, host: "127.0.0.1", headers: { "Content-Security-Policy": POLICY } },
    logLevel: "error",
  });
}

export async function teardown(): Promise<void> {
  await server.close();
}
