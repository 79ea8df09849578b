import type { Post } from "../organisation/index.ts";
import type { Station } from "./draft.ts";

/** What a letter type says about who initials and who signs; roles are those of posts. */
export type ApprovalSpec = readonly { readonly kind: string; readonly by: string }[];

const isHead = (post: Post): boolean => post.functions.includes("signer");

const matches = (post: Post, role: string): boolean => (role === "kepala" ? isHead(post) : post.role === role);

/**
 * The chain that the organisation proposes: every superior from the drafter up to the signer initials in order (paraf hierarki,
 * domain §1.7), the signer signs. The drafter's own paraf is skipped; he may be the signer. Empty when the type's signer is not above him.
 */
export const proposeChain = (drafter: Post, superiors: readonly Post[], approval: ApprovalSpec): readonly Station[] => {
  const wanted = approval.find((step) => step.kind === "sign")?.by ?? "kepala";
  const line = [drafter, ...superiors];
  const found = line.findIndex((post) => matches(post, wanted));
  const last = found >= 0 ? found : line.findIndex(isHead);
  return last < 0
    ? []
    : line.slice(0, last + 1).flatMap((post, index): readonly Station[] => {
        const kind = index === last ? "tanda_tangan" : "paraf";
        return kind === "paraf" && post.id === drafter.id ? [] : [{ positionId: post.id, title: post.title, kind, held: post.holder !== null }];
      });
};
