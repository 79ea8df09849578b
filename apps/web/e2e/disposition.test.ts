import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import type { Page } from "playwright-core";
import { plainPdf } from "../../server/src/kernel/files/plain-pdf.ts";
import { directedLetter } from "./given.ts";
import { openStage, type Stage } from "./stage.ts";

/** Chooses a receiver in the open dialog by part of his title. */
const choose = async (page: Page, title: string): Promise<void> => {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("searchbox").fill(title);
  await dialog.getByRole("checkbox", { name: new RegExp(title) }).first().check({ force: true });
  await dialog.getByRole("searchbox").fill("");
};

describe("a letter that is disposed down the tree and reported up again", () => {
  let stage: Stage;
  let letter: string;
  before(async () => {
    stage = await openStage("e2e_disposition");
    letter = await directedLetter(stage.server, "Permintaan data jaringan desa");
  });
  after(() => stage.close());

  test("the sekda finds it on the desk and disposes it to the kepala dinas, responsible, and the asisten, with two keys", async () => {
    const page = await stage.as("sekda");
    await page.getByText("Permintaan data jaringan desa").first().waitFor();
    await screenshot(page, "meja-sekda.desktop");
    await page.goto(`/surat/${letter}`);
    await page.getByRole("button", { name: /^Disposisikan/ }).first().waitFor();
    await page.keyboard.press("d");
    await choose(page, "Kepala Dinas Komunikasi");
    await choose(page, "Asisten Pemerintahan");
    await page.getByRole("dialog").getByText("Tindak lanjuti").first().click();
    await page.getByLabel("Catatan").fill("Mohon disiapkan sebelum rapat.");
    await screenshot(page, "disposisi-dialog.desktop");
    // One receiver is asked something else: his own instruction, and a deadline that the keyboard finds in the calendar.
    const dialog = page.getByRole("dialog").first();
    await dialog.getByRole("radio", { name: /^Asisten Pemerintahan/ }).check({ force: true });
    await dialog.getByText(/mengikuti instruksi bersama/).waitFor();
    await dialog.getByText("Tindak lanjuti").first().click();
    await dialog.getByText("Untuk diketahui").first().click();
    await dialog.getByLabel("Catatan").fill("");
    await dialog.getByRole("button", { name: "Pilih tanggal" }).click();
    await dialog.getByLabel("Pilih tanggal", { exact: true }).last().press("Alt+ArrowDown");
    await page.locator(":focus[data-day]").waitFor();
    await page.keyboard.press("PageDown");
    await page.keyboard.press("Enter");
    await page.locator("[data-day]").first().waitFor({ state: "hidden" });
    await dialog.getByText(/hanya untuk Asisten Pemerintahan/).waitFor();
    await screenshot(page, "disposisi-khusus.desktop");
    assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
    await page.keyboard.press("Control+Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByText("Penanggung jawab").first().waitFor();
    await page.getByText("Tindak lanjuti, “Mohon disiapkan sebelum rapat.”").waitFor();
    await page.getByText("Untuk diketahui", { exact: true }).first().waitFor();
    await screenshot(page, "surat-didisposisi.desktop");
  });

  test("on a phone the kepala dinas sees the tree and the trail, each entry proved in the browser", async () => {
    const page = await stage.as("kadis", { screen: "phone" });
    await page.goto(`/surat/${letter}`);
    await page.getByText("Permintaan data jaringan desa").first().waitFor();
    await screenshot(page, "surat-kadis.phone");
    await page.getByRole("tab", { name: "Jejak" }).or(page.getByRole("radio", { name: "Jejak" })).or(page.getByText("Jejak", { exact: true })).first().click();
    await page.getByText(/mencatat surat, agenda 0001/).first().waitFor();
    await page.getByRole("button", { name: /Periksa/ }).first().click();
    await page.getByText(/terbukti/i).first().waitFor();
    const copies = page.getByRole("region", { name: "Salinan jejak" });
    for (const [name, ending] of [["Salinan PDF", ".pdf"], ["Bukti (JSON)", ".json"]] as const) {
      const [download] = await Promise.all([page.waitForEvent("download"), copies.getByRole("link", { name }).click()]);
      assert.match(download.suggestedFilename(), new RegExp(`^jejak .*\\${ending}$`));
      assert.equal(await download.failure(), null);
    }
    await copies.scrollIntoViewIfNeeded();
    await screenshot(page, "jejak.phone");
  });

  test("the kepala dinas passes it on to the kabid, who answers for it, and to the staf", async () => {
    const page = await stage.as("kadis");
    await page.goto(`/surat/${letter}`);
    await page.getByRole("button", { name: /^Disposisikan/ }).first().click();
    await choose(page, "Kepala Bidang Aplikasi");
    await choose(page, "Pranata Komputer");
    await page.getByRole("dialog").getByText("Tindak lanjuti").first().click();
    await page.getByRole("dialog").getByRole("button", { name: "Kirim ke 2 jabatan" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByText("Kepala Bidang Aplikasi Informatika dan Persandian").first().waitFor();
    await screenshot(page, "disposisi-turun.desktop");
  });

  /** One person's act on the letter: its button, what is said in the dialog, and the word that it is done. */
  const act = async (username: string, button: RegExp, note: string, done: string, more: { readonly screen?: "phone"; readonly inDialog?: (page: Page) => Promise<void> } = {}): Promise<Page> => {
    const page = await stage.as(username, more.screen === undefined ? {} : { screen: more.screen });
    await page.goto(`/surat/${letter}`);
    await page.getByRole("button", { name: button }).first().click();
    const dialog = page.getByRole("dialog");
    if (note !== "") await dialog.getByRole("textbox").fill(note);
    await more.inDialog?.(page);
    await dialog.getByRole("button", { name: button }).click();
    await page.getByText(done).first().waitFor();
    return page;
  };

  test("the reports go up: the kabid from a phone, the kepala dinas gives it back once, and accepts it", async () => {
    const attach = async (page: Page): Promise<void> => {
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Lampirkan berkas").setInputFiles([{ name: "rekap.pdf", mimeType: "application/pdf", buffer: Buffer.from(plainPdf(["Rekap jaringan 30 desa"])) }, { name: "catatan.pdf", mimeType: "application/pdf", buffer: Buffer.from("bukan PDF".repeat(40)) }]);
      await dialog.getByText("rekap.pdf").waitFor();
      await dialog.getByText(/Isi berkas ini bukan PDF/).waitFor();
      await screenshot(page, "lapor-lampiran.phone");
      assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
    };
    await screenshot(await act("kabid", /^Laporkan/, "Data 30 desa terkumpul.", "Laporan terkirim.", { screen: "phone", inDialog: attach }), "lapor.phone");
    const kadis = await act("kadis", /^Kembalikan/, "Sertakan desa yang belum berjaringan.", "Laporan dikembalikan.");
    await kadis.getByRole("link", { name: "rekap.pdf" }).first().waitFor();
    await screenshot(kadis, "laporan-dikembalikan.desktop");
    await act("kabid", /^Laporkan/, "Data 30 desa terkumpul; tiga belum berjaringan.", "Laporan terkirim.", { screen: "phone" });
    await act("kadis", /^Terima laporan/, "", "Laporan diterima.");
    await act("kadis", /^Laporkan/, "Data jaringan 30 desa siap, tiga desa belum berjaringan.", "Laporan terkirim.");
  });

  test("the sekda accepts and finishes the letter; the clerk files it under its classification", async () => {
    await act("sekda", /^Terima laporan/, "", "Laporan diterima.");
    await act("sekda", /^Selesaikan/, "", "Surat selesai.");
    const page = await stage.as("tusetda");
    await page.goto(`/surat/${letter}`);
    await page.getByRole("button", { name: /^Berkaskan/ }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: /Buka berkas baru/ }).click();
    await screenshot(page, "berkaskan.desktop");
    assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
    await dialog.getByRole("button", { name: /^Berkaskan/ }).click();
    await page.getByText("Surat diberkaskan.").waitFor();
    await page.getByText("diberkaskan").first().waitFor();
    await screenshot(page, "surat-diberkaskan.desktop");
  });

  test("a stranger of another bidang does not find it at all", async () => {
    const page = await stage.as("kabidb");
    await page.goto(`/surat/${letter}`);
    await page.getByText(/tidak ditemukan/i).first().waitFor();
    await screenshot(page, "surat-bukan-untuk-anda.desktop");
  });
});
