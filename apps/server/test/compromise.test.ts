import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { judgeSeal, readSeal, readTrustList, hexOf } from "@lontar/seal";
import { nodePort } from "@lontar/pades/node";
import pg from "pg";
import { readConfig } from "../src/config.ts";
import { realSource } from "../src/kernel/ids.ts";
import { maintain } from "../src/maintenance.ts";
import { startTestServer, type Client, type TestServer } from "./http.ts";
import { draftReadyToSign, signReady } from "./ready-draft.ts";
import { until } from "./until.ts";

/** The drill of an installation: a key leaks, and everyone who holds a letter that it may have made is warned. */
describe("a key leaks", () => {
  let server: TestServer;
  let kadis: Client;
  let before1: Letter;
  let after1: Letter;
  let since: string;
  let serial: string;

  type Letter = { readonly id: string; readonly number: string; readonly code: string };

  const issue = async (cc: Parameters<typeof draftReadyToSign>[1] = []): Promise<Letter> => {
    const ready = await draftReadyToSign(kadis, cc);
    const { number } = await signReady(kadis, ready);
    const code = (await kadis.call("drafts.show", { id: ready.id })).body.signed?.code ?? assert.fail("not signed");
    return { id: ready.id, number, code };
  };

  const lontar = async (command: "compromise" | "fsck", ...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> => {
    const said: string[] = [];
    const config = readConfig({ PORT: "0", HOST: "127.0.0.1", LONTAR_DATA: server.folder, LONTAR_LOG: "silent", DATABASE_URL: server.databaseUrl });
    const code = await maintain(command, args, config, (line) => void said.push(line));
    return { code, said: said.join("\n") };
  };

  const page = async (code: string): Promise<string> => (await fetch(`${server.url}/v/${code}`)).text();

  before(async () => {
    server = await startTestServer("compromise");
    kadis = await server.signIn("kadis");
    before1 = await issue();
    since = realSource.now();
    const [village] = (await kadis.call("office.partners", {})).body;
    assert.ok(village !== undefined);
    after1 = await issue([
      { kind: "external", label: "Yayasan Pesisir Lestari", email: "sekretariat@contoh.id", place: "Balikpapan" },
      { kind: "external", label: "Warga tanpa surel", email: null, place: "Penajam" },
      { kind: "partner", tenantId: village.tenantId, label: village.name },
    ]);
    serial = (await kadis.call("signing.mine", {})).body.current?.serial ?? assert.fail("no certificate");
    await until(async () => ((await kadis.call("drafts.show", { id: after1.id })).body.deliveries.every((delivery) => delivery.status !== "menunggu") ? true : undefined), "all copies have left");
  });
  after(() => server.close());

  test("asked first, the command names the letters since that time and who has them, and changes nothing", async () => {
    const { code, said } = await lontar("compromise", "--key", serial, "--since", since);
    assert.equal(code, 0);
    assert.match(said, new RegExp(`Sertifikat ${serial} milik Hj\\. Nurlaila Hasan`));
    assert.ok(said.includes(after1.number) && !said.includes(before1.number), said);
    assert.match(said, /penerima: 1 jabatan, 1 instansi, 1 lewat surel; kabari sendiri: Warga tanpa surel/);
    assert.match(said, /Tidak ada yang diubah/);
    assert.match(await page(after1.code), /class="big">SAH/);
    await assert.rejects(lontar("compromise", "--key", "abcdef00", "--since", since), /tidak ada sertifikat/);
    await assert.rejects(lontar("compromise", "--key", serial, "--since", "kemarin"), /--since WAKTU/);
  });

  test("with --apply the key ends, the public page says so, and everyone who has the letter is warned, once", async () => {
    const { code, said } = await lontar("compromise", "--key", serial.toUpperCase().replaceAll(/(..)(?=.)/g, "$1:"), "--since", since, "--reason", "Laptop dicuri", "--apply");
    assert.equal(code, 0);
    assert.match(said, /Kunci dicabut, 1 surat ditandai/);
    const told = await page(after1.code);
    assert.match(told, /class="big">DIRAGUKAN/);
    assert.match(told, /Tanda tangan surat ini dibuat dengan kunci yang diduga bocor sejak /);
    assert.match(told, /class="belum"/);
    assert.match(await page(before1.code), /class="big">SAH/, "what was signed before the leak stays good: the log proves when");

    const sekda = await server.signIn("sekda");
    const notice = await until(async () => (await sekda.call("session.me", {})).body.notices.find(({ kind }) => kind === "surat_diragukan"), "the sekda is told");
    assert.equal(notice.facts["number"], after1.number);
    const mail = await until(async () => {
      const folder = join(server.folder, "mail");
      const all = await Promise.all((await readdir(folder)).filter((name) => name.endsWith(".eml")).map((name) => readFile(join(folder, name), "utf8")));
      return all.find((text) => text.includes("Peringatan tentang surat"));
    }, "the foundation is told by mail");
    assert.match(mail, /sekretariat@contoh\.id/);
    const kades = await server.signIn("kades");
    const warned = await until(async () => (await kades.call("received.list", {})).body.items.find(({ subject }) => subject?.startsWith("PERINGATAN: tanda tangan surat")), "the village is told through the exchange");
    assert.ok(warned.subject?.includes(after1.number));

    // Run again it finds everything done.
    await lontar("compromise", "--key", serial, "--since", since, "--reason", "Laptop dicuri", "--apply");
    const again = (await sekda.call("session.me", {})).body.notices.filter(({ kind }) => kind === "surat_diragukan");
    assert.equal(again.length, 1);
  });

  test("nothing more is signed with it; the list of revoked certificates and the verifier without a network know it", async () => {
    const ready = await draftReadyToSign(kadis);
    assert.equal((await kadis.call("drafts.freeze", { id: ready.id, contentHash: ready.hash })).status, 200);
    const frozen = (await kadis.call("drafts.show", { id: ready.id })).body.frozen ?? assert.fail("not frozen");
    assert.equal((await kadis.call("drafts.sign", { id: ready.id, sha256: frozen.sha256, passphrase: "x" })).problem?.code, "no_certificate");
    const crl = await server.anyone.call("open.revocations", { authority: "penanda-tangan" });
    assert.equal(crl.status, 200);
    assert.ok(Buffer.from(crl.bytes).includes(Buffer.from(serial, "hex")));
  });

  test("a seal key that leaks: its seals of those days need the register, the thief's are not in it, and the next letter has a new key", async () => {
    const client = new pg.Client({ connectionString: server.databaseUrl });
    await client.connect();
    const { rows } = await client.query<{ seal: string }>("select state->>'seal' as seal from issued where id = $1", [after1.id]);
    const seal = rows[0]?.seal ?? assert.fail("no seal");
    const read = readSeal(seal);
    assert.ok("signed" in read);
    const keyId = hexOf(read.signed.keyId);
    const { said } = await lontar("compromise", "--key", keyId, "--since", since, "--apply");
    assert.match(said, new RegExp(`Kunci segel ${keyId} dari Kabupaten`));
    const { anchor, list } = (await server.anyone.call("open.sealTrust", {})).body;
    const trusted = (await readTrustList(Buffer.from(list, "base64"), Buffer.from(anchor, "base64"), nodePort)) ?? assert.fail("no list");
    // The list is signed anew each minute; this is what the next one says.
    const offline = await judgeSeal(seal, { ...trusted, keys: trusted.keys.map((key) => ({ ...key, revokedSince: Date.parse(since) })) });
    assert.deepEqual("refused" in offline && offline.refused, "key_compromised");
    const told = (await server.anyone.call("open.verify", { code: seal })).body;
    assert.deepEqual([told.state, told.seal], ["diragukan", "recorded"], "the register knows this very seal; what is in doubt is still the signature");
    assert.match(await page(before1.code), /class="big">SAH/);
    const crl = await server.anyone.call("open.revocations", { authority: "segel" });
    assert.ok(crl.status === 200 && crl.bytes.length > 200);
    const next = await draftReadyToSign(kadis);
    assert.equal((await kadis.call("drafts.freeze", { id: next.id, contentHash: next.hash })).status, 200);
    const { rows: keys } = await client.query<{ key_id: string; status: string; secret: boolean }>("select k.key_id, k.status, s.id is not null as secret from seal_key k left join seal_key_secret s on s.id = k.id order by k.until");
    assert.deepEqual(keys.map(({ status, secret }) => [status, secret]), [["dicabut", false], ["dipakai", true]]);
    await client.end();
  });

  test("fsck replays all of it and finds the office whole", async () => {
    const { code, said } = await lontar("fsck");
    assert.equal(code, 0, said);
  });
});
