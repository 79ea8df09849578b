import { z } from "zod";
import type { Actor } from "../kernel/actor.ts";
import { inInstallation } from "../kernel/db.ts";
import type { Caller, CookieAnswer } from "../kernel/http.ts";
import { Refused } from "../kernel/refusal.ts";
import { openChallenge, sealChallenge } from "./challenge.ts";
import { guarded } from "./confirm.ts";
import { browserOf, enter, factorOf, newToken, noteRefusal, refuseEntry, unusedFactor, wantedBeside, type Access } from "./door.ts";
import type { SingleSignOn } from "./providers/oidc.ts";
import { accountsClaimed, takeChallenge, type Account } from "./store.ts";

const attemptMs = 10 * 60_000;
const factorMs = 5 * 60_000;

const attemptData = z.object({ nonce: z.string(), verifier: z.string() });
const factorData = z.object({ value: z.string() });

const sealed = (data: unknown): Buffer => Buffer.from(JSON.stringify(data));

const must = (sso: SingleSignOn | undefined): SingleSignOn => {
  if (sso === undefined) throw new Refused("not_found");
  return sso;
};

/** Begins at the other side: its address, with a state that only this browser can bring back. */
export const beginSso = async (access: Access, sso: SingleSignOn | undefined, caller: Caller): Promise<CookieAnswer<{ readonly url: string }>> => {
  const browser = browserOf(access, caller);
  const [nonce, verifier] = [newToken(access.source), newToken(access.source)];
  const state = sealChallenge(access, { purpose: "sso", browser, lastsMs: attemptMs, data: sealed({ nonce, verifier }) });
  const url = await must(sso).addressFor({ state, nonce, verifier }).catch((error: unknown) => {
    access.log.error({ error: error instanceof Error ? error.message : "" }, "single sign-on cannot be reached");
    throw new Refused("unavailable");
  });
  return { answer: { url }, browser };
};

/** The claimed account, if exactly one of ours is meant. Accounts are never made here. */
const accountClaimed = async (access: Access, sso: SingleSignOn, value: string | undefined): Promise<Account | undefined> => {
  const found = value === undefined ? [] : await accountsClaimed(access.db, sso.settings.property, value);
  return found.length === 1 ? found[0] : undefined;
};

/** Ends at our side: state, issuer, nonce and code are checked, the account found, and its own second factor asked for when the other side used none. */
export const completeSso = async (access: Access, configured: SingleSignOn | undefined, caller: Caller, answer: string): Promise<CookieAnswer<Actor>> => {
  const sso = must(configured);
  const returned = new URL(`${access.publicUrl}/masuk/sso?${answer.replace(/^\?/, "")}`);
  const state = returned.searchParams.get("state") ?? "";
  const refuse = (code: ConstructorParameters<typeof Refused>[0], fault = ""): never => {
    access.log.warn({ requestId: caller.requestId, refusal: code, fault }, "single sign-on refused");
    throw new Refused(code);
  };
  const opened = openChallenge(access, state, { purpose: "sso", browser: caller.browser });
  if (opened === undefined) return refuse("sso_state_wrong");
  if (!(await inInstallation(access.db, (tx) => takeChallenge(tx, state, opened.until, access.source.now())))) return refuse("challenge_used");
  const claimed = await sso.complete(returned, { state, ...attemptData.parse(JSON.parse(opened.data.toString("utf8"))) });
  if ("refused" in claimed) return refuse(claimed.refused, claimed.fault);
  const account = await accountClaimed(access, sso, claimed.value);
  if (account === undefined) return refuse("sso_no_account");
  if (account.status !== "aktif") return refuseEntry(access, account, caller, "diblokir");
  if (claimed.hadSecondFactor) return enter(access, account, caller, "sso_mfa", unusedFactor);
  if (account.totp_secret === null && account.passkeys === 0) return enter(access, account, caller, "sso", unusedFactor);
  const ticket = sealChallenge(access, { purpose: "sso-kode", browser: caller.browser, lastsMs: factorMs, data: sealed({ value: claimed.value }) });
  throw new Refused(wantedBeside(account), { ticket });
};

/** The second factor of an account whose owner the other side knows only by his first. */
export const completeSsoFactor = async (access: Access, configured: SingleSignOn | undefined, caller: Caller, given: { readonly ticket: string; readonly code: string }): Promise<CookieAnswer<Actor>> => {
  const sso = must(configured);
  const opened = openChallenge(access, given.ticket, { purpose: "sso-kode", browser: caller.browser });
  const account = opened === undefined ? undefined : await accountClaimed(access, sso, factorData.parse(JSON.parse(opened.data.toString("utf8"))).value);
  if (opened === undefined || account === undefined) throw new Refused("challenge_late");
  return guarded(access, { personId: account.person_id, at: access.source.now() }, async () => {
    const factor = await factorOf(access, account, given.code);
    if (factor === undefined) {
      await noteRefusal(access, account, caller, "kode_salah");
      return undefined;
    }
    return enter(access, account, caller, "sso_kode", async (tx, by) => {
      if (!(await takeChallenge(tx, given.ticket, opened.until, by.at))) throw new Refused("challenge_used");
      return factor.use(tx, by);
    });
  }, "second_factor_wrong", "sso");
};
