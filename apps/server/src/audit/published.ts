import { ed25519Scheme, encodeEntries, entriesBetween, entriesPath, equal, openNote, parseCheckpoint, TILE_WIDTH, tileHashReader, tilePath, tilesBetween, treeRoot, utf8, type NoteSigner } from "@lontar/ledger";
import { nodeEd25519Verify } from "@lontar/ledger/node";
import type pg from "pg";
import type { Id } from "../kernel/ids.ts";
import type { LogFolder } from "../witness/index.ts";
import { readLeaves, readTiles, witnessRows } from "./store.ts";

/** What the world was shown, to be compared with what is kept. */
export type PublishedInput = { readonly pool: pg.Pool; readonly tenantId: Id; readonly signer: NoteSigner; readonly folder: LogFolder };

type Tell = (kind: "log" | "witness", id: string, sentence: string) => void;

/**
 * Compares the published files of a log with its leaves, and what its witnesses have said with its size. The tiles in the database have
 * been derived again before: they are the measure here. Answers how many witnesses there are.
 */
export const checkPublished = async ({ pool, tenantId, signer, folder }: PublishedInput, tell: Tell): Promise<number> => {
  const { rows } = await pool.query<{ size: string }>("select size from log_head where tenant_id = $1", [tenantId]);
  const size = Number(rows[0]?.size ?? 0);
  await checkShown({ pool, tenantId, signer, folder }, size, tell);
  const witnesses = await witnessRows(pool, tenantId);
  for (const row of witnesses) {
    if (row.problem === "menolak") tell("witness", row.name, `Saksi ${row.name} menolak log ini: riwayat yang ia saksikan bukan yang ada di sini.`);
    if (row.size > size) tell("witness", row.name, `Saksi ${row.name} sudah melihat ${row.size} peristiwa, padahal log di sini hanya ${size}.`);
  }
  const { rows: halts } = await pool.query<{ seen: string; by: string }>("select seen, by from log_halt where tenant_id = $1", [tenantId]);
  for (const halt of halts) tell("witness", halt.by, `Log berhenti ditandatangani: ${halt.by} sudah melihat ${halt.seen} peristiwa. Kembalikan daun yang hilang dengan lontar recover.`);
  return witnesses.length;
};

const checkShown = async ({ pool, tenantId, signer, folder }: PublishedInput, size: number, tell: Tell): Promise<void> => {
  const note = await folder.checkpoint();
  if (note === undefined) return; // nothing is published before the server has run once
  const opened = await openNote(note, { keys: [signer.key], schemes: [ed25519Scheme(nodeEd25519Verify)] });
  const shown = "value" in opened ? parseCheckpoint(opened.value.text) : opened;
  if ("refused" in shown) return tell("log", "terbit", "Checkpoint yang terbit tidak ditandatangani kunci log ini: berkasnya diganti.");
  if (shown.value.size > size) return tell("log", "terbit", `Checkpoint yang terbit menyebut ${shown.value.size} peristiwa, padahal log di sini hanya ${size}.`);
  const read = tileHashReader(shown.value.size, (tiles) => readTiles(pool, tenantId, tiles));
  if (!equal(await treeRoot(shown.value.size, read).catch(() => new Uint8Array() /* a tile is gone: named where tiles are checked */), shown.value.root)) tell("log", "terbit", "Checkpoint yang terbit bukan awal dari log yang ada di sini: riwayat ditulis ulang setelah terbit.");
  for (const tile of tilesBetween(0, shown.value.size)) {
    const path = tilePath(tile);
    const published = (await folder.read(path)) ?? (await folder.read(tilePath({ ...tile, width: TILE_WIDTH })));
    const [kept] = await readTiles(pool, tenantId, [tile]).catch(() => []); // named where tiles are checked
    if (kept !== undefined && (published === undefined || !equal(published.subarray(0, kept.length), kept))) tell("log", path, `Ubin terbit ${path} hilang atau diubah: hapus foldernya, lalu ia diterbitkan lagi dari log.`);
  }
  for (const bundle of entriesBetween(0, shown.value.size)) {
    const path = entriesPath(bundle);
    const leaves = await readLeaves(pool, tenantId, bundle.index * TILE_WIDTH, bundle.width).catch(() => undefined); // named where leaves are checked
    const published = (await folder.read(path)) ?? (await folder.read(entriesPath({ ...bundle, width: TILE_WIDTH })));
    if (leaves === undefined) continue;
    const expected = encodeEntries(leaves.map(utf8));
    if (published === undefined || !equal(published.subarray(0, expected.length), expected)) tell("log", path, `Daun terbit ${path} hilang atau diubah: hapus foldernya, lalu ia diterbitkan lagi dari log.`);
  }
};
