import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import { directedLetter } from "./given.ts";
import { until } from "../../server/test/until.ts";
import { openStage, type Stage, visit } from "./stage.ts";

describe("archive, search and the inspector's room", () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage("e2e_evidence");
    await directedLetter(stage.server, "Permintaan data jaringan desa");
  });
  after(() => stage.close());

  test("the archivist opens a dossier; words that only the scan holds find the letter", async () => {
    const page = await stage.as("tusetda");
    await page.goto("/arsip");
    await page.getByText("Belum ada berkas").waitFor();
    await page.getByRole("button", { name: "Buka berkas baru" }).click();
    await page.getByLabel("Kode klasifikasi").fill("000.1.5");
    await page.getByLabel("Judul berkas").fill("Rapat dan undangan 2026");
    await page.getByRole("button", { name: "Buka berkas", exact: true }).click();
    await page.getByText("Rapat dan undangan 2026").waitFor();
    await screenshot(page, "arsip.desktop");
    assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
    const archivist = await stage.server.signIn("tusetda");
    await until(async () => ((await archivist.call("archive.search", { q: "lontar" })).body.items.length > 0 ? true : undefined), "the scan is read and found");
    await page.goto("/cari?q=lontar");
    await page.getByText("Permintaan data jaringan desa").first().waitFor();
    await page.locator("mark").first().waitFor();
    await screenshot(page, "cari.desktop");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Cari atau lakukan…" }).fill("lontar");
    await page.getByRole("option", { name: /Permintaan data jaringan desa/ }).waitFor();
    await page.getByRole("option", { name: /Cari “lontar” di semua surat/ }).waitFor();
    await screenshot(page, "perintah.desktop");
    assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/surat\/[0-9a-f-]+$/);
  });

  test("the inspector finds the record whole, and names the file that somebody altered by hand", async () => {
    const page = await stage.as("inspektur");
    await page.goto("/pengawasan/keutuhan");
    await page.getByRole("button", { name: "Periksa sekarang" }).click();
    await page.getByText(/^Utuh pada/).waitFor();
    await screenshot(page, "keutuhan.desktop");
    assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
    const folder = join(stage.server.folder, "blobs");
    const file = (await readdir(folder, { recursive: true })).find((name) => /[0-9a-f]{64}$/.test(name)) ?? assert.fail("no blob");
    await writeFile(join(folder, file), "diubah", { mode: 0o600 });
    await page.getByRole("button", { name: "Periksa sekarang" }).click();
    await page.getByText(/diubah: isinya tidak lagi cocok/).waitFor();
    await screenshot(page, "keutuhan-temuan.desktop");
  });

  test("anyone sees his devices and sets a second factor on a phone", async () => {
    const page = await stage.as("staf", { screen: "phone" });
    await visit(page, "/pengaturan");
    await page.getByText("perangkat ini", { exact: true }).waitFor();
    await page.locator("section").filter({ hasText: "Kode autentikator" }).getByLabel("Kata sandi Anda").fill("masuk-staf-lontar");
    await page.getByRole("button", { name: "Pasang", exact: true }).click();
    await page.getByLabel("Kode enam angka").waitFor();
    await screenshot(page, "pengaturan.phone");
    assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
  });
});
