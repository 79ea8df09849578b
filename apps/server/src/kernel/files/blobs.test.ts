import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmod, mkdtemp, open, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, test } from "node:test";
import { BlobMissing, DiskFull, openBlobStore, staleAfterMs, TooLarge } from "./blobs.ts";

const folders: string[] = [];
const folder = async (): Promise<string> => {
  const made = await mkdtemp(join(tmpdir(), "lontar-blobs-"));
  folders.push(made);
  return made;
};
after(() => Promise.all(folders.map((made) => rm(made, { recursive: true, force: true }))));

const limit = { maxBytes: 1000 };
const bytes = new TextEncoder().encode("surat masuk");
const sha256 = createHash("sha256").update(bytes).digest("hex");
const all = async (names: AsyncIterable<string>): Promise<string[]> => {
  const listed: string[] = [];
  for await (const name of names) listed.push(name);
  return listed;
};
const strays = (dir: string): Promise<string[]> => readdir(join(dir, "incoming"));

test("stored bytes come back under the hash of what was stored", async () => {
  const dir = await folder();
  const store = await openBlobStore(dir);
  assert.deepEqual(await store.put(bytes, limit), { sha256, size: bytes.length });
  assert.deepEqual(await store.bytes(sha256), bytes);
  assert.deepEqual(Buffer.concat(await (await store.get(sha256)).toArray()), Buffer.from(bytes));
  assert.equal(await store.has(sha256), true);
  assert.deepEqual(await store.verify(sha256), { state: "intact" });
  assert.equal((await stat(store.path(sha256))).mode & 0o777, 0o400);
  assert.deepEqual(await strays(dir), []);
});

test("a stream in many pieces and the same bytes at once are one blob", async () => {
  const store = await openBlobStore(await folder());
  await store.put(bytes, limit);
  assert.deepEqual(await store.put(Readable.from([...bytes].map((byte) => Uint8Array.of(byte))), limit), { sha256, size: bytes.length });
  assert.deepEqual(await all(store.list()), [sha256]);
});

test("a store opened again has what was kept, listed in order", async () => {
  const dir = await folder();
  const first = await openBlobStore(dir);
  const kept = await Promise.all(["a", "b", "c", "d", "e"].map((text) => first.put(new TextEncoder().encode(text), limit)));
  assert.deepEqual(await all((await openBlobStore(dir)).list()), kept.map((one) => one.sha256).sort());
});

test("one byte over the limit is refused and leaves nothing; exactly the limit is kept", async () => {
  const dir = await folder();
  const store = await openBlobStore(dir);
  await assert.rejects(store.put(new Uint8Array(1001), limit), TooLarge);
  await assert.rejects(store.put(Readable.from([new Uint8Array(600), new Uint8Array(600)]), limit), TooLarge);
  assert.equal((await store.put(new Uint8Array(1000), limit)).size, 1000);
  assert.deepEqual(await strays(dir), []);
});

test("an upload that breaks off leaves nothing", async () => {
  const dir = await folder();
  const store = await openBlobStore(dir);
  const broken = Readable.from(
    (async function* () {
      yield bytes;
      throw new Error("the browser went away");
    })(),
  );
  await assert.rejects(store.put(broken, limit), /browser went away/);
  assert.deepEqual(await strays(dir), []);
  assert.deepEqual(await all(store.list()), []);
});

test("a full disk is named as such and leaves nothing", { skip: process.platform !== "linux" && "only Linux has a disk that is always full" }, async () => {
  const dir = await folder();
  const store = await openBlobStore(dir, { create: () => open("/dev/full", "w") });
  await assert.rejects(store.put(bytes, limit), DiskFull);
  assert.deepEqual(await strays(dir), []);
});

test("a disk that takes only a few bytes at a time still gets them all", async () => {
  const dir = await folder();
  const store = await openBlobStore(dir, {
    create: async (path) => {
      const file = await open(path, "wx");
      return { write: (chunk) => file.write(chunk.subarray(0, 3)), sync: () => file.sync(), close: () => file.close() };
    },
  });
  await store.put(bytes, limit);
  assert.deepEqual(await store.verify(sha256), { state: "intact" });
});

test("staged bytes are no blob until kept, and dropping forgets them", async () => {
  const dir = await folder();
  const store = await openBlobStore(dir);
  const staged = await store.stage(bytes, limit);
  assert.equal(await store.has(sha256), false);
  await staged.drop();
  assert.deepEqual(await strays(dir), []);
  const again = await store.stage(bytes, limit);
  await again.keep();
  await again.drop();
  assert.equal(await store.has(sha256), true);
});

test("a start sweeps what a crash left, and leaves alone what is being written now", async () => {
  const dir = await folder();
  await openBlobStore(dir);
  await writeFile(join(dir, "incoming", "old"), "half a scan");
  await writeFile(join(dir, "incoming", "new"), "still coming in");
  const long = new Date(Date.now() - staleAfterMs - 1000);
  await utimes(join(dir, "incoming", "old"), long, long);
  await openBlobStore(dir);
  assert.deepEqual(await strays(dir), ["new"]);
});

test("damage on the disk is seen, and storing the bytes again heals it", async () => {
  const store = await openBlobStore(await folder());
  await store.put(bytes, limit);
  await chmod(store.path(sha256), 0o600);
  await writeFile(store.path(sha256), "other bytes");
  const verdict = await store.verify(sha256);
  assert.equal(verdict.state, "damaged");
  await store.put(bytes, limit);
  assert.deepEqual(await store.verify(sha256), { state: "intact" });
});

test("a file that grew begins with the file it was, to the byte", async () => {
  const store = await openBlobStore(await folder());
  const grown = await store.put(Buffer.concat([bytes, Buffer.from("more")]), { maxBytes: 1_000_000 });
  assert.equal(await store.beginsWith(grown.sha256, { sha256, size: bytes.length }), true);
  assert.equal(await store.beginsWith(grown.sha256, { sha256, size: bytes.length - 1 }), false);
  assert.equal(await store.beginsWith(grown.sha256, { sha256: grown.sha256, size: grown.size + 1 }), false);
  assert.equal(await store.beginsWith(sha256, { sha256, size: bytes.length }), false, "a file that is not there begins with nothing");
});

test("a hash that is not there is missing, and a name that is no hash never reaches the disk", async () => {
  const store = await openBlobStore(await folder());
  assert.equal(await store.has(sha256), false);
  assert.deepEqual(await store.verify(sha256), { state: "missing" });
  await assert.rejects(store.get(sha256), BlobMissing);
  await assert.rejects(store.bytes(sha256), BlobMissing);
  for (const hostile of ["../../etc/passwd", "", sha256.toUpperCase(), `${sha256}0`, `${sha256}\n`]) assert.throws(() => store.path(hostile), TypeError);
});
