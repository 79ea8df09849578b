import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import type { Page } from "playwright-core";
import { draftReadyToSign } from "../../server/test/ready-draft.ts";
import { demoPassphrase } from "../../server/src/seed/seed.ts";
import { openStage, type Stage } from "./stage.ts";

describe("what is signed is what was shown", () => {
  let stage: Stage;
  before(async () => void (stage = await openStage("signing")));
  after(() => stage.close());

  const isFile = (url: URL): boolean => /^\/api\/letters\/[^/]+\/files\/[^/]+$/.test(url.pathname);

  /** The kepala dinas at the sign dialog of a fresh letter. */
  const atTheDialog = async (arrange: (page: Page) => Promise<unknown> = () => Promise.resolve()): Promise<{ readonly page: Page; readonly id: string }> => {
    const { id } = await draftReadyToSign(await stage.server.signIn("kadis"));
    const page = await stage.as("kadis");
    await arrange(page);
    await page.goto(`/naskah/${id}`);
    await page.getByRole("button", { name: /^Tanda tangani/ }).first().click();
    return { page, id };
  };
  const numberOn = async (page: Page): Promise<void> => page.getByRole("dialog").getByText(/\/DISKOMINFO\/2026/).first().waitFor({ timeout: 40_000 });
  const sign = async (page: Page): Promise<void> => {
    await page.getByRole("dialog").locator('input[type="password"]').fill(demoPassphrase("kadis"));
    await page.keyboard.press("Enter");
  };
  const isSigned = async (id: string): Promise<boolean> => (await (await stage.server.signIn("kadis")).call("drafts.show", { id })).body.signed !== null;

  test("other bytes than those asked for: the dialog says so and takes no passphrase", async () => {
    const { page, id } = await atTheDialog((fresh) => fresh.route(isFile, async (route) => {
      const response = await route.fetch();
      const bytes = await response.body();
      bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
      await route.fulfill({ response, body: bytes });
    }));
    await page.getByRole("alert").getByText(/Berkas berubah sejak dibekukan/).waitFor({ timeout: 40_000 });
    assert.equal(await page.getByRole("dialog").locator('input[type="password"]').isDisabled(), true);
    await screenshot(page, "tanda-tangan-berubah.desktop");
    assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
    assert.equal(await isSigned(id), false);
  });

  test("a file that does not come: no passphrase is asked for until it is shown", async () => {
    let isDown = true;
    const { page, id } = await atTheDialog((fresh) => fresh.route(isFile, (route) => (isDown ? route.abort() : route.continue())));
    const retry = page.getByRole("dialog").getByRole("button", { name: "Coba lagi" });
    await retry.waitFor({ timeout: 40_000 });
    assert.equal(await page.getByRole("dialog").locator('input[type="password"]').count(), 0);
    await screenshot(page, "tanda-tangan-tanpa-berkas.desktop");
    isDown = false;
    await retry.click();
    await numberOn(page);
    await sign(page);
    await page.getByRole("heading", { name: "Surat sudah ditandatangani" }).waitFor({ timeout: 40_000 });
    await page.getByRole("dialog").getByText(/Lengkap sampai .*, lalu diperbarui \(B-LTA\)/).waitFor();
    await screenshot(page, "tanda-tangan-berbukti.desktop");
    assert.equal(await isSigned(id), true);
  });

  test("a browser without WebCrypto, as on a village's own network over plain HTTP, compares all the same", async () => {
    const { page } = await atTheDialog((fresh) => fresh.addInitScript(() => Object.defineProperty(crypto, "subtle", { value: undefined })));
    await numberOn(page);
    await page.getByRole("dialog").locator('input[type="password"]:enabled').waitFor();
  });

  test("an answer lost on the way: the dialog asks what became of it and does not sign twice", async () => {
    const { page, id } = await atTheDialog();
    await numberOn(page);
    let sent = 0;
    await page.route((url) => url.pathname === `/api/drafts/${id}/signature`, async (route) => {
      sent += 1;
      await route.fetch();
      await route.abort();
    });
    await sign(page);
    await page.getByRole("heading", { name: "Surat sudah ditandatangani" }).waitFor({ timeout: 40_000 });
    assert.equal(sent, 1);
    await screenshot(page, "tanda-tangan-jawaban-hilang.desktop");
  });

  test("a double click signs once", async () => {
    const { page, id } = await atTheDialog();
    await numberOn(page);
    const sent: string[] = [];
    page.on("request", (request) => void (request.method() === "POST" && request.url().endsWith(`/api/drafts/${id}/signature`) && sent.push(request.url())));
    await page.getByRole("dialog").locator('input[type="password"]').fill(demoPassphrase("kadis"));
    await page.getByRole("dialog").getByRole("button", { name: "Tanda tangani", exact: true }).dblclick();
    await page.getByRole("heading", { name: "Surat sudah ditandatangani" }).waitFor({ timeout: 40_000 });
    assert.equal(sent.length, 1);
  });
});
