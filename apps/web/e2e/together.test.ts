import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import type { Page, Route } from "playwright-core";
import { realSource } from "../../server/src/kernel/ids.ts";
import { demoPassphrase, demoPassword } from "../../server/src/seed/seed.ts";
import type { Client } from "../../server/test/http.ts";
import { postNamed } from "./given.ts";
import { openStage, screens, type Stage } from "./stage.ts";

/** A complete nota dinas of this person to the sekda, not yet submitted. */
const writtenNota = async (drafter: Client, subject: string): Promise<string> => {
  const id = realSource.id();
  await drafter.call("drafts.create", { id, type: "ND", replyTo: null });
  await rewrite(drafter, id, { subject, classification: "000.1.1", to: [{ kind: "post", positionId: await postNamed(drafter, "Sekretaris Daerah"), label: "Sekretaris Daerah" }], body: bodyOf("Rapat ditunda sampai hari Senin.") });
  return id;
};

const bodyOf = (text: string) => ({ type: "doc" as const, content: [{ type: "paragraph", content: [{ type: "text", text }] }] });

type Content = Awaited<ReturnType<typeof shownTo>>["content"];

const shownTo = async (client: Client, id: string) => (await client.call("drafts.show", { id })).body;

const rewrite = async (client: Client, id: string, part: Partial<Content>): Promise<void> => {
  const { revision, content } = await shownTo(client, id);
  assert.equal((await client.call("drafts.write", { id, revision, content: { ...content, ...part } })).status, 200);
};

const submit = async (client: Client, id: string): Promise<void> => {
  const { revision } = await shownTo(client, id);
  assert.equal((await client.call("drafts.submit", { id, revision })).status, 200);
};

/** The one whose turn it is gives his paraf. */
const approve = async (reviewer: Client, id: string): Promise<void> => {
  const { contentHash } = await shownTo(reviewer, id);
  assert.equal((await reviewer.call("drafts.approve", { id, contentHash })).status, 200);
};

const noBarriers = async (page: Page): Promise<void> => assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);

/** Buttons and fields of which a part lies beyond the right edge of the screen; a row of tools that scrolls by itself may. */
const sticksOut = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => [...document.querySelectorAll("main button, main input, main textarea, main a")].filter((each) => each.closest("[role=toolbar]") === null && each.getBoundingClientRect().right > innerWidth + 1).map((each) => each.getAttribute("aria-label") ?? each.textContent ?? each.tagName));

const isStored = (page: Page): Promise<void> => page.getByRole("status").filter({ hasText: /^Tersimpan \d/ }).first().waitFor();

const subjectOf = (page: Page) => page.getByLabel("Hal", { exact: true });

