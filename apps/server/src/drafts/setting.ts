import { letterType, type LetterType } from "@lontar/naskah";
import { tenantOf } from "../access/index.ts";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import type { Id } from "../kernel/ids.ts";
import { NotFound, Refused } from "../kernel/refusal.ts";
import { delegatedTo, delegationsTo, officeOf, postById, postsById, superiorsOf, type Matter, type Office, type Post } from "../organisation/index.ts";
import type { Signing } from "../signing/index.ts";
import { proposeChain } from "./chain.ts";
import type { Content, DraftState, Station } from "./draft.ts";
import type { Setting } from "./print.ts";

/** A letter type by its code. */
export const typeNamed = (code: string): LetterType => {
  const type = letterType(code);
  if (type === undefined) throw new NotFound("letter type");
  return type;
};

/** The office of a unit. */
export const officeFor = async (tx: Tx, by: Actor, unitId: Id): Promise<Office> => {
  const office = await officeOf(tx, by.tenantId, unitId, by.at);
  if (office === undefined) throw new NotFound("office");
  return office;
};

/** The chain that the organisation of this moment proposes for a draft. */
export const chainFor = async (tx: Tx, state: DraftState, type: LetterType, by: Actor): Promise<readonly Station[]> => {
  const drafter = await postById(tx, by.tenantId, state.drafter.positionId, by.at);
  if (drafter === undefined) throw new Refused("chain_incomplete");
  return proposeChain(drafter, await superiorsOf(tx, by.tenantId, drafter.id, by.at), type.approval);
};

/** The setting in which a text would be printed now, signed by the last post of its chain. */
export const settingOf = async (tx: Tx, { signing }: { readonly signing: Signing }, state: DraftState, content: Content, by: Actor): Promise<Setting> => {
  const type = typeNamed(state.type);
  const signerId = state.steps.at(-1)?.positionId ?? (await chainFor(tx, state, type, by)).at(-1)?.positionId;
  const signer = signerId === undefined ? undefined : await postById(tx, by.tenantId, signerId, by.at);
  const office = await officeFor(tx, by, state.unitId);
  const { name, kind, zone } = await tenantOf(tx, by.tenantId);
  return { government: { name, kind, zone }, office, signer: signer ?? { title: "(penanda tangan)", holder: null }, onBehalfOf: content.onBehalf === true && signer !== undefined ? await inNameOf(tx, signer, { type: state.type, classification: content.classification }, by) : [], development: signing.provider.development };
};

/** The posts in whose name a signer would sign the matter. Before anyone has delegated it the sheet shows his superior; freezing such a text is refused. */
const inNameOf = async (tx: Tx, signer: Post, matter: Matter, by: Actor): Promise<Setting["onBehalfOf"]> => {
  const chain = delegatedTo(await delegationsTo(tx, by.tenantId, signer.id), signer.id, matter, by.at)?.chain ?? (signer.superiorId === null ? [] : [{ fromId: signer.superiorId, basis: null }]);
  const posts = await postsById(tx, by.tenantId, chain.map((link) => link.fromId), by.at);
  return chain.flatMap(({ fromId, basis }) => {
    const post = posts.get(fromId);
    return post === undefined ? [] : [{ title: post.title, basis }];
  });
};
