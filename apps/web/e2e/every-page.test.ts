import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { letterTypes } from "@lontar/naskah";
import { axe } from "@lontar/testkit/browser";
import type { Page } from "playwright-core";
import { plainPdf } from "../../server/src/kernel/files/plain-pdf.ts";
import { realSource } from "../../server/src/kernel/ids.ts";
import { demoPassword } from "../../server/src/seed/seed.ts";
import type { TestServer } from "../../server/test/http.ts";
import { draftReadyToSign, signReady } from "../../server/test/ready-draft.ts";
import { villageForm } from "../../server/test/village-form.ts";
import { dialogs, type Opened } from "./dialogs.ts";
import { directedLetter } from "./given.ts";
import { hasFocus, keysOpen, walkDialog } from "./keyboard.ts";
import { openStage, settled, type Stage } from "./stage.ts";

/** Who opens a page of the router, and at which address. */
type Visit = { readonly as: string | null; readonly at: string };

/** Every address that the router knows, as it writes it. */
const routes = async (): Promise<readonly string[]> =>
  [...(await readFile(new URL("../src/router.tsx", import.meta.url), "utf8")).matchAll(/path: "([^"]+)"/g)].flatMap(([, path]) => path ?? []);

// The narrowest phone that WCAG 2.2 asks for (1.4.10), and a desk.
const narrow = { width: 320, height: 640 };
const wide = { width: 1440, height: 900 };

