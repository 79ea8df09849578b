import type { Tx } from "../kernel/db.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import { isGuarded, policyOf, postsHeldBy } from "../organisation/index.ts";
import { hasFactor, type AccountState, type Demand } from "./account.ts";

/** What the policy of the government says about the way in of a person who holds these posts, acting ones too; `undefined`: nothing. */
const guardOf = async (tx: Tx, tenantId: Id, personId: Id, at: Instant): Promise<{ readonly force: "required" | "advised"; readonly graceDays: number } | undefined> => {
  const { strongEntry } = await policyOf(tx, tenantId);
  const posts = await postsHeldBy(tx, tenantId, personId, at);
  return posts.some((post) => isGuarded(strongEntry.groups, post)) ? strongEntry : undefined;
};

/** A second proof that this person owes because of his posts, or null. */
export const demandOn = async (tx: Tx, tenantId: Id, personId: Id, at: Instant): Promise<Demand | null> => {
  const guard = await guardOf(tx, tenantId, personId, at);
  return guard?.force === "required" ? { graceDays: guard.graceDays } : null;
};

/** What the person at the screen is told about the safety of his account; null when it is as safe as his posts ask. */
export const securingOf = async (tx: Tx, account: AccountState | null, by: { readonly tenantId: Id; readonly personId: Id; readonly at: Instant; readonly isHeldBack?: true }): Promise<{ readonly status: "advised" | "asked" | "held_back"; readonly until: Instant | null } | null> => {
  if (account === null || hasFactor(account)) return null;
  if (by.isHeldBack === true) return { status: "held_back", until: account.secureBy ?? null };
  const guard = await guardOf(tx, by.tenantId, by.personId, by.at);
  if (guard === undefined) return null;
  if (guard.force === "advised") return { status: "advised", until: null };
  // Whoever comes in by single sign-on with a second factor there was never asked.
  return account.secureBy === undefined ? null : { status: "asked", until: account.secureBy };
};
