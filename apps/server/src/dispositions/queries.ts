import type { z } from "zod";
import type { contract, Result } from "@lontar/contract";
import { sql } from "kysely";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { isId, type Id } from "../kernel/ids.ts";
import { Refused } from "../kernel/refusal.ts";
import { overseesInside } from "../kernel/state.ts";
import { isRegistrarOf, isSecret, receivedStore, standingOf, type FileOwner, type LetterDispositions, type ReceivedLetter } from "../letters/index.ts";
import { postsAsKnown, postView, reachOf } from "../organisation/index.ts";
import { isLate, mayDisposition, restingAt, wordsVisible, type Disposition, type Node } from "./disposition.ts";
import { nodesOf } from "./store.ts";

type NodeView = z.output<(typeof contract)["received.show"]["result"]>["tree"][number];

/** Disposisi that my post gave or received, newest first. What was withdrawn unread was never received. */
export const list = async (tx: Tx, input: { readonly scope: "given" | "received"; readonly open?: "1" | undefined; readonly cursor?: string | undefined; readonly limit: number }, by: Actor): Promise<Result<(typeof contract)["dispositions.list"]>> => {
  if (input.cursor !== undefined && !isId(input.cursor)) throw new Refused("malformed");
  const mine = input.scope === "given" ? sql`d.from_id = ${by.positionId}` : sql`d.to_id = ${by.positionId} and d.status <> 'ditarik'`;
  const { rows } = await sql<{ id: Id; state: Disposition }>`
    select d.id, d.state from disposition d
    where d.tenant_id = ${by.tenantId} and ${mine}
      and ${input.open === undefined ? sql`true` : sql`d.status not in ('diterima', 'ditarik')`}
      and ${input.cursor === undefined ? sql`true` : sql`d.id < ${input.cursor}::uuid`}
    order by d.id desc limit ${input.limit + 1}`.execute(tx);
  const shown = rows.slice(0, input.limit);
  return {
    items: shown.map(({ id, state }) => ({ id, letterId: state.letterId, subject: state.letter.title, from: state.giver.title, to: state.toTitle, status: state.status, due: state.due, late: isLate(state, by.at), given: state.given, responsible: state.responsible })),
    next: rows.length > input.limit ? (shown.at(-1)?.id ?? null) : null,
  };
};

/** A file that a receiver handed in, for whoever may read his words. */
export const dispositionFile: FileOwner = async (tx, letterId, sha256, by) => {
  const letter = (await receivedStore.find(tx, by.tenantId, letterId))?.state;
  if (letter === undefined || letter.status === "belum_ada") return undefined;
  const nodes = await nodesOf(tx, by.tenantId, letterId);
  const visible = wordsVisible(nodes, by, seesAll(letter, by) || (await overseesInside(tx, letterId, by)));
  const file = nodes.filter((node) => visible.has(node.id)).flatMap((node) => node.files).find((candidate) => candidate.sha256 === sha256);
  return file === undefined ? undefined : { ...file, ...standingOf(letter.facts?.security) };
};

const seesAll = (letter: ReceivedLetter, by: Actor): boolean => letter.directedTo?.positionId === by.positionId || (!isSecret(letter) && isRegistrarOf(letter, by));

/** What the view of a letter needs from the tree: the tree as this person may read it, where it rests, and whose words are hidden. */
export const dispositionsOfLetter: LetterDispositions = async (tx, letterId, letter, by) => {
  const nodes = await nodesOf(tx, by.tenantId, letterId);
  const visible = wordsVisible(nodes, by, seesAll(letter, by) || (await overseesInside(tx, letterId, by)));
  const reach = await reachOf(tx, by.tenantId, by.positionId, by.at);
  const posts = await postsAsKnown(tx, by.tenantId, nodes.flatMap((node) => [node.fromId, node.toId]), by.at);
  const place = (id: Id, title: string): NodeView["from"] => {
    const post = posts.get(id);
    return post === undefined ? { id, title, unit: "", holder: null, holding: null } : postView(post);
  };
  const view = (node: Node): NodeView => {
    const isOpen = visible.has(node.id);
    return {
      id: node.id,
      parentId: node.parentId,
      from: place(node.fromId, node.giver.title),
      fromPerson: node.giver.person,
      to: place(node.toId, node.toTitle),
      responsible: node.responsible,
      instructions: isOpen ? [...node.instructions] : [],
      note: isOpen ? node.note : "",
      due: node.due,
      late: isLate(node, by.at),
      status: node.status,
      given: node.given,
      changed: node.changed,
      report: isOpen ? node.report : null,
      files: isOpen ? [...node.files] : [],
      progress: isOpen ? [...node.progress] : [],
      returnReason: isOpen ? node.returnReason : null,
      may: [...mayDisposition(node, by, reach)],
      children: nodes.filter((child) => child.parentId === node.id).map(view),
    };
  };
  return {
    tree: nodes.filter((node) => node.parentId === null).map(view),
    restingAt: restingAt(nodes),
    reach,
    concealed: new Set(nodes.filter((node) => !visible.has(node.id)).map((node) => node.id)),
  };
};
