import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import { makePhoto, makeScan, sampleLetter } from "../../server/test/samples/scan.ts";
import { openBreakingLine } from "./breaking-line.ts";
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
    await page.waitForFunction(() => [...document.querySelectorAll("input, textarea")].some((field) => "value" in field && String(field.value).includes("Undangan Rapat Koordinasi")), undefined, { timeout: 120_000 });
    await screenshot(page, "catat-surat.desktop");
    assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
    await page.getByRole("button", { name: /Catat sebagai 0001/ }).click();
    await page.waitForURL((url) => !url.pathname.endsWith("/catat"));
    await page.goto("/surat");
    await page.getByText("0001").first().waitFor();
    await screenshot(page, "surat-masuk.desktop");
  });

  test("the same scan again is caught: compared, and merged with the letter that has the number", async () => {
    const page = await stage.as("tusetda");
    await page.goto("/surat");
    await page.locator('input[type="file"]').first().setInputFiles({ name: "undangan-lagi.pdf", mimeType: "application/pdf", buffer: Buffer.from(await makeScan()) });
    await page.getByText("terunggah, mungkin sudah pernah tercatat").waitFor();
    await page.getByRole("link", { name: "Catat", exact: true }).or(page.getByRole("button", { name: "Catat", exact: true })).first().click();
    await page.getByText("Mungkin sudah tercatat: agenda 0001").waitFor();
    await page.getByText("Berkasnya persis sama, bita demi bita.").waitFor();
    await page.getByText(/Dicatat Rina Marlina, A\.Md\., hari ini/).waitFor();
    assert.match((await page.getByRole("link", { name: "Buka yang lama" }).getAttribute("href")) ?? "", /^\/surat\/[0-9a-f-]{36}$/);
    await screenshot(page, "catat-ganda.desktop");
    assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
    await page.keyboard.press("F4");
    await page.getByRole("dialog").getByText("Yang sudah tercatat").waitFor();
    await screenshot(page, "catat-ganda-bandingkan.desktop");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("F2");
    await page.getByText("Pindaian digabungkan ke agenda 0001.").waitFor();
  });

  test("a photograph from a phone is read too; the same sender, number and date on other paper asks for a reason", async () => {
    const page = await stage.as("tusetda", { screen: "phone" });
    await page.goto("/surat");
    await page.locator('input[type="file"][capture]').setInputFiles({ name: "foto.jpg", mimeType: "image/jpeg", buffer: Buffer.from(await makePhoto(sampleLetter())) });
    await page.getByRole("link", { name: "Catat", exact: true }).or(page.getByRole("button", { name: "Catat", exact: true })).first().click();
    await page.waitForURL(/\/catat/);
    await page.waitForFunction(() => [...document.querySelectorAll("input, textarea")].some((field) => "value" in field && String(field.value).includes("2214")), undefined, { timeout: 120_000 });
    await page.getByText("Pengirim, nomor, dan tanggalnya sama.").waitFor();
    await screenshot(page, "catat-foto.phone");
    assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
  });

  test("a text that calls itself PDF is refused beside its name, and can be cleared", async () => {
    const page = await stage.as("tusetda");
    await page.goto("/surat");
    await page.locator('input[type="file"]').first().setInputFiles([
      { name: "catatan.pdf", mimeType: "application/pdf", buffer: Buffer.from("Ini teks biasa.\n".repeat(80)) },
      { name: "kosong.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) },
    ]);
    await page.getByText("0 dari 2 terunggah").waitFor();
    await page.getByText("catatan.pdf").waitFor();
    await screenshot(page, "unggah-gagal.desktop");
    await page.getByRole("button", { name: "Bersihkan" }).click();
    await page.getByText("catatan.pdf").waitFor({ state: "detached" });
  });

  test("a tab closed in the middle of an upload asks first; left all the same, nothing half stays behind", async () => {
    const page = await stage.as("tusetda");
    const line = await openBreakingLine(stage.server.url, "POST /api/received ");
    await page.goto(`${line.url}/surat`);
    const letters = async (): Promise<readonly unknown[]> => (await (await stage.server.signIn("tusetda")).call("received.list", {})).body.items;
    const before = await letters();
    await page.locator('input[type="file"]').first().setInputFiles({ name: "lama.pdf", mimeType: "application/pdf", buffer: Buffer.from(await makeScan(sampleLetter({ nomor: "1/2/3" }))) });
    await page.getByText("mengunggah…").waitFor();
    const asked = page.waitForEvent("dialog");
    await page.close({ runBeforeUnload: true });
    const dialog = await asked;
    assert.equal(dialog.type(), "beforeunload");
    await dialog.accept();
    await line.letGo;
    assert.deepEqual(await letters(), before);
    line.close();
  });
});
