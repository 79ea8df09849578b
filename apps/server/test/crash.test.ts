import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { createTestDatabase } from "@lontar/testkit";
import { letterTypes } from "@lontar/naskah";
import pg from "pg";
import { plainPdf } from "../src/kernel/files/plain-pdf.ts";
import { realSource } from "../src/kernel/ids.ts";
import type { Milestone } from "../src/kernel/milestone.ts";
import { demoPassphrase } from "../src/seed/seed.ts";
import { freePort } from "./free-port.ts";
import { connect, type Client } from "./http.ts";
import { until } from "./until.ts";

const cli = new URL("../src/cli.ts", import.meta.url).pathname;
const milestones: readonly Milestone[] = ["freeze.1", "freeze.2", "freeze.3", "sign.1", "sign.2", "sign.3", "sign.4", "sign.5", "dispatch.1", "dispatch.2", "deliver.1", "deliver.2"];

/** A server in a process of its own. */
type Running = { readonly url: string; readonly died: Promise<unknown>; readonly isAlive: () => boolean };

// Each server first puts right what the one before it left, and is then told where to die itself: half as many starts, and the same deaths.
describe("killed at each numbered step of freezing, signing, preserving and dispatch", () => {
  let folder: string;
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let server: Running | undefined;
  const running = new Set<ChildProcess>();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lontar-crash-"));
    database = await createTestDatabase("crash");
    await dieAt("");
  });
  after(async () => {
    await Promise.all([...running].map((child) => (child.kill("SIGKILL"), once(child, "exit"))));
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const killFile = (): string => join(folder, "die-at");
  const dieAt = (milestone: Milestone | ""): Promise<void> => writeFile(killFile(), milestone);
  const environment = (more: Readonly<Record<string, string>>) => ({ ...process.env, HOST: "127.0.0.1", LONTAR_DATA: folder, LONTAR_LOG: "silent", DATABASE_URL: database.url, LONTAR_KILL_FILE: killFile(), ...more });
  /** Starts a server, and waits until it is ready or has died on its way there. */
  const start = async (more: Readonly<Record<string, string>> = {}): Promise<Running> => {
    const port = await freePort();
    const child = spawn(process.execPath, [cli, "start"], { env: environment({ PORT: String(port), ...more }), stdio: ["ignore", "ignore", "inherit"] });
    running.add(child);
    const isAlive = (): boolean => running.has(child);
    const died = once(child, "exit").then((how) => {
      running.delete(child);
      return how;
    });
    const url = `http://127.0.0.1:${port}`;
    await until(async () => (!isAlive() || (await fetch(`${url}/readyz`)).ok ? true : undefined), "the server is ready", 1200); // a first start makes the demo office
    return { url, died, isAlive };
  };
  const living = async (): Promise<Running> => {
    await dieAt("");
    if (server?.isAlive() !== true) server = await start();
    return server;
  };
  const stop = async ({ died }: Running): Promise<void> => {
    for (const child of running) child.kill("SIGTERM");
    await died;
  };
  const command = async (...args: readonly string[]): Promise<number> => {
    const child = spawn(process.execPath, [cli, ...args], { env: environment({}), stdio: ["ignore", "inherit", "inherit"] });
    const [code] = await once(child, "exit");
    return typeof code === "number" ? code : -1;
  };

  /** A nota of the kadis to the sekda and a copy for the village, ready to be signed. */
  const write = async (kadis: Client): Promise<{ readonly id: string; readonly hash: string }> => {
    const nota = letterTypes.find((type) => type.family === "nota") ?? assert.fail("no nota");
    const sekda = (await kadis.call("office.posts", { q: "Sekretaris Daerah" })).body.find((post) => post.title === "Sekretaris Daerah") ?? assert.fail("no sekda");
    const village = (await kadis.call("office.partners", {})).body[0] ?? assert.fail("no partner");
    const id = realSource.id();
    assert.equal((await kadis.call("drafts.create", { id, type: nota.code, replyTo: null })).status, 200);
    const { body: view } = await kadis.call("drafts.show", { id });
    const content = {
      ...view.content, subject: "Laporan kesiapan jaringan", classification: "000.1.1", to: [{ kind: "post" as const, positionId: sekda.id, label: sekda.title }], cc: [{ kind: "partner" as const, tenantId: village.tenantId, label: village.name }],
      body: { type: "doc" as const, content: [{ type: "paragraph", content: [{ type: "text", text: "Jaringan siap dipakai." }] }] },
    };
    const written = await kadis.call("drafts.write", { id, revision: view.revision, content });
    assert.equal(written.status, 200, JSON.stringify(written.problem));
    const submitted = await kadis.call("drafts.submit", { id, revision: written.body.revision });
    assert.equal(submitted.status, 200, JSON.stringify(submitted.problem));
    return { id, hash: written.body.contentHash };
  };

  for (const [index, milestone] of milestones.entries()) {
    test(`${milestone}: the restart goes on, nothing twice, nothing lost`, async () => {
      const doomed = await living();
      const first = await connect(doomed.url, "kadis");
      const { id, hash } = await write(first);
      await dieAt(milestone);
      const keys = { freeze: realSource.id(), sign: realSource.id() };
      const signIt = async (client: Client): Promise<void> => {
        const frozen = await client.call("drafts.freeze", { id, contentHash: hash }, { key: keys.freeze });
        assert.equal(frozen.status, 200, JSON.stringify(frozen.problem));
        const signed = await client.call("drafts.sign", { id, sha256: frozen.body.sha256, passphrase: demoPassphrase("kadis") }, { key: keys.sign });
        assert.ok(signed.status === 200 || signed.problem?.code === "already_signed", JSON.stringify(signed.problem));
      };
      await signIt(first).catch(() => undefined); // the connection breaks where the process dies
      await doomed.died;

      const whole = await living();
      const kadis = await connect(whole.url, "kadis");
      const before = (await kadis.call("drafts.show", { id })).body;
      if (before.signed === null) {
        const frozen = await kadis.call("drafts.freeze", { id, contentHash: hash }, { key: keys.freeze });
        assert.equal(frozen.status, 200, JSON.stringify(frozen.problem));
        const signed = await kadis.call("drafts.sign", { id, sha256: frozen.body.sha256, passphrase: demoPassphrase("kadis") }, { key: keys.sign });
        assert.equal(signed.status, 200, JSON.stringify(signed.problem));
      }
      const view = await until(async () => {
        const { body } = await kadis.call("drafts.show", { id });
        return body.deliveries.length === 2 && body.deliveries.every((delivery) => delivery.status !== "menunggu") ? body : undefined;
      }, "both copies left");
      assert.match(view.frozen?.number ?? "", new RegExp(`/0*${index + 1}/`), "numbers follow without gap");
      const sekda = await connect(whole.url, "sekda");
      const mine = (await sekda.call("received.list", { limit: 100 })).body.items.filter((item) => item.number === view.frozen?.number);
      assert.equal(mine.length, 1, "the sekda has it once");
      const kades = await connect(whole.url, "kades");
      const theirs = await until(async () => {
        const found = (await kades.call("received.list", { limit: 100 })).body.items.filter((item) => item.number === view.frozen?.number);
        return found.length > 0 ? found : undefined;
      }, "the village has it");
      assert.equal(theirs.length, 1, "the village has it once");
    });
  }

  for (const [milestone, leaving] of [["handover.1", "camat"], ["handover.2", "inspektur"], ["handover.3", "asisten1"]] as const) {
    test(`${milestone}: a signed hand-over is carried out once, after the restart`, async () => {
      const doomed = await living();
      const [admin, signer] = [await connect(doomed.url, "admin"), await connect(doomed.url, leaving)];
      const positionId = (await signer.call("session.me", {})).body.acting.positionId;
      const toPersonId = (await admin.call("organisation.people", { q: "Bambang Hermawan" })).body.items[0]?.id ?? assert.fail("no successor");
      const { sha256 } = (await admin.uploadTo("organisation.uploadDecree", realSource.id(), "sk.pdf", plainPdf(["Keputusan"]))).body;
      const { body: prepared, problem } = await admin.call("handovers.prepare", { id: realSource.id(), positionId, toPersonId, since: realSource.now(), decree: { number: "1", date: "2026-11-20", file: { sha256, name: "sk.pdf" } } });
      assert.equal(problem, undefined);
      const { contentHash } = (await signer.call("drafts.show", { id: prepared.letterId })).body;
      const frozen = await signer.call("drafts.freeze", { id: prepared.letterId, contentHash });
      await dieAt(milestone);
      await signer.call("drafts.sign", { id: prepared.letterId, sha256: frozen.body.sha256, passphrase: demoPassphrase(leaving) }).catch(() => undefined); // the connection may break where the process dies
      await doomed.died;

      const whole = await living();
      const again = await connect(whole.url, "admin");
      await until(async () => ((await again.call("handovers.show", { id: prepared.id })).body.status === "selesai" ? true : undefined), "the hand-over is carried out");
      const { holders } = (await again.call("organisation.post", { id: positionId })).body;
      assert.deepEqual(holders.map((holder) => [holder.personId === toPersonId, holder.until === null]), [[true, true], [false, false]], "one holding ended, one begun");
    });
  }

  test("preserve.1, preserve.2, preserve.3: a letter whose proof is being completed gets it, once, whatever dies on the way", async () => {
    await stop(await living()); // it has made the authority whose root is named below
    // Signed while nobody stamps: the letter has left, and its proof waits.
    const unstamped = await start({ TSA_URL: "http://127.0.0.1:9/", TSA_TRUST: join(folder, "keys/development-root.pem"), TSA_TIMEOUT_MS: "1000" });
    const kadis = await connect(unstamped.url, "kadis");
    const { id, hash } = await write(kadis);
    const { sha256 } = (await kadis.call("drafts.freeze", { id, contentHash: hash })).body;
    const signed = await kadis.call("drafts.sign", { id, sha256, passphrase: demoPassphrase("kadis") });
    assert.equal(signed.status, 200, JSON.stringify(signed.problem));
    await stop(unstamped);
    const client = new pg.Client(database.url);
    await client.connect();
    try {
      const proofs = async () => (await client.query<{ level: string }>("select coalesce(body->'proved', body->'file')->>'level' as level from event where thing_id = $1 and type in ('issued.issued', 'issued.preserved') order by revision", [id])).rows;
      const workNow = () => client.query("update graphile_worker._private_jobs set run_at = now() where key = $1", [`preserve/${id}`]);
      assert.equal((await workNow()).rowCount, 1, "somebody will complete it");
      for (const milestone of ["preserve.1", "preserve.2"] as const) {
        await dieAt(milestone);
        await (await start()).died;
        assert.equal((await proofs()).length, 1, "nothing is said of a proof that was not finished");
        await workNow();
      }
      await dieAt("preserve.3");
      await (await start()).died;
      const made = await proofs();
      assert.deepEqual(made.map(({ level }) => level), ["B-B", "B-LTA"]);
      const whole = await living();
      await workNow();
      await until(async () => ((await client.query("select from graphile_worker._private_jobs where key = $1", [`preserve/${id}`])).rowCount === 0 ? true : undefined), "the work that died after it was done is found to be done");
      assert.deepEqual(await proofs(), made, "and not done twice");
      const { code } = (await (await connect(whole.url, "kadis")).call("drafts.show", { id })).body.frozen ?? assert.fail("no code");
      assert.equal((await (await connect(whole.url, "kadis")).call("open.verify", { code })).body.state, "sah");
    } finally {
      await client.end();
    }
  });

  test("after all of it the integrity check finds the office whole", async () => {
    assert.equal(await command("fsck"), 0);
  });
});
