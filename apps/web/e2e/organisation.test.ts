import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import type { Locator, Page } from "playwright-core";
import { plainPdf } from "../../server/src/kernel/files/plain-pdf.ts";
import { columns, sheetNames } from "../../server/src/organisation/exchange/sheets.ts";
import { readXlsx, writeXlsx } from "../../server/src/organisation/exchange/xlsx.ts";
import { realSource } from "../../server/src/kernel/ids.ts";
import type { Client } from "../../server/test/http.ts";
import { dayOf, daysLater } from "../src/kernel/days.ts";
import { openStage, type Stage } from "./stage.ts";

const today = dayOf(realSource.now(), "WITA");
const tomorrow = daysLater(today, 1);
const newName = "Dinas Komunikasi, Informatika, dan Statistik";

const isClean = async (page: Page): Promise<void> => assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);

/** Names the decree in the open dialog by its scan. */
const uploadDecree = async (dialog: Locator, number: string): Promise<void> => {
  await dialog.getByRole("tab", { name: "Unggah pindaian" }).click();
  await dialog.getByLabel("Pilih berkas keputusan").setInputFiles({ name: "keputusan.pdf", mimeType: "application/pdf", buffer: Buffer.from(plainPdf(["KEPUTUSAN BUPATI"])) });
  await dialog.getByText("Terunggah: keputusan.pdf").waitFor();
  await dialog.getByLabel("Nomor keputusan").fill(number);
  await dialog.getByLabel("Tanggal keputusan").fill(today);
};

