import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import { letterTypes } from "@lontar/naskah";
import type { Page } from "playwright-core";
import { realSource } from "../../server/src/kernel/ids.ts";
import type { Client } from "../../server/test/http.ts";
import { draftReadyToSign, signReady } from "../../server/test/ready-draft.ts";
import { until } from "../../server/test/until.ts";
import { postNamed } from "./given.ts";
import { openStage, type Stage } from "./stage.ts";

const noBarriers = async (page: Page): Promise<void> => {
  const barriers = await axe(page);
  assert.deepEqual(barriers.filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
};

/** A picture in light and in dark, after what it shows has been drawn. */
const pictures = async (page: Page, name: string, heading: string | RegExp): Promise<void> => {
  await page.getByRole("heading", { name: heading }).first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  await screenshot(page, name, { fullPage: true });
  await page.emulateMedia({ colorScheme: "dark" });
  await screenshot(page, `${name}.dark`, { fullPage: true });
  await noBarriers(page);
  await page.emulateMedia({ colorScheme: "light" });
};

/** A secret nota of the kepala dinas to the sekda, signed. */
const secretLetter = async (kadis: Client): Promise<string> => {
  const nota = letterTypes.find((type) => type.family === "nota") ?? assert.fail("no nota");
  const id = realSource.id();
  await kadis.call("drafts.create", { id, type: nota.code, replyTo: null });
  const { body: view } = await kadis.call("drafts.show", { id });
  const to = [{ kind: "post" as const, positionId: await postNamed(kadis, "Sekretaris Daerah"), label: "Sekretaris Daerah" }];
  const content = { ...view.content, subject: "Kata sandi gudang", security: "R" as const, classification: "000.1.1", to, body: { type: "doc" as const, content: [{ type: "paragraph", content: [{ type: "text", text: "Rahasia." }] }] } };
  const written = await kadis.call("drafts.write", { id, revision: view.revision, content });
  assert.equal((await kadis.call("drafts.submit", { id, revision: written.body.revision })).status, 200);
  await signReady(kadis, { id, hash: written.body.contentHash });
  return (await kadis.call("drafts.show", { id })).body.signed?.code ?? assert.fail("not signed");
};

describe("a citizen outside receives a letter by e-mail and checks it", () => {
  let stage: Stage;
  let draft: string;
  let number: string;
  let code: string;
  let link: string;
  let bytes: Buffer;
  before(async () => {
    stage = await openStage("e2e_citizen");
    const kadis = await stage.server.signIn("kadis");
    const ready = await draftReadyToSign(kadis, [{ kind: "external", label: "Yayasan Pesisir Lestari", email: "sekretariat@contoh.id", place: "Balikpapan" }]);
    draft = ready.id;
    number = (await signReady(kadis, ready)).number;
    code = (await kadis.call("drafts.show", { id: ready.id })).body.signed?.code ?? assert.fail("not signed");
    const mail = join(stage.server.folder, "mail");
    const letter = await until(async () => {
      const first = (await readdir(mail)).find((name) => name.endsWith(".eml"));
      return first === undefined ? undefined : readFile(join(mail, first), "utf8");
    }, "the letter was mailed");
    link = /\/p\/[\w-]{20,}/.exec(letter.replaceAll(/=\r?\n/g, ""))?.[0] ?? assert.fail(`no link in the mail: ${letter}`);
  });
  after(() => stage.close());

  test("the link of the mail opens on a phone: who writes what, one large download, and the sender hears that it arrived", async () => {
    const page = await stage.anyone({ screen: "phone" });
    await page.goto(link);
    await pictures(page, "paket.phone", "Kesiapan jaringan");
    await page.getByText("Surat resmi untuk Yayasan Pesisir Lestari").waitFor();
    await page.getByText(number).first().waitFor();
    assert.match((await page.getByRole("link", { name: "Periksa keasliannya" }).getAttribute("href")) ?? "", new RegExp(`/v/${code}$`));
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: /Unduh surat/ }).click();
    bytes = await readFile(await (await download).path());
    assert.equal(bytes.subarray(0, 5).toString(), "%PDF-");
    const kadis = await stage.server.signIn("kadis");
    await until(async () => ((await kadis.call("drafts.show", { id: draft })).body.deliveries.some((delivery) => delivery.kind === "external" && delivery.status === "diterima") ? true : undefined), "the sender sees the receipt");
  });

  test("a link that nobody was given says what to do, without a way into the office", async () => {
    const page = await stage.anyone({ screen: "phone" });
    await page.goto("/p/tidak-ada-tidak-ada-tidak-ada");
    await pictures(page, "paket-tidak-dikenal.phone", "Tautan ini tidak dikenal");
    assert.equal(await page.getByRole("link", { name: /meja/i }).count(), 0);
    await page.goto("/lacak/tidak-ada-tidak-ada-tidak");
    await page.getByRole("heading", { name: "Tautan ini tidak dikenal" }).waitFor();
    await noBarriers(page);
  });

  test("the file is checked in the browser: sah; one flipped byte: tidak sah, with what was found and what to do; nothing is uploaded", async () => {
    const page = await stage.anyone();
    const sent: string[] = [];
    page.on("request", (request) => void (request.method() === "GET" || sent.push(request.url())));
    await page.goto("/periksa");
    await pictures(page, "periksa.desktop", /Asli atau palsu/);
    const choose = page.getByLabel("Pilih berkas PDF");
    await choose.focus();
    assert.equal(await choose.evaluate((element) => element === document.activeElement), true, "the drop zone is reached by keyboard");
    await choose.setInputFiles({ name: "surat.pdf", mimeType: "application/pdf", buffer: bytes });
    await page.getByText("Berkas ini asli, utuh, dan tercatat.").waitFor();
    await page.getByText(number).first().waitFor();
    await pictures(page, "periksa-berkas-sah.desktop", /SAH/);
    const changed = Buffer.from(bytes);
    changed[2000] = (changed[2000] ?? 0) ^ 1;
    await choose.setInputFiles({ name: "surat-diubah.pdf", mimeType: "application/pdf", buffer: changed });
    await page.getByText(/Tidak sah: berkas ini berubah/).waitFor();
    await page.getByText("Isi yang ditandatangani berbeda dari isi berkas ini.").waitFor();
    await page.getByText(/Jangan bayar/).waitFor();
    await pictures(page, "periksa-berkas-tidak-sah.desktop", /TIDAK SAH/);
    await page.getByText("Rincian untuk pemeriksa").click();
    await page.getByText(/sidik isi: gagal/).waitFor();
    await screenshot(page, "periksa-rincian.desktop", { fullPage: true });
    assert.deepEqual(sent, [], "nothing was uploaded");
  });

  test("something added after the signature: tidak sah, and the way to the genuine letter; then the genuine file again, on a phone", async () => {
    const page = await stage.anyone({ screen: "phone" });
    await page.goto("/periksa");
    await page.getByLabel("Pilih berkas PDF").setInputFiles({ name: "surat-ditambah.pdf", mimeType: "application/pdf", buffer: Buffer.concat([bytes, Buffer.from("\n% ditambahkan orang\n%%EOF\n")]) });
    await page.getByText(/Tidak sah: berkas ini berubah/).waitFor();
    assert.equal(await page.getByRole("link", { name: number }).first().getAttribute("href"), `/v/${code}`);
    await pictures(page, "periksa-ditambah.phone", /TIDAK SAH/);
    await page.getByLabel("Pilih berkas PDF").setInputFiles({ name: "surat.pdf", mimeType: "application/pdf", buffer: bytes });
    await page.getByText("Berkas ini asli, utuh, dan tercatat.").waitFor();
    await pictures(page, "periksa-berkas-sah.phone", /SAH/);
  });

  test("what is no PDF is told in words, and so is a browser without a secure address", async () => {
    const page = await stage.anyone();
    await page.goto("/periksa");
    await page.getByLabel("Pilih berkas PDF").setInputFiles({ name: "foto.jpg", mimeType: "image/jpeg", buffer: Buffer.from("ini foto") });
    await page.getByText(/Berkas ini bukan PDF/).waitFor();
    await pictures(page, "periksa-bukan-pdf.desktop", "Berkas ini tidak dapat diperiksa");
    await page.addInitScript(() => void Object.defineProperty(window, "isSecureContext", { value: false }));
    await page.goto("/periksa");
    await page.getByText(/lewat alamat aman/).waitFor();
    assert.equal(await page.getByLabel("Pilih berkas PDF").count(), 0);
    await page.getByLabel("Kode verifikasi").fill("TIDAKADA22");
    await page.getByRole("button", { name: "Periksa kode" }).click();
    await page.getByText("TIDAK DIKENAL").waitFor();
  });

  test("the QR opens a page without script, in two languages, with the first page to compare; an unknown code says what to do", async () => {
    const page = await stage.anyone({ screen: "phone" });
    const answer = await page.goto(`/v/${code}`);
    const html = (await answer?.text()) ?? "";
    assert.ok(Buffer.byteLength(html) < 10_240, String(Buffer.byteLength(html)));
    assert.doesNotMatch(html, /<script|\d{16}/);
    await page.getByRole("img", { name: "Halaman pertama surat yang tercatat" }).waitFor();
    assert.ok(await page.getByRole("img", { name: "Halaman pertama surat yang tercatat" }).evaluate((image) => image instanceof HTMLImageElement && image.decode().then(() => image.naturalWidth > 500)));
    await until(async () => ((await (await page.request.get(`/v/${code}`)).text()).includes("Surat ini: catatan #") ? true : undefined), "the issuing stands in the log");
    await page.reload();
    await pictures(page, "verifikasi-sah.phone", /SAH/);
    await page.setViewportSize({ width: 1440, height: 900 });
    await pictures(page, "verifikasi-sah.desktop", /SAH/);
    await page.getByRole("link", { name: "English" }).click();
    await page.getByText("Compare with the letter in your hand").waitFor();
    await screenshot(page, "verifikasi-en.desktop", { fullPage: true });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/v/TIDAKADA22");
    await pictures(page, "verifikasi-tidak-dikenal.phone", /TIDAK DIKENAL/);
    await page.getByLabel("Kode pada surat").fill(code);
    await page.getByRole("button", { name: "Periksa kode" }).click();
    await page.waitForURL(`**/v/${code}`);
  });

  test("a secret letter shows no page, a revoked one says so and shows none either", async () => {
    const kadis = await stage.server.signIn("kadis");
    const secret = await secretLetter(kadis);
    assert.equal((await stage.server.anyone.call("open.letterPage", { code: secret })).status, 404);
    assert.doesNotMatch(await (await fetch(`${stage.server.url}/v/${secret}`)).text(), /Kata sandi gudang|<img src="\/api|Ditujukan/);
    const ready = await draftReadyToSign(kadis);
    await signReady(kadis, ready);
    const revoked = (await kadis.call("drafts.show", { id: ready.id })).body.signed?.code ?? assert.fail("not signed");
    assert.equal((await stage.server.anyone.call("open.letterPage", { code: revoked })).status, 200);
    assert.equal((await kadis.call("drafts.revoke", { id: ready.id, reason: "Salah tanggal" })).status, 200);
    assert.equal((await stage.server.anyone.call("open.letterPage", { code: revoked })).status, 404);
    assert.equal((await stage.server.anyone.call("open.letterPage", { code: "TIDAKADA22" })).status, 404);
    const page = await stage.anyone({ screen: "phone" });
    await page.goto(`/v/${revoked}`);
    await page.getByText("Salah tanggal").waitFor();
    assert.equal(await page.getByRole("img", { name: /Halaman pertama/ }).count(), 0);
    await pictures(page, "verifikasi-dicabut.phone", /DICABUT/);
  });

  test("a network that asks too often is told so in a page, not in code", async () => {
    const page = await stage.anyone({ screen: "phone" });
    const answers = await Promise.all(Array.from({ length: 61 }, () => page.request.get(`/v/${code}`)));
    assert.ok(answers.some((answer) => answer.status() === 429));
    await page.goto(`/v/${code}`);
    await page.getByRole("heading", { name: /TUNGGU SEBENTAR/ }).waitFor();
    await noBarriers(page);
  });
});
