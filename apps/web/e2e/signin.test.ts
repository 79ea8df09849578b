import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import pg from "pg";
import type { Page } from "playwright-core";
import { realSource } from "../../server/src/kernel/ids.ts";
import { totpCode } from "../../server/src/access/totp.ts";
import { demoPassphrase, demoPassword } from "../../server/src/seed/seed.ts";
import { freePort } from "../../server/test/free-port.ts";
import { startIdentityProvider, type IdentityProvider } from "../../server/test/identity-provider.ts";
import { draftReadyToSign } from "../../server/test/ready-draft.ts";
import { directedLetter } from "./given.ts";
import { addFirstKey, section, withAuthenticator, withFingerprint } from "./passkeys.ts";
import { openStage, screens, type Stage, visit } from "./stage.ts";

const noBarriers = async (page: Page): Promise<void> => assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);

const secretOf = (base32: string): Buffer => {
  const bits = [...base32].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
};

/** The code of this moment. Where its thirty seconds are nearly over, that of the next ones is waited for: it must still be good when it arrives. */
const codeNow = async (page: Page, secret: Buffer): Promise<string> => {
  await page.waitForFunction(() => Date.now() % 30_000 < 22_000);
  return totpCode(secret, Math.floor((await page.evaluate(() => Date.now())) / 30_000));
};

const signOut = async (page: Page): Promise<void> => {
  await page.evaluate(() => fetch("/api/session", { method: "DELETE" }));
  await page.goto("/masuk");
};

