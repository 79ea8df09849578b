import type { contract, Result } from "@lontar/contract";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import type { BlobStore } from "../kernel/files/blobs.ts";
import { rememberBlob, takeFile, type UploadDeps } from "../kernel/files/take.ts";
import { command, file, query, upload, type FileAnswer, type Route, type Steps, type Upload } from "../kernel/http.ts";
import { NotFound, Refused } from "../kernel/refusal.ts";
import type { Seal } from "../kernel/seal.ts";
import { appoint, closePost, definePerson, definePost, defineUnit, dissolveUnit, endHolding, giveMandate, revokeMandate, setPolicy, withdrawPost, withdrawUnit, type DecreeLetter } from "./commands.ts";
import type { TableReader } from "./exchange/reader.ts";
import { exchangeRoutes } from "./exchange/routes.ts";
import { chart, decreeFile, mandatePosts, mandates, people, policyHistory, policyView, postHistory, preview, proposal, unitHistory } from "./queries.ts";
import { partners, policyOf, postsBelow, postsOfUnit, searchPosts, vacantUnder, waitingAt, type Post } from "./store.ts";

type PostView = Result<(typeof contract)["office.posts"]>[number];

/** A post as lists and pickers show it. */
export const postView = (post: Post, load?: number): PostView => ({
  id: post.id,
  title: post.title,
  unit: post.unitName,
  holder: post.holder?.name ?? null,
  holding: post.holder?.kind ?? null,
  ...(load !== undefined && { load }),
});

const matches = (post: Post, text: string): boolean => `${post.title} ${post.unitName} ${post.holder?.name ?? ""}`.toLowerCase().includes(text.trim().toLowerCase());

const shownPosts = 50;

const findPosts = async (tx: Tx, input: { readonly q?: string | undefined; readonly scope: "all" | "below" | "unit" }, by: Actor): Promise<PostView[]> => {
  const text = input.q ?? "";
  const posts =
    input.scope === "all" ? await searchPosts(tx, by.tenantId, text, by.at) : (await (input.scope === "below" ? postsBelow(tx, by.tenantId, by.positionId, by.at) : postsOfUnit(tx, by.tenantId, by.unitId, by.at))).filter((post) => matches(post, text));
  const shown = posts.slice(0, shownPosts);
  const waiting = await waitingAt(tx, by.tenantId, shown.map((post) => post.id));
  return shown.map((post) => postView(post, waiting(post.id)));
};

/** What the routes need from outside: where decrees are stored, and the letters that may be decrees, asked from a module further right. */
export type OrganisationDeps = UploadDeps & { readonly seal: Seal; readonly blobs: BlobStore; readonly isDecreeLetter: DecreeLetter; readonly tables: TableReader };

const onlyFor = (by: Actor, ...functions: readonly Actor["functions"][number][]): void => {
  if (!functions.some((wanted) => by.functions.includes(wanted))) throw new Refused("not_yours");
};

/** Takes the scan of a decree; it counts only once something names it. */
const uploadDecree = (deps: UploadDeps) => (steps: Steps, given: Upload, by: Actor): Promise<{ sha256: string; name: string }> => {
  onlyFor(by, "leader", "signer", "admin");
  return takeFile(deps, given, (scan) =>
    steps.finish(async (tx) => {
      await rememberBlob(tx, by, scan);
      return { sha256: scan.sha256, name: scan.name };
    }));
};

const sendDecree = (deps: OrganisationDeps) => async (tx: Tx, { sha256 }: { readonly sha256: string }, by: Actor): Promise<() => Promise<FileAnswer>> => {
  const found = await decreeFile(tx, sha256, by);
  if (found === undefined) throw new NotFound("file");
  return async () => ({ bytes: await deps.blobs.get(sha256), mediaType: found.mediaType, name: found.name, inline: true });
};

/** Pickers over posts and other governments; the organisation, its people and its mandates. */
export const organisationRoutes = (deps: OrganisationDeps): readonly Route[] => [
  query("office.posts", findPosts),
  query("office.partners", async (tx, input, by) => (await partners(tx, by.tenantId, input.q ?? "")).map((row) => ({ tenantId: row.tenant_id, name: row.name, kind: row.kind }))),
  query("organisation.chart", (tx, input, by) => chart(tx, by.tenantId, input.at === undefined ? by.at : new Date(input.at).toISOString())),
  query("organisation.unit", (tx, { id }, by) => unitHistory(tx, id, by)),
  query("organisation.post", (tx, { id }, by) => postHistory(tx, id, by)),
  query("organisation.preview", (tx, input, by) => preview(tx, input, by)),
  query("organisation.people", (tx, input, by) => {
    onlyFor(by, "admin", "leader");
    return people(tx, deps.seal, input, by);
  }),
  command("organisation.defineUnit", defineUnit),
  command("organisation.dissolveUnit", dissolveUnit),
  command("organisation.withdrawUnit", withdrawUnit),
  command("organisation.definePost", definePost),
  command("organisation.closePost", closePost),
  command("organisation.withdrawPost", withdrawPost),
  command("organisation.definePerson", definePerson(deps.seal)),
  command("organisation.appoint", appoint(deps.isDecreeLetter)),
  command("organisation.endHolding", endHolding),
  upload("organisation.uploadDecree", uploadDecree(deps)),
  file("organisation.decreeFile", sendDecree(deps)),
  query("organisation.policy", async (tx, _input, by) => policyView(await policyOf(tx, by.tenantId))),
  query("organisation.policyHistory", (tx, _input, by) => {
    onlyFor(by, "admin");
    return policyHistory(tx, by);
  }),
  command("organisation.setPolicy", setPolicy),
  ...exchangeRoutes(deps),
  query("mandates.list", async (tx, input, by) => [...(await mandates(tx, input, by))]),
  query("mandates.posts", mandatePosts),
  query("mandates.proposal", proposal),
  query("mandates.vacant", async (tx, _input, by) => [...(await vacantUnder(tx, by.tenantId, by.positionId, by.at))]),
  command("mandates.give", giveMandate(deps.isDecreeLetter)),
  command("mandates.revoke", revokeMandate),
];
