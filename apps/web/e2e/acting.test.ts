import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import type { Page } from "playwright-core";
import { plainPdf } from "../../server/src/kernel/files/plain-pdf.ts";
import { realSource } from "../../server/src/kernel/ids.ts";
import { demoPassphrase } from "../../server/src/seed/seed.ts";
import { draftReadyToSign } from "../../server/test/ready-draft.ts";
import { openStage, type Stage } from "./stage.ts";

describe("a Plh. signs while the head of the office is on leave", () => {
  let stage: Stage;
  let kadis: Page;
  let sekdis: Page;
  let letter: string;
  let appointment: string;
  let outside: string;
  before(async () => {
    stage = await openStage("e2e_acting");
    const client = await stage.server.signIn("kadis");
    ({ id: letter } = await draftReadyToSign(client));
    ({ id: appointment } = await draftReadyToSign(client, [], { subject: "Pengangkatan pejabat", classification: "800.1.3.3" }));
    ({ id: outside } = await draftReadyToSign(client, [], { subject: "Perjalanan dinas", classification: "500.1.1" }));
    kadis = await stage.as("kadis", { screen: "phone" });
    sekdis = await stage.as("sekdis");
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

  test("both open browsers learn it by themselves: the Plh. can take the post up, the holder reads that he stands aside", async () => {
    await kadis.getByText(/Plh\. Bambang Hermawan.*bertindak untuk jabatan ini; Anda dapat membaca/).waitFor();
    // What waits in his post waits for the other: he reads it, and is offered nothing that would be refused.
    await kadis.getByText(/\d+ dipegang Plh\. Bambang Hermawan/).waitFor();
    await kadis.getByRole("region", { name: "Antrean" }).getByText("Tanda tangan, dipegang Plh.").first().waitFor();
    assert.equal(await kadis.getByRole("button", { name: "Kerjakan berurutan" }).count(), 0);
    await screenshot(kadis, "plh-pemegang.phone");
    assert.deepEqual(await barriers(kadis), []);
    await sekdis.getByText("Mulai sekarang Anda dapat bertindak selaku Plh. Kepala Dinas Komunikasi dan Informatika.").waitFor();
    await screenshot(sekdis, "plh-mulai.desktop");
    await sekdis.getByRole("button", { name: "Pakai jabatan ini" }).click();
    await sekdis.getByText(/Anda bertindak selaku Plh\. Kepala Dinas Komunikasi dan Informatika sampai/).waitFor();
    await sekdis.getByText("Kesiapan jaringan").first().waitFor();
    await screenshot(sekdis, "plh-meja.desktop");
    assert.deepEqual(await barriers(sekdis), []);
  });

  test("the holder, on leave but able to sign in, finds no way to sign and reads why", async () => {
    await kadis.goto(`/naskah/${letter}`);
    await kadis.getByText("Ada yang bertindak untuk jabatan ini").first().waitFor();
    assert.equal(await kadis.getByRole("button", { name: /^Tanda tangani/ }).count(), 0);
    await screenshot(kadis, "plh-pemegang-naskah.phone");
    const wide = await stage.as("kadis");
    await wide.goto("/meja");
    await wide.getByText("bertindak untuk jabatan ini. Anda dapat membacanya.").first().waitFor();
    await screenshot(wide, "plh-pemegang.desktop");
    assert.deepEqual(await barriers(wide), []);
  });

  test("what is beyond the law's limit, or beyond the scope, is not offered, and the sentence names the article", async () => {
    await sekdis.goto(`/naskah/${appointment}`);
    await sekdis.getByText(/UU 30\/2014 Pasal 14 ayat 7/).first().waitFor();
    assert.equal(await sekdis.getByRole("button", { name: /^Tanda tangani/ }).count(), 0);
    await screenshot(sekdis, "plh-di-luar-kewenangan.desktop");
    await sekdis.goto(`/naskah/${outside}`);
    await sekdis.getByText("di luar cakupan mandat Anda").first().waitFor();
    assert.equal(await sekdis.getByRole("button", { name: /^Tanda tangani/ }).count(), 0);
  });

  test("within the mandate he signs, with his own certificate, and the dialog says by which right", async () => {
    await sekdis.goto(`/naskah/${letter}`);
    await sekdis.getByRole("button", { name: /^Tanda tangani/ }).first().click();
    const dialog = sekdis.getByRole("dialog");
    await dialog.getByText(/DISKOMINFO\/2026/).first().waitFor({ timeout: 40_000 });
    const said = (await dialog.textContent()) ?? "";
    assert.match(said, /selaku Plh\. Kepala Dinas Komunikasi dan Informatika/);
    assert.match(said, /berdasarkan 800\.1\.11\.1\/1187\/SETDA\/2026 tanggal 20-11-2026, berlaku s\.d\./);
    await screenshot(sekdis, "plh-tanda-tangan.desktop");
    assert.deepEqual(await barriers(sekdis), []);
    await dialog.locator('input[type="password"]').fill(demoPassphrase("sekdis"));
    await sekdis.keyboard.press("Enter");
    await sekdis.getByRole("heading", { name: "Surat sudah ditandatangani" }).waitFor({ timeout: 40_000 });
  });

  test("a citizen reads that he was authorised as pelaksana harian, and by which decree", async () => {
    const { body: view } = await (await stage.server.signIn("kadis")).call("drafts.show", { id: letter });
    const page = await stage.anyone({ screen: "phone" });
    await page.goto(`/v/${view.signed?.code ?? assert.fail("not signed")}`);
    const text = (await page.textContent("body")) ?? "";
    assert.match(text, /Ya, selaku Plh\. Kepala Dinas Komunikasi dan Informatika/);
    assert.match(text, /Berwenang sebagai pelaksana harian berdasarkan 800\.1\.11\.1\/1187\/SETDA\/2026/);
    await screenshot(page, "plh-verifikasi.phone", { fullPage: true });
    const trail = await (await stage.server.signIn("kadis")).call("received.trail", { id: letter });
    const signing = trail.body.entries.find((entry) => entry.sentence.id.includes("menandatangani"));
    assert.deepEqual([signing?.holding, signing?.basis], ["plh", "800.1.11.1/1187/SETDA/2026 tanggal 20-11-2026"], "Jejak says it too");
  });

  test("it ends by the clock: open browsers change by themselves, what was typed stays, and nothing more is decided in that post", async () => {
    const sekda = await stage.server.signIn("sekda");
    const running = (await sekda.call("mandates.list", {})).body.find((mandate) => mandate.kind === "plh") ?? assert.fail("no Plh.");
    assert.equal((await sekda.call("mandates.revoke", { id: running.id, reason: "Diganti dengan yang lebih pendek" })).status, 200);
    await sekdis.getByText(/Masa Anda selaku Plh\./).first().waitFor();
    const now = Date.parse(realSource.now());
    const short = { kind: "plh" as const, id: realSource.id(), positionId: running.from.id, personId: running.to.id, since: new Date(now).toISOString(), until: new Date(now + shortMandateMs).toISOString(), decree: { number: "800.1.11.1/1188/SETDA/2026", date: "2026-11-20", file: running.decree.file } };
    assert.equal((await sekda.call("mandates.give", short)).status, 200);
    await sekdis.getByRole("button", { name: "Pakai jabatan ini" }).last().click();
    await sekdis.getByText(/Anda bertindak selaku Plh\./).first().waitFor();
    await sekdis.goto(`/naskah/${outside}`);
    await sekdis.getByRole("button", { name: "Kembalikan", exact: true }).click();
    await sekdis.getByLabel("Catatan untuk penyusun").fill("Mohon dilengkapi anggarannya.");
    await sekdis.getByText(/Masa Anda selaku Plh\. Kepala Dinas.*berakhir/).waitFor({ timeout: 2 * shortMandateMs });
    await screenshot(sekdis, "plh-berakhir.desktop");
    await kadis.getByText(/bertindak untuk jabatan ini; Anda dapat membaca/).waitFor({ state: "detached" });
    await kadis.getByRole("button", { name: /^Tanda tangani|^Berkaskan/ }).first().waitFor();
  });

  test("the pages of mandates on a phone and in the dark", async () => {
    const dark = await stage.as("sekda", { dark: true });
    await dark.goto("/mandat");
    await dark.getByRole("button", { name: "Tampilkan riwayat" }).click();
    await dark.getByText(/Dicabut.*Diganti dengan yang lebih pendek/).waitFor();
    await screenshot(dark, "mandat-riwayat.dark", { fullPage: true });
    assert.deepEqual(await barriers(dark), []);
    const phone = await stage.as("sekda", { screen: "phone" });
    await phone.goto("/mandat");
    await phone.getByRole("heading", { name: /Akan datang/ }).waitFor();
    await screenshot(phone, "mandat.phone");
    await phone.getByRole("button", { name: "Beri mandat" }).first().click();
    await phone.getByRole("dialog").getByText("Kepala Bagian Umum").first().click();
    await phone.getByText("Yang akan terjadi").waitFor();
    await screenshot(phone, "mandat-isi.phone");
    assert.deepEqual(await barriers(phone), []);
    const staf = await stage.as("staf", { screen: "phone", dark: true });
    await staf.goto("/mandat");
    await staf.getByRole("heading", { name: /Akan datang/ }).waitFor();
    assert.equal(await staf.getByRole("button", { name: "Beri mandat" }).count(), 0, "who cannot give is not offered it");
    await screenshot(staf, "mandat-baca.phone.dark");
  });
});

/** Long enough to take the post up under load, short enough to see it end. */
const shortMandateMs = 25_000;
