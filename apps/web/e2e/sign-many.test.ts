import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import type { Page } from "playwright-core";
import { demoPassphrase } from "../../server/src/seed/seed.ts";
import { draftReadyToSign } from "../../server/test/ready-draft.ts";
import { openStage, type Stage } from "./stage.ts";

describe("many letters in one sitting", () => {
  let stage: Stage;
  before(async () => void (stage = await openStage("sign_many")));
  after(() => stage?.close());

  const calm = async (page: Page): Promise<void> => assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);

  /** Letters of these subjects, ready and chosen in the list of the kepala dinas. */
  const choose = async (screen: "desktop" | "phone", subjects: readonly string[]): Promise<{ readonly page: Page; readonly ids: readonly string[] }> => {
    const kadis = await stage.server.signIn("kadis");
    const ids: string[] = [];
    for (const subject of subjects) ids.push((await draftReadyToSign(kadis, [], { subject })).id);
    const page = await stage.as("kadis", { screen });
    await page.goto("/naskah");
    for (const subject of subjects) await page.getByRole("checkbox", { name: subject }).check();
    await page.getByRole("toolbar").getByRole("button", { name: `Tanda tangani ${subjects.length} surat` }).click();
    return { page, ids };
  };
  /** Reads one of three. Its title is waited for: the picture and the button may still be those of the one before. */
  const see = async (page: Page, which: number): Promise<void> => {
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("heading", { name: `Baca surat ${which} dari 3` }).waitFor();
    await dialog.locator("canvas, img").first().waitFor({ timeout: 60_000 });
    await dialog.getByRole("button", { name: "Sudah saya baca" }).click({ timeout: 60_000 });
  };
  const show = async (id: string) => (await (await stage.server.signIn("kadis")).call("drafts.show", { id })).body;

  test("each is read as it will be signed, a wrong secret costs one try, one is held, each has its own result", async () => {
    const { page, ids } = await choose("desktop", ["Laporan gangguan jaringan", "Usul jadwal pemeliharaan", "Permintaan data menara"]);
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("heading", { name: "Baca surat 1 dari 3" }).waitFor();
    await dialog.getByText(/\/DISKOMINFO\/2026/).first().waitFor({ timeout: 60_000 });
    assert.equal(await dialog.locator('input[type="password"]').count(), 0, "nobody gives his secret before he has read");
    await see(page, 1);
    await dialog.getByRole("heading", { name: "Baca surat 2 dari 3" }).waitFor();
    await dialog.locator("canvas, img").first().waitFor({ timeout: 60_000 });
    await screenshot(page, "tanda-tangan-massal-baca.desktop");
    await calm(page);
    await dialog.getByRole("button", { name: "Tahan surat ini" }).click();
    await see(page, 3);
    await dialog.getByRole("heading", { name: "2 surat siap ditandatangani" }).waitFor();
    await calm(page);
    await dialog.getByLabel("Frasa sandi TTE Anda").fill("bukan ini");
    await page.keyboard.press("Enter");
    await dialog.getByRole("alert").getByText("Frasa sandi salah").waitFor({ timeout: 40_000 });
    await screenshot(page, "tanda-tangan-massal-frasa.desktop");
    await dialog.getByLabel("Frasa sandi TTE Anda").fill(demoPassphrase("kadis"));
    await page.keyboard.press("Enter");
    await dialog.getByRole("heading", { name: "2 dari 3 surat sudah ditandatangani" }).waitFor({ timeout: 60_000 });
    await dialog.getByRole("button", { name: "Tutup" }).last().waitFor();
    await calm(page);
    await screenshot(page, "tanda-tangan-massal-hasil.desktop");
    const [first, held, last] = await Promise.all(ids.map(show));
    assert.deepEqual([first?.signed !== null, held?.signed === null, last?.signed !== null], [true, true, true]);
    assert.equal(held?.status, "beku", "the number that it took stays its own");
    await dialog.getByRole("link", { name: "Baca" }).click();
    await page.waitForURL(`**/naskah/${ids[1] ?? ""}`);
  });

  test("on a phone, and stopped in the middle: what is signed stays signed, the rest waits", async () => {
    const { page, ids } = await choose("phone", ["Undangan rapat admin", "Kenaikan gaji berkala", "Pemberitahuan pusat data"]);
    const dialog = page.getByRole("dialog");
    await dialog.locator("canvas, img").first().waitFor({ timeout: 60_000 });
    await screenshot(page, "tanda-tangan-massal-baca.phone");
    for (const which of [1, 2, 3]) await see(page, which);
    await calm(page);
    await screenshot(page, "tanda-tangan-massal-frasa.phone");
    let release: () => void = () => undefined;
    const isHeld = new Promise<void>((resolve) => (release = resolve));
    await page.route((url) => url.pathname === `/api/drafts/${ids[0] ?? ""}/signature`, async (route) => {
      await isHeld;
      await route.continue();
    });
    await dialog.getByLabel("Frasa sandi TTE Anda").fill(demoPassphrase("kadis"));
    await page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: "Berhenti sesudah ini" }).click();
    await dialog.getByText("berhenti sesudah surat ini").waitFor();
    await screenshot(page, "tanda-tangan-massal-berjalan.phone");
    release();
    await dialog.getByRole("heading", { name: "1 dari 3 surat sudah ditandatangani" }).waitFor({ timeout: 60_000 });
    await dialog.getByRole("button", { name: "Tutup" }).last().waitFor();
    assert.deepEqual((await Promise.all(ids.map(show))).map((draft) => draft.signed !== null), [true, false, false]);
  });
});
