import { it } from "vitest";
import { Browser, RESULTS } from "./browser";
it("dbg", async () => {
  const b = await Browser.start();
  const p = await b.open({ state: "sample" });
  await p.waitForTimeout(1500);
  await p.screenshot({ path: RESULTS + "dbg.png" });
  console.log(b.complaints, await p.locator("#window").innerText());
  await b.close();
});
