import type { EndpointName } from "@lontar/contract";

/** What the admin may begin from a panel; each opens a dialog, or another page. */
export type Act =
  | { readonly kind: "newUnit"; readonly parentId: string | null }
  | { readonly kind: "editUnit"; readonly id: string }
  | { readonly kind: "dissolveUnit"; readonly id: string; readonly name: string }
  | { readonly kind: "newPost"; readonly unitId: string | null; readonly superiorId: string | null }
  | { readonly kind: "editPost"; readonly id: string }
  | { readonly kind: "closePost"; readonly id: string; readonly title: string }
  | { readonly kind: "appoint"; readonly id: string; readonly title: string }
  | { readonly kind: "endHolding"; readonly holdingId: string; readonly name: string }
  | { readonly kind: "mandate"; readonly id: string };

/** Reads that a change of the organisation makes old. */
export const changesTheChart: readonly EndpointName[] = ["organisation.chart", "organisation.unit", "organisation.post", "organisation.people", "office.posts", "session.me"];
