import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import { makeScan } from "../../server/test/samples/scan.ts";
import { openStage, type Stage } from "./stage.ts";

describe("a scanned letter at the front desk", () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage("e2e_incoming");
  });
  after(() => stage.close());

  test("the clerk drops a scan, OCR proposes, the clerk saves it under agenda 0001 and directs it", async () => {
    const page = await stage.as("tusetda");
    await page.goto("/surat");
    await screenshot(page, "surat-masuk-kosong.desktop");
    await page.locator('input[type="file"]').first().setInputFiles({ name: "undangan.pdf", mimeType: "application/pdf", buffer: Buffer.from(await makeScan()) });
    await page.getByRole("link", { name: "Catat", exact: true }).or(page.getByRole("button", { name: "Catat", exact: true })).first().click();
    await page.waitForURL(/\/surat\/[0-9a-f-]+\/catat/);
    await page.waitForFunction(() => [...document.querySelectorAll("input, textarea")].some((field) => "value" in field && String(field.value).includes("Undangan Rapat Koordinasi")), undefined, { timeout: 60_000 });
    await screenshot(page, "catat-surat.desktop");
    assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
    await page.getByRole("button", { name: /Catat sebagai 0001/ }).click();
    await page.waitForURL((url) => !url.pathname.endsWith("/catat"));
    await page.goto("/surat");
    await page.getByText("0001").first().waitFor();
    await screenshot(page, "surat-masuk.desktop");
  });
});