describe("the organisation: looked at, changed, exported and imported", () => {
  let stage: Stage;
  let client: Client;
  let unit: (code: string) => Promise<string>;
  before(async () => {
    stage = await openStage("e2e_organisation");
    client = await stage.server.signIn("admin");
    unit = async (code) => (await client.call("organisation.chart", {})).body.units.find((each) => each.code === code)?.id ?? assert.fail(`no unit ${code}`);
  });
  after(() => stage.close());

  test("everyone sees the chart: search jumps, keys move, a card tells its story; on a phone it is a list", async () => {
    const page = await stage.as("staf");
    await page.getByRole("link", { name: "Organisasi" }).click();
    await page.getByRole("tree", { name: "Susunan organisasi" }).waitFor();
    await screenshot(page, "organisasi.desktop");
    await page.keyboard.press("/");
    await page.keyboard.type("arief setiawan");
    await page.getByText("1 dari 1").waitFor();
    await page.keyboard.press("Enter");
    const staf = page.getByRole("treeitem", { name: /Staf Aplikasi/ });
    await staf.click();
    const panel = page.getByRole("complementary", { name: "Pranata Komputer Ahli Pertama" });
    await panel.getByText("Riwayat pemangku").waitFor();
    assert.equal(await panel.getByRole("button", { name: "Angkat pejabat" }).count(), 0, "a staff member looks and changes nothing");
    await page.getByRole("searchbox", { name: "Cari jabatan, orang, atau unit" }).fill("");
    const focused = page.locator(":focus");
    await staf.press("ArrowLeft");
    await focused.and(page.locator('[aria-expanded="true"]')).waitFor();
    await page.keyboard.press("ArrowLeft");
    await focused.and(page.locator('[aria-expanded="false"]')).waitFor();
    await page.keyboard.press("ArrowRight");
    await focused.and(page.locator('[aria-expanded="true"]')).waitFor();
    await screenshot(page, "organisasi-jabatan.desktop");
    await isClean(page);
    const phone = await stage.as("kadis", { screen: "phone" });
    await phone.goto("/organisasi");
    await phone.getByRole("treeitem", { name: /Bupati/ }).first().waitFor();
    await screenshot(phone, "organisasi.phone");
    await isClean(phone);
    await phone.getByRole("treeitem", { name: /Sekda/ }).click();
    await phone.getByRole("complementary", { name: "Sekretaris Daerah" }).getByText("Riwayat pemangku").waitFor();
    await screenshot(phone, "organisasi-jabatan.phone");
    await isClean(phone);
  });

  test("of two thousand posts only those in sight are drawn; keys, search and a press on the smallest picture reach every one", async () => {
    const page = await stage.as("kadis");
    const id = (number: number): string => `01990000-0000-7000-8000-${String(number).padStart(12, "0")}`;
    const units = Array.from({ length: 100 }, (_, index) => ({ id: id(index), code: `U${index}`, name: `Dinas Nomor ${index}`, shortName: `Dinas ${index}`, parentId: index === 0 ? null : id(Math.floor((index - 1) / 10)), kind: "dinas", hasLetterhead: true }));
    const posts = Array.from({ length: 2000 }, (_, index) => ({ id: id(1000 + index), unitId: id(index % 100), title: `Kepala Seksi Urusan ${index}`, shortTitle: `Kasi ${index}`, superiorId: index < 100 ? null : id(1000 + (index % 100)), role: "staf", functions: [], holder: null, aside: null, waiting: 0 }));
    await page.route("**/api/organisation", (route) => route.fulfill({ json: { at: realSource.now(), units, posts, changes: [] } }));
    await page.goto("/organisasi");
    await page.getByRole("button", { name: "Buka semua" }).click();
    const cards = page.getByRole("treeitem");
    await cards.nth(100).waitFor();
    assert.ok((await cards.count()) < 500, `${await cards.count()} cards are drawn`);
    await screenshot(page, "organisasi-besar.desktop");
    await cards.first().focus();
    await page.keyboard.press("End");
    await page.waitForFunction(() => document.activeElement?.getAttribute("aria-level") === "3");
    const last = await page.evaluate(() => document.activeElement?.textContent ?? "");
    assert.match(last, /Kasi/);
    await page.getByText(last.slice(0, 8)).first().waitFor(); // in sight, and still the one that has the focus
    await page.keyboard.press("ArrowUp");
    await page.waitForFunction((was) => document.activeElement?.getAttribute("role") === "treeitem" && document.activeElement.textContent !== was, last);
    await page.keyboard.press("Home");
    await page.waitForFunction(() => document.activeElement?.getAttribute("aria-level") === "1");
    for (let press = 0; press < 12; press += 1) await page.keyboard.press("-");
    await page.getByRole("button", { name: "Seluruh bagan, 12 %" }).waitFor();
    assert.ok((await cards.count()) <= 2, "what nobody can read is drawn as an outline");
    await screenshot(page, "organisasi-besar-jauh.desktop");
    await isClean(page);
    const layer = await page.getByRole("tree").boundingBox() ?? assert.fail("no tree");
    const shape = await page.getByRole("tree").locator("xpath=preceding-sibling::*[name()='svg'][1]").locator("path").first().getAttribute("d");
    const [x = 0, y = 0] = /^M([\d.]+) ([\d.]+)/.exec(shape ?? "")?.slice(1).map(Number) ?? assert.fail("no outline");
    await page.mouse.click(layer.x + (x + 100) * 0.12, layer.y + (y + 30) * 0.12);
    await page.waitForURL(/pilih=/);
    await page.getByRole("treeitem", { selected: true }).waitFor();
    await page.getByRole("searchbox", { name: "Cari jabatan, orang, atau unit" }).fill("kasi 1789");
    await page.getByRole("treeitem", { name: /Kasi 1789/ }).waitFor();
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.equal(await page.locator("[data-susunan] small").count(), 2000, "paper shows all");
  });

  test("the admin renames a dinas from tomorrow, with a decree; last year and today keep the old name, next month shows the new one", async () => {
    const page = await stage.as("admin");
    await page.goto(`/organisasi?pilih=unit/${await unit("DISKOMINFO")}`);
    await page.getByRole("button", { name: "Ubah unit", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Nama lengkap").fill(newName);
    await dialog.getByRole("tab", { name: "Pada tanggal" }).click();
    await dialog.getByRole("button", { name: "Simpan sebagai rencana" }).or(dialog.getByRole("button", { name: "Simpan" })).first().click();
    await dialog.getByText("Pilih tanggal hari ini atau sesudahnya.").waitFor();
    await dialog.getByPlaceholder("mis. 19 November 2026").first().fill(tomorrow);
    await uploadDecree(dialog, "100.3.2/8/2026");
    await screenshot(page, "organisasi-ubah-unit.desktop");
    await isClean(page);
    await dialog.getByRole("button", { name: "Simpan sebagai rencana" }).click();
    await page.getByText(/Rencana disimpan, berlaku mulai/).waitFor();
    const panel = page.getByRole("complementary");
    await panel.getByText("Rencana", { exact: true }).waitFor();
    await panel.getByRole("link", { name: "100.3.2/8/2026" }).waitFor();
    await screenshot(page, "organisasi-rencana.desktop");
    await panel.getByRole("heading", { name: "Dinas Komunikasi dan Informatika" }).waitFor();
    for (const [day, name, words] of [[daysLater(today, -365), "Dinas Komunikasi dan Informatika", "susunan lama"], [daysLater(today, 30), newName, "direncanakan"]] as const) {
      await page.goto(`/organisasi?pada=${day}&pilih=unit/${await unit("DISKOMINFO")}`);
      await page.getByText(words).waitFor();
      await page.getByRole("complementary").getByRole("heading", { name, exact: true, level: 2 }).waitFor();
      await screenshot(page, `organisasi-${words.replace(" ", "-")}.desktop`);
    }
    await isClean(page);
    await page.getByRole("button", { name: "Kembali ke hari ini" }).click();
    await page.getByText("direncanakan").waitFor({ state: "detached" });
  });

  test("the admin moves a bidang and sees first what moves and that its letters get another letterhead; a plan can be undone", async () => {
    const page = await stage.as("admin", { dark: true });
    await page.goto(`/organisasi?pilih=unit/${await unit("DISKOMINFO.IKP")}`);
    await page.getByRole("button", { name: "Ubah unit", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Ganti: Unit induk" }).click();
    await dialog.getByRole("searchbox", { name: "Cari unit" }).fill("sekretariat daerah");
    await dialog.getByRole("radio", { name: /Sekretariat Daerah/ }).click({ force: true });
    await dialog.getByText("Yang ikut berpindah").waitFor();
    await dialog.getByText("1 jabatan dengan 1 pemangku").waitFor();
    await dialog.getByText("Kop dan penomoran berganti dari Dinas Komunikasi dan Informatika ke Sekretariat Daerah").waitFor();
    await screenshot(page, "organisasi-pindah.dark");
    await isClean(page);
    await dialog.getByRole("tab", { name: "Pada tanggal" }).click();
    await dialog.getByPlaceholder("mis. 19 November 2026").first().fill(daysLater(today, 3));
    await dialog.getByRole("button", { name: "Simpan sebagai rencana" }).click();
    await page.getByRole("button", { name: "Urungkan" }).click();
    await page.getByRole("complementary").getByText("Rencana", { exact: true }).waitFor({ state: "detached" });
  });

  test("a person is entered with NIP and NIK, and appointed to a new post on a decree", async () => {
    const page = await stage.as("admin");
    await page.goto("/organisasi/orang");
    await page.getByRole("button", { name: "Pegawai baru" }).click();
    const person = page.getByRole("dialog");
    await person.getByLabel("Nama lengkap dengan gelar").fill("Ratna Puspita, S.Si.");
    await person.getByLabel("NIP").fill("1988");
    await person.getByRole("button", { name: "Simpan" }).click();
    await person.getByText("NIP harus 18 angka.").waitFor();
    await person.getByLabel("NIP").fill("198803032012012003");
    await person.getByLabel("NIK", { exact: true }).fill("6409014303880002");
    await person.getByRole("button", { name: "Simpan" }).click();
    await page.getByText("Data pegawai disimpan.").waitFor();
    await page.getByRole("searchbox").fill("6409014303880002");
    await page.getByText("••••••••••••0002").waitFor();
    await screenshot(page, "pegawai.desktop");
    await isClean(page);
    await page.goto(`/organisasi?pilih=unit/${await unit("DISKOMINFO.APTIKA")}`);
    await page.getByRole("button", { name: "Ubah susunan" }).click();
    await page.getByRole("menuitem", { name: "Jabatan baru di unit ini" }).click();
    const post = page.getByRole("dialog");
    await post.getByLabel("Nama jabatan").fill("Statistisi Ahli Muda");
    await post.getByLabel("Singkatan").fill("Statistisi");
    await post.getByRole("button", { name: "Simpan", exact: true }).click();
    await page.getByRole("complementary", { name: "Statistisi Ahli Muda" }).getByText("Tidak ada pemangku").waitFor();
    await screenshot(page, "organisasi-kosong.desktop");
    await page.getByRole("button", { name: "Angkat pejabat" }).click();
    const appoint = page.getByRole("dialog");
    await appoint.getByRole("searchbox", { name: "Cari nama atau NIP" }).fill("ratna");
    await appoint.getByRole("radio", { name: /Ratna Puspita/ }).click({ force: true });
    await uploadDecree(appoint, "821.2/15/2026");
    await screenshot(page, "organisasi-angkat.desktop");
    await isClean(page);
    await appoint.getByRole("button", { name: "Catat pengangkatan" }).click();
    await page.getByText("Pengangkatan dicatat.").waitFor();
    await page.getByRole("complementary", { name: "Statistisi Ahli Muda" }).getByText("Ratna Puspita, S.Si.").first().waitFor();
    await page.getByRole("treeitem", { name: /Statistisi.*Ratna Puspita/ }).waitFor();
  });

  test("a workbook with five mistakes: each named by its row; corrected, applied whole; what is exported changes nothing", async () => {
    const page = await stage.as("admin");
    await page.goto("/organisasi/tukar");
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Unduh buku kerja (XLSX)" }).click();
    const exported = await readFile(await (await download).path());
    const tables = readXlsx(exported).filter((table) => sheetNames.some((name) => name === table.name));
    const workbook = (more: Readonly<Partial<Record<string, readonly (readonly string[])[]>>>): Buffer =>
      writeXlsx(tables.map((table) => ({ name: table.name, header: (table.rows[0] ?? []).map((cell) => cell.text), rows: [...table.rows.slice(1).map((row) => row.map((cell) => cell.text)), ...(more[table.name] ?? [])], widths: [] })));
    const rowsOf = (name: string): number => tables.find((table) => table.name === name)?.rows.length ?? assert.fail(name);
    const choose = (buffer: Buffer, name = "organisasi.xlsx"): Promise<void> => page.getByLabel("Pilih berkas XLSX atau CSV").setInputFiles({ name, mimeType: "application/octet-stream", buffer });
    await screenshot(page, "tukar.desktop");
    await choose(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]), "foto.xlsx");
    await page.getByText("Berkas ini bukan lembar kerja XLSX atau CSV.").waitFor();
    await choose(exported);
    await page.getByText("Berkas ini sama dengan keadaan sekarang.").waitFor();
    const good = {
      Unit: [["DISKOMINFO.STAT", "Bidang Statistik Sektoral", "Statistik", "bidang", "DISKOMINFO"]],
      Jabatan: [["KABID.STAT", "Kepala Bidang Statistik Sektoral", "Kabid Statistik", "DISKOMINFO.STAT", "", "kepala_bidang", "leader", "60"]],
      Pegawai: [["", "Bagas Prayoga, S.Stat.", "199001012014011001", "6409010101900001", "Penata", "III/c", ""]],
      Pemangku: [["KABID.STAT", "199001012014011001", "Definitif", today, "", "821.2/16/2026", today, ""]],
    };
    await choose(workbook({
      Unit: [["DISKOMINFO.STAT", "Bidang Statistik Sektoral", "Statistik", "bidang", "DISKOMINFOO"]],
      Jabatan: [["KABID.STAT", "Kepala Bidang Statistik Sektoral", "Kabid Statistik", "DISKOMINFO.STAT", "", "kepala_bidang", "pimpinan", "60"]],
      Pegawai: [["", "Bagas Prayoga, S.Stat.", "19900101201401100", "6409010101900001", "Penata", "III/c", ""], ["", "Kembar", "197506202000122001", "", "", "", ""]],
      Pemangku: [["KABID.STAT", "197506202000122001", "Definitif", today, daysLater(today, -3), "", "", ""]],
    }));
    await page.getByText("5 kesalahan harus diperbaiki").waitFor();
    const told = await page.getByRole("region", { name: "Kesalahan" }).getByRole("row").allInnerTexts();
    assert.deepEqual(told.slice(1).map((row) => row.split("\t").slice(0, 3)), [
      ["Unit", String(rowsOf("Unit") + 1), "Kode Induk"],
      ["Jabatan", String(rowsOf("Jabatan") + 1), "Fungsi"],
      ["Pegawai", String(rowsOf("Pegawai") + 1), "NIP"],
      ["Pegawai", String(rowsOf("Pegawai") + 2), "NIP"],
      ["Pemangku", String(rowsOf("Pemangku") + 1), "Sampai"],
    ]);
    assert.equal(await page.getByRole("button", { name: /^Terapkan/ }).count(), 0);
    await screenshot(page, "tukar-kesalahan.desktop");
    await isClean(page);
    await choose(workbook(good));
    await page.getByText("4 perubahan siap diterapkan.").waitFor();
    await screenshot(page, "tukar-siap.desktop");
    await isClean(page);
    const standing = "**/api/organisation/imports/*/progress";
    await page.route(standing, (route) => route.fulfill({ json: { done: 1400, total: 10_001, isWaiting: true, isRunning: true } }));
    await page.getByRole("button", { name: "Terapkan 4 perubahan" }).click();
    await page.getByText("Menerapkan 1.400 dari 10.001…").waitFor();
    await screenshot(page, "tukar-berjalan.desktop");
    await isClean(page);
    await page.unroute(standing);
    await page.getByText(/ perubahan diterapkan\.$/).waitFor();
    await choose(workbook(good));
    await page.getByText("Berkas ini sama dengan keadaan sekarang.").waitFor();
    const { body } = await client.call("organisation.chart", {});
    assert.equal(body.posts.find((post) => post.title === "Kepala Bidang Statistik Sektoral")?.holder?.name, "Bagas Prayoga, S.Stat.");
    assert.deepEqual(Object.keys(columns), [...sheetNames]);
  });

  test("the admin sets the rules of authority; who set what before stands below them", async () => {
    const page = await stage.as("admin");
    await page.goto("/organisasi/aturan");
    const save = page.getByRole("button", { name: "Simpan aturan" });
    await page.getByText("menetapkan aturan pertama").waitFor(); // the demo's own
    assert.equal(await save.isDisabled(), true);
    await page.getByLabel("Menit (10–240)").fill("90");
    await page.getByLabel("Boleh, dengan peringatan").check();
    await save.click();
    await page.getByText("Selama ada Plh. atau Plt.: Tidak, ia hanya membaca → Boleh, dengan peringatan; Akses darurat: 60 menit → 90 menit").waitFor();
    await page.getByLabel("Menit (10–240)").fill("120");
    await page.getByRole("button", { name: /900\.1\.1/ }).click();
    await save.click();
    await page.getByText("Di luar mandat: 000.8.1, 800.1.3, 900.1.1 → 000.8.1, 800.1.3; Akses darurat: 90 menit → 120 menit").waitFor();
    await screenshot(page, "aturan.desktop", { fullPage: true });
    await isClean(page);
    const phone = await stage.as("admin", { screen: "phone", dark: true });
    await phone.goto("/organisasi/aturan");
    await phone.getByText("menetapkan aturan pertama").waitFor();
    await screenshot(phone, "aturan.phone");
    await isClean(phone);
    const { body } = await client.call("organisation.policy", {});
    assert.deepEqual([body.emergencyMinutes, body.holderWhileActing, body.beyondMandate], [120, "warned", ["800.1.3", "000.8.1"]]);
  });

  test("prints the whole tree on one sheet, and is as careful in the dark and on a phone", async () => {
    const page = await stage.as("admin");
    await page.goto("/organisasi");
    await page.getByRole("tree").waitFor();
    await page.getByRole("button", { name: "Buka semua" }).click();
    await screenshot(page, "organisasi-semua.desktop");
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await page.emulateMedia({ media: "print" });
    await page.locator("[data-susunan]").getByText("Kepala Diskominfo").waitFor();
    await screenshot(page, "organisasi-cetak");
    const phone = await stage.as("admin", { screen: "phone", dark: true });
    for (const [path, name] of [["/organisasi/orang", "pegawai"], ["/organisasi/tukar", "tukar"], ["/organisasi", "organisasi-gelap"]] as const) {
      await phone.goto(path);
      await phone.getByRole("heading", { level: 1 }).waitFor();
      await phone.getByRole("list").or(phone.getByRole("tree")).or(phone.getByRole("link", { name: /Unduh/ })).first().waitFor();
      await screenshot(phone, `${name}.phone`);
      await isClean(phone);
    }
    await phone.goto(`/organisasi?pilih=unit/${await unit("DISKOMINFO")}`);
    await phone.getByRole("button", { name: "Ubah unit", exact: true }).click();
    await phone.getByRole("dialog", { name: "Ubah unit" }).getByLabel("Nama lengkap").waitFor();
    await screenshot(phone, "organisasi-ubah-unit.phone");
    await isClean(phone);
  });
});
