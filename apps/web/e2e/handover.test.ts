import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import type { Page } from "playwright-core";
import { plainPdf } from "../../server/src/kernel/files/plain-pdf.ts";
import { demoPassphrase } from "../../server/src/seed/seed.ts";
import { draftReadyToSign } from "../../server/test/ready-draft.ts";
import { openStage, type Stage } from "./stage.ts";

describe("a head of office moves on, and hands over by one signature", () => {
  let stage: Stage;
  let sekdis: Page;
  before(async () => {
    stage = await openStage("e2e_handover");
    await draftReadyToSign(await stage.server.signIn("kadis"), [], { subject: "Kesiapan jaringan" });
  });
  after(() => stage.close());

  const barriers = async (page: Page) => (await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious");

  test("the admin prepares it from the decree and reads beforehand what will move", async () => {
    const page = await stage.as("admin");
    await page.goto("/serah-terima");
    await page.getByText("Belum ada serah terima.").waitFor();
    await screenshot(page, "serah-terima-kosong.desktop");
    await page.getByRole("button", { name: "Siapkan serah terima" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByPlaceholder("Cari jabatan atau pemegangnya").fill("Kepala Dinas Komunikasi");
    await dialog.getByText("Kepala Dinas Komunikasi dan Informatika").first().click();
    await dialog.getByPlaceholder("Cari nama atau NIP").fill("Bambang");
    await dialog.getByText("Bambang Hermawan").first().click();
    await dialog.getByRole("tab", { name: "Unggah pindaian" }).click();
    await dialog.getByLabel("Pilih berkas keputusan").setInputFiles({ name: "sk-mutasi.pdf", mimeType: "application/pdf", buffer: Buffer.from(plainPdf(["KEPUTUSAN BUPATI"])) });
    await dialog.getByText("Terunggah: sk-mutasi.pdf").waitFor();
    await dialog.getByLabel("Nomor keputusan").fill("800.1.3.3/412/2026");
    await dialog.getByLabel("Tanggal keputusan").fill("2026-11-20");
    await dialog.getByText("1 pekerjaan di meja, 1 belum dibaca").waitFor();
    await screenshot(page, "serah-terima-isi.desktop");
    assert.deepEqual(await barriers(page), []);
    await dialog.getByRole("button", { name: "Siapkan berita acara" }).click();
    await page.getByText("menunggu tanda tangan", { exact: true }).waitFor();
    await screenshot(page, "serah-terima-menunggu.desktop");
    assert.deepEqual(await barriers(page), []);
  });

  test("the leaving official signs the berita acara from the desk: one act", async () => {
    sekdis = await stage.as("sekdis", { screen: "phone", dark: true }); // her browser is open while it happens
    const page = await stage.as("kadis");
    await page.goto("/serah-terima");
    await page.getByRole("link", { name: "Buka berita acara" }).click();
    await page.getByRole("button", { name: /^Tanda tangani/ }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/DISKOMINFO\/2026/).first().waitFor({ timeout: 60_000 });
    await screenshot(page, "serah-terima-tanda-tangan.desktop");
    await dialog.locator('input[type="password"]').fill(demoPassphrase("kadis"));
    await page.keyboard.press("Enter");
  });

  test("the successor's open browser learns it, and her desk is his; it is told on a phone, in the dark", async () => {
    await sekdis.goto("/serah-terima");
    await sekdis.getByText("selesai", { exact: true }).waitFor({ timeout: 60_000 });
    await sekdis.getByText(/Yang telah berpindah/).waitFor();
    await screenshot(sekdis, "serah-terima-selesai.phone.dark");
    assert.deepEqual(await barriers(sekdis), []);
    await sekdis.goto("/meja");
    await sekdis.getByText("Meja Anda bersih").waitFor(); // of the post that she has held all along
    await screenshot(sekdis, "serah-terima-jabatan-lain.phone.dark");
    assert.deepEqual(await barriers(sekdis), []);
    await sekdis.getByRole("list", { name: "Jabatan Anda yang lain" }).getByRole("button", { name: "Pindah ke jabatan itu" }).click();
    await sekdis.getByText("Kesiapan jaringan").first().waitFor();
    await screenshot(sekdis, "serah-terima-meja.phone.dark");
    const chart = (await (await stage.server.signIn("admin")).call("organisation.chart", {})).body;
    assert.match(chart.posts.find((post) => post.title.startsWith("Kepala Dinas Komunikasi"))?.holder?.name ?? "", /Bambang/);
  });
});
