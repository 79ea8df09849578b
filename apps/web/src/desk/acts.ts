import type { IconName } from "../ui/Icon.tsx";
import type { DeskItem } from "./groups.ts";

/** An act that can wait on a desk. */
export type DeskAct = DeskItem["act"];

/** What the desk asks the letters' module to do in place. */
export type InPlace = "direct" | "dispose" | "report" | "accept" | "giveBack" | "close" | "file";

/** How an act looks and what its main button does: in place by a dialog, at once, or by opening the thing. */
export type ActRow = { readonly icon: IconName; readonly key: string; readonly does: { readonly kind: "in_place"; readonly act: InPlace } | { readonly kind: "at_once" } | { readonly kind: "open" } };

/** Every act of the desk. */
export const actRows = {
  catat: { icon: "draft", key: "r", does: { kind: "open" } },
  arahkan: { icon: "forward", key: "d", does: { kind: "in_place", act: "direct" } },
  disposisi: { icon: "disposition", key: "d", does: { kind: "in_place", act: "dispose" } },
  tindak_lanjut: { icon: "report", key: "l", does: { kind: "in_place", act: "report" } },
  terima_laporan: { icon: "report", key: "e", does: { kind: "in_place", act: "accept" } },
  susun: { icon: "pen", key: "o", does: { kind: "open" } },
  paraf: { icon: "paraf", key: "p", does: { kind: "at_once" } },
  tanda_tangan: { icon: "pen", key: "s", does: { kind: "open" } },
  kirim: { icon: "send", key: "o", does: { kind: "open" } },
  baca: { icon: "eye", key: "e", does: { kind: "at_once" } },
  verifikasi: { icon: "village", key: "o", does: { kind: "open" } },
  selesaikan: { icon: "check", key: "e", does: { kind: "in_place", act: "close" } },
  ketahui: { icon: "warning", key: "o", does: { kind: "open" } },
  jelaskan: { icon: "report", key: "o", does: { kind: "open" } },
  berkaskan: { icon: "archive", key: "e", does: { kind: "in_place", act: "file" } },
} as const satisfies Record<DeskAct, ActRow>;

/** Where a line of the desk leads. */
export const hrefOf = (item: Pick<DeskItem, "kind" | "thingId" | "act">): string => {
  switch (item.kind) {
    case "surat":
      return item.act === "catat" ? `/surat/${item.thingId}/catat` : `/surat/${item.thingId}`;
    case "naskah":
      return `/naskah/${item.thingId}`;
    case "permohonan":
      return `/layanan/${item.thingId}`;
    case "darurat":
      return `/darurat/${item.thingId}`;
    case "temuan":
      return `/penjelasan/${item.thingId}`;
    default:
      return item.kind satisfies never;
  }
};

/** Does the main button act here, or open the thing? A draft is filed and finished on its own page. */
export const actsHere = (item: Pick<DeskItem, "kind" | "act">): ActRow["does"] => {
  const { does }: ActRow = actRows[item.act];
  if (does.kind === "in_place" && item.kind !== "surat") return { kind: "open" };
  if (does.kind === "at_once" && item.act === "paraf" && item.kind !== "naskah") return { kind: "open" };
  return does;
};
