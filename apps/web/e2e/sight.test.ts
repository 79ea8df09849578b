import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import { letterTypes } from "@lontar/naskah";
import type { Page } from "playwright-core";
import { plainPdf } from "../../server/src/kernel/files/plain-pdf.ts";
import { realSource } from "../../server/src/kernel/ids.ts";
import { draftReadyToSign, signReady } from "../../server/test/ready-draft.ts";
import { directedLetter, postNamed } from "./given.ts";
import { openStage, type Stage, visit } from "./stage.ts";

const serious = async (page: Page) => (await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious");

describe("visibility that explains itself, in the browser", () => {
  let stage: Stage;
  let letter: string;
  let secret: string;
  before(async () => {
    stage = await openStage("e2e_sight");
    letter = await directedLetter(stage.server, "Permintaan data jaringan desa");
    const sekda = await stage.server.signIn("sekda");
    const kadis = await postNamed(sekda, "Kepala Dinas Komunikasi");
    const dispose = (id: string) => sekda.call("received.dispose", { id, parentId: null, recipients: [{ id: realSource.id(), positionId: kadis, responsible: true }], instructions: ["Tindak lanjuti"], note: "", due: null });
    assert.equal((await dispose(letter)).status, 200);
    secret = realSource.id();
    const clerk = await stage.server.signIn("tusetda");
    assert.equal((await clerk.upload(secret, "rahasia.pdf", plainPdf(["RAHASIA"]))).status, 200);
    assert.equal((await clerk.call("received.register", { id: secret, facts: { sender: "Kejaksaan Negeri", number: "R-14/2026", date: "2026-11-20", subject: "Permintaan keterangan", receivedOn: "2026-11-24", security: "R" } })).status, 200);
    assert.equal((await clerk.call("received.direct", { id: secret, positionId: await postNamed(clerk, "Sekretaris Daerah") })).status, 200);
  });
  after(() => stage.close());

  test("the kepala dinas asks why he sees a letter: one sentence, the act that gave it, and the way to who else does", async () => {
    const page = await stage.as("kadis");
    await page.goto(`/surat/${letter}`);
    await page.getByRole("button", { name: "Mengapa saya bisa melihat ini?" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/Anda melihat surat ini karena didisposisikan kepada jabatan Anda \(aturan b\), selaku Kepala Dinas Komunikasi dan Informatika\./).waitFor();
    await dialog.getByText(/mendisposisikan kepada Kepala Dinas Komunikasi/).first().waitFor();
    await screenshot(page, "mengapa.desktop");
    assert.deepEqual(await serious(page), []);
    await dialog.getByRole("link", { name: "Siapa saja yang dapat melihat ini?" }).click();
    await page.getByRole("heading", { name: "Siapa saja yang dapat melihat ini?" }).waitFor();
    await page.getByRole("region", { name: "Penerima disposisi" }).getByText("Hj. Nurlaila Hasan").first().waitFor();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await screenshot(page, "pembaca.desktop");
    assert.deepEqual(await serious(page), []);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Unduh CSV" }).click()]);
    assert.match(download.suggestedFilename(), /^yang-dapat-melihat-.*\.csv$/);
  });

  test("a day before the letter came, nobody could see it", async () => {
    const page = await stage.as("kadis");
    await page.goto(`/surat/${letter}/pembaca`);
    await page.getByLabel("Pada tanggal").fill("2026-01-05");
    await page.getByText("Pada tanggal itu belum ada yang dapat melihatnya").waitFor();
    assert.match(page.url(), /pada=2026-01-05/);
    await screenshot(page, "pembaca-lampau.desktop");
    await page.getByRole("button", { name: "Hari ini" }).click();
    await page.getByRole("region", { name: "Penerima disposisi" }).waitFor();
  });

  test("from the palette and by a key, on a phone in the dark, in English", async () => {
    const page = await stage.as("kadis", { screen: "phone", dark: true });
    await page.goto(`/surat/${letter}`);
    await page.getByText("Permintaan data jaringan desa").first().waitFor();
    await page.keyboard.press("w");
    await page.getByRole("dialog").getByText(/Anda melihat surat ini karena/).waitFor();
    await screenshot(page, "mengapa.phone-dark");
    assert.deepEqual(await serious(page), []);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("Mengapa saya");
    await page.getByRole("option", { name: /Mengapa saya bisa melihat ini/ }).click();
    await page.getByRole("dialog").getByText(/Anda melihat surat ini karena/).waitFor();
    await page.evaluate(() => localStorage.setItem("lontar.language", "en"));
    await page.goto(`/surat/${letter}/pembaca`);
    await page.locator("section ul").first().waitFor();
    await screenshot(page, "pembaca.phone-dark");
    assert.deepEqual(await serious(page), []);
  });

  test("the clerk sees the envelope of a secret letter, is told so, and learns no names", async () => {
    const page = await stage.as("tusetda", { screen: "phone" });
    await page.goto(`/surat/${secret}`);
    await page.getByRole("button", { name: "Mengapa saya bisa melihat ini?" }).click();
    await page.getByRole("dialog").getByText(/Anda melihat sampulnya saja/).waitFor();
    await screenshot(page, "mengapa-sampul.phone");
    await page.goto(`/surat/${secret}/pembaca`);
    await page.getByText(/Nama orang hanya diperlihatkan/).waitFor();
    await page.getByText("Nama dirahasiakan").first().waitFor();
    assert.equal(await page.getByText("Syamsul Rijal").count(), 0);
    await screenshot(page, "pembaca-rahasia.phone");
    assert.deepEqual(await serious(page), []);
  });

  test("the drafter asks it of his naskah; a stranger's deep link finds nothing", async () => {
    const staf = await stage.server.signIn("staf");
    const draft = realSource.id();
    const nota = letterTypes.find((type) => type.family === "nota") ?? assert.fail("no nota");
    assert.equal((await staf.call("drafts.create", { id: draft, type: nota.code, replyTo: null })).status, 200);
    const page = await stage.as("staf");
    await page.goto(`/naskah/${draft}`);
    await page.getByRole("tab").first().waitFor();
    await page.keyboard.press("Escape");
    await page.locator("body").click({ position: { x: 4, y: 4 } });
    await page.keyboard.press("w");
    await page.getByRole("dialog").getByText(/Anda menyusunnya|disusun dari jabatan Anda/).first().waitFor();
    await screenshot(page, "mengapa-naskah.desktop");
    const stranger = await stage.as("kabidb");
    await stranger.goto(`/surat/${letter}/pembaca`);
    await stranger.getByText(/tidak ditemukan/i).first().waitFor();
  });

  test("the admin looks at the rights as the rules have them: what may be done, and the sentence where it may not", async () => {
    const page = await stage.as("admin");
    await visit(page, "/pengaturan");
    await page.getByRole("link", { name: /Matriks tindakan/ }).click();
    const row = page.getByRole("row", { name: /^Diarahkan/ });
    await row.getByRole("button", { name: /Disposisikan/ }).waitFor();
    await screenshot(page, "hak-matriks.desktop");
    assert.deepEqual(await serious(page), []);
    await row.getByRole("button", { name: /^Pengawas/ }).or(row.getByRole("button", { name: /tidak ada/ })).first().click();
    await page.getByRole("dialog").getByText(/bukan wewenang jabatan/).first().waitFor();
    await screenshot(page, "hak-kalimat.desktop");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    // Every kind, state, role and act has a word of its own: a key without one would begin with a small letter.
    const kinds = page.getByRole("combobox", { name: /^Hal/ });
    const names = await kinds.getByRole("option").allInnerTexts();
    assert.equal(names.length, 27);
    for (const name of names) {
      await kinds.selectOption({ label: name });
      await page.getByRole("table", { name, exact: true }).waitFor();
      const words = await page.getByRole("table").locator("th, b").allInnerTexts();
      assert.deepEqual([name, ...words].filter((word) => !/^\p{Lu}/u.test(word)), [], name);
      if (name === "Akun") await screenshot(page, "hak-akun.desktop");
      if (name === "Serah terima jabatan") await screenshot(page, "hak-serah-terima.desktop");
    }
    await kinds.selectOption({ label: "Naskah keluar" });
    await page.getByLabel("Cari keadaan, peran, atau tindakan").fill("pemaraf");
    await page.getByRole("columnheader", { name: "Pemaraf" }).waitFor();
    await page.getByRole("columnheader", { name: "Penyusun" }).waitFor({ state: "detached" });
    const phone = await stage.as("inspektur", { screen: "phone", dark: true });
    await phone.goto("/pengaturan/hak");
    await phone.getByText("Diarahkan").first().waitFor();
    await phone.getByRole("combobox", { name: /^Hal/ }).selectOption({ label: "Akun" });
    await phone.getByText("Keluar dari semua perangkat").first().waitFor();
    await screenshot(phone, "hak-matriks.phone-dark");
    assert.deepEqual(await serious(phone), []);
  });

  test("the admin adds a right of class and ends it; who is neither admin nor inspector is told that it is not his", async () => {
    const page = await stage.as("admin");
    await page.goto("/pengaturan/hak");
    await page.getByRole("tab", { name: "Hak klasifikasi" }).click();
    await page.getByText(/Contoh tabel SKKAAD/).first().waitFor();
    await page.getByRole("button", { name: "Tambah hak" }).click();
    await page.getByLabel("Kode klasifikasi").fill("800.1");
    await page.getByLabel("Dasar (peraturan)").fill("Perbup 12/2026 tentang SKKAAD");
    await screenshot(page, "hak-klasifikasi.desktop");
    assert.deepEqual(await serious(page), []);
    await page.getByRole("button", { name: "Simpan hak" }).click();
    await page.getByText("Hak baca disimpan.").waitFor();
    const row = page.getByRole("listitem").filter({ hasText: "Perbup 12/2026 tentang SKKAAD" });
    await row.getByRole("button", { name: "Akhiri" }).click();
    await page.getByRole("dialog").getByRole("textbox").fill("Perbup diganti");
    await page.getByRole("dialog").getByRole("button", { name: "Akhiri" }).click();
    await row.getByText("berakhir").waitFor();
    const phone = await stage.as("admin", { screen: "phone" });
    await phone.goto("/pengaturan/hak");
    await phone.getByRole("tab", { name: "Hak klasifikasi" }).click();
    await phone.getByText(/Contoh tabel SKKAAD/).first().waitFor();
    await screenshot(phone, "hak-klasifikasi.phone");
    assert.deepEqual(await serious(phone), []);
    const staf = await stage.as("staf");
    await staf.goto("/pengaturan/hak");
    await staf.getByText(/bukan wewenang jabatan/).first().waitFor();
  });

  test("of a secret letter the register of its office sees the envelope; whoever signed it reads it, a very secret one on the screen alone", async () => {
    const kadis = await stage.server.signIn("kadis");
    const issue = async (security: "R" | "SR", subject: string): Promise<string> => {
      const ready = await draftReadyToSign(kadis, [], { security, subject });
      await signReady(kadis, ready);
      return ready.id;
    };
    const [rahasia, sangatRahasia] = [await issue("R", "Hasil pemeriksaan pegawai"), await issue("SR", "Rencana pengamanan tamu negara")];
    for (const screen of ["desktop", "phone"] as const) {
      const page = await stage.as("tudiskominfo", { screen });
      await page.goto(`/naskah/${rahasia}`);
      await page.getByRole("heading", { name: "Sampul tertutup" }).waitFor();
      await page.getByText(/000\.1\.1\/001\/DISKOMINFO/).first().waitFor();
      assert.equal(await page.getByText("Hasil pemeriksaan pegawai").count(), 0);
      await screenshot(page, `sampul-register.${screen}`);
      assert.deepEqual(await serious(page), []);
    }
    const reader = await stage.as("kadis");
    await reader.goto(`/naskah/${sangatRahasia}`);
    await reader.getByRole("heading", { name: "Rencana pengamanan tamu negara" }).first().waitFor();
    await reader.getByRole("img", { name: /Halaman 1/ }).first().waitFor();
    assert.equal(await reader.getByRole("link", { name: "Unduh", exact: true }).count(), 0, "the file itself is handed to nobody");
    await screenshot(reader, "sangat-rahasia.desktop");
    assert.deepEqual(await serious(reader), []);
  });
});
