import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import type { Page } from "playwright-core";
import { plainPdf } from "../../server/src/generate/page.ts";
import { openStage, type Stage } from "./stage.ts";

describe("a Plh. signs while the head of the office is on leave", () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage("e2e_acting");
  });
  after(() => stage.close());

  const barriers = async (page: Page) => (await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious");

  test("the sekda names the sekretaris dinas Plh. in two steps, on a scanned decree, within a scope", async () => {
    const page = await stage.as("sekda");
    await page.goto("/mandat");
    await page.getByRole("heading", { name: /Akan datang/ }).waitFor();
    await screenshot(page, "mandat.desktop");
    await page.getByRole("button", { name: "Beri mandat" }).first().click();
    await page.getByRole("dialog").getByText("Kepala Dinas Komunikasi dan Informatika").first().waitFor();
    await screenshot(page, "mandat-jabatan.desktop");
    await page.getByRole("dialog").getByText("Kepala Dinas Komunikasi dan Informatika").first().click();
    await page.getByRole("dialog").getByText("Bambang Hermawan").first().click();
    await page.getByRole("button", { name: "Hari ini–Jumat" }).click();
    await page.getByRole("tab", { name: "Unggah pindaian" }).click();
    await page.getByLabel("Pilih berkas keputusan").setInputFiles({ name: "spt-plh.pdf", mimeType: "application/pdf", buffer: Buffer.from(plainPdf(["SURAT PERINTAH PLH"])) });
    await page.getByText("Terunggah: spt-plh.pdf").waitFor();
    await page.getByLabel("Nomor keputusan").fill("800.1.11.1/1187/SETDA/2026");
    await page.getByLabel("Tanggal keputusan").fill("2026-11-20");
    await page.getByRole("button", { name: "Hanya sebagian" }).click();
    await page.getByPlaceholder(/Cari kode atau kata/).fill("000");
    await page.getByText("000 UMUM").first().click();
    await screenshot(page, "mandat-isi.desktop");
    assert.deepEqual(await barriers(page), []);
    await page.getByRole("button", { name: "Tetapkan Plh." }).click();
    await page.getByText("Plh. Kepala Dinas Komunikasi dan Informatika").first().waitFor();
    await screenshot(page, "mandat-berlaku.desktop");
    assert.deepEqual(await barriers(page), []);
  });
});
