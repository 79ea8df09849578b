import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { axe, screenshot } from "@lontar/testkit/browser";
import { freePort } from "../../server/test/free-port.ts";
import { draftReadyToSign, signReady } from "../../server/test/ready-draft.ts";
import { until } from "../../server/test/until.ts";
import { openLog } from "../../server/src/kernel/log.ts";
import { seedId } from "../../server/src/seed/office.ts";
import { readLogs, startWitness, type RunningWitness } from "../../server/src/witness/index.ts";
import { openStage, type Stage } from "./stage.ts";

const cli = new URL("../../server/src/cli.ts", import.meta.url).pathname;
/** `lontar verify` in a process of its own: exit code and words. */
const verify = (args: readonly string[], folder: string): Promise<{ readonly code: number; readonly said: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [cli, "verify", ...args], { env: { ...process.env, LONTAR_DATA: folder } }, (error, stdout) => resolve({ code: typeof error?.code === "number" ? error.code : 0, said: stdout }));
  });

describe("witnesses, and the proof that lies beside a letter", () => {
  let stage: Stage;
  let folder: string;
  let witnesses: readonly RunningWitness[];
  const tenants = ["ppu", "bukitraya"].map((name) => seedId(`tenant/${name}`));
  const log = openLog("silent");

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lontar-witness-"));
    const settings = await Promise.all(["inspektorat", "provinsi", "tetangga"].map(async (name) => ({ folder: join(folder, name), name: `${name}.example/lontar`, host: "127.0.0.1", port: await freePort(), isMirror: name === "provinsi", now: () => Math.floor(Date.now() / 1000), log })));
    const lines: string[] = [];
    for (const each of settings) {
      const once = await startWitness({ ...each, logs: [] }); // makes its key
      lines.push(`witness ${each.name.split(".")[0]} ${once.verifierKey} ${once.url}`);
      await once.stop();
    }
    const policy = join(folder, "witnesses.policy");
    await writeFile(policy, [...lines, "group saksi 2 inspektorat provinsi tetangga", "quorum saksi", ""].join("\n"));
    // Mirrors copy from the address that the log names, so it must be the real one.
    const port = await freePort();
    stage = await openStage("e2e_witness", { env: { PORT: String(port), LONTAR_URL: `http://127.0.0.1:${port}`, LONTAR_WITNESSES: policy } });
    const logs = await Promise.all(tenants.map(async (tenant) => readLogs(await (await fetch(`${stage.server.url}/log/${tenant}/policy`)).text())));
    const watched = logs.flatMap((each) => (typeof each === "string" ? assert.fail(each) : each));
    witnesses = await Promise.all(settings.slice(0, 2).map((each) => startWitness({ ...each, logs: watched }))); // the neighbour sleeps
  });
  after(async () => {
    await stage.close();
    await Promise.all(witnesses.map((witness) => witness.stop()));
    await rm(folder, { recursive: true, force: true });
  });

  test("the proof of a signed letter is downloaded beside it, and judged offline by the browser and by the command line", async () => {
    const kadis = await stage.server.signIn("kadis");
    const { id } = await draftReadyToSign(kadis).then(async (draft) => (await signReady(kadis, draft), draft));
    const signed = await until(async () => {
      const { body } = await kadis.call("drafts.show", { id });
      return body.signed?.proved === true ? body.signed : undefined;
    }, "the letter is proved");
    const page = await stage.as("kadis");
    await page.goto(`/naskah/${id}`);
    await page.getByRole("link", { name: "Unduh bukti log (.tlog-proof)" }).waitFor();
    await screenshot(page, "naskah-terbit-bukti.desktop");

    const pdf = Buffer.from((await kadis.call("received.file", { id, sha256: signed.sha256 })).bytes);
    const proof = Buffer.from((await stage.server.anyone.call("open.letterProof", { code: signed.code })).bytes);
    const policy = Buffer.from((await stage.server.anyone.call("open.logPolicy", { tenant: tenants[0] ?? "" })).bytes);
    assert.ok(proof.length < 3000, `${proof.length} bytes`);
    assert.ok(!/Kesiapan|Sekretaris|kadis/i.test(Buffer.from(/^extra (.*)$/m.exec(proof.toString())?.[1] ?? "", "base64").toString()), "no word of the letter is in it");

    const anyone = await stage.anyone();
    await anyone.goto("/periksa");
    const choose = anyone.getByLabel("Pilih berkas PDF");
    const files = (letter: Buffer, ...more: readonly { name: string; mimeType: string; buffer: Buffer }[]) => [{ name: "surat.pdf", mimeType: "application/pdf", buffer: letter }, { name: "surat.tlog-proof", mimeType: "text/plain", buffer: proof }, ...more];
    const own = { name: "lontar.policy", mimeType: "text/plain", buffer: policy };
    await choose.setInputFiles(files(pdf));
    await anyone.getByText(/tercatat sebagai nomor/).waitFor();
    await anyone.getByText("Disaksikan inspektorat").waitFor();
    await screenshot(anyone, "periksa-bukti.desktop", { fullPage: true });
    assert.deepEqual((await axe(anyone)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
    await anyone.context().setOffline(true);
    await choose.setInputFiles(files(pdf, own));
    await anyone.getByText(/kebijakan yang Anda bawa sendiri/).waitFor();
    const changed = Buffer.from(pdf);
    changed[changed.length - 20] = (changed[changed.length - 20] ?? 0) ^ 1;
    await choose.setInputFiles(files(changed, own));
    await anyone.getByText(/milik berkas lain, atau berkas ini diubah/).waitFor();
    await anyone.context().setOffline(false);

    const at = (name: string): string => join(folder, name);
    await Promise.all([writeFile(at("surat.pdf"), pdf), writeFile(at("diubah.pdf"), changed), writeFile(at("bukti"), proof), writeFile(at("policy"), policy), writeFile(at("policy-all"), policy.toString().replace(/group saksi \S+/, "group saksi all"))]);
    const whole = await verify([at("surat.pdf"), "--proof", at("bukti"), "--policy", at("policy")], stage.server.folder);
    assert.match(whole.said, /bukti log: SAH, daun \d+ dari \d+/);
    assert.match(whole.said, /disaksikan inspektorat/);
    assert.equal(whole.code, 0, whole.said);
    const missed = await verify([at("surat.pdf"), "--proof", at("bukti"), "--policy", at("policy-all")], stage.server.folder);
    assert.match(missed.said, /saksi kurang dari yang disyaratkan/);
    assert.equal(missed.code, 1);
    assert.equal((await verify([at("diubah.pdf"), "--proof", at("bukti"), "--policy", at("policy")], stage.server.folder)).code, 1);
  });

  test("a citizen finds the proof on the page behind the QR code, and a phone shows the check whole", async () => {
    const kadis = await stage.server.signIn("kadis");
    const { items } = (await kadis.call("drafts.list", { limit: 10 })).body;
    const signed = (await kadis.call("drafts.show", { id: items[0]?.id ?? assert.fail("no letter") })).body.signed ?? assert.fail("not signed");
    const page = await stage.anyone({ screen: "phone" });
    await page.goto(`/v/${signed.code}`);
    await page.locator("summary").click();
    assert.match((await page.getByRole("link", { name: "Unduh (C2SP tlog-proof)" }).getAttribute("href")) ?? "", new RegExp(`/api/public/verification/${signed.code}/proof$`));
    await screenshot(page, "halaman-publik-bukti.phone", { fullPage: true });
    assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
    await page.goto("/periksa");
    const pdf = Buffer.from((await kadis.call("received.file", { id: items[0]?.id ?? "", sha256: signed.sha256 })).bytes);
    const proof = Buffer.from((await stage.server.anyone.call("open.letterProof", { code: signed.code })).bytes);
    await page.getByLabel("Pilih berkas PDF").setInputFiles([{ name: "surat.pdf", mimeType: "application/pdf", buffer: pdf }, { name: "surat.tlog-proof", mimeType: "text/plain", buffer: proof }]);
    await page.getByText(/tercatat sebagai nomor/).waitFor();
    await screenshot(page, "periksa-bukti.phone", { fullPage: true });
  });

  test("the inspector sees who follows, who is away, and in red who refuses", async () => {
    const page = await stage.as("inspektur");
    await page.goto("/pengawasan/keutuhan");
    await page.getByText("tidak menjawab").waitFor();
    await page.getByText("mengikuti", { exact: true }).nth(1).waitFor();
    await screenshot(page, "pengawasan-saksi.desktop");
    assert.deepEqual((await axe(page)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
    const dark = await stage.as("inspektur", { dark: true });
    await dark.goto("/pengawasan/keutuhan");
    await dark.getByText("tidak menjawab").waitFor();
    await screenshot(dark, "pengawasan-saksi.dark");
    // Signatures, quorum and tiles are checked by the browser itself; the second time it finds again what it saw.
    await page.getByRole("button", { name: "Periksa di peramban ini" }).click();
    await page.getByText(/Terbukti di peramban ini: .*disaksikan inspektorat/).waitFor();
    await page.getByRole("button", { name: "Periksa di peramban ini" }).click();
    await page.getByText(/yang pernah dilihat peramban ini masih menjadi awalnya/).waitFor();
    const ready = await (await fetch(`${stage.server.url}/readyz`)).json();
    assert.ok(JSON.stringify(ready).includes('"name":"inspektorat"'));

    // The database says that one refused: what the page makes of it is what is looked at here; that it refuses, keeper.test shows.
    const { default: pg } = await import("pg");
    const client = new pg.Client({ connectionString: stage.server.databaseUrl });
    await client.connect();
    await client.query("update log_witness set problem = 'menolak', failures = 9, asked = now() where name = 'provinsi'");
    await client.query("insert into log_halt select tenant_id, size, size + 7, 'inspektorat', now() from log_head");
    await client.end();
    await page.reload();
    await page.getByText(/provinsi menolak log ini/).waitFor();
    await page.getByText(/Log berhenti ditandatangani/).waitFor();
    await screenshot(page, "pengawasan-alarm.desktop");
    const phone = await stage.as("inspektur", { screen: "phone", dark: true });
    await phone.goto("/pengawasan/keutuhan");
    await phone.getByText(/provinsi menolak log ini/).waitFor();
    await screenshot(phone, "pengawasan-alarm.phone.dark", { fullPage: true });
    assert.deepEqual((await axe(phone)).filter((barrier) => barrier.impact === "critical" || barrier.impact === "serious"), []);
  });
});
