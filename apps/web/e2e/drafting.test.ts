import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import { demoPassphrase } from "../../server/src/seed/seed.ts";
import { directedLetter } from "./given.ts";
import { openStage, type Stage } from "./stage.ts";

describe("a reply is written, initialled, signed and verified", () => {
  let stage: Stage;
  let address: string;
  let code: string;
  before(async () => {
    stage = await openStage("e2e_drafting");
    await directedLetter(stage.server, "Undangan rapat koordinasi SPBE");
  });
  after(() => stage.close());

  test("the staf chooses Surat Dinas, writes beside the live PDF, and submits", async () => {
    const page = await stage.as("staf");
    await page.goto("/naskah/baru");
    await screenshot(page, "naskah-jenis.desktop");
    await page.getByRole("button", { name: /Surat Dinas/ }).click();
    await page.waitForURL(/\/naskah\/[0-9a-f-]{36}$/);
    address = new URL(page.url()).pathname;
    await page.getByLabel("Hal", { exact: true }).fill("Tanggapan undangan rapat koordinasi SPBE");
    await page.getByRole("button", { name: "Tambah penerima" }).click();
    await page.getByLabel("Yth.: Nama penerima luar").fill("Kepala Dinas Kominfo Provinsi Kalimantan Timur");
    await page.getByLabel("Yth.: Pos-el, boleh kosong").fill("kominfo@contoh.id");
    await page.getByRole("button", { name: "Tambah", exact: true }).click();
    await screenshot(page, "naskah-penerima.desktop");
    await page.getByRole("button", { name: "Selesai", exact: true }).click();
    await page.getByLabel("Tempat tujuan").fill("Samarinda");
    await page.getByLabel("Klasifikasi").fill("000.1.5");
    await page.keyboard.press("Escape");
    await page.getByRole("textbox", { name: "Isi naskah" }).click();
    await page.keyboard.type("Sehubungan dengan undangan Saudara, kami akan hadir dalam rapat koordinasi.");
    await page.getByText("Naskah lengkap, siap diajukan.").waitFor();
    await page.locator("canvas, [class*=textLayer]").first().waitFor({ timeout: 40_000 });
    await screenshot(page, "naskah-editor.desktop");
    assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
    await page.reload();
    assert.equal(await page.getByLabel("Hal", { exact: true }).inputValue(), "Tanggapan undangan rapat koordinasi SPBE", "what was typed survives a reload");
    await page.getByRole("button", { name: /^Ajukan/ }).click();
    await page.getByText("Rantai paraf").waitFor();
    await screenshot(page, "naskah-diajukan.desktop");
  });

  test("the chain initials it: one gives it back on the phone, the staf mends it, all approve", async () => {
    const kasi = await stage.as("kasi", { screen: "phone" });
    await kasi.goto(address);
    await kasi.getByRole("button", { name: /^Paraf/ }).first().waitFor();
    await kasi.getByRole("button", { name: "Kembalikan", exact: true }).click();
    await kasi.getByLabel("Catatan untuk penyusun").fill("Sebutkan nama peserta.");
    await screenshot(kasi, "naskah-kembalikan.phone");
    await kasi.getByRole("dialog").getByRole("button", { name: "Kembalikan", exact: true }).click();
    await kasi.getByRole("dialog").waitFor({ state: "detached" });
    const staf = await stage.as("staf");
    await staf.goto(address);
    await staf.getByText("Sebutkan nama peserta.").first().waitFor();
    await staf.getByRole("textbox", { name: "Isi naskah" }).click();
    await staf.keyboard.press("End");
    await staf.keyboard.type(" Peserta: Arief Setiawan.");
    await staf.getByRole("button", { name: /^Ajukan/ }).click();
    await staf.getByRole("button", { name: /Tarik untuk diubah/ }).waitFor();
    for (const username of ["kasi", "kabid", "sekdis"]) {
      const page = await stage.as(username);
      await page.goto(address);
      await page.getByRole("button", { name: /^Paraf/ }).first().waitFor();
      await page.keyboard.press("p");
      await page.getByText("Paraf tercatat.").waitFor();
    }
  });

  test("the kepala dinas signs what she sees; a wrong passphrase costs nothing", async () => {
    const page = await stage.as("kadis");
    await page.getByText("Tanggapan undangan rapat koordinasi SPBE").first().waitFor();
    await page.goto(address);
    await page.getByRole("button", { name: /^Tanda tangani/ }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/000\.1\.5\/001\/DISKOMINFO\/2026/).first().waitFor({ timeout: 40_000 });
    await dialog.locator('input[type="password"]').fill("bukan frasa sandi saya");
    await screenshot(page, "tanda-tangan.desktop");
    await page.keyboard.press("Enter");
    await dialog.getByText(/Frasa sandi salah/).waitFor();
    await screenshot(page, "tanda-tangan-salah.desktop");
    await dialog.locator('input[type="password"]').fill(demoPassphrase("kadis"));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Surat sudah ditandatangani" }).waitFor({ timeout: 40_000 });
    code = /Kode verifikasi:? *([0-9A-Z]{5}-?[0-9A-Z]{5})/.exec((await page.textContent("body")) ?? "")?.[1] ?? assert.fail("no code on the page");
    await screenshot(page, "naskah-ditandatangani.desktop");
  });

  test("a citizen types the code on a phone, without account: sah, by whom, in which post, and no NIP or NIK", async () => {
    const page = await stage.anyone({ screen: "phone" });
    await page.goto(`/v/${code}`);
    const text = (await page.textContent("body")) ?? "";
    assert.match(text, /SAH/i);
    assert.match(text, /Nurlaila/);
    assert.match(text, /000\.1\.5\/001\/DISKOMINFO\/2026/);
    assert.doesNotMatch(text, /\d{16,18}/);
    await screenshot(page, "verifikasi.phone", { fullPage: true });
    assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
    await page.goto("/v/TIDAKADA22");
    assert.match((await page.textContent("body")) ?? "", /tidak/i);
  });

  test("the PDF is checked in the browser without upload: sah; one changed byte says tidak sah", async () => {
    const kadis = await stage.server.signIn("kadis");
    const id = address.slice(address.lastIndexOf("/") + 1);
    const { body: view } = await kadis.call("drafts.show", { id });
    const sha256 = view.signed?.sha256 ?? assert.fail("not signed");
    const { bytes } = await kadis.call("received.file", { id, sha256 });
    const page = await stage.anyone();
    const sent: string[] = [];
    page.on("request", (request) => void (request.method() === "GET" || sent.push(request.url())));
    await page.goto("/periksa");
    await page.getByLabel("Pilih berkas PDF").setInputFiles({ name: "surat.pdf", mimeType: "application/pdf", buffer: Buffer.from(bytes) });
    await page.getByText("Berkas ini asli, utuh, dan tercatat.").waitFor();
    await screenshot(page, "periksa-sah.desktop");
    const changed = Buffer.from(bytes);
    changed[2000] = (changed[2000] ?? 0) ^ 1;
    await page.getByLabel("Pilih berkas PDF").setInputFiles({ name: "surat-diubah.pdf", mimeType: "application/pdf", buffer: changed });
    await page.getByText(/Tidak sah: berkas ini berubah/).waitFor();
    await screenshot(page, "periksa-tidak-sah.desktop");
    assert.deepEqual(sent, [], "nothing was uploaded");
    assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
  });
});
