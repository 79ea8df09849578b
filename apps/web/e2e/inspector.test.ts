import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import type { Page } from "playwright-core";
import { plainPdf } from "../../server/src/kernel/files/plain-pdf.ts";
import { realSource } from "../../server/src/kernel/ids.ts";
import { draftReadyToSign, signReady } from "../../server/test/ready-draft.ts";
import { until } from "../../server/test/until.ts";
import { directedLetter } from "./given.ts";
import { openStage, screens, type Stage } from "./stage.ts";

const serious = async (page: Page) => (await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious");

describe("the inspector's room in the browser", () => {
  let stage: Stage;
  let mirror: Page | undefined;

  /** The same page on the other screens and in the dark, looked at by axe each time; one window serves for all. */
  const look = async (at: string, name: string, ready: (page: Page) => Promise<unknown>): Promise<void> => {
    mirror ??= await stage.as("inspektur");
    for (const [screen, colorScheme] of [["desktop", "dark"], ["phone", "light"], ["phone", "dark"]] as const) {
      await mirror.setViewportSize(screens[screen]);
      await mirror.emulateMedia({ colorScheme });
      await mirror.goto(at);
      await ready(mirror);
      await screenshot(mirror, `${name}.${screen}${colorScheme === "dark" ? "-dark" : ""}`);
      assert.deepEqual(await serious(mirror), [], `${name}, ${screen}, ${colorScheme}`);
    }
  };

  before(async () => {
    stage = await openStage("e2e_inspector", { env: { LONTAR_MODE: "demo" } });
    const { server } = stage;
    await directedLetter(server, "Permintaan data belanja perjalanan dinas");
    const [kadis, bupati] = [await server.signIn("kadis"), await server.signIn("bupati")];
    // Three initial within the same seconds: a red flag that the office itself raises.
    const reviewers = [await server.signIn("kasi"), await server.signIn("kabid"), await server.signIn("sekdis")];
    const draft = await draftReadyToSign(await server.signIn("staf"));
    for (const reviewer of reviewers) assert.equal((await reviewer.call("drafts.approve", { id: draft.id, contentHash: draft.hash })).status, 200);
    await signReady(kadis, draft);
    const inspector = (await bupati.call("inspections.choices", {})).body.posts[0]?.id ?? assert.fail("no inspector to send");
    const file = (await bupati.uploadTo("organisation.uploadDecree", realSource.id(), "spt.pdf", plainPdf(["Surat Perintah Tugas"]))).body.sha256;
    const at = realSource.now();
    const given = await bupati.call("inspections.give", {
      id: realSource.id(), positionId: inspector, purpose: "Pemeriksaan surat triwulan IV", decree: { number: "700.1.1/0312/ITDA/2026", date: "2026-11-16", letterId: null, file: { sha256: file, name: "spt.pdf" } }, units: [], types: [], classifications: [], from: null, to: null,
      since: at, until: new Date(Date.parse(at) + 14 * 86_400_000).toISOString(),
    });
    assert.equal(given.status, 200, JSON.stringify(given.problem));
  });
  after(() => stage.close());

  test("he sees what does not fit, opens it with its evidence, asks, and the official answers from his desk", async () => {
    const page = await stage.as("inspektur");
    await page.goto("/pengawasan");
    await page.getByText("700.1.1/0312/ITDA/2026").first().waitFor();
    await page.getByRole("button", { name: "Cari sekarang" }).click();
    const flags = page.getByRole("region", { name: "Hal yang tidak cocok" });
    await flags.getByRole("link").first().waitFor();
    await screenshot(page, "ruang-daftar.desktop");
    await flags.getByRole("link", { name: /Dua paraf berselang/ }).first().click();
    const pane = page.getByRole("article");
    await pane.getByText("Bisa jadi wajar:").waitFor();
    await pane.getByRole("button", { name: /Periksa bukti/ }).first().click();
    await page.getByText("Tempat tindakan ini di log terbukti di peramban ini.").first().waitFor();
    await screenshot(page, "ruang.desktop");
    assert.deepEqual(await serious(page), []);
    await look(page.url(), "ruang", (window) => window.getByText("Bisa jadi wajar:").waitFor());
    await look("/pengawasan", "ruang-daftar", (window) => window.getByRole("region", { name: "Hal yang tidak cocok" }).getByRole("link").first().waitFor());

    // What the office of a minute cannot have: a date before the draft. The answer is given it on its way, to look at the picture.
    const dated = await stage.as("inspektur");
    for (const size of [screens.desktop, screens.phone]) {
      await dated.setViewportSize(size);
      await dated.route("**/api/flags/*/looks", async (route) => {
        const answer = await route.fetch();
        const look = await answer.json();
        const before = (days: number): string => new Date(Date.parse(look.at) - days * 86_400_000).toISOString();
        const timeline = { ...look.timeline, letter: [{ label: { id: "tgl. surat", en: "dated" }, from: before(14), to: null }, { label: { id: "perjalanan ke Samarinda", en: "journey to Samarinda" }, from: before(12), to: before(9) }], gap: { label: { id: "14 hari", en: "14 days" }, from: before(14), to: look.at } };
        await route.fulfill({ response: answer, json: { ...look, timeline } });
      });
      await dated.goto(page.url());
      await dated.getByRole("img", { name: /Menurut surat: tgl\. surat/ }).waitFor();
      await dated.getByRole("img", { name: /Menurut surat: tgl\. surat/ }).scrollIntoViewIfNeeded();
      await screenshot(dated, `ruang-gambar.${size === screens.desktop ? "desktop" : "phone"}`);
      assert.deepEqual(await serious(dated), []);
    }
    await pane.getByRole("button", { name: /^Minta penjelasan/ }).click();
    const dialog = page.getByRole("dialog");
    const whom = dialog.getByLabel("Siapa yang ditanya");
    const option = await whom.locator("option", { hasText: "Kepala Bidang Aplikasi" }).first().getAttribute("value");
    await whom.selectOption(option ?? "");
    await dialog.getByLabel("Yang ditanyakan").fill("Mengapa naskah ini diparaf dalam hitungan detik?");
    await screenshot(page, "ruang-tanya.desktop");
    assert.deepEqual(await serious(page), []);
    await dialog.getByRole("button", { name: "Kirim pertanyaan" }).click();
    await pane.getByText(/Menunggu jawaban Kepala Bidang Aplikasi/).waitFor();

    const asked = await stage.as("kabid", { screen: "phone" });
    await asked.getByRole("link", { name: /Dua paraf berselang/ }).first().click();
    await asked.getByLabel("Penjelasan Anda").waitFor();
    await asked.getByText("Mengapa naskah ini diparaf dalam hitungan detik?").waitFor();
    await asked.getByLabel("Penjelasan Anda").fill("Naskahnya sudah kami bahas bersama sebelum diajukan.");
    await screenshot(asked, "penjelasan.phone", { fullPage: true });
    assert.deepEqual(await serious(asked), []);
    await asked.getByRole("button", { name: "Kirim penjelasan" }).click();
    await asked.getByText(/Jawaban Fitriani Arsyad/).waitFor();

    await page.reload();
    await page.getByRole("article").getByText("Naskahnya sudah kami bahas bersama sebelum diajukan.").first().waitFor();
    await page.getByRole("button", { name: "Tutup…" }).click();
    await page.getByRole("dialog").getByLabel("Mengapa sudah jelas").fill("Penjelasannya cocok dengan notula rapat.");
    await page.getByRole("dialog").getByRole("button", { name: "Nyatakan sudah jelas" }).click();
    await page.getByRole("article").getByText("Penjelasannya cocok dengan notula rapat.").first().waitFor();
    await screenshot(page, "ruang-jelas.desktop");

    await page.goto("/pengawasan/aturan");
    await page.getByRole("button", { name: /^Ubah ukuran/ }).first().waitFor();
    await screenshot(page, "aturan.desktop");
    assert.deepEqual(await serious(page), []);
  });

  test("he searches the trail, proves an act, keeps the search and takes the list with him", async () => {
    const page = await stage.as("inspektur");
    await page.goto("/pengawasan");
    await page.getByRole("link", { name: "Telusuri jejak" }).first().click();
    await page.getByRole("heading", { name: "Apa yang dicari?" }).waitFor();
    await page.getByRole("button", { name: "Menandatangani", exact: true }).click();
    await page.getByRole("button", { name: "Telusuri", exact: true }).click();
    const results = page.getByRole("region", { name: "Hasil telusur" });
    await results.getByText("menandatangani naskah secara elektronik.").waitFor();
    await results.getByRole("button", { name: /Periksa bukti/ }).first().click();
    await page.getByText("Tempat tindakan ini di log terbukti di peramban ini.").first().waitFor();
    await screenshot(page, "telusur.desktop");
    assert.deepEqual(await serious(page), []);
    await page.getByRole("button", { name: "Simpan pencarian" }).click();
    await page.getByRole("dialog").getByLabel("Nama pencarian").fill("Tanda tangan");
    await page.getByRole("dialog").getByLabel("Bagikan di Inspektorat").check();
    await page.getByRole("dialog").getByRole("button", { name: "Simpan", exact: true }).click();
    await page.getByRole("group", { name: "Pencarian tersimpan" }).getByRole("button", { name: "Tanda tangan" }).first().waitFor();
    const [file] = await Promise.all([page.waitForEvent("download"), results.getByRole("link", { name: "Unduh CSV" }).click()]);
    assert.match(await readFile(await file.path(), "utf8"), /menandatangani naskah secara elektronik/);
    await look("/pengawasan/jejak", "telusur", async (window) => {
      await window.getByRole("button", { name: "Tanda tangan", exact: true }).click();
      await window.getByText("menandatangani naskah secara elektronik.").waitFor();
    });
  });

  test("he locks a list, draws it by a fact that came later, draws it again in the browser, and judges each letter", async () => {
    const page = await stage.as("inspektur");
    await page.goto("/pengawasan/uji-petik");
    await page.getByRole("button", { name: "Mulai uji petik" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Nama uji petik").fill("Surat November 2026");
    await dialog.getByLabel("Berapa surat diundi").fill("2");
    await dialog.getByLabel("Fakta yang akan menjadi benih").fill("Kurs JISDOR BI 30 November 2026");
    await dialog.getByRole("button", { name: "Hitung populasi" }).click();
    await dialog.getByText(/surat akan dikunci/).waitFor();
    await screenshot(page, "uji-petik-kunci.desktop");
    assert.deepEqual(await serious(page), []);
    await dialog.getByRole("button", { name: "Kunci daftar" }).click();
    await page.getByRole("heading", { name: "Menunggu fakta itu terbit" }).waitFor();
    await page.getByRole("button", { name: "Undi sekarang" }).click();
    await page.getByRole("dialog").getByLabel(/Kurs JISDOR BI 30 November 2026: nilainya/).fill("16.412");
    await until(async () => {
      await page.getByRole("dialog").getByRole("button", { name: "Undi sekarang" }).click({ timeout: 2000 });
      await page.getByRole("heading", { name: "Surat sampel" }).waitFor({ timeout: 15_000 });
      return true;
    }, "the lock has its place in the log and the sample is drawn");
    await page.getByRole("button", { name: "Ulangi undian" }).click();
    await page.getByText(/Undian diulang di peramban ini: 2 surat yang sama/).waitFor();
    await page.getByRole("button", { name: "Cocok", exact: true }).first().click();
    await page.getByText("1 cocok").waitFor();
    await page.getByRole("button", { name: "Dengan catatan" }).first().click();
    await page.getByLabel("Catatan: apa yang tidak cocok").fill("Lampirannya belum ada.");
    await screenshot(page, "uji-petik.desktop");
    assert.deepEqual(await serious(page), []);
    await page.getByRole("button", { name: "Simpan catatan" }).click();
    await page.getByText("selesai", { exact: true }).waitFor();
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Unduh bukti undian" }).click()]);
    assert.equal(JSON.parse(await readFile(await file.path(), "utf8")).format, "lontar/draw/v1");
    await look(page.url(), "uji-petik", (window) => window.getByText("selesai", { exact: true }).waitFor());
    await look("/pengawasan/uji-petik", "uji-petik-daftar", (window) => window.getByText("Surat November 2026").first().waitFor());
  });

  test("he has the seven questions answered, proves a row, and exports the answer with its proofs", async () => {
    const page = await stage.as("inspektur");
    await page.goto("/pengawasan/laporan");
    await page.getByLabel("Nomor, pengirim, atau perihal").fill("005/88");
    await page.getByRole("button", { name: "Cari surat" }).click();
    await page.getByRole("button", { name: /005\/88/ }).click();
    await page.getByRole("button", { name: "Buat laporan" }).click();
    await page.getByRole("cell", { name: /Rina Marlina/ }).first().waitFor();
    await page.getByRole("button", { name: /Periksa bukti/ }).first().click();
    await page.getByText("Tempat tindakan ini di log terbukti di peramban ini.").first().waitFor();
    await screenshot(page, "laporan-pembaca.desktop");
    assert.deepEqual(await serious(page), []);
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Unduh JSON dengan bukti" }).click()]);
    const json = JSON.parse(await readFile(await file.path(), "utf8"));
    assert.ok(json.format === "lontar/report/v1" && json.rows.length > 0);
    for (const question of [/versi yang diparaf/, /Utuhkah rantai/, /Plh\., Plt\., atau Pj\./]) {
      await page.getByRole("button", { name: question }).click();
      await page.getByRole("button", { name: "Buat laporan" }).click();
      await page.getByText(/Dibuat .* oleh/).waitFor();
    }
    await page.getByRole("heading", { name: "Tidak ada yang tercatat" }).waitFor();
    await look("/pengawasan/laporan", "laporan", async (window) => {
      await window.getByRole("button", { name: /versi yang diparaf/ }).click();
      await window.getByRole("button", { name: "Buat laporan" }).click();
      await window.getByRole("cell", { name: "sama" }).first().waitFor();
    });
  });

  test("the admin sees the state of the record, and no letter, no trail and no finding", async () => {
    const page = await stage.as("admin");
    await page.goto("/pengawasan");
    await page.getByRole("heading", { name: "Keutuhan catatan", level: 1 }).waitFor();
    await page.getByRole("button", { name: "Periksa sekarang" }).click();
    await page.getByText(/^Utuh pada/).waitFor();
    assert.equal(await page.getByRole("link", { name: "Telusuri jejak" }).count(), 0);
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Unduh JSON" }).first().click()]);
    const report = JSON.parse(await readFile(await file.path(), "utf8"));
    assert.ok(report.format === "lontar/fsck/v1" && report.whole === true && report.layers.length === 6);
    await screenshot(page, "keutuhan-admin.desktop", { fullPage: true });
    assert.deepEqual(await serious(page), []);
    await look("/pengawasan/keutuhan", "keutuhan", (window) => window.getByText(/^Utuh pada/).waitFor());
  });
});
