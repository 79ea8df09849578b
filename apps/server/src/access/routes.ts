import type { z } from "zod";
import type { contract } from "@lontar/contract";
import type { Actor } from "../kernel/actor.ts";
import { readTenant, type Tx } from "../kernel/db.ts";
import { onSession, open, query, withCookie, type Route } from "../kernel/http.ts";
import type { Id } from "../kernel/ids.ts";
import { Refused } from "../kernel/refusal.ts";
import { postsHeldBy } from "../organisation/index.ts";
import { activate, endSessionsOf, invitation, invite, renewLink, resetFactors, setBlocked } from "./accounts.ts";
import { actsInMyName, disown, type Sentence } from "./acts.ts";
import { ownAccount, stepUpOf } from "./confirm.ts";
import { securingOf } from "./demand.ts";
import { signIn, type Access } from "./door.ts";
import { beginSecondFactor, changePassword, confirmSecondFactor, removeSecondFactor, renewRecoveryCodes } from "./factors.ts";
import { addPasskey, beginPasskey, beginPasskeyEntry, enterByPasskey, listPasskeys, removePasskey, renamePasskey } from "./passkeys.ts";
import { history, listAccounts, notices } from "./queries.ts";
import { endOtherSessions, endSession, listSessions, putAway, signOut, switchPost } from "./sessions.ts";
import type { SingleSignOn } from "./providers/oidc.ts";
import { beginSso, completeSso, completeSsoFactor } from "./sso.ts";
import { beginFreshProof, proveFreshByCode, proveFreshByPasskey } from "./step-up.ts";
import { accountOf, demoAccounts, tenantOf } from "./store.ts";

type Me = z.output<(typeof contract)["session.me"]["result"]>;

/** What the session routes need besides signing in. */
export type SessionDeps = Access & {
  readonly demo: boolean;
  readonly sso: SingleSignOn | undefined;
  readonly sentence: Sentence;
  readonly demoPassphrase: (username: string) => string | null;
  /** The person's signing certificate, asked from the signing module. */
  readonly certificate: (tx: Tx, tenantId: Id, personId: Id) => Promise<{ readonly until: string; readonly development: boolean; readonly secret: "passphrase" | "pin" } | null>;
};

const meView = (deps: SessionDeps, by: Actor): Promise<Me> => readTenant(deps.db, by.tenantId, (tx) => me(deps, tx, by));

const me = async (deps: SessionDeps, tx: Tx, by: Actor): Promise<Me> => {
  const tenant = await tenantOf(tx, by.tenantId);
  const posts = await postsHeldBy(tx, by.tenantId, by.personId, by.at);
  const waiting = await tx.selectFrom("duty").select(["position_id", (e) => e.fn.countAll<string>().as("n")]).where("tenant_id", "=", by.tenantId).where("position_id", "in", posts.map((post) => post.id)).groupBy("position_id").execute();
  const account = await accountOf(tx, by.tenantId, by.personId);
  const held = posts.map((post) => ({
    positionId: post.id,
    title: post.title,
    unit: post.unitName,
    unitCode: post.unitCode,
    holding: post.holder.kind,
    basis: post.holder.basis,
    until: post.holder.until,
    scope: post.holder.scope === null ? null : { types: [...post.holder.scope.types], classifications: [...post.holder.scope.classifications] },
    acting: post.acting === null ? null : { name: post.acting.name, kind: post.acting.kind, until: post.acting.until },
    functions: [...post.functions],
    waiting: Number(waiting.find((row) => row.position_id === post.id)?.n ?? 0),
  }));
  const acting = held.find((post) => post.positionId === by.positionId);
  if (acting === undefined) throw new Refused("not_signed_in");
  return {
    personId: by.personId,
    name: by.personName,
    username: account?.username ?? "",
    tenant: { id: tenant.tenant_id, name: tenant.name, shortName: tenant.short_name, kind: tenant.kind, zone: tenant.zone },
    acting,
    posts: held,
    certificate: await deps.certificate(tx, by.tenantId, by.personId),
    secondFactor: account?.secondFactor === true,
    recoveryCodes: account?.recoveryCodes ?? 0,
    passkeys: account?.passkeys.length ?? 0,
    stepUp: stepUpOf(account),
    ownAccount: ownAccount(by),
    securing: await securingOf(tx, account, by),
    notices: await notices(tx, by),
    demo: deps.demo,
  };
};

