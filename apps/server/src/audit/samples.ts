import { draw, fromHex, hashPopulation, tileHashReader, toHex, treeRoot } from "@lontar/ledger";
import type pg from "pg";
import type { Id } from "../kernel/ids.ts";
import { leavesOf, readTiles } from "./store.ts";

type Tell = (id: string, sentence: string) => void;
type SampleRow = {
  readonly id: Id;
  readonly state: { readonly population: { readonly members: number; readonly hash: string }; readonly count: number; readonly drawn: { readonly fact: string; readonly tree: { readonly size: number; readonly root: string }; readonly letters: readonly { readonly id: Id }[] } | null };
  readonly lock: Id | null;
};

/** Spot checks are made again from what is kept: the list from its members, the tree from the log, the draw from both. Whoever altered one of them is named. */
export const checkSamples = async ({ pool, tenantId }: { readonly pool: pg.Pool; readonly tenantId: Id }, tell: Tell): Promise<void> => {
  const { rows } = await pool.query<SampleRow>(
    "select s.id, s.state, (select e.event_id from event e where e.tenant_id = s.tenant_id and e.thing_id = s.id and e.kind = 'sample' and e.revision = 1 limit 1) as lock from sample s where s.tenant_id = $1 order by s.id",
    [tenantId],
  );
  for (const { id, state, lock } of rows) {
    const { rows: members } = await pool.query<{ letter_id: Id }>("select letter_id from sample_member where tenant_id = $1 and sample_id = $2 order by place", [tenantId, id]);
    const list = members.map((row) => row.letter_id);
    const isList = list.every((member, at) => at === 0 || (list[at - 1] ?? "") < member) && toHex(hashPopulation(list)) === state.population.hash && list.length === state.population.members;
    if (!isList) tell(id, "Daftar uji petik ini bukan daftar yang dikunci: isinya diubah dengan tangan.");
    if (!isList || state.drawn === null) continue;
    const { fact, tree, letters } = state.drawn;
    const place = lock === null ? undefined : (await leavesOf(pool, tenantId, [lock]))[0];
    const root = place === undefined ? "" : await treeRoot(tree.size, tileHashReader(tree.size, (tiles) => readTiles(pool, tenantId, tiles))).then(toHex, () => "" /* a tile is gone: named where tiles are checked */);
    if (place === undefined || place.index + 1 !== tree.size || root !== tree.root) {
      tell(id, "Undian uji petik ini tidak memakai log tepat sesudah daftarnya dikunci.");
      continue;
    }
    const drawn = draw({ population: hashPopulation(list), members: list.length, tree: { size: tree.size, root: fromHex(root) ?? new Uint8Array() }, fact }, state.count).map((at) => list[at]);
    if (drawn.join() !== letters.map((letter) => letter.id).join()) tell(id, "Surat sampel uji petik ini bukan yang terpilih oleh undiannya.");
  }
};
