import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import type { Page } from "playwright-core";
import encodeQR from "qr";
import decodeQR from "qr/decode.js";
import sharp from "sharp";
import { createReader } from "../../server/src/letters/reading/index.ts";
import { draftReadyToSign, signReady } from "../../server/test/ready-draft.ts";
import { until } from "../../server/test/until.ts";
import { offlinePage } from "../offline-page.ts";
import { openStage, screens, type Stage } from "./stage.ts";

const noBarriers = async (page: Page): Promise<void> => {
  const barriers = await axe(page);
  assert.deepEqual(barriers.filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
};

/** On a phone and on a desk, in light and in dark. */
const pictures = async (page: Page, name: string, heading: string | RegExp): Promise<void> => {
  for (const screen of ["phone", "desktop"] as const) {
    await page.setViewportSize(screens[screen]);
    await page.getByRole("heading", { name: heading }).first().waitFor();
    await page.evaluate(() => document.fonts.ready);
    await screenshot(page, `${name}.${screen}`, { fullPage: true });
    await page.emulateMedia({ colorScheme: "dark" });
    await screenshot(page, `${name}.${screen}.dark`, { fullPage: true });
    await noBarriers(page);
    await page.emulateMedia({ colorScheme: "light" });
  }
};

/** What a scanner reads on the printed letter, at 200 dpi. */
const scanned = async (pdf: Uint8Array): Promise<string> => {
  const scans = createReader({ ocrPages: 1 });
  try {
    const page = (await scans.pageImage(pdf, "application/pdf", 1, 1654)) ?? assert.fail("no page");
    const { data, info } = await sharp(page).flatten({ background: "#fff" }).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    return decodeQR({ data: new Uint8ClampedArray(data), width: info.width, height: info.height }, { effort: 9, timeLimit: 20_000 });
  } finally {
    await scans.close();
  }
};

const photoOf = (text: string): Buffer => Buffer.from(encodeQR(text, "gif", { ecc: "medium", encoding: "alphanumeric", border: 4, scale: 6 }));

/** Gives the window a camera that looks at a picture of the code, once it is allowed; before that the browser says no. (This Chromium is built without cameras.) */
const withCamera = async (page: Page, text: string): Promise<void> => {
  await page.addInitScript((picture) => {
    navigator.mediaDevices.getUserMedia = async () => {
      if (document.documentElement.dataset["camera"] !== "allowed") throw new DOMException("Permission denied", "NotAllowedError");
      const image = new Image();
      image.src = picture;
      await image.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [640, 480];
      const context = canvas.getContext("2d");
      const hold = (): void => {
        context?.fillRect(0, 0, 640, 480);
        context?.drawImage(image, 90 + Math.random() * 20, 10, 460, 460); // a hand is never quite still
      };
      hold();
      setInterval(hold, 100);
      return canvas.captureStream(10);
    };
  }, `data:image/gif;base64,${photoOf(text).toString("base64")}`);
};

/** A line to the server that can be cut, for the page and its service worker alike (a browser's own offline switch leaves the worker connected). */
const openLine = async (to: number) => {
  const open = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    open.add(socket);
    socket.once("close", () => void open.delete(socket));
    return socket.on("error", () => socket.destroy()); // a line that is cut ends in the middle of things
  };
  let port = 0;
  let server = createServer();
  const mend = async (): Promise<void> => {
    server = createServer((socket) => {
      const other = keep(connect(to, "127.0.0.1"));
      keep(socket).pipe(other).pipe(socket);
    });
    await new Promise<void>((done) => void server.listen(port, "127.0.0.1", done));
    const address = server.address();
    port = typeof address === "object" && address !== null ? address.port : assert.fail("no port");
  };
  const cut = async (): Promise<void> => {
    const closed = new Promise<void>((done) => void server.close(() => done()));
    for (const socket of open) socket.destroy();
    await closed;
  };
  await mend();
  return { port, cut, mend };
};

const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

/** Another letter of the alphabet in the middle of the seal. */
const altered = (seal: string): string => `${seal.slice(0, 150)}${seal[150] === "A" ? "B" : "A"}${seal.slice(151)}`;

