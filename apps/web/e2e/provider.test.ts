import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import { openAuthority, openBsre, type Bsre } from "@lontar/testkit/providers";
import pg from "pg";
import type { Page } from "playwright-core";
import { openValidator } from "../../server/src/signing/index.ts";
import { draftReadyToSign } from "../../server/test/ready-draft.ts";
import { noSoftToken, openSoftTokens, type SoftTokens } from "../../server/test/soft-token.ts";
import { until } from "../../server/test/until.ts";
import { openStage, screens, type Stage, visit } from "./stage.ts";

const nik = "6409015506750001";
const passphrase = "frasa sandi milik kadis";
const calm = async (page: Page): Promise<void> => assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);

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

  test("learns what is missing, activates his signature with one trial page, and sees how his account stands", async () => {
    const page = await stage.as("kadis");
    await visit(page, "/pengaturan");
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
    await until(async () => back.waitFor({ timeout: 15_000 }).then(() => true, async () => void (await page.reload())), "the provider is seen to be back");
    await screenshot(page, "niat-menunggu-sandi.desktop");
    await page.getByRole("button", { name: /^Tanda tangani/ }).first().click();
    await dialog.locator('input[type="password"]').fill(passphrase);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Surat sudah ditandatangani" }).waitFor({ timeout: 40_000 });
    await dialog.getByText("stempel waktu belum dipasang di instalasi ini").waitFor();
  });

  test("the admin sees how the certificates of all officials stand, and has them asked about now", async () => {
    const page = await stage.as("admin");
    await visit(page, "/pengaturan");
    await page.getByRole("link", { name: "Sertifikat para pejabat" }).click();
    await page.getByText("Hj. Nurlaila Hasan, S.Kom., M.T.").first().waitFor();
    await page.getByRole("button", { name: "Periksa sekarang" }).click();
    await until(async () => page.getByText(/diperiksa .*: siap, status belum terjawab/).first().waitFor({ timeout: 15_000 }).then(() => true, async () => void (await page.reload())), "the check is done");
    await screenshot(page, "sertifikat-pejabat.desktop");
  });

  test("fears for his key and withdraws the certificate", async () => {
    const page = await stage.as("kadis");
    await visit(page, "/pengaturan");
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
    await visit(page, "/pengaturan");
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

describe("an official whose key is on a token", { skip: noSoftToken }, () => {
  let stage: Stage;
  let soft: SoftTokens;
  let root: Uint8Array;
  const [pin, sealPin] = ["271828", "314159"];
  before(async () => {
    const authority = await openAuthority("PSrE Uji", new Date());
    root = authority.root;
    soft = await openSoftTokens();
    const entry = async (id: string, label: string, name: string) => ({ id, label, ...(await authority.certify({ name })) });
    const issuer = { id: "ca", label: "penerbit", certificate: authority.issuing.certificate };
    await soft.make("Token Kadis", pin, [await entry("01", "kadis", "NURLAILA HASAN"), await entry("02", "sekdis", "BAMBANG HERMAWAN"), issuer]);
    await soft.make("Segel Kantor", sealPin, [await entry("01", "segel", "Pemerintah Kabupaten Penajam Paser Utara"), issuer]);
    const trust = join(soft.folder, "akar.pem");
    await writeFile(trust, new X509Certificate(root).toString());
    stage = await openStage("provider_token", { env: { LONTAR_SIGNER: "pkcs11", PKCS11_MODULE: soft.module, PKCS11_TOKENS: "Token Kadis", SIGNER_TRUST: trust, SEAL_KEYS: "64.09=Segel Kantor/segel", SEAL_PIN: sealPin } });
  });
  after(async () => {
    await stage?.close();
    await soft?.close();
  });

  /** The page as it looks to everyone: on a desk and a phone, by day and by night. */
  const pictures = async (page: Page, name: string): Promise<void> => {
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const [screen, size] of Object.entries(screens)) {
        await page.setViewportSize(size);
        await page.getByRole("heading", { name: /Sertifikat tanda tangan|Signing certificate/ }).scrollIntoViewIfNeeded();
        await screenshot(page, `${name}.${screen}.${scheme}`);
      }
      await calm(page);
    }
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize(screens.desktop);
  };

  test("names token and key, gives the PIN, and is told what is wrong with either", async () => {
    const page = await stage.as("kadis");
    await visit(page, "/pengaturan");
    const form = page.getByRole("form", { name: "Aktifkan tanda tangan elektronik" });
    const tell = async (account: string, secret: string, answer: string): Promise<void> => {
      await form.getByLabel("Token dan kunci").fill(account);
      await form.getByLabel("PIN token").fill(secret);
      await page.keyboard.press("Enter");
      await form.getByRole("alert").getByText(answer).waitFor();
    };
    await tell("Token Kades/kadis", pin, "Token Anda tidak terpasang pada server");
    await pictures(page, "token-tidak-terpasang");
    await tell("Token Kadis/kadis", "000000", "PIN salah");
    await page.evaluate(() => localStorage.setItem("lontar.language", "en"));
    await page.reload();
    const english = page.getByRole("form", { name: "Activate electronic signing" });
    await english.getByLabel("Token and key").fill("Token Kadis/kadis");
    await english.getByLabel("PIN of the token").fill(pin);
    await pictures(page, "token-aktifkan-en");
    await page.keyboard.press("Enter");
    await page.getByText("Token connected, ready to sign").waitFor();
    await pictures(page, "token-aktif-en");
    await page.evaluate(() => localStorage.setItem("lontar.language", "id"));
    await page.reload();
    await page.getByText("Token terpasang, siap menandatangani").waitFor();
    await pictures(page, "token-aktif");
  });

  test("one token is for one person, also when it holds a key of another", async () => {
    const sekdis = await stage.server.signIn("sekdis");
    const refused = await sekdis.call("signing.activate", { account: "Token Kadis/sekdis", passphrase: pin });
    assert.equal(refused.problem?.code, "token_of_another");
    const seal = await sekdis.call("signing.activate", { account: "Segel Kantor/segel", passphrase: sealPin });
    assert.equal(seal.problem?.code, "token_missing", "people have keys on the tokens that are named for them");
  });

  test("signs with the PIN; a token that was pulled out is put in again and nothing was lost", async () => {
    const kadis = await stage.server.signIn("kadis");
    const { id } = await draftReadyToSign(kadis);
    const page = await stage.as("kadis");
    await page.goto(`/naskah/${id}`);
    await page.getByRole("button", { name: /^Tanda tangani/ }).first().click();
    const dialog = page.getByRole("dialog");
    const secret = dialog.getByLabel("PIN token Anda");
    const putBack = await soft.pullOut();
    await secret.fill(pin);
    await page.keyboard.press("Enter");
    await dialog.getByRole("alert").getByText("Token Anda tidak terpasang pada server").waitFor({ timeout: 40_000 });
    await calm(page);
    await screenshot(page, "tanda-tangan-token-tidak-terpasang.desktop");
    const sealed = await kadis.call("received.story", { id, as: "pdf" });
    assert.equal(sealed.problem?.code, "seal_unavailable");
    await putBack();
    await secret.fill(pin);
    await page.setViewportSize(screens.phone);
    await screenshot(page, "tanda-tangan-pin.phone");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Surat sudah ditandatangani" }).waitFor({ timeout: 40_000 });
    const copy = await kadis.call("received.story", { id, as: "pdf" });
    const read = await openValidator()(copy.bytes, { trust: [root], at: new Date().toISOString() });
    assert.deepEqual([read.passed, read.signers.map(({ name }) => name)], [true, ["Pemerintah Kabupaten Penajam Paser Utara"]], "the copy of its record carries the office's seal from its own token");
  });

  test("the admin sees how the tokens stand", async () => {
    const page = await stage.as("admin", { screen: "phone" });
    await page.goto("/pengaturan/sertifikat");
    await page.getByText("Hj. Nurlaila Hasan, S.Kom., M.T.").first().waitFor();
    await calm(page);
    await screenshot(page, "sertifikat-pejabat-token.phone");
    await page.evaluate(() => localStorage.setItem("lontar.language", "en"));
    await page.reload();
    await page.getByText("Hj. Nurlaila Hasan, S.Kom., M.T.").first().waitFor();
    await screenshot(page, "sertifikat-pejabat-token-en.phone");
    await page.setViewportSize(screens.desktop);
    await page.emulateMedia({ colorScheme: "dark" });
    await screenshot(page, "sertifikat-pejabat-token-en.desktop.dark");
  });
});
