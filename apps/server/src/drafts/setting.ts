import { letterType, type LetterType } from "@lontar/naskah";
import { tenantOf } from "../access/index.ts";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import type { Id } from "../kernel/ids.ts";
import { NotFound, Refused } from "../kernel/refusal.ts";
import { delegatedTo, delegationsTo, officeOf, policyOf, postById, postsById, superiorsOf, type Matter, type Office, type PolicyState, type Post } from "../organisation/index.ts";
import type { Signing } from "../signing/index.ts";
import { proposeChain } from "./chain.ts";
import { matterOf, type Content, type DraftState, type SigningAuthority, type Station } from "./draft.ts";
import type { Setting } from "./print.ts";
import type { Problem } from "./problems.ts";

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

/** The post that signs: the last of the submitted chain, or of the one that the organisation would propose now. */
export const signerIdOf = async (tx: Tx, state: DraftState, type: LetterType, by: Actor): Promise<Id | undefined> => state.steps.at(-1)?.positionId ?? (await chainFor(tx, state, type, by)).at(-1)?.positionId;

/** The setting in which a text would be printed now, signed by the last post of its chain. */
export const settingOf = async (tx: Tx, { signing }: { readonly signing: Signing }, state: DraftState, content: Content, by: Actor): Promise<Setting> => {
  const type = typeNamed(state.type);
  const signerId = await signerIdOf(tx, state, type, by);
  const signer = signerId === undefined ? undefined : await postById(tx, by.tenantId, signerId, by.at);
  const office = await officeFor(tx, by, state.unitId);
  const { name, kind, zone } = await tenantOf(tx, by.tenantId);
  return { government: { name, kind, zone }, office, signer: signer ?? { title: "(penanda tangan)", holder: null }, onBehalfOf: content.onBehalf === true && signer !== undefined ? await inNameOf(tx, signer, { type: state.type, classification: content.classification }, by) : [], development: signing.provider.development };
};

/** Does this person answer for the post, or does the policy let its holder act beside whoever stands for him? */
export const answersFor = (post: Post | undefined, policy: PolicyState, by: Actor): boolean => post?.holder?.personId === by.personId || (policy.holderWhileActing === "warned" && post?.aside?.personId === by.personId);

/** Who signs the matter, and by which right, as the organisation stands in this transaction. */
export const authorityFor = async (tx: Tx, state: DraftState, by: Actor): Promise<SigningAuthority> => {
  const policy = await policyOf(tx, by.tenantId);
  return {
    answersForPost: answersFor(await postById(tx, by.tenantId, by.positionId, by.at), policy, by),
    // A berita acara that Lontar draws up for an act records what a decree decided: it changes nobody's legal status by itself (UU 30/2014 Ps. 14(7)).
    beyondMandate: typeNamed(state.type).forAct === undefined ? policy.beyondMandate : [],
    isDelegated: delegatedTo(await delegationsTo(tx, by.tenantId, by.positionId), by.positionId, matterOf(state), by.at) !== undefined,
  };
};

/** A signature in another's name that nobody has delegated: said while the text can still be changed, refused when it is signed. */
export const delegationProblem = async (tx: Tx, state: DraftState, content: Content, by: Actor): Promise<readonly Problem[]> => {
  if (content.onBehalf !== true) return [];
  const signerId = await signerIdOf(tx, state, typeNamed(state.type), by);
  if (signerId !== undefined && (await delegatedFor(tx, signerId, { type: state.type, classification: content.classification }, by)).length > 0) return [];
  return [{ path: "onBehalf", message: "Belum ada pelimpahan a.n. yang mencakup jenis dan klasifikasi naskah ini. Hapus tanda a.n., atau minta atasan penanda tangan melimpahkannya.", level: "wajib" }];
};

/** In whose name the signer may sign the matter today, and on which decree; empty when nobody has delegated it. */
export const delegatedFor = async (tx: Tx, signerId: Id, matter: Matter, by: Actor): Promise<readonly { readonly title: string; readonly basis: string }[]> => {
  const chain = delegatedTo(await delegationsTo(tx, by.tenantId, signerId), signerId, matter, by.at)?.chain ?? [];
  const posts = await postsById(tx, by.tenantId, chain.map((link) => link.fromId), by.at);
  return chain.map(({ fromId, basis }) => ({ title: posts.get(fromId)?.title ?? "", basis }));
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