describe("every page", () => {
  let stage: Stage;
  let visits: Readonly<Record<string, Visit>>;
  let given: Readonly<Record<string, string>>;

  before(async () => {
    stage = await openStage("e2e_every");
    const { server } = stage;
    const [clerk, kadis, operator] = [await server.signIn("tusetda"), await server.signIn("kadis"), await server.signIn("operator")];
    const letter = await directedLetter(server, "Kunjungan kerja ke setiap halaman");
    const scan = realSource.id();
    await clerk.upload(scan, "pindaian.pdf", plainPdf(["Surat yang belum dicatat"]));
    const draft = await draftReadyToSign(kadis, [{ kind: "external", label: "Yayasan Pesisir Lestari", email: null, place: "Balikpapan" }]);
    await signReady(kadis, draft);
    const dossier = realSource.id();
    await clerk.call("archive.create", { id: dossier, classification: "000.1.1", title: "Berkas kunjungan" });
    const request = realSource.id();
    const service = letterTypes.find((type) => type.level === "desa") ?? assert.fail("no village letter");
    assert.equal((await operator.call("village.create", { id: request, service: service.code, form: villageForm })).status, 200);
    const [admin, bupati] = [await server.signIn("admin"), await server.signIn("bupati")];
    const emergency = realSource.id();
    const opened = await admin.call("emergencies.open", { id: emergency, letterId: letter, reason: "Memeriksa setiap halaman yang ada", password: demoPassword("admin") });
    assert.equal(opened.status, 200, JSON.stringify(opened.problem));
    const inspection = realSource.id();
    const decree = (await admin.uploadTo("organisation.uploadDecree", realSource.id(), "spt.pdf", plainPdf(["Surat Perintah Tugas"]))).body.sha256;
    const inspector = (await bupati.call("inspections.choices", {})).body.posts[0]?.id ?? assert.fail("no inspector to send");
    const at = realSource.now();
    const mandate = await bupati.call("inspections.give", {
      id: inspection, positionId: inspector, purpose: "Pemeriksaan setiap halaman", decree: { number: "700/1/2026", date: at.slice(0, 10), letterId: null, file: { sha256: decree, name: "spt.pdf" } }, units: [], types: [], classifications: [],
      from: null, to: null, since: at, until: new Date(Date.parse(at) + 86_400_000).toISOString(),
    });
    assert.equal(mandate.status, 200, JSON.stringify(mandate.problem));
    const sample = realSource.id();
    const locked = await (await server.signIn("inspektur")).call("inquiry.lockSample", { id: inspection, sampleId: sample, title: "Uji petik setiap halaman", count: 1, source: "Kurs JISDOR BI besok" });
    assert.equal(locked.status, 200, JSON.stringify(locked.problem));
    given = { letter, scan, signed: draft.id, emergency, sample, ...(await givenForDialogs(server, decree)) };
    visits = {
      "/masuk": { as: null, at: "/masuk" },
      "/periksa": { as: null, at: "/periksa" },
      "/v/$code": { as: null, at: "/v/tidak-ada" },
      "/p/$token": { as: null, at: "/p/tidak-ada-tidak-ada-tidak" },
      "/lacak/$token": { as: null, at: "/lacak/tidak-ada-tidak-ada-tidak" },
      "/surat": { as: "tusetda", at: "/surat" },
      "/surat/$id": { as: "sekda", at: `/surat/${letter}` },
      "/surat/$id/catat": { as: "tusetda", at: `/surat/${scan}/catat` },
      "/surat/$id/lembar": { as: "sekda", at: `/surat/${letter}/lembar` },
      "/surat/$id/pembaca": { as: "sekda", at: `/surat/${letter}/pembaca` },
      "/naskah/$id": { as: "kadis", at: `/naskah/${draft.id}` },
      "/naskah/$id/pembaca": { as: "kadis", at: `/naskah/${draft.id}/pembaca` },
      "/arsip/$id": { as: "tusetda", at: `/arsip/${dossier}` },
      "/layanan": { as: "operator", at: "/layanan" },
      "/layanan/$id": { as: "operator", at: `/layanan/${request}` },
      "/pengawasan": { as: "inspektur", at: "/pengawasan" },
      "/pengawasan/jejak": { as: "inspektur", at: "/pengawasan/jejak" },
      "/pengawasan/uji-petik": { as: "inspektur", at: "/pengawasan/uji-petik" },
      "/pengawasan/uji-petik/$id": { as: "inspektur", at: `/pengawasan/uji-petik/${sample}` },
      "/pengawasan/laporan": { as: "inspektur", at: "/pengawasan/laporan" },
      "/pengawasan/aturan": { as: "inspektur", at: "/pengawasan/aturan" },
      "/penjelasan/$id": { as: "staf", at: "/penjelasan/01990000-0000-7000-8000-000000000000" },
      "/mandat": { as: "sekda", at: "/mandat" },
      "/mandat/pemeriksaan": { as: "bupati", at: "/mandat/pemeriksaan" },
      "/mandat/pemeriksaan/$id": { as: "inspektur", at: `/mandat/pemeriksaan/${inspection}` },
      "/darurat": { as: "inspektur", at: "/darurat" },
      "/darurat/$id": { as: "inspektur", at: `/darurat/${emergency}` },
      $: { as: "staf", at: "/halaman-yang-tidak-ada" },
    };
  });
  after(() => stage.close());

  /** A page with a parameter needs to be told which thing; any other opens for the admin as it is. */
  const visitOf = (route: string): Visit => visits[route] ?? (route.includes("$") ? assert.fail(`${route} is not visited: say who opens it and at which address`) : { as: "admin", at: route });

  const windows = new Map<string, Page>();
  const windowOf = async (who: string | null): Promise<Page> => {
    const known = windows.get(who ?? "");
    if (known !== undefined) return known;
    const page = who === null ? await stage.anyone({ still: true }) : await stage.as(who, { still: true }); // the other journeys move
    windows.set(who ?? "", page);
    return page;
  };

  test("opens without a fault in its script, keeps within the narrowest phone, axe finds nothing serious, light or dark, and the office's keys open search and help", async () => {
    const found: string[] = [];
    for (const route of await routes()) {
      const { as, at } = visitOf(route);
      const page = await windowOf(as);
      const note = (error: Error): void => void found.push(`${route} as ${as}: ${error.message}`);
      page.on("pageerror", note);
      for (const [size, colorScheme] of [[wide, "light"], [narrow, "dark"]] as const) {
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme });
        if (size === wide) await page.goto(at); // the phone's page is the same one, laid out anew
        const fault = await settled(page).then(() => undefined, (error: unknown) => String(error).split("\n")[0]);
        if (fault !== undefined) {
          found.push(`${route} as ${as}, ${size.width} px: never stood still with a heading (${fault})`);
          continue;
        }
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (size === wide) found.push(...(await keysOpen(page)).map((fault) => `${route} as ${as}: ${fault}`));
        if (overflow > 0) found.push(`${route} as ${as}: ${overflow} px wider than ${size.width} px`);
        for (const barrier of await axe(page)) if (barrier.impact === "critical" || barrier.impact === "serious") found.push(`${route} as ${as}, ${size.width} px, ${colorScheme}: ${barrier.rule}: ${barrier.elements.slice(0, 2).join(" ")}`);
      }
      page.off("pageerror", note);
    }
    assert.deepEqual(found, []);
  });

  const addressOf = ({ at }: Opened): string => at.replaceAll(/:(\w+)/g, (_, word: string) => given[word] ?? assert.fail(`nothing is given as ${word}`));

  const walked = Object.entries(dialogs).flatMap(([name, how]) => ("steps" in how ? [{ name, ...how }] : []));
  for (const [who, theirs] of Map.groupBy(walked, ({ as }) => as)) {
    test(`every dialog of ${who} opens by the keyboard, keeps it inside, says its name, shows the focus, and Esc gives the focus back`, async () => {
      const page = await windowOf(who);
      const found: string[] = [];
      for (const dialog of theirs) {
        await page.setViewportSize(dialog.isPhone === true ? narrow : wide);
        await page.emulateMedia({ colorScheme: "light" });
        await page.goto(addressOf(dialog));
        await settled(page);
        const wrong = await walkDialog(page, dialog).catch((error: unknown) => [`did not open: ${String(error).split("\n")[0]}`]);
        found.push(...wrong.map((fault) => `${dialog.name} at ${dialog.at}: ${fault}`));
      }
      assert.deepEqual(found, []);
    });
  }

  test("an act that is running holds its dialog: Esc says so, however often, the focus stays; refused, one is back where one was", async () => {
    const page = await windowOf("sekda");
    await page.setViewportSize(wide);
    await page.goto(`/surat/${given["letter"]}`);
    await page.getByRole("button", { name: /^Selesaikan/ }).first().press("Enter");
    const dialog = page.locator("dialog[open]");
    await dialog.getByRole("textbox").fill("Cukup diketahui.");
    const { promise: isOver, resolve: end } = Promise.withResolvers<void>();
    await page.route("**/api/**", async (route) => {
      if (route.request().method() === "GET") return route.continue();
      await isOver;
      return route.abort();
    });
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await dialog.locator('[aria-busy="true"]').waitFor();
    for (const key of ["Escape", "Escape", "Tab", "Escape"]) await page.keyboard.press(key);
    await dialog.getByText("Belum dapat ditutup").waitFor();
    assert.equal(await dialog.evaluate((element) => element.contains(document.activeElement)), true, "the keyboard is nowhere");
    end();
    await dialog.getByRole("alert").waitFor();
    await dialog.getByText("Belum dapat ditutup").waitFor({ state: "detached" });
    await hasFocus(dialog.getByRole("button", { name: /^Selesaikan/ })); // the button that was pressed has it again
    await page.unroute("**/api/**");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });

  test("on paper the page of a letter or a naskah is what the office knows of it: neither frame nor file nor buttons", async () => {
    for (const [who, at, part] of [["sekda", `/surat/${given["letter"]}`, "Jejak"], ["kadis", `/naskah/${given["ready"]}`, "Rantai paraf"]] as const) {
      const page = await windowOf(who);
      await page.setViewportSize({ width: 794, height: 1123 }); // A4
      await page.emulateMedia({ media: "screen" });
      await page.goto(at);
      await settled(page);
      await page.emulateMedia({ media: "print" });
      await page.getByRole("heading", { name: part }).waitFor();
      assert.doesNotMatch(await page.locator("main").innerText(), /hari ini|kemarin|besok/i, "paper is read on another day");
      assert.deepEqual(await page.locator("button, nav, canvas").filter({ visible: true }).evaluateAll((seen) => seen.map((element) => element.textContent).filter((words) => words !== "" && !/#[\d.]+$/.test(words ?? ""))), []);
      await page.emulateMedia({ media: "screen" });
    }
  });

  test("Enter in a line of text does the main act where it can be taken back", async () => {
    const page = await windowOf("inspektur");
    await page.setViewportSize(wide);
    await page.goto("/pengawasan/jejak");
    await page.getByRole("button", { name: "Simpan pencarian" }).click();
    await hasFocus(page.locator("dialog[open]").getByRole("textbox"));
    await page.keyboard.press("Enter");
    assert.equal(await page.locator("dialog[open]").count(), 1, "a search without a name is not kept");
    await page.keyboard.type("Semua tindakan");
    await page.keyboard.press("Enter");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
    await page.getByRole("group", { name: "Pencarian tersimpan" }).getByRole("button", { name: "Semua tindakan", exact: true }).waitFor();
  });

  test("leaving a file chooser does not close the dialog under it", async () => {
    const page = await windowOf("kadis");
    await page.setViewportSize(wide);
    await page.goto(`/surat/${given["disposed"]}`);
    await page.getByRole("button", { name: "Catat tindak lanjut" }).first().click();
    const dialog = page.locator("dialog[open]");
    await dialog.getByRole("textbox").fill("Yang sudah ditulis");
    await dialog.locator('input[type="file"]').dispatchEvent("cancel");
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    assert.equal(await dialog.getByRole("textbox").inputValue(), "Yang sudah ditulis");
  });

  test("the palette by the keyboard alone: arrows go round, Enter goes there, what is not there is said, and a stranger finds nothing", async () => {
    const subject = "Kunjungan kerja ke setiap halaman";
    const page = await windowOf("sekda");
    await page.setViewportSize(wide);
    await page.goto("/meja");
    await settled(page);
    await page.keyboard.press("Control+k");
    const box = page.locator("dialog[open]").getByRole("combobox");
    await hasFocus(box);
    const chosen = (): Promise<string | null> => page.locator('[role="option"][aria-selected="true"]').textContent();
    const [first, last] = [await chosen(), await page.getByRole("option").last().textContent()];
    const isChosen = (text: string | null): Promise<void> => page.locator('[role="option"][aria-selected="true"]').filter({ hasText: text ?? assert.fail("nothing to choose") }).waitFor();
    await page.keyboard.press("ArrowUp");
    await isChosen(last);
    await page.keyboard.press("ArrowDown");
    await isChosen(first);
    await page.keyboard.type("q"); // too little to ask the office for
    await page.getByRole("status").filter({ hasText: "Tidak ada yang cocok" }).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.type("qzzxx");
    await page.getByRole("option", { name: "Cari “qqzzxx” di semua surat" }).waitFor();
    await page.waitForFunction(() => document.querySelector("dialog .turning") === null);
    assert.equal(await page.getByRole("option").count(), 1);
    await page.keyboard.press("Escape");
    await box.waitFor({ state: "detached" });
    await page.keyboard.press("Control+k");
    await hasFocus(box);
    assert.equal(await box.inputValue(), "", "it begins anew");
    await page.keyboard.type(subject.slice(0, 14));
    await page.getByRole("option", { name: new RegExp(subject) }).first().waitFor();
    while (!(await chosen())?.startsWith(subject)) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/surat/${given["letter"]}`);
    const stranger = await windowOf("kabidb");
    await settled(stranger);
    await stranger.keyboard.press("Control+k");
    await stranger.getByRole("combobox").fill(subject.slice(0, 14));
    await stranger.getByRole("option", { name: /di semua surat/ }).waitFor();
    await stranger.waitForFunction(() => document.querySelector("dialog .turning") === null);
    assert.equal(await stranger.getByRole("option", { name: new RegExp(subject) }).count(), 0);
  });

  test("a menu and a calendar: Enter opens, arrows move, Esc closes that alone and the focus is back", async () => {
    const page = await windowOf("admin");
    await page.setViewportSize(wide);
    await page.goto("/organisasi");
    await settled(page);
    const more = page.getByRole("button", { name: "Pegawai, impor, ekspor, cetak" });
    await more.press("Enter");
    const items = page.getByRole("menu", { name: "Pegawai, impor, ekspor, cetak" }).getByRole("menuitem");
    await hasFocus(items.first());
    await page.keyboard.press("ArrowDown");
    await hasFocus(items.nth(1));
    await page.keyboard.press("End");
    await hasFocus(items.last());
    await page.keyboard.press("ArrowDown");
    await hasFocus(items.first()); // it goes round
    await page.keyboard.press("Escape");
    await items.first().waitFor({ state: "hidden" });
    await hasFocus(more);
    await page.getByRole("button", { name: /^Keadaan / }).press("Enter");
    const opener = page.locator("dialog[open]").getByRole("button", { name: "Pilih di kalender" });
    await hasFocus(page.locator("dialog[open] *")); // until it has come to itself, it would take the focus from what is pressed in it
    await opener.press("Enter");
    const calendar = page.getByRole("dialog", { name: "Pilih di kalender" });
    await calendar.waitFor();
    await calendar.locator(":focus").waitFor();
    await page.keyboard.press("Escape");
    await calendar.waitFor({ state: "hidden" });
    assert.equal(await page.locator("dialog[open]").count(), 1, "the dialog around it stays");
    await hasFocus(opener);
  });
});

/** What stands behind the dialogs that no page needs: a letter that two were given, a hand-over, a kept search, someone without account. */
const givenForDialogs = async (server: TestServer, decree: string): Promise<Readonly<Record<string, string>>> => {
  const [admin, kadis, sekda, inspector] = [await server.signIn("admin"), await server.signIn("kadis"), await server.signIn("sekda"), await server.signIn("inspektur")];
  const ok = (answer: { readonly status: number; readonly problem: unknown }): void => assert.equal(answer.status, 200, JSON.stringify(answer.problem));
  const disposed = await directedLetter(server, "Undangan yang didisposisikan", "005/89/KOMINFO/2026");
  const { units, posts } = (await admin.call("organisation.chart", {})).body;
  const postOf = (title: string) => posts.find((post) => post.title.startsWith(title)) ?? assert.fail(`no post ${title}`);
  const [post, successor, beside] = [postOf("Kepala Dinas Komunikasi"), postOf("Sekretaris Dinas Komunikasi"), postOf("Asisten Pemerintahan")];
  const recipients = [{ id: realSource.id(), positionId: post.id, responsible: true }, { id: realSource.id(), positionId: beside.id, responsible: false }];
  ok(await sekda.call("received.dispose", { id: disposed, parentId: null, recipients, instructions: ["Tindak lanjuti"], note: "", due: null }));
  ok(await inspector.call("inquiry.saveQuery", { id: realSource.id(), name: "Tanda tangan", query: { of: "tindakan", filter: { acts: ["menandatangani"] } }, shared: false }));
  ok(await admin.call("organisation.definePerson", { id: realSource.id(), name: "Aminah Baru, S.E.", nip: "199001012020122001", rank: null, grade: null, email: null }));
  ok(await admin.call("handovers.prepare", { id: realSource.id(), positionId: post.id, toPersonId: successor.holder?.personId ?? assert.fail("nobody to hand over to"), since: realSource.now(), decree: { number: "821.2/8/2026", date: realSource.now().slice(0, 10), letterId: null, file: { sha256: decree, name: "sk.pdf" } }, reason: null }));
  const ready = await draftReadyToSign(kadis, [{ kind: "external", label: "Yayasan Pesisir Lestari", email: null, place: "Balikpapan" }]);
  const unread = await directedLetter(server, "Undangan yang belum dibaca", "005/90/KOMINFO/2026");
  return { disposed, unread, post: post.id, unit: units.find((unit) => unit.code === "DISKOMINFO")?.id ?? assert.fail("no unit"), ready: ready.id };
};
