import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import type { Page } from "playwright-core";
import { plainPdf } from "../../server/src/kernel/files/plain-pdf.ts";
import { realSource } from "../../server/src/kernel/ids.ts";
import { demoPassword } from "../../server/src/seed/seed.ts";
import { directedLetter, postNamed } from "./given.ts";
import { openStage, type Stage } from "./stage.ts";

const serious = async (page: Page) => (await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious");

describe("oversight in the browser", () => {
  let stage: Stage;
  let letter: string;
  let secret: string;
  before(async () => {
    stage = await openStage("e2e_oversight", { env: { LONTAR_MODE: "demo" } });
    letter = await directedLetter(stage.server, "Permintaan data belanja perjalanan dinas");
    secret = realSource.id();
    const clerk = await stage.server.signIn("tusetda");
    assert.equal((await clerk.upload(secret, "rahasia.pdf", plainPdf(["RAHASIA"]))).status, 200);
    assert.equal((await clerk.call("received.register", { id: secret, facts: { sender: "Kejaksaan Negeri", number: "R-14/2026", date: "2026-11-20", subject: "Permintaan keterangan", receivedOn: "2026-11-24", security: "R" } })).status, 200);
    assert.equal((await clerk.call("received.direct", { id: secret, positionId: await postNamed(clerk, "Sekretaris Daerah") })).status, 200);
  });
  after(() => stage.close());

  test("the bupati sends the inspector, who reads under the mandate what it reaches and nothing else", async () => {
    const bupati = await stage.as("bupati");
    await bupati.goto("/mandat");
    await bupati.getByRole("link", { name: "Mandat pemeriksaan" }).click();
    await bupati.getByRole("heading", { name: "Belum ada mandat pemeriksaan" }).waitFor();
    await screenshot(bupati, "pemeriksaan-kosong.desktop");
    await bupati.getByRole("button", { name: "Beri mandat pemeriksaan" }).first().click();
    const dialog = bupati.getByRole("dialog");
    await dialog.getByLabel("Tujuan pemeriksaan").fill("Pemeriksaan belanja perjalanan dinas triwulan III");
    await dialog.getByLabel("Cari unit").fill("Sekretariat Daerah");
    await dialog.getByText("Sekretariat Daerah", { exact: true }).click();
    await dialog.getByRole("tab", { name: /pindaian|berkas/i }).click();
    await dialog.locator('input[type="file"]').setInputFiles({ name: "spt.pdf", mimeType: "application/pdf", buffer: Buffer.from(plainPdf(["Surat Perintah Tugas"])) });
    await dialog.getByText("spt.pdf").waitFor();
    await dialog.getByLabel("Nomor", { exact: false }).last().fill("700.1.2/21/2026");
    await dialog.getByLabel("Tanggal keputusan").fill("2026-11-20");
    await screenshot(bupati, "pemeriksaan-beri.desktop");
    assert.deepEqual(await serious(bupati), []);
    await dialog.getByRole("button", { name: "Beri mandat pemeriksaan" }).click();
    await bupati.getByRole("listitem").filter({ hasText: "triwulan III" }).waitFor();
    await screenshot(bupati, "pemeriksaan.desktop");
    assert.deepEqual(await serious(bupati), []);

    const page = await stage.as("inspektur");
    await page.goto(`/surat/${letter}`);
    await page.getByText(/Tidak ditemukan/).first().waitFor();
    await page.goto("/pengawasan");
    await page.getByRole("link", { name: "Mandat pemeriksaan" }).click();
    await page.getByRole("link", { name: "Periksa surat" }).click();
    await page.getByRole("button", { name: "Tampilkan surat" }).click();
    await page.getByText("Permintaan data belanja perjalanan dinas").waitFor();
    await page.getByText("Sampul tertutup").waitFor();
    await screenshot(page, "pemeriksaan-surat.desktop");
    assert.deepEqual(await serious(page), []);
    await page.getByRole("button", { name: /Permintaan data belanja/ }).click();
    await page.getByText(/Anda memeriksa surat ini berdasarkan 700\.1\.2\/21\/2026/).waitFor();
    await page.getByText("Permintaan data belanja perjalanan dinas").first().waitFor();
    await screenshot(page, "pemeriksaan-baca.desktop");
    assert.deepEqual(await serious(page), []);
    await page.keyboard.press("w");
    await page.getByRole("dialog").getByText(/jabatan Anda bermandat memeriksanya \(aturan e\)/).waitFor();

    const phone = await stage.as("inspektur", { screen: "phone", dark: true });
    await phone.goto("/mandat/pemeriksaan");
    await phone.getByText("1 surat dibuka").waitFor();
    await screenshot(phone, "pemeriksaan.phone-dark");
    assert.deepEqual(await serious(phone), []);
    await phone.getByRole("link", { name: "Periksa surat" }).click();
    await phone.getByRole("button", { name: "Tampilkan surat" }).click();
    await phone.getByRole("button", { name: /Permintaan data belanja/ }).waitFor();
    await screenshot(phone, "pemeriksaan-surat.phone-dark");
    assert.deepEqual(await serious(phone), []);
  });

  test("the admin opens a secret letter in an emergency, and everyone concerned knows at once", async () => {
    const page = await stage.as("admin");
    await page.goto("/darurat");
    await page.getByRole("heading", { name: "Belum ada akses darurat" }).waitFor();
    await page.getByRole("button", { name: "Buka surat" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Surat yang mana?").fill("R-14/2026");
    await dialog.getByRole("button", { name: "Cari" }).click();
    await screenshot(page, "darurat-cari.desktop");
    await dialog.getByRole("button", { name: "Pilih surat ini" }).click();
    const act = dialog.getByRole("button", { name: "Buka lewat akses darurat" }).last();
    assert.ok(await act.isDisabled());
    await dialog.getByLabel(/Mengapa harus sekarang/).fill("Kejaksaan menunggu jawaban hari ini, Sekda dirawat dan tidak dapat dihubungi.");
    await dialog.getByLabel("Kata sandi Anda, sekali lagi").fill("bukan sandinya");
    await act.click();
    await dialog.getByRole("alert").waitFor();
    await dialog.getByLabel("Kata sandi Anda, sekali lagi").fill(demoPassword("admin"));
    await screenshot(page, "darurat-buka.desktop");
    assert.deepEqual(await serious(page), []);
    await act.click();
    await page.getByText(/Anda membaca surat ini lewat akses darurat sampai/).waitFor();
    await page.getByRole("button", { name: "Buka amplop" }).or(page.getByText("Permintaan keterangan").first()).first().waitFor();
    await screenshot(page, "darurat-baca.desktop");
    assert.deepEqual(await serious(page), []);

    const sekda = await stage.as("sekda", { screen: "phone" });
    await sekda.getByRole("link", { name: /Akses darurat: surat nomor R-14\/2026 dibuka/ }).first().waitFor();
    await screenshot(sekda, "darurat-meja.phone");
    await sekda.getByRole("link", { name: /Akses darurat: surat nomor R-14\/2026 dibuka/ }).first().click();
    await sekda.getByRole("button", { name: "Saya mengetahui" }).waitFor();
    await screenshot(sekda, "darurat-catatan.phone");
    assert.deepEqual(await serious(sekda), []);
    await sekda.getByRole("button", { name: "Saya mengetahui" }).click();
    await sekda.getByRole("dialog").getByLabel("Catatan (boleh kosong)").fill("Benar, saya minta dibukakan.");
    await sekda.getByRole("dialog").getByRole("button", { name: "Saya mengetahui" }).click();
    await sekda.getByText("“Benar, saya minta dibukakan.”").waitFor();

    const inspector = await stage.as("inspektur", { dark: true });
    await inspector.getByRole("region", { name: "Antrean" }).getByText(/Akses darurat: surat nomor R-14/).waitFor();
    await screenshot(inspector, "darurat-meja.desktop-dark");
    await inspector.goto("/darurat");
    await inspector.getByText("Surat nomor R-14/2026").click();
    await inspector.getByText("Benar, saya minta dibukakan.").waitFor();
    await screenshot(inspector, "darurat-catatan.desktop-dark");
    assert.deepEqual(await serious(inspector), []);

    const phone = await stage.as("admin", { screen: "phone", dark: true });
    await phone.goto("/darurat");
    await phone.getByText("Surat nomor R-14/2026").waitFor();
    await screenshot(phone, "darurat.phone-dark");
    assert.deepEqual(await serious(phone), []);
    await phone.getByText("Surat nomor R-14/2026").click();
    await phone.getByRole("button", { name: "Tutup sekarang" }).click();
    await phone.getByText("ditutup", { exact: true }).waitFor();
    await phone.goto(`/surat/${secret}`);
    await phone.getByText(/Tidak ditemukan/).first().waitFor();
  });
});
