// The window in a real browser, against the pretend host: `npm run test:window`.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/window/*.test.ts"],
    globalSetup: ["tests/window/serve.ts"],
    testTimeout: 240_000,
    hookTimeout: 150_000,
    fileParallelism: false,
    reporters: ["verbose"],
  },
});
