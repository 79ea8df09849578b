import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, test } from "node:test";
import { plainPdf } from "../src/kernel/files/plain-pdf.ts";
import { startTestServer, type TestServer } from "./http.ts";
import { draftReadyToSign, signReady } from "./ready-draft.ts";

const cli = new URL("../src/cli.ts", import.meta.url).pathname;

describe("the lontar command", () => {
  let server: TestServer;
  let folder: string;
  let signed: Uint8Array;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lontar-cli-"));
    server = await startTestServer("cli");
    const kadis = await server.signIn("kadis");
    const ready = await draftReadyToSign(kadis);
    signed = (await kadis.call("received.file", { id: ready.id, sha256: (await signReady(kadis, ready)).sha256 })).bytes;
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const lontar = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<{ readonly code: number | null; readonly said: string; readonly complained: string }> => {
    const child = spawn(process.execPath, [cli, ...args], { env: { ...process.env, LONTAR_DATA: server.folder, DATABASE_URL: server.databaseUrl, LONTAR_LOG: "silent", ...env }, stdio: ["ignore", "pipe", "pipe"] });
    const [said, complained, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
    return { code, said, complained };
  };
  const file = async (name: string, bytes: Uint8Array): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return path;
  };

  test("start: a port that is taken ends it at once, with a sentence", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address();
    const port = typeof address === "object" && address !== null ? address.port : assert.fail("no port");
    try {
      const { code, complained } = await lontar(["start"], { PORT: String(port), HOST: "127.0.0.1" });
      assert.equal(code, 78, complained);
      assert.match(complained, new RegExp(`PORT: ${port} sudah dipakai program lain`));
    } finally {
      taken.close();
    }
  });

  test("verify: 0 for a letter of this installation, by name and checks", async () => {
    const { code, said } = await lontar(["verify", await file("sah.pdf", signed)]);
    assert.equal(code, 0, said);
    assert.match(said, /^SAH {2}\(TOTAL-PASSED\)[\s\S]*penanda tangan: Hj\. Nurlaila Hasan/);
  });

  test("verify: with another trust anchor, or one changed byte, it is not valid", async () => {
    const changed = Uint8Array.from(signed);
    changed[2000] = (changed[2000] ?? 0) ^ 1;
    assert.equal((await lontar(["verify", await file("diubah.pdf", changed)])).code, 1);
    const stranger = await lontar(["verify", await file("sah.pdf", signed), "--trust", join(server.folder, "keys", "development-root.pem")]);
    assert.equal(stranger.code, 0, "its own root, named");
    const elsewhere = await lontar(["verify", await file("sah.pdf", signed)], { LONTAR_DATA: folder });
    assert.equal(elsewhere.code, 1, "nobody is trusted where no installation is");
    assert.match(elsewhere.said, /Tidak ada sertifikat CA di .*--trust/, "and the reason is told, or a genuine letter looks doubtful");
  });

  test("verify: a PDF without signature is not valid; what is no PDF or not there is unreadable; --json says the same", async () => {
    const plain = await lontar(["verify", await file("polos.pdf", plainPdf(["Tanpa tanda tangan"])), "--json"]);
    assert.deepEqual([plain.code, JSON.parse(plain.said).indication], [1, "NO_SIGNATURE_FOUND"]);
    const text = await lontar(["verify", await file("teks.pdf", new TextEncoder().encode("bukan PDF")), "--json"]);
    assert.deepEqual([text.code, JSON.parse(text.said).indication], [2, "UNREADABLE"]);
    assert.equal((await lontar(["verify", join(folder, "tidak-ada.pdf")])).code, 2);
    assert.equal((await lontar(["verify"])).code, 2);
  });

  test("production does not start on a database that holds demo accounts", async () => {
    const { code, complained } = await lontar(["start"], { LONTAR_MODE: "production", LONTAR_SECRET: "k".repeat(40), LONTAR_URL: "https://surat.penajamkab.go.id", PORT: "0" });
    assert.equal(code, 78);
    assert.match(complained, /berisi akun contoh/);
  });

  test("a wrong setting and an unknown command say what to do", async () => {
    const wrong = await lontar(["start"], { LONTAR_MODE: "production", LONTAR_URL: "", LONTAR_SECRET: "" });
    assert.deepEqual([wrong.code, /LONTAR_SECRET: wajib/.test(wrong.complained)], [78, true]);
    const unknown = await lontar(["mulai"]);
    assert.deepEqual([unknown.code, /tidak dikenal[\s\S]*lontar start/.test(unknown.complained)], [2, true]);
  });

  test("fsck finds the office whole", async () => assert.equal((await lontar(["fsck", "--json"])).code, 0));
});