describe("entering", () => {
  let stage: Stage;
  let provider: IdentityProvider;
  before(async () => {
    const port = await freePort();
    const site = `http://localhost:${port}`;
    provider = await startIdentityProvider(`${site}/masuk/sso`, { kasi: { preferred_username: "kasi" }, asing: { preferred_username: "asing" } });
    const sso = { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: "lontar", OIDC_CLIENT_SECRET: "rahasia-klien", OIDC_LABEL: "SSO Kabupaten" };
    stage = await openStage("e2e_signin", { env: { PORT: String(port), LONTAR_URL: site, ...sso }, site });
  });
  after(async () => {
    await stage.close();
    await provider.close();
  });

  test("the agency's single sign-on brings an official in, and a stranger gets a sentence", async () => {
    for (const [person, isKnown] of [["kasi", true], ["asing", false]] as const) {
      const page = await stage.anyone({ screen: isKnown ? "desktop" : "phone" });
      await page.route(`${provider.issuer}/auth?**`, async (route) => {
        await route.fulfill({ status: 302, headers: { location: `/masuk/sso${await provider.signInAs(person, route.request().url())}`.replace(/^/, new URL(page.url()).origin) } });
      });
      await page.goto("/masuk");
      await page.getByRole("button", { name: "Masuk dengan SSO Kabupaten" }).click();
      if (isKnown) await page.waitForURL("**/meja");
      else {
        await page.getByText("belum terhubung dengan akun Lontar").waitFor();
        await noBarriers(page);
        await screenshot(page, "signin-sso-stranger-phone");
      }
    }
  });

  test("an official makes a passkey in Pengaturan and comes in with it, without typing his name", async () => {
    const page = await stage.as("kasi");
    await withFingerprint(page);
    await visit(page, "/pengaturan");
    const keys = section(page, "Kunci masuk");
    await keys.getByLabel("Nama perangkat ini").fill("Laptop kantor");
    await addFirstKey(keys, demoPassword("kasi"));
    await keys.getByRole("button", { name: "Sudah saya simpan" }).click();
    await keys.getByText("Laptop kantor").waitFor();
    await noBarriers(page);
    await screenshot(page, "signin-passkeys");
    await signOut(page);
    await page.getByRole("button", { name: "Masuk dengan kunci masuk" }).click();
    await page.waitForURL("**/meja");
    await page.goto("/pengaturan/riwayat");
    await page.getByText("kunci masuk", { exact: false }).first().waitFor();
    await noBarriers(page);
    await screenshot(page, "signin-history");
    await visit(page, "/pengaturan");
    await keys.getByRole("button", { name: "Ganti nama: Laptop kantor" }).click();
    await page.getByRole("dialog").getByLabel("Nama perangkat ini").fill("Laptop dinas");
    await page.getByRole("button", { name: "Simpan nama" }).click();
    await keys.getByRole("button", { name: "Lepas: Laptop dinas" }).click();
    await page.getByRole("dialog").getByLabel("Kata sandi Anda").fill(demoPassword("kasi"));
    await page.getByRole("dialog").getByRole("button", { name: "Lepas", exact: true }).click();
    await keys.getByText("Belum ada kunci masuk.").waitFor();
  });

  test("where a passkey is kept, the door opens by itself: it waits in the field for the name, and nothing is typed or pressed", async () => {
    const page = await stage.as("kabaghukum");
    const { cdp, authenticatorId } = await withAuthenticator(page);
    await visit(page, "/pengaturan");
    const keys = section(page, "Kunci masuk");
    await addFirstKey(keys, demoPassword("kabaghukum"));
    await keys.getByRole("listitem").nth(9).waitFor();
    await keys.getByRole("button", { name: "Sudah saya simpan" }).click();
    await cdp.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled: false }); // the finger is not on the reader yet
    await page.addInitScript(() => {
      const { credentials } = navigator;
      const get = credentials.get.bind(credentials);
      credentials.get = (options) => {
        document.documentElement.dataset["asked"] = `${options?.mediation ?? "at once"}, ${options?.publicKey?.allowCredentials?.length ?? 0} names`;
        return get(options);
      };
    });
    await signOut(page);
    await page.locator("html[data-asked]").waitFor();
    assert.equal(await page.locator("html").getAttribute("data-asked"), "conditional, 0 names");
    assert.equal(await page.getByLabel("Nama pengguna").getAttribute("autocomplete"), "username webauthn");
    assert.equal(new URL(page.url()).pathname, "/masuk");
    // With the finger on the reader the browser answers as soon as the page asks.
    await cdp.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled: true });
    await page.reload();
    await page.waitForURL("**/meja");
    const { credentials } = await cdp.send("WebAuthn.getCredentials", { authenticatorId });
    assert.deepEqual(credentials.map((one) => [one.isResidentCredential, one.signCount > 1]), [[true, true]]);
  });

  test("whose post demands it first secures his account; then the password alone opens nothing, and a recovery code does once", async () => {
    const admin = await stage.as("admin");
    const rule = async (force: string, days: string): Promise<void> => {
      await admin.goto("/pengaturan/akun");
      const form = section(admin, "Pengaman kedua");
      await form.locator("summary").click();
      await form.getByLabel("Cara berlaku").selectOption(force);
      await form.getByLabel("Tenggang waktu (hari)").fill(days);
      await form.getByRole("button", { name: "Simpan aturan" }).click();
      await admin.getByText("Aturan pengaman kedua disimpan.").waitFor();
    };
    await rule("required", "14");
    await noBarriers(admin);
    await screenshot(admin, "signin-rule");
    const early = await stage.as("camat", { screen: "phone" });
    await early.getByRole("region", { name: "Keamanan akun Anda" }).getByText("sebelum").waitFor();
    await noBarriers(early);
    await screenshot(early, "signin-asked-phone");
    await rule("required", "0");
    for (const [username, screen, dark] of [["asisten1", "desktop", false], ["sekdis", "phone", true]] as const) {
      const page = await stage.anyone({ screen });
      if (dark) await page.emulateMedia({ colorScheme: "dark" });
      await page.goto("/surat");
      await page.getByLabel("Nama pengguna").fill(username);
      await page.getByLabel("Kata sandi", { exact: true }).fill(demoPassword(username));
      await page.getByRole("button", { name: "Masuk", exact: true }).click();
      await page.waitForURL("**/amankan");
      await page.getByRole("heading", { name: "Amankan akun Anda" }).waitFor();
      await noBarriers(page);
      await screenshot(page, `signin-secure-${screen}${dark ? "-dark" : ""}`);
      await page.goto("/naskah");
      await page.waitForURL("**/amankan");
    }
    const page = await stage.anyone();
    await withFingerprint(page);
    const enter = async (): Promise<void> => {
      await page.goto("/masuk");
      await page.getByLabel("Nama pengguna").fill("asisten1");
      await page.getByLabel("Kata sandi", { exact: true }).fill(demoPassword("asisten1"));
      await page.getByRole("button", { name: "Masuk", exact: true }).click();
    };
    await enter();
    const way = page.locator("form").filter({ hasText: "Nama perangkat ini" });
    await way.getByLabel("Kata sandi Anda").fill(demoPassword("asisten1"));
    await way.getByRole("button", { name: "Tambahkan kunci masuk" }).click();
    await page.getByRole("listitem").nth(9).waitFor();
    const codes = await page.getByRole("listitem").allTextContents();
    await noBarriers(page);
    await screenshot(page, "signin-secure-codes");
    await page.getByRole("button", { name: "Sudah saya simpan" }).click();
    await page.getByRole("heading", { name: "Akun Anda sudah aman" }).waitFor();
    await noBarriers(page);
    await page.getByRole("link", { name: "Buka Meja" }).click();
    await page.waitForURL("**/meja");
    await signOut(page);
    await enter();
    await page.getByText("kata sandi saja tidak cukup").waitFor();
    await noBarriers(page);
    await screenshot(page, "signin-passkey-needed");
    await page.getByLabel("Kode pemulihan").fill(codes[0] ?? "");
    await page.getByRole("button", { name: "Masuk", exact: true }).click();
    await page.waitForURL("**/meja");
    await rule("advised", "14");
  });

  test("the phone is lost: a recovery code opens once, and the other window is told of the new device", async () => {
    const page = await stage.as("kabid");
    await visit(page, "/pengaturan");
    const factor = section(page, "Kode autentikator");
    await factor.getByLabel("Kata sandi Anda").fill(demoPassword("kabid"));
    await factor.getByRole("button", { name: "Pasang" }).click();
    await factor.getByRole("img", { name: "Kode QR untuk aplikasi autentikator" }).waitFor();
    await noBarriers(page);
    await screenshot(page, "signin-qr");
    const secret = secretOf((await factor.locator("pre").textContent()) ?? "");
    await factor.getByLabel("Kode enam angka").fill(await codeNow(page, secret));
    await factor.getByRole("button", { name: "Pastikan" }).click();
    const recovery = section(page, "Kode pemulihan");
    await recovery.getByRole("listitem").nth(9).waitFor();
    const codes = await recovery.getByRole("listitem").allTextContents();
    assert.equal(codes.length, 10);
    await noBarriers(page);
    await screenshot(page, "signin-recovery-codes");
    await recovery.getByRole("button", { name: "Sudah saya simpan" }).click();
    await recovery.getByText("Tersisa 10 kode").waitFor();

    const other = await stage.anyone({ screen: "phone" });
    await other.goto("/masuk");
    await other.getByLabel("Nama pengguna").fill("kabid");
    await other.getByLabel("Kata sandi", { exact: true }).fill(demoPassword("kabid"));
    await other.getByRole("button", { name: "Masuk", exact: true }).click();
    await other.getByLabel("Kode enam angka").fill(codes[0] ?? "");
    await other.getByRole("button", { name: "Masuk", exact: true }).click();
    await other.waitForURL("**/meja");

    await page.goto("/meja");
    const news = page.getByRole("region", { name: "Kabar tentang akun Anda" });
    await news.getByText(/perangkat baru|tersisa 9/).waitFor();
    await noBarriers(page);
    await screenshot(page, "signin-news");
    await screenshot(other, "signin-news-phone");
    const told = new Set<string>();
    for (const left of ["dan 2 kabar lain", "dan 1 kabar lain", undefined]) {
      if (left === undefined) await news.getByText("kabar lain").waitFor({ state: "detached" });
      else await news.getByText(left).waitFor();
      told.add((await news.getByRole("status").textContent()) ?? "");
      await news.getByRole("button", { name: "Saya tahu" }).click();
    }
    await news.waitFor({ state: "detached" });
    for (const word of [/perangkat baru/, /tersisa 9/, /autentikator dipasang/]) assert.ok([...told].some((sentence) => word.test(sentence)), `${word}`);
  });

  test("a weak password is refused in words, a good one signs the other device out", async () => {
    const [page, other] = [await stage.as("staf"), await stage.as("staf", { screen: "phone" })];
    await visit(page, "/pengaturan");
    const form = section(page, "Kata sandi");
    const change = async (next: string): Promise<void> => {
      await form.getByLabel("Kata sandi sekarang").fill(demoPassword("staf"));
      await form.getByLabel("Kata sandi baru").fill(next);
      await form.getByRole("button", { name: "Ganti kata sandi" }).click();
    };
    for (const [label, complete] of [["Kata sandi sekarang", "current-password"], ["Kata sandi baru", "new-password"]] as const) {
      const field = form.getByLabel(label);
      assert.deepEqual([await field.getAttribute("type"), await field.getAttribute("autocomplete")], ["password", complete]);
      assert.ok(await field.evaluate((input) => input.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true }))), `${label} may be pasted`);
    }
    await form.getByLabel("Perlihatkan").check();
    assert.equal(await form.getByLabel("Kata sandi baru").getAttribute("type"), "text");
    await form.getByLabel("Perlihatkan").uncheck();
    await change("indonesia1945!!");
    await form.getByText("pernah bocor").waitFor();
    await change("hujan turun di Penajam");
    await page.getByText("Kata sandi diganti. Perangkat lain dikeluarkan.").waitFor();
    await other.goto("/naskah");
    await other.waitForURL("**/masuk**");
    await noBarriers(other);
    await screenshot(other, "signin-page-phone");
  });

  test("a signer with a passkey signs with one touch more, and his word about the document is in the evidence", async () => {
    const kadis = await stage.server.signIn("kadis");
    const [{ id }, me] = [await draftReadyToSign(kadis), await kadis.call("session.me", {})];
    const page = await stage.as("kadis");
    await withFingerprint(page);
    await visit(page, "/pengaturan");
    const keys = section(page, "Kunci masuk");
    await addFirstKey(keys, demoPassword("kadis"));
    await keys.getByRole("button", { name: "Sudah saya simpan" }).click();
    const refused = await page.evaluate(async ([draft, passphrase]) => {
      const ask = async (method: string, path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>> =>
        (await fetch(`/api/drafts/${draft}${path}`, { method, headers: { "content-type": "application/json" }, ...(body !== undefined && { body: JSON.stringify(body) }) })).json();
      const { contentHash } = await ask("GET", "");
      const { sha256 } = await ask("POST", "/freeze", { contentHash });
      return ask("POST", "/signature", { sha256, passphrase });
    }, [id, demoPassphrase("kadis")] as const);
    assert.equal(refused["code"], "step_up_needed");
    await page.goto(`/naskah/${id}`);
    await page.getByRole("button", { name: /^Tanda tangani/ }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("sentuh kunci masuk Anda").waitFor();
    await screenshot(page, "signin-step-up");
    await dialog.locator('input[type="password"]').fill(demoPassphrase("kadis"));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Surat sudah ditandatangani" }).waitFor({ timeout: 40_000 });
    const database = new pg.Client(stage.server.databaseUrl);
    await database.connect();
    const { rows } = await database.query<{ word: string }>("select body->'proof'->>'clientData' as word from event where type = 'account.proved_fresh' and thing_id = $1", [me.body.personId]);
    await database.end();
    assert.deepEqual(rows.map(({ word }) => JSON.parse(Buffer.from(word, "base64url").toString()).type), ["webauthn.get"]);
  });

  test("the admin hands over a link, the newcomer chooses the password, and a block shuts the door", async () => {
    const page = await stage.as("admin");
    await visit(page, "/pengaturan");
    await page.getByRole("link", { name: "Akun pegawai" }).click();
    await page.getByRole("button", { name: /^Kelola/ }).nth(1).waitFor();
    await page.getByLabel("Cari nama atau nama pengguna").fill("kabidb");
    await page.getByRole("button", { name: /^Kelola/ }).nth(1).waitFor({ state: "detached" }); // until the list is what was asked for
    await page.getByRole("button", { name: /^Kelola/ }).click();
    await noBarriers(page);
    await screenshot(page, "signin-account");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Alasan").fill("Lupa kata sandi, datang sendiri ke Diskominfo");
    await dialog.getByRole("button", { name: "Buat tautan kata sandi" }).click();
    const url = (await dialog.locator("pre").textContent()) ?? "";
    await noBarriers(page);
    await screenshot(page, "signin-account-link");
    await dialog.getByRole("button", { name: "Selesai" }).click();
    for (const screen of ["phone", "desktop"] as const) {
      const newcomer = await stage.anyone({ screen });
      await newcomer.goto(url);
      if (screen === "desktop") {
        await newcomer.getByText("Tautan ini tidak berlaku").waitFor();
        continue;
      }
      await newcomer.getByLabel("Kata sandi baru").fill("perahu biru di Sepaku");
      await noBarriers(newcomer);
      await screenshot(newcomer, "signin-activate-phone");
      assert.equal(new URL(newcomer.url()).hash, "");
      await newcomer.getByRole("button", { name: "Simpan kata sandi" }).click();
      await newcomer.getByRole("link", { name: "Masuk" }).click();
      await newcomer.getByLabel("Nama pengguna").fill("kabidb");
      await newcomer.getByLabel("Kata sandi", { exact: true }).fill("perahu biru di Sepaku");
      await newcomer.getByRole("button", { name: "Masuk", exact: true }).click();
      await newcomer.waitForURL("**/meja");
    }
    await screenshot(page, "signin-accounts");
    await page.getByRole("button", { name: /^Kelola/ }).click();
    await dialog.getByLabel("Alasan").fill("Diperiksa");
    await dialog.getByRole("button", { name: "Blokir", exact: true }).click();
    await page.getByText("diblokir", { exact: true }).waitFor();
  });

  test("the village has an admin of its own, who sees the accounts of the village and nobody else's", async () => {
    for (const screen of ["desktop", "phone"] as const) {
      const page = await stage.as("admindesa", { screen });
      await page.goto("/pengaturan/akun");
      await page.getByText("Mulyono aktif").waitFor();
      assert.equal(await page.getByRole("button", { name: /^Kelola/ }).count(), 4);
      assert.equal(await page.getByText("Kabupaten Penajam").count(), 0);
      await noBarriers(page);
      await screenshot(page, `signin-village-accounts-${screen}`);
    }
    const [village, regency] = [await stage.server.signIn("admindesa"), await stage.server.signIn("admin")];
    const [theirs] = (await regency.call("accounts.list", { q: "kasi" })).body;
    for (const name of ["accounts.block", "accounts.resetFactors", "accounts.renewLink", "accounts.endSessions"] as const) assert.equal((await village.call(name, { id: theirs?.id ?? "", reason: "x" })).status, 404, name);
    assert.deepEqual((await village.call("accounts.list", { q: "kasi" })).body, []);
  });

  test("acts in one's name: each with its letter, and “Bukan saya” signs out and tells", async () => {
    const kadis = await stage.server.signIn("sekda");
    await kadis.call("drafts.create", { id: realSource.id(), type: "ND", replyTo: null });
    const page = await stage.as("sekda");
    await page.goto("/pengaturan/tindakan");
    await page.getByText("Membuat naskah").first().waitFor();
    await noBarriers(page);
    await screenshot(page, "signin-acts");
    await page.setViewportSize(screens.phone);
    await screenshot(page, "signin-acts-phone");
    await page.getByRole("button", { name: "Bukan saya" }).click();
    await page.getByRole("dialog").getByRole("textbox").fill("Naskah itu bukan buatan saya");
    await noBarriers(page);
    await page.getByRole("button", { name: "Laporkan dan keluarkan semua" }).click();
    await page.waitForURL("**/masuk");
    assert.equal((await kadis.call("session.me", {})).status, 401);
  });

  test("the door and the settings are readable on a phone and a desktop, light and dark", async () => {
    for (const screen of ["desktop", "phone"] as const) {
      for (const dark of [false, true]) {
        const page = await stage.as("sekdis", { screen, ...(dark && { dark: true }) });
        const name = `${screen}${dark ? "-dark" : ""}`;
        assert.equal(page.viewportSize()?.width, screens[screen].width);
        await visit(page, "/pengaturan");
        await section(page, "Kunci masuk").waitFor();
        await noBarriers(page);
        await screenshot(page, `signin-settings-${name}`);
        await page.goto("/pengaturan/riwayat");
        await page.getByText("Masuk", { exact: true }).first().waitFor();
        await noBarriers(page);
        await screenshot(page, `signin-history-${name}`);
        if (screen === "phone") {
          const admin = await stage.as("admin", { screen, ...(dark && { dark: true }) });
          await admin.goto("/pengaturan/akun");
          await admin.getByRole("button", { name: /^Kelola/ }).first().waitFor();
          await noBarriers(admin);
          await screenshot(admin, `signin-accounts-${name}`);
        }
        await signOut(page);
        await page.getByRole("button", { name: "Masuk dengan kunci masuk" }).waitFor();
        await noBarriers(page);
        await screenshot(page, `signin-page-${name}`);
      }
    }
  });

  test("in an emergency the admin opens letters by a code, and by a touch of his passkey; either also stands before a change of his account and before devices are signed out", async () => {
    for (const number of ["005/88/KOMINFO/2026", "005/89/KOMINFO/2026"]) await directedLetter(stage.server, `Rapat nomor ${number}`, number);
    const me = await (await stage.server.signIn("admin")).call("session.me", {});
    const page = await stage.as("admin");
    await withFingerprint(page);
    await visit(page, "/pengaturan");
    const factor = section(page, "Kode autentikator");
    await factor.getByLabel("Kata sandi Anda").fill(demoPassword("admin"));
    await factor.getByRole("button", { name: "Pasang" }).click();
    const secret = secretOf((await factor.locator("pre").textContent()) ?? "");
    await factor.getByLabel("Kode enam angka").fill(await codeNow(page, secret));
    await factor.getByRole("button", { name: "Pastikan" }).click();
    const recovery = section(page, "Kode pemulihan");
    await recovery.getByRole("listitem").nth(9).waitFor();
    const [code = "", another = ""] = await recovery.getByRole("listitem").allTextContents();
    await recovery.getByRole("button", { name: "Sudah saya simpan" }).click();
    await recovery.getByText("Tersisa 10 kode").waitFor();

    const database = new pg.Client(stage.server.databaseUrl);
    await database.connect();
    await database.query("update account_secret set totp_last = totp_last - 1 where person_id = $1", [me.body.personId]); // as if half a minute had gone by
    const dialog = page.getByRole("dialog");
    const act = dialog.getByRole("button", { name: "Buka lewat akses darurat" }).last();
    const choose = async (number: string): Promise<void> => {
      await page.goto("/darurat");
      await page.getByRole("button", { name: "Buka surat" }).click();
      await dialog.getByLabel("Surat yang mana?").fill(number);
      await dialog.getByRole("button", { name: "Cari" }).click();
      await dialog.getByRole("button", { name: "Pilih surat ini" }).first().click();
      await dialog.getByLabel(/Mengapa harus sekarang/).fill("Rapat dimulai dan sekda tidak dapat dihubungi.");
    };
    await choose("005/88/KOMINFO/2026");
    const typed = dialog.getByLabel(/Kode/);
    await typed.fill("000000");
    await act.click();
    await dialog.getByText("Kode itu salah").waitFor();
    await typed.fill(await codeNow(page, secret));
    await noBarriers(page);
    await screenshot(page, "darurat-kode");
    await page.setViewportSize(screens.phone);
    await page.emulateMedia({ colorScheme: "dark" });
    await screenshot(page, "darurat-kode-phone-dark");
    await typed.fill(await codeNow(page, secret));
    await page.keyboard.press("Enter");
    await page.getByText(/Anda membaca surat ini lewat akses darurat sampai/).waitFor();

    await visit(page, "/pengaturan");
    const keys = section(page, "Kunci masuk");
    await keys.getByLabel("Kata sandi Anda").fill(demoPassword("admin"));
    await keys.getByLabel("Kode autentikator atau kode pemulihan").fill("AAAA-BBBB-CCCC");
    await keys.getByRole("button", { name: "Tambahkan kunci masuk" }).click();
    await keys.getByText("Kode itu salah").waitFor();
    await keys.getByLabel("Kode autentikator atau kode pemulihan").fill(code);
    await screenshot(page, "signin-anew-phone-dark");
    await keys.getByRole("button", { name: "Tambahkan kunci masuk" }).click();
    await page.getByText("Kunci masuk ditambahkan.").waitFor();
    await page.setViewportSize(screens.desktop);
    await page.emulateMedia({ colorScheme: "light" });

    await choose("005/89/KOMINFO/2026");
    await dialog.getByText(/kunci masuk/i).first().waitFor();
    await noBarriers(page);
    await screenshot(page, "darurat-kunci");
    await act.click();
    await page.getByText(/Anda membaca surat ini lewat akses darurat sampai/).waitFor();
    const { rows } = await database.query<{ method: string }>("select body->>'method' as method from event where type = 'account.proved_fresh' and thing_id = $1 order by revision", [me.body.personId]);
    await database.end();
    assert.deepEqual(rows.map(({ method }) => method), ["kode", "kunci"]);

    const elsewhere = await (await stage.anyone()).request.post("/api/session", { data: { username: "admin", password: demoPassword("admin"), code: another } });
    assert.equal(elsewhere.status(), 200);
    await visit(page, "/pengaturan");
    await page.getByRole("button", { name: "Keluarkan", exact: true }).first().click();
    await dialog.getByLabel("Kata sandi Anda").fill("bukan sandinya");
    await dialog.getByRole("button", { name: "Keluarkan", exact: true }).click();
    await dialog.getByRole("alert").waitFor();
    await noBarriers(page);
    await screenshot(page, "signin-end-device");
    await dialog.getByLabel("Kata sandi Anda").fill("");
    await dialog.getByRole("button", { name: "Keluarkan", exact: true }).click(); // nothing typed: the passkey answers
    await page.getByText("Perangkat dikeluarkan.").waitFor();
  });
});