/** Sign-in, sessions, second factor. */
export const accessRoutes = (deps: SessionDeps): readonly Route[] => [
  withCookie("session.signIn", async (input, caller) => {
    const entered = await signIn(deps, input, caller);
    return { ...entered, answer: await meView(deps, entered.answer) };
  }),
  open("session.ways", async () => ({ sso: deps.sso === undefined ? null : { label: deps.sso.settings.label } })),
  withCookie("session.beginSso", (_input, caller) => beginSso(deps, deps.sso, caller)),
  withCookie("session.completeSso", async (input, caller) => {
    const entered = await completeSso(deps, deps.sso, caller, input.answer);
    return { ...entered, answer: await meView(deps, entered.answer) };
  }),
  withCookie("session.completeSsoFactor", async (input, caller) => {
    const entered = await completeSsoFactor(deps, deps.sso, caller, input);
    return { ...entered, answer: await meView(deps, entered.answer) };
  }),
  withCookie("session.beginPasskeyEntry", (_input, caller) => beginPasskeyEntry(deps, caller)),
  withCookie("session.enterByPasskey", async (input, caller) => {
    const entered = await enterByPasskey(deps, input.answer, caller);
    return { ...entered, answer: await meView(deps, entered.answer) };
  }),
  query("session.passkeys", (tx, _input, by) => listPasskeys(tx, by)),
  onSession("session.beginPasskey", (input, caller, by) => beginPasskey(deps, caller, by, input)),
  onSession("session.addPasskey", (input, caller, by) => addPasskey(deps, caller, by, input)),
  onSession("session.renamePasskey", (input, _caller, by) => renamePasskey(deps, by, input)),
  onSession("session.removePasskey", (input, _caller, by) => removePasskey(deps, by, input)),
  onSession("session.beginFreshProof", (input, caller, by) => beginFreshProof(deps, caller, by, input.documents)),
  onSession("session.proveFreshByPasskey", (input, caller, by) => proveFreshByPasskey(deps, caller, by, input)),
  onSession("session.proveFreshByCode", (input, _caller, by) => proveFreshByCode(deps, by, input)),
  query("session.me", (tx, _input, by) => me(deps, tx, by)),
  withCookie("session.signOut", (_input, caller) => signOut(deps, caller)),
  onSession("session.switchPost", async (input, caller, by) => meView(deps, await switchPost(deps, caller, by, input.positionId))),
  onSession("session.sessions", (_input, caller, by) => listSessions(deps, caller, by)),
  onSession("session.endSession", (input, _caller, by) => endSession(deps, by, input)),
  onSession("session.endOtherSessions", (input, caller, by) => endOtherSessions(deps, caller, by, input.password)),
  query("session.history", history),
  query("session.acts", (tx, input, by) => actsInMyName(tx, deps.sentence, input.date ?? by.today, by)),
  onSession("session.disown", (input, _caller, by) => disown(deps, by, input)),
  onSession("session.putAway", (input, _caller, by) => putAway(deps, by, input.id)),
  onSession("session.changePassword", (input, caller, by) => changePassword(deps, caller, by, input)),
  onSession("session.beginSecondFactor", (input, caller, by) => beginSecondFactor(deps, caller, by, input)),
  onSession("session.confirmSecondFactor", (input, caller, by) => confirmSecondFactor(deps, caller, by, input)),
  onSession("session.removeSecondFactor", (input, _caller, by) => removeSecondFactor(deps, by, input)),
  onSession("session.renewRecoveryCodes", (input, _caller, by) => renewRecoveryCodes(deps, by, input)),
  open("session.invitation", (input) => invitation(deps, input.token)),
  open("session.activate", (input, caller) => activate(deps, caller, input)),
  query("accounts.list", listAccounts),
  onSession("accounts.invite", (input, _caller, by) => invite(deps, by, input)),
  onSession("accounts.renewLink", (input, _caller, by) => renewLink(deps, by, input)),
  onSession("accounts.block", (input, _caller, by) => setBlocked(deps, by, { ...input, isBlocked: true })),
  onSession("accounts.unblock", (input, _caller, by) => setBlocked(deps, by, { ...input, isBlocked: false })),
  onSession("accounts.resetFactors", (input, _caller, by) => resetFactors(deps, by, input)),
  onSession("accounts.endSessions", (input, _caller, by) => endSessionsOf(deps, by, input)),
  open("session.demoAccounts", async () => {
    if (!deps.demo) throw new Refused("not_found");
    return (await demoAccounts(deps.db)).map((row) => ({ username: row.username, password: row.demo_password, passphrase: deps.demoPassphrase(row.username), name: row.name, post: row.title, tenant: row.tenant }));
  }),
];
