import type { Messages } from "../kernel/catalog/index.ts";
import type { Me } from "../session/me.ts";
import type { IconName } from "../ui/Icon.tsx";

/** One place of the map, before it knows what waits there. */
export type PlaceRow = { readonly href: string; readonly label: (words: Messages) => string; readonly shortLabel?: (words: Messages) => string; readonly icon: IconName; readonly isTab?: boolean; readonly isLast?: boolean; readonly isFor?: (me: Me) => boolean };

/** The map of Lontar, in the order of the rail. */
export const placeRows: readonly PlaceRow[] = [
  { href: "/meja", label: (words) => words.places.desk, icon: "desk", isTab: true },
  { href: "/surat", label: (words) => words.places.received, shortLabel: (words) => words.places.receivedShort, icon: "mail", isTab: true },
  { href: "/naskah", label: (words) => words.places.drafts, icon: "draft" },
  { href: "/disposisi", label: (words) => words.places.dispositions, icon: "disposition", isTab: true },
  { href: "/arsip", label: (words) => words.places.archive, icon: "archive" },
  { href: "/organisasi", label: (words) => words.places.organisation, icon: "org" },
  { href: "/layanan", label: (words) => words.places.village, icon: "village", isFor: (me) => me.tenant.kind === "desa" },
  { href: "/mandat", label: (words) => words.places.mandates, icon: "shield", isFor: (me) => me.acting.functions.some((name) => name === "leader" || name === "signer" || name === "admin") },
  { href: "/serah-terima", label: (words) => words.places.handovers, icon: "user", isFor: (me) => me.acting.functions.some((name) => name === "leader" || name === "signer" || name === "admin") },
  { href: "/pengawasan", label: (words) => words.places.audit, icon: "audit", isFor: (me) => me.acting.functions.some((name) => name === "inspector" || name === "admin") },
  { href: "/pengaturan", label: (words) => words.places.settings, icon: "settings", isLast: true },
];
