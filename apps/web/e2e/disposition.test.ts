import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import type { Page } from "playwright-core";
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
    assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
    await page.keyboard.press("Control+Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByText("Penanggung jawab").first().waitFor();
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
    await screenshot(page, "jejak.phone");
  });

  test("a stranger of another bidang does not find it at all", async () => {
    const page = await stage.as("kabidb");
    await page.goto(`/surat/${letter}`);
    await page.getByText(/tidak ditemukan/i).first().waitFor();
    await screenshot(page, "surat-bukan-untuk-anda.desktop");
  });
});