describe("the seal in a letter's QR code, with a network and without", () => {
  let stage: Stage;
  let kadis: Awaited<ReturnType<Stage["server"]["signIn"]>>;
  let bytes: Buffer;
  let address: string;
  let seal: string;
  let number: string;
  let draft: string;
  let code: string;
  /** A letter that was withdrawn. */
  let withdrawn: { readonly bytes: Buffer; readonly address: string };

  const issue = async () => {
    const ready = await draftReadyToSign(kadis);
    const signed = await signReady(kadis, ready);
    return { id: ready.id, ...signed, code: (await kadis.call("drafts.show", { id: ready.id })).body.signed?.code ?? assert.fail("not signed") };
  };


  before(async () => {
    stage = await openStage("e2e_seal");
    kadis = await stage.server.signIn("kadis");
    ({ id: draft, number, code } = await issue());
    bytes = Buffer.from((await kadis.call("drafts.preview", { id: draft })).bytes);
    address = await scanned(bytes);
    seal = address.slice(address.lastIndexOf("/") + 1);
  });
  after(() => stage?.close());

  test("the printed address leads to the letter, in capitals as it is printed, and without script; one letter changed leads nowhere", async () => {
    assert.match(address, /^HTTP:\/\/LOCALHOST:0\/V\/[A-Z2-7]{150,550}$/);
    const context = await stage.browser.newContext({ baseURL: stage.server.url, javaScriptEnabled: false, locale: "id-ID" });
    const page = await context.newPage();
    const answer = await page.goto(`/V/${seal}`);
    const html = (await answer?.text()) ?? "";
    assert.ok(Buffer.byteLength(html) < 10_240, String(Buffer.byteLength(html)));
    assert.ok(html.includes("SAH") && html.includes("sama dengan yang tercatat") && html.includes(number));
    await page.goto(`/v/${seal.toLowerCase()}`);
    await page.getByText("Segel pada kode QR ini asli").waitFor();
    await context.close();
    const forged = await stage.anyone();
    await forged.goto(`/V/${altered(seal)}`);
    await forged.getByText("Isi segel ini diubah, atau segelnya palsu.").waitFor();
    assert.equal(await forged.getByText(number).count(), 0, "nothing of the letter is told for a forged seal");
    await pictures(forged, "segel-palsu", /TIDAK SAH/);
    await forged.goto(`/V/${"A".repeat(3000)}`);
    await forged.getByText("lebih besar daripada segel surat mana pun").waitFor();
  });

  test("a letter that was replaced leads to the one in its place", async () => {
    const [old, young] = [await issue(), await issue()];
    const letter = Buffer.from((await kadis.call("drafts.preview", { id: old.id })).bytes);
    withdrawn = { bytes: letter, address: await scanned(letter) };
    const page = await stage.as("kadis");
    await page.goto(`/naskah/${old.id}`);
    await page.getByRole("button", { name: "Tindakan lain" }).click();
    await page.getByRole("menuitem", { name: "Cabut surat" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Alasan").fill("Salah tanggal");
    await dialog.getByLabel(/Nomor surat pengganti/).fill(young.number);
    await screenshot(page, "cabut-dengan-pengganti.desktop");
    await noBarriers(page);
    await dialog.getByRole("button", { name: "Cabut surat" }).click();
    await page.getByText("Surat dicabut.").first().waitFor();
    const reader = await stage.anyone({ screen: "phone" });
    await reader.goto(`/v/${old.code}`);
    await pictures(reader, "verifikasi-digantikan", /DIGANTIKAN/);
    await reader.getByRole("link", { name: young.number }).click();
    await reader.getByText("Cocokkan dengan surat di tangan Anda").first().waitFor();
    assert.match(reader.url(), new RegExp(young.code));
  });

  test("in airplane mode the office's page, seen once before, judges a photo of the seal and a dropped file, and says what it cannot know", async () => {
    const line = await openLine(stage.server.server.port);
    const context = await stage.browser.newContext({ baseURL: `http://127.0.0.1:${line.port}`, viewport: screens.phone, locale: "id-ID", serviceWorkers: "allow" });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await until(async () => Buffer.from((await stage.server.anyone.call("open.sealTrust", {})).body.list, "base64").includes(sha256(withdrawn.bytes).subarray(0, 5)), "the letter is in the list of the withdrawn");
    await page.goto("/periksa");
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(() => localStorage.getItem("lontar.seal-keys") !== null && localStorage.getItem("lontar.roots") !== null);
    await line.cut();
    await page.goto("/periksa");
    await page.getByLabel("Foto kode QR").setInputFiles({ name: "foto.gif", mimeType: "image/gif", buffer: photoOf(address) });
    await page.getByText("Segelnya asli. Apakah suratnya masih berlaku belum diperiksa.").waitFor();
    await page.getByText(number).first().waitFor();
    await pictures(page, "segel-tanpa-jaringan", /STATUS BELUM DIPERIKSA/);
    await page.getByLabel("Foto kode QR").setInputFiles({ name: "foto.gif", mimeType: "image/gif", buffer: photoOf(address.replace("LOCALHOST:0", "LOCALHOST.CONTOH.ID")) });
    await page.getByText("Alamat pada kode QR ini bukan alamat resmi.").waitFor();
    await pictures(page, "segel-alamat-lain", /TIDAK SAH/);
    await page.getByLabel("Kode verifikasi").fill(altered(seal));
    await page.getByRole("button", { name: "Periksa kode" }).click();
    await page.getByText("Isi segel ini diubah, atau segelnya palsu.").waitFor();
    await page.getByLabel("Pilih berkas PDF").setInputFiles({ name: "surat.pdf", mimeType: "application/pdf", buffer: bytes });
    await page.getByText("Berkas ini utuh dan tanda tangannya dikenal.").waitFor();
    await pictures(page, "berkas-tanpa-jaringan", /STATUS BELUM DIPERIKSA/);
    await page.getByLabel("Pilih berkas PDF").setInputFiles({ name: "surat.pdf", mimeType: "application/pdf", buffer: Buffer.concat([bytes, Buffer.from("\n% ditambahkan\n%%EOF\n")]) });
    await page.getByText(/Tidak sah: berkas ini berubah/).waitFor();
    await page.getByLabel("Pilih berkas PDF").setInputFiles({ name: "dicabut.pdf", mimeType: "application/pdf", buffer: withdrawn.bytes });
    await page.getByText("Surat ini sudah dicabut atau digantikan menurut daftar tertanggal").waitFor();
    await pictures(page, "berkas-dicabut-tanpa-jaringan", /DICABUT/);
    // A code and a file side by side are one question: the code says what its letter holds, and the file is looked into.
    await page.getByLabel("Foto kode QR").setInputFiles({ name: "foto.gif", mimeType: "image/gif", buffer: photoOf(withdrawn.address) });
    await page.getByText("Surat yang sama: berkas ini surat yang kodenya Anda pindai.").waitFor();
    await page.getByLabel("Pilih berkas PDF").setInputFiles({ name: "surat.pdf", mimeType: "application/pdf", buffer: bytes });
    await page.getByText("Bukan surat yang sama").waitFor();
    await pictures(page, "bukan-surat-itu-tanpa-jaringan", /BUKAN SURAT ITU/);
    await page.getByRole("button", { name: "Periksa berkas ini saja" }).click();
    await page.getByText("Berkas ini utuh dan tanda tangannya dikenal.").waitFor();
    await page.goto("/periksa");
    await page.getByLabel("Foto kode QR").setInputFiles({ name: "foto.gif", mimeType: "image/gif", buffer: photoOf(withdrawn.address) });
    await page.getByText("Segel ini dibuat oleh").waitFor();
    await pictures(page, "segel-dicabut-tanpa-jaringan", /DICABUT/);
    // The phone's own camera opens the address itself.
    await page.goto(`/V/${seal}`);
    await page.getByText("Segelnya asli.").waitFor();
    await pictures(page, "alamat-segel-tanpa-jaringan", /STATUS BELUM DIPERIKSA/);
    await page.getByRole("link", { name: "Bandingkan berkas PDF-nya" }).click();
    await page.getByRole("heading", { name: "Pilih berkas PDF surat itu." }).waitFor();
    await page.getByLabel("Pilih berkas PDF").setInputFiles({ name: "surat.pdf", mimeType: "application/pdf", buffer: bytes });
    await page.getByText("Surat yang sama").waitFor();
    await pictures(page, "surat-yang-sama-tanpa-jaringan", /STATUS BELUM DIPERIKSA/);
    await page.goto(`/v/${code}`);
    await page.getByText("Kode ini hanya dapat diperiksa dengan jaringan").waitFor();
    await line.mend();
    await page.goto(`/V/${seal}`);
    await page.getByText("sama dengan yang tercatat").waitFor();
    await context.close();
    await line.cut();
  });

  test("with a network a photo leads to the register's page; an address elsewhere is never opened", async () => {
    const page = await stage.anyone();
    await page.goto("/periksa");
    await page.getByText("Periksa tanpa jaringan").waitFor();
    await pictures(page, "periksa", /Asli atau palsu/);
    await page.getByLabel("Foto kode QR").setInputFiles({ name: "foto.gif", mimeType: "image/gif", buffer: photoOf(address.replace("LOCALHOST:0", "PEMERIKSA-SURAT.ID")) });
    await page.getByText("Alamat pada kode QR ini bukan alamat resmi.").waitFor();
    await page.getByLabel("Foto kode QR").setInputFiles({ name: "foto.gif", mimeType: "image/gif", buffer: photoOf(address) });
    await page.waitForURL(`**/v/${seal}`);
    await page.getByText("sama dengan yang tercatat").waitFor();
    await page.getByRole("link", { name: "Pilih berkas PDF" }).click();
    await page.getByLabel("Pilih berkas PDF").setInputFiles({ name: "surat.pdf", mimeType: "application/pdf", buffer: bytes });
    await page.getByText("Surat yang sama").waitFor();
    await pictures(page, "surat-yang-sama", /^SAH/);
    await page.getByLabel("Pilih berkas PDF").setInputFiles({ name: "lain.pdf", mimeType: "application/pdf", buffer: withdrawn.bytes });
    await page.getByText("Bukan surat yang sama").waitFor();
    await pictures(page, "bukan-surat-itu", /BUKAN SURAT ITU/);
  });

  test("the camera reads the code on paper and leads to the register's page; where it is not allowed, the page says what else there is", async () => {
    const page = await stage.anyone({ screen: "phone" });
    await withCamera(page, address);
    await page.goto("/periksa");
    await page.getByRole("button", { name: "Pindai dengan kamera" }).click();
    await page.getByText("Kamera tidak diizinkan.").waitFor();
    await noBarriers(page);
    await screenshot(page, "kamera-tidak-diizinkan.phone");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.evaluate(() => void (document.documentElement.dataset["camera"] = "allowed"));
    await page.getByRole("button", { name: "Pindai dengan kamera" }).click();
    await page.waitForURL(`**/v/${seal}`);
    await page.getByText("sama dengan yang tercatat").waitFor();
  });

  test("the verifier is one file that asks nobody: opened from disk it judges a seal, a PDF, its proof, and their forgeries", async () => {
    const hash = (await stage.server.anyone.call("open.verifierHash", {})).body;
    const file = await stage.server.anyone.call("open.verifier", {});
    assert.equal(sha256(file.bytes).toString("hex"), hash.sha256);
    assert.equal(file.bytes.length, hash.size);
    const path = join(stage.server.folder, "pemeriksa-surat.html");
    await writeFile(path, file.bytes);
    const proof = Buffer.from(await until(async () => {
      const answer = await stage.server.anyone.call("open.letterProof", { code });
      return answer.status === 200 ? answer.bytes : undefined;
    }, "the letter is proved"));
    const context = await stage.browser.newContext({ viewport: screens.phone, locale: "id-ID" });
    const page = await context.newPage();
    const asked: string[] = [];
    const said: string[] = [];
    page.on("request", (request) => void asked.push(request.url()));
    page.on("console", (line) => void said.push(line.text()));
    page.on("pageerror", (error) => void said.push(error.message));
    await page.goto(pathToFileURL(path).href);
    await pictures(page, "pemeriksa", /Asli atau palsu/);

    const choose = page.getByLabel("Pilih berkas");
    await choose.setInputFiles({ name: "foto.gif", mimeType: "image/gif", buffer: photoOf(address) });
    await page.getByText("Segelnya asli.").waitFor();
    await pictures(page, "pemeriksa-segel", /STATUS BELUM DIPERIKSA/);
    await choose.setInputFiles({ name: "lain.pdf", mimeType: "application/pdf", buffer: withdrawn.bytes });
    await page.getByText("Bukan surat yang sama").waitFor();
    await pictures(page, "pemeriksa-bukan-surat-itu", /BUKAN SURAT ITU/);
    await page.getByRole("button", { name: "Periksa berkas ini saja" }).click();
    await page.getByText("Surat ini sudah dicabut atau digantikan menurut daftar tertanggal").waitFor();
    await choose.setInputFiles([{ name: "surat.pdf", mimeType: "application/pdf", buffer: bytes }, { name: "foto.gif", mimeType: "image/gif", buffer: photoOf(address) }]);
    await page.getByText("Surat yang sama").waitFor();
    await pictures(page, "pemeriksa-surat-yang-sama", /STATUS BELUM DIPERIKSA/);
    await page.getByRole("button", { name: "Periksa berkas ini saja" }).click();
    await choose.setInputFiles([{ name: "surat.pdf", mimeType: "application/pdf", buffer: bytes }, { name: "surat.tlog-proof", mimeType: "text/plain", buffer: proof }]);
    await page.getByText("Berkas ini utuh dan tanda tangannya dikenal.").waitFor();
    await page.getByText(/catatan/i).first().waitFor();
    await pictures(page, "pemeriksa-berkas", /STATUS BELUM DIPERIKSA/);
    await choose.setInputFiles({ name: "dicabut.pdf", mimeType: "application/pdf", buffer: withdrawn.bytes });
    await page.getByText("Surat ini sudah dicabut atau digantikan menurut daftar tertanggal").waitFor();
    await pictures(page, "pemeriksa-berkas-dicabut", /DICABUT/);
    const changed = Buffer.from(bytes);
    changed[2000] = (changed[2000] ?? 0) ^ 1;
    await choose.setInputFiles({ name: "surat-diubah.pdf", mimeType: "application/pdf", buffer: changed });
    await page.getByText("Isi yang ditandatangani berbeda dari isi berkas ini.").waitFor();
    await pictures(page, "pemeriksa-berkas-tidak-sah", /TIDAK SAH/);
    await page.getByLabel("Isi kode QR").fill(altered(seal));
    await page.getByRole("button", { name: "Periksa segel" }).click();
    await page.getByText("Isi segel ini diubah, atau segelnya palsu.").waitFor();
    await pictures(page, "pemeriksa-segel-palsu", /TIDAK SAH/);
    await page.getByRole("button", { name: "EN, English" }).click();
    await page.getByText("What this seal says was changed").waitFor();
    assert.deepEqual(asked.filter((url) => !url.startsWith("file:")), [], "nobody was asked");
    assert.deepEqual(said, [], "nothing was refused or broken");
    const refused = await page.evaluate((url) => fetch(url).then(() => "reached", () => "refused"), stage.server.url);
    assert.equal(refused, "refused", "its own policy lets it reach nobody");
    await context.close();
  });

  test("whoever has the sources builds the same verifier", async () => {
    const root = join(import.meta.dirname, "..");
    const [one, other] = [await offlinePage(root), await offlinePage(root)];
    assert.equal(one, other);
    const served = Buffer.from((await stage.server.anyone.call("open.verifier", {})).bytes).toString();
    const [before = "", rest = ""] = one.split("__ANCHORS__");
    assert.ok(served.startsWith(before) && served.endsWith(rest));
  });
});
