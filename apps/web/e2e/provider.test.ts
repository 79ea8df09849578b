import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import { openBsre, type Bsre } from "@lontar/testkit/providers";
import pg from "pg";
import type { Page } from "playwright-core";
import { draftReadyToSign } from "../../server/test/ready-draft.ts";
import { until } from "../../server/test/until.ts";
import { openStage, screens, type Stage } from "./stage.ts";

const nik = "6409015506750001";
const passphrase = "frasa sandi milik kadis";

describe("an official whose certificate is BSrE's", () => {
  let stage: Stage;
  let bsre: Bsre;
  let folder: string;
  before(async () => {
    bsre = await openBsre({ now: () => new Date(), people: [{ nik, name: "NURLAILA HASAN", passphrase }] });
    folder = await mkdtemp(join(tmpdir(), "lontar-trust-"));
    await writeFile(join(folder, "akar.pem"), new X509Certificate(bsre.root).toString());
    stage = await openStage("provider_e2e", { env: { LONTAR_SIGNER: "bsre", SIGNER_URL: bsre.url.href, SIGNER_USERNAME: bsre.username, SIGNER_PASSWORD: bsre.password, SIGNER_TRUST: join(folder, "akar.pem") } });
  });
  after(async () => {
    await stage?.close();
    await Promise.all([bsre?.close(), rm(folder, { recursive: true, force: true })]);
  });

  const calm = async (page: Page): Promise<void> => assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);

  test("learns what is missing, activates his signature with one trial page, and sees how his account stands", async () => {
    const page = await stage.as("kadis");
    await page.goto("/pengaturan");
    await page.getByText("NIK Anda belum ada pada data pegawai").waitFor();
    await screenshot(page, "sertifikat-tanpa-nik.desktop");
    const admin = await stage.server.signIn("admin");
    const person = (await admin.call("organisation.people", { q: "Nurlaila", limit: 1 })).body.items[0] ?? assert.fail("no kadis");
    await admin.call("organisation.definePerson", { id: person.id, name: person.name, nip: person.nip, rank: person.rank, grade: person.grade, email: person.email, nik });
    await page.reload();
    const form = page.getByRole("form", { name: "Aktifkan tanda tangan elektronik" });
    await form.getByLabel("Frasa sandi sertifikat").fill("bukan ini");
    await page.keyboard.press("Enter");
    await form.getByRole("alert").getByText("Frasa sandi salah").waitFor();
    await calm(page);
    await screenshot(page, "sertifikat-aktifkan.desktop");
    await form.getByLabel("Frasa sandi sertifikat").fill(passphrase);
    await page.keyboard.press("Enter");
    await page.getByText("Siap menandatangani").waitFor();
    await page.getByText("BSrE Uji · berlaku sampai").waitFor();
    await calm(page);
    await screenshot(page, "sertifikat-aktif.desktop");
    await page.setViewportSize(screens.phone);
    await screenshot(page, "sertifikat-aktif.phone");
  });

  test("an answer that is lost: the dialog says that nothing counts yet, and he signs again on purpose", async () => {
    const { id } = await draftReadyToSign(await stage.server.signIn("kadis"));
    const page = await stage.as("kadis", { screen: "phone" });
    await page.goto(`/naskah/${id}`);
    await page.getByRole("button", { name: /^Tanda tangani/ }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/\/DISKOMINFO\/2026/).first().waitFor({ timeout: 40_000 });
    bsre.state.trouble = "hang_up_after";
    await dialog.locator('input[type="password"]').fill(passphrase);
    await page.keyboard.press("Enter");
    await dialog.getByText("jawabannya tidak sampai").waitFor({ timeout: 40_000 });
    await calm(page);
    await screenshot(page, "tanda-tangan-hasil-tidak-diketahui.phone");
    assert.equal(bsre.state.signed, 2, "the trial page and this one: nothing was repeated");
    bsre.state.trouble = "none";
    await dialog.locator('input[type="password"]').fill(passphrase);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Surat sudah ditandatangani" }).waitFor({ timeout: 40_000 });
  });

  test("a provider that is away: the dialog says that the intent is kept, the letter says who is next, and the secret is asked once more", async () => {
    const { id } = await draftReadyToSign(await stage.server.signIn("kadis"));
    const page = await stage.as("kadis");
    await page.goto(`/naskah/${id}`);
    await page.getByRole("button", { name: /^Tanda tangani/ }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/\/DISKOMINFO\/2026/).first().waitFor({ timeout: 40_000 });
    bsre.state.trouble = "away";
    await dialog.locator('input[type="password"]').fill(passphrase);
    await page.keyboard.press("Enter");
    await dialog.getByText("Niat Anda tercatat").waitFor({ timeout: 40_000 });
    await screenshot(page, "tanda-tangan-niat-tercatat.desktop");
    await page.keyboard.press("Escape");
    const note = page.getByRole("note").filter({ hasText: "Menunggu penyedia tanda tangan" });
    await note.getByText("Berikutnya: Balai Besar Sertifikasi Elektronik (BSrE).").waitFor();
    await calm(page);
    await screenshot(page, "niat-menunggu-penyedia.desktop");
    await page.goto("/meja");
    await page.getByText("menunggu penyedia tanda tangan; kata sandi akan diminta lagi").first().waitFor();
    await screenshot(page, "meja-niat.desktop");

    bsre.state.trouble = "none";
    const database = new pg.Client(stage.server.databaseUrl);
    await database.connect();
    await database.query("update graphile_worker._private_jobs set run_at = now() where key = $1", [`intent/${id}`]);
    await database.end();
    await page.goto(`/naskah/${id}`);
    const back = page.getByRole("note").filter({ hasText: "Penyedia tanda tangan sudah kembali" });
    await until(async () => back.waitFor({ timeout: 3000 }).then(() => true, async () => void (await page.reload())), "the provider is seen to be back");
    await screenshot(page, "niat-menunggu-sandi.desktop");
    await page.getByRole("button", { name: /^Tanda tangani/ }).first().click();
    await dialog.locator('input[type="password"]').fill(passphrase);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Surat sudah ditandatangani" }).waitFor({ timeout: 40_000 });
    await dialog.getByText("stempel waktu belum dipasang di instalasi ini").waitFor();
  });

  test("the admin sees how the certificates of all officials stand, and has them asked about now", async () => {
    const page = await stage.as("admin");
    await page.goto("/pengaturan");
    await page.getByRole("link", { name: "Sertifikat para pejabat" }).click();
    await page.getByText("Hj. Nurlaila Hasan, S.Kom., M.T.").first().waitFor();
    await page.getByRole("button", { name: "Periksa sekarang" }).click();
    await until(async () => page.getByText(/diperiksa .*: siap, status belum terjawab/).first().waitFor({ timeout: 3000 }).then(() => true, async () => void (await page.reload())), "the check is done");
    await screenshot(page, "sertifikat-pejabat.desktop");
  });

  test("fears for his key and withdraws the certificate", async () => {
    const page = await stage.as("kadis");
    await page.goto("/pengaturan");
    await page.getByRole("button", { name: "Cabut", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Alasan").fill("Ponsel hilang");
    await screenshot(page, "sertifikat-cabut.desktop");
    await dialog.getByRole("button", { name: "Cabut", exact: true }).click();
    await page.getByRole("form", { name: "Aktifkan tanda tangan elektronik" }).waitFor();
    assert.equal((await (await stage.server.signIn("kadis")).call("signing.mine", {})).body.current, null);
  });
});

describe("an official of an office that only tries things out", () => {
  let stage: Stage;
  before(async () => void (stage = await openStage("provider_demo")));
  after(() => stage?.close());

  test("makes himself a key under a passphrase of his own, withdraws it, and makes another", async () => {
    const page = await stage.as("kasi", { screen: "phone" });
    await page.goto("/pengaturan");
    const form = page.getByRole("form", { name: "Aktifkan tanda tangan elektronik" });
    await form.getByLabel("Frasa sandi baru").fill("kunci pertama saya");
    await screenshot(page, "sertifikat-kunci-baru.phone");
    await page.keyboard.press("Enter");
    await page.getByText("sertifikat contoh, tanpa kekuatan hukum").waitFor();
    await page.getByRole("button", { name: "Cabut", exact: true }).click();
    await page.getByRole("dialog").getByLabel("Alasan").fill("Lupa frasa sandi");
    await page.keyboard.press("Control+Enter");
    await form.getByLabel("Frasa sandi baru").fill("kunci kedua saya");
    await page.keyboard.press("Enter");
    await page.getByText("sertifikat contoh, tanpa kekuatan hukum").waitFor();
  });
});
