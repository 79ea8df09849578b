import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { letterTypes } from "@lontar/naskah";
import { axe } from "@lontar/testkit/browser";
import type { Page } from "playwright-core";
import { plainPdf } from "../../server/src/kernel/files/plain-pdf.ts";
import { realSource } from "../../server/src/kernel/ids.ts";
import { demoPassword } from "../../server/src/seed/seed.ts";
import { draftReadyToSign, signReady } from "../../server/test/ready-draft.ts";
import { villageForm } from "../../server/test/village-form.ts";
import { directedLetter } from "./given.ts";
import { openStage, type Stage } from "./stage.ts";

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
    const given = await bupati.call("inspections.give", {
      id: inspection, positionId: inspector, purpose: "Pemeriksaan setiap halaman", decree: { number: "700/1/2026", date: at.slice(0, 10), letterId: null, file: { sha256: decree, name: "spt.pdf" } }, units: [], types: [], classifications: [],
      from: null, to: null, since: at, until: new Date(Date.parse(at) + 86_400_000).toISOString(),
    });
    assert.equal(given.status, 200, JSON.stringify(given.problem));
    const sample = realSource.id();
    const locked = await (await server.signIn("inspektur")).call("inquiry.lockSample", { id: inspection, sampleId: sample, title: "Uji petik setiap halaman", count: 1, source: "Kurs JISDOR BI besok" });
    assert.equal(locked.status, 200, JSON.stringify(locked.problem));
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

  const settled = async (page: Page): Promise<void> => {
    await page.getByRole("heading", { level: 1 }).first().waitFor({ state: "attached" });
    await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  };

  const windows = new Map<string, Page>();
  const windowOf = async (who: string | null): Promise<Page> => {
    const known = windows.get(who ?? "");
    if (known !== undefined) return known;
    const page = who === null ? await stage.anyone() : await stage.as(who);
    windows.set(who ?? "", page);
    return page;
  };

  test("opens without a fault in its script, keeps within the narrowest phone, and axe finds nothing serious, light or dark", async () => {
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
        if (overflow > 0) found.push(`${route} as ${as}: ${overflow} px wider than ${size.width} px`);
        for (const barrier of await axe(page)) if (barrier.impact === "critical" || barrier.impact === "serious") found.push(`${route} as ${as}, ${size.width} px, ${colorScheme}: ${barrier.rule}: ${barrier.elements.slice(0, 2).join(" ")}`);
      }
      page.off("pageerror", note);
    }
    assert.deepEqual(found, []);
  });
});