describe("several people at one naskah", () => {
  let stage: Stage;
  let staf: Client;
  let kasi: Client;
  let stafWindows: readonly [Page, Page];
  let kasiWindows: readonly [Page, Page];
  before(async () => {
    stage = await openStage("e2e_together");
    [staf, kasi] = await Promise.all([stage.server.signIn("staf"), stage.server.signIn("kasi")]);
    stafWindows = await Promise.all([stage.as("staf"), stage.as("staf")]);
    kasiWindows = await Promise.all([stage.as("kasi"), stage.as("kasi")]);
  });
  after(() => stage.close());

  test("news that arrives while one writes leaves the cursor and what can be undone where they were", async () => {
    const [id, other] = await Promise.all([writtenNota(staf, "Penundaan rapat"), writtenNota(staf, "Peminjaman ruang")]);
    await submit(staf, other);
    const [page] = stafWindows;
    await page.goto(`/naskah/${id}`);
    const body = page.getByRole("textbox", { name: "Isi naskah" });
    await body.click();
    await page.keyboard.press("End");
    await page.keyboard.type(" Mohon maklum.");
    await isStored(page);
    const readAgain = page.waitForResponse((response) => response.request().method() === "GET" && response.url().endsWith(`/api/drafts/${id}`));
    await kasi.call("drafts.giveBack", { id: other, note: "Ruangnya dipakai." });
    await readAgain;
    await page.keyboard.type(" Terima kasih.");
    await page.getByText("Rapat ditunda sampai hari Senin. Mohon maklum. Terima kasih.").first().waitFor();
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await body.getByText(/^Rapat ditunda sampai hari Senin\.$/).waitFor();
  });

  test("the tools have one stop of the keyboard, arrows move among them, Esc goes back to the text", async () => {
    const [page] = stafWindows;
    await page.goto(`/naskah/${await writtenNota(staf, "Alat tulis")}`);
    await page.getByRole("textbox", { name: "Isi naskah" }).click();
    await page.keyboard.press("End");
    await page.keyboard.press("Alt+F10");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.locator(".ProseMirror-focused").waitFor();
    await page.keyboard.type("Segera");
    await page.locator(".ProseMirror em").getByText("Segera").waitFor();
    await page.keyboard.press("Alt+F10");
    await page.keyboard.press("Escape");
    await page.keyboard.type("!");
    await page.locator(".ProseMirror em").getByText("Segera!").waitFor();
    assert.equal(await page.getByRole("toolbar", { name: "Alat tulis" }).locator('> button[tabindex="0"]').count(), 1);
    await subjectOf(page).fill("Satu baris");
    await subjectOf(page).press("Home");
    await subjectOf(page).press("Enter");
    await page.keyboard.type("Tetap ");
    assert.equal(await subjectOf(page).inputValue(), "Tetap Satu baris", "Enter makes no line and does not carry the cursor away");
    const sent: string[] = [];
    page.on("request", (request) => void (request.url().endsWith("/submission") && sent.push(request.url())));
    await page.getByRole("textbox", { name: "Isi naskah" }).click();
    await page.keyboard.press("Control+Enter");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("button", { name: /Tarik untuk diubah/ }).waitFor();
    assert.equal(sent.length, 1, "submitted from within the text, and once");
  });

  test("stored, but the answer was lost on the way: the next try finds the same text and asks nobody", async () => {
    const [page] = stafWindows;
    const id = await writtenNota(staf, "Jawaban hilang");
    await page.goto(`/naskah/${id}`);
    await page.getByRole("textbox", { name: "Isi naskah" }).click();
    await page.route((url) => url.pathname === `/api/drafts/${id}/content`, async (route) => {
      await route.fetch();
      await route.abort();
    }, { times: 1 });
    const isLost = page.waitForEvent("requestfailed", (request) => request.url().endsWith(`/api/drafts/${id}/content`));
    await page.keyboard.press("End");
    await page.keyboard.type(" Demikian.");
    await isLost;
    await page.getByRole("status").filter({ hasText: /^Tersimpan di perangkat ini/ }).first().waitFor();
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await isStored(page);
    assert.equal(await page.getByText("Diubah orang lain. Bandingkan dulu").count(), 0);
  });

  test("a finding leads to its part and stays in sight; what was taken away comes back; a preview that is no longer possible is not waited for", async () => {
    const [page] = stafWindows;
    const id = realSource.id();
    await staf.call("drafts.create", { id, type: "ST", replyTo: null });
    const { content } = await shownTo(staf, id);
    await rewrite(staf, id, { fields: { ...content.fields, dasar: ["Surat Camat Sepaku"], pegawai: [{ nama: "Arief Setiawan", nip: null, pangkat: null, golongan: null, jabatan: "Pranata Komputer" }], untuk: ["Mendampingi uji coba"] } });
    const held: Route[] = [];
    await page.route((url) => url.pathname === `/api/drafts/${id}/preview`, (route) => void held.push(route));
    await page.goto(`/naskah/${id}`);
    await page.getByText("Memperbarui halaman…").waitFor();
    await page.getByRole("button", { name: "Hapus Untuk 1" }).click();
    await page.getByText("Memperbarui halaman…").waitFor({ state: "detached" });
    await page.getByText("Pratinjau muncul setelah bagian wajib terisi.").waitFor();
    await page.getByRole("tab", { name: /^Periksa/ }).click();
    await page.getByRole("button", { name: "Ke bagian ini" }).first().click();
    assert.equal(await page.getByRole("tab", { name: /^Periksa/ }).getAttribute("aria-selected"), "true", "the next finding is one press away");
    await page.waitForFunction(() => document.activeElement?.closest("fieldset")?.querySelector("legend")?.textContent === "Untuk");
    await page.getByRole("textbox", { name: /^Jabatan/ }).fill("Pranata Komputer Ahli Pertama");
    await page.getByRole("button", { name: "Urungkan", exact: true }).last().click();
    await page.getByText("Naskah lengkap, siap diajukan.").first().waitFor();
    await isStored(page);
    const { fields } = (await shownTo(staf, id)).content;
    assert.deepEqual(fields["untuk"], ["Mendampingi uji coba"]);
    assert.match(JSON.stringify(fields["pegawai"]), /Ahli Pertama/, "what was typed since stays");
    for (const route of held) await route.abort();
  });

  test("two windows write the same naskah: the second is asked, either choice works, nothing is lost", async () => {
    const id = await writtenNota(staf, "Undangan");
    const [first, second] = stafWindows;
    await Promise.all([first.goto(`/naskah/${id}`), second.goto(`/naskah/${id}`)]);
    await subjectOf(second).waitFor();
    await subjectOf(first).fill("Undangan rapat dari jendela pertama");
    await isStored(first);
    await subjectOf(second).fill("Undangan rapat dari jendela kedua");
    await second.getByRole("button", { name: "Diubah orang lain. Bandingkan dulu" }).first().click();
    const dialog = second.getByRole("dialog", { name: "Dua tulisan berbeda" });
    await dialog.getByText("jendela pertama").first().waitFor();
    await dialog.getByText("jendela kedua").first().waitFor();
    await noBarriers(second);
    await screenshot(second, "naskah-dua-tulisan.desktop");
    await second.setViewportSize(screens.phone);
    await screenshot(second, "naskah-dua-tulisan.phone");
    await second.setViewportSize(screens.desktop);
    await dialog.getByRole("button", { name: "Pakai tulisan mereka" }).click();
    await dialog.waitFor({ state: "detached" });
    assert.equal(await subjectOf(second).inputValue(), "Undangan rapat dari jendela pertama");
    await second.getByRole("button", { name: "Kembalikan tulisan saya" }).click();
    assert.equal(await subjectOf(second).inputValue(), "Undangan rapat dari jendela kedua", "a wrong choice can be taken back");
    await isStored(second);
    assert.equal((await shownTo(staf, id)).content.subject, "Undangan rapat dari jendela kedua");

    await subjectOf(first).fill("Undangan rapat, dari jendela pertama lagi");
    await first.getByRole("button", { name: "Diubah orang lain. Bandingkan dulu" }).first().click();
    await first.getByRole("button", { name: "Pakai tulisan saya" }).click();
    await isStored(first);
    assert.equal((await shownTo(staf, id)).content.subject, "Undangan rapat, dari jendela pertama lagi");
  });

  test("submitted in one window while the other still types: the words that came too late are shown, not hidden", async () => {
    const id = await writtenNota(staf, "Pengajuan cuti");
    const [page] = stafWindows;
    await page.goto(`/naskah/${id}`);
    await subjectOf(page).waitFor();
    await submit(staf, id);
    await subjectOf(page).fill("Pengajuan cuti tahunan");
    await page.getByText("Ada tulisan Anda yang belum sampai ke server.").waitFor();
    await screenshot(page, "naskah-terlambat.desktop");
    await noBarriers(page);
    await page.getByRole("button", { name: "Buang", exact: true }).click();
    await page.getByText("Ada tulisan Anda yang belum sampai ke server.").waitFor({ state: "detached" });
    await page.reload();
    await page.getByRole("button", { name: /Tarik untuk diubah/ }).waitFor();
    assert.equal(await page.getByText("Ada tulisan Anda yang belum sampai ke server.").count(), 0);
  });

  test("the session ends while one types: sign in again over the page, and go on", async () => {
    const id = await writtenNota(staf, "Sesi berakhir");
    const [page] = stafWindows;
    await page.goto(`/naskah/${id}`);
    const body = page.getByRole("textbox", { name: "Isi naskah" });
    await body.click();
    await page.keyboard.press("End");
    await page.context().clearCookies();
    await page.keyboard.type(" Kalimat sesudah sesi berakhir.");
    const dialog = page.getByRole("dialog", { name: "Masuk lagi untuk melanjutkan" });
    await dialog.waitFor();
    await noBarriers(page);
    await screenshot(page, "naskah-masuk-lagi.desktop");
    await dialog.getByLabel("Kata sandi", { exact: true }).fill(demoPassword("staf"));
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    await isStored(page);
    await page.keyboard.type(" Diteruskan.");
    await body.getByText("Kalimat sesudah sesi berakhir. Diteruskan.").waitFor();
    await page.reload();
    await body.getByText("Kalimat sesudah sesi berakhir. Diteruskan.").waitFor();
  });

  test("a name typed for an outside receiver counts without a press on Tambah; an address that is none is shown", async () => {
    const [, page] = stafWindows;
    await page.setViewportSize(screens.phone);
    await page.goto(`/naskah/${await writtenNota(staf, "Penerima luar")}`);
    await page.getByText("Akun Anda dipakai masuk dari perangkat baru").waitFor();
    await page.getByRole("button", { name: "Tambah tembusan" }).waitFor();
    assert.deepEqual(await sticksOut(page), [], "the news above does not push the page off the phone");
    await page.getByRole("button", { name: "Tambah tembusan" }).click();
    await page.getByLabel("Tembusan: Nama penerima luar").fill("Kepala BPKP Perwakilan");
    await page.getByLabel("Tembusan: Pos-el, boleh kosong").fill("bukan alamat");
    await page.getByRole("button", { name: "Selesai", exact: true }).click();
    assert.equal(await page.getByRole("dialog").isVisible(), true);
    await noBarriers(page);
    await screenshot(page, "naskah-penerima.phone");
    await page.getByLabel("Tembusan: Pos-el, boleh kosong").fill("bpkp@contoh.id");
    await page.getByRole("button", { name: "Selesai", exact: true }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("listitem").filter({ hasText: "Kepala BPKP Perwakilan" }).waitFor();
    await screenshot(page, "naskah-editor.phone");
  });

  test("many are initialled from the list with a result for each; one that was taken back meanwhile is held with its reason", async () => {
    const ids = await Promise.all(["Laporan pertama", "Laporan kedua", "Laporan ketiga"].map((subject) => writtenNota(staf, subject)));
    for (const id of ids) await submit(staf, id);
    const [page] = kasiWindows;
    await page.goto("/naskah");
    for (const subject of ["Laporan pertama", "Laporan kedua", "Laporan ketiga"]) await page.getByRole("checkbox", { name: `Pilih: ${subject}` }).check();
    await page.getByRole("toolbar", { name: "3 naskah dipilih" }).waitFor();
    await screenshot(page, "naskah-pilih-banyak.desktop");
    await noBarriers(page);
    await staf.call("drafts.withdraw", { id: ids[1] ?? "" });
    await page.keyboard.press("p");
    await page.getByText("2 dari 3 selesai").waitFor();
    const results = page.getByRole("region", { name: "Memaraf" });
    await results.getByText("Laporan kedua").waitFor();
    await results.getByText(/Keadaannya sudah berubah/).waitFor();
    await screenshot(page, "naskah-paraf-banyak.desktop");
    await page.setViewportSize(screens.phone);
    await screenshot(page, "naskah-paraf-banyak.phone");
    await page.setViewportSize(screens.desktop);
    await page.getByRole("button", { name: "Tutup", exact: true }).click();
    const first = await Promise.all(ids.map(async (id) => (await shownTo(staf, id)).chain[0]?.state));
    assert.deepEqual(first, ["disetujui", "menunggu", "disetujui"]);
  });

  test("after a return the reviewer sees what changed, and can compare with any version", async () => {
    const id = await writtenNota(staf, "Perbandingan versi");
    await submit(staf, id);
    await kasi.call("drafts.giveBack", { id, note: "Sebutkan jamnya." });
    await rewrite(staf, id, { body: bodyOf("Rapat ditunda sampai hari Selasa pukul 09.00 WITA.") });
    await submit(staf, id);
    const [page] = kasiWindows;
    await page.goto(`/naskah/${id}`);
    await page.locator("ins").filter({ hasText: "Selasa" }).first().waitFor();
    await page.locator("del").filter({ hasText: "Senin" }).first().waitFor();
    await page.getByRole("button", { name: "Bandingkan" }).first().click();
    await noBarriers(page);
    await screenshot(page, "naskah-versi.desktop");
    await page.setViewportSize(screens.phone);
    await page.getByRole("tab", { name: "Rincian" }).click();
    await page.locator("ins").filter({ hasText: "Selasa" }).first().waitFor();
    await screenshot(page, "naskah-versi.phone");
    await page.setViewportSize(screens.desktop);
  });

  test("two windows press paraf in the same moment: one wins, the other is told, and both show how things stand", async () => {
    const id = await writtenNota(staf, "Paraf bersamaan");
    await submit(staf, id);
    const pages = kasiWindows;
    const held: Route[] = [];
    const both = Promise.withResolvers<undefined>();
    for (const page of pages) {
      await page.goto(`/naskah/${id}`);
      await page.route((url) => url.pathname === `/api/drafts/${id}/approvals`, (route) => {
        held.push(route);
        if (held.length === pages.length) both.resolve(undefined);
      });
      await page.getByRole("button", { name: /^Paraf/ }).first().click();
    }
    await both.promise;
    await Promise.all(held.map((route) => route.continue()));
    const told = pages.map((page) => Promise.race([page.getByText("Paraf tercatat.").waitFor().then(() => "won"), page.getByRole("alert").filter({ hasText: /bukan giliran jabatan Anda/ }).waitFor().then(() => "told")]));
    assert.deepEqual((await Promise.all(told)).toSorted(), ["told", "won"]);
    for (const page of pages) await page.getByText(/^Sekarang di tangan Fitriani/).waitFor();
    assert.equal(await pages[0].getByRole("button", { name: /^Paraf/ }).count(), 0);
    assert.equal((await shownTo(staf, id)).chain.filter((step) => step.state === "disetujui").length, 1);
  });

  test("a drafter takes a naskah back and ends it; what ended can still be read", async () => {
    const id = await writtenNota(staf, "Salah kirim");
    await submit(staf, id);
    const [page] = stafWindows;
    await page.goto(`/naskah/${id}`);
    await page.getByRole("button", { name: /Tarik untuk diubah/ }).click();
    await page.getByText("Naskah kembali kepada Anda.").waitFor();
    await page.getByRole("button", { name: "Tindakan lain" }).click();
    await page.getByRole("menuitem", { name: "Batalkan naskah" }).click();
    const dialog = page.getByRole("dialog", { name: "Batalkan naskah" });
    await dialog.getByLabel("Alasan").fill("Isinya untuk kantor lain.");
    await noBarriers(page);
    await screenshot(page, "naskah-batalkan.desktop");
    await dialog.getByRole("button", { name: "Batalkan naskah" }).click();
    await page.getByText("Naskah dibatalkan.").waitFor();
    await page.getByText("dibatalkan", { exact: true }).first().waitFor();
    await screenshot(page, "naskah-dibatalkan.desktop");
  });

  test("the kepala dinas signs on a phone, the letter is filed in a new dossier", async () => {
    const id = await writtenNota(staf, "Laporan kegiatan SPBE");
    await submit(staf, id);
    for (const reviewer of ["kasi", "kabid", "sekdis"]) await approve(await stage.server.signIn(reviewer), id);
    const page = await stage.as("kadis", { screen: "phone" });
    await page.goto(`/naskah/${id}`);
    await page.getByRole("button", { name: /^Tanda tangani/ }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.locator('input[type="password"]').fill(demoPassphrase("kadis"), { timeout: 40_000 });
    await noBarriers(page);
    await screenshot(page, "tanda-tangan.phone");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Surat sudah ditandatangani" }).waitFor({ timeout: 40_000 });
    await noBarriers(page);
    await screenshot(page, "naskah-ditandatangani.phone");
    await dialog.getByRole("button", { name: "Lihat surat" }).click();

    const clerk = await stage.as("tudiskominfo");
    await clerk.goto(`/naskah/${id}`);
    await clerk.getByRole("button", { name: /^Berkaskan/ }).first().click();
    const filing = clerk.getByRole("dialog", { name: "Berkaskan" });
    await filing.getByText("Tidak ada berkas aktif yang cocok di unit Anda.").waitFor();
    await noBarriers(clerk);
    await filing.getByRole("button", { name: "Buka berkas baru" }).click();
    await filing.getByLabel("Judul berkas").fill("Laporan SPBE 2026");
    await filing.getByRole("combobox", { name: "Klasifikasi" }).fill("000.1.1");
    await filing.getByRole("option").first().waitFor();
    await screenshot(clerk, "naskah-berkaskan.desktop");
    await noBarriers(clerk);
    await clerk.keyboard.press("Escape");
    await filing.getByRole("button", { name: "Berkaskan", exact: true }).click();
    await clerk.getByText("Surat diberkaskan.").waitFor();
    await clerk.getByRole("link", { name: "Laporan SPBE 2026" }).waitFor();
    const download = clerk.waitForEvent("download");
    await clerk.getByRole("link", { name: "Unduh", exact: true }).click();
    assert.equal((await download).suggestedFilename(), "Nota Dinas 000.1.1-001-DISKOMINFO-2026.pdf");
    await screenshot(clerk, "naskah-diberkaskan.desktop");
  });
});
