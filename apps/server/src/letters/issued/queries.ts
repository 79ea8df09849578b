import { sql } from "kysely";
import type { contract, Result } from "@lontar/contract";
import type { Tx } from "../../kernel/db.ts";
import type { Id } from "../../kernel/ids.ts";
import { postsAsKnown } from "../../organisation/index.ts";
import type { Delivery, IssuedState } from "./issued.ts";

type DeliveryView = Result<(typeof contract)["drafts.show"]>["deliveries"][number];

/** Each copy with how far it has come: asked from the received letter or the parcel that carries it. */
export const deliveriesOf = async (tx: Tx, tenantId: Id, letter: IssuedState, at: string): Promise<DeliveryView[]> => {
  const carriers = letter.deliveries.flatMap((delivery) => delivery.carrierId ?? []);
  const { rows } = carriers.length === 0 ? { rows: [] } : await sql<{ id: Id; status: string; agenda: string | null; changed: string | null }>`
    select id, status, lpad(agenda::text, 4, '0') as agenda, state->>'changed' as changed from received where tenant_id = ${tenantId} and id in (${sql.join(carriers)})
    union all select id, 'paket:' || status, state->>'failure', state->>'since' from parcel where tenant_id = ${tenantId} and id in (${sql.join(carriers)})`.execute(tx);
  const posts = await postsAsKnown(tx, tenantId, letter.deliveries.flatMap((delivery) => (delivery.address.kind === "post" ? [delivery.address.positionId] : [])), at);
  return letter.deliveries.map((delivery) => {
    const carrier = rows.find((row) => row.id === delivery.carrierId);
    const holder = delivery.address.kind === "post" ? posts.get(delivery.address.positionId)?.holder?.name : undefined;
    return {
      label: holder === undefined ? delivery.address.label : `${delivery.address.label} (${holder})`,
      kind: delivery.address.kind,
      cc: delivery.cc,
      status: carrier === undefined ? delivery.status : statusOf(carrier.status),
      detail: carrier === undefined ? delivery.detail : detailOf(carrier, delivery),
      at: carrier?.changed ?? delivery.at,
    };
  });
};

// For a parcel the second column holds why it failed.
const detailOf = (carrier: { readonly status: string; readonly agenda: string | null }, delivery: Delivery): string => {
  if (!carrier.status.startsWith("paket:")) return `Nomor agenda ${carrier.agenda ?? "belum ada"}`;
  if (carrier.status === "paket:diterima") return delivery.address.kind === "partner" ? "Resi bertanda tangan sudah kami terima" : "Berkas sudah diunduh penerima";
  return carrier.agenda ?? delivery.detail;
};

const statusOf = (carrier: string): DeliveryView["status"] => {
  switch (carrier) {
    case "paket:antre":
    case "paket:terkirim":
      return "terkirim";
    case "paket:diterima":
      return "diterima";
    case "paket:gagal":
      return "gagal";
    case "diterima":
    case "tercatat":
    case "diarahkan":
      return "diterima";
    default:
      return "dibaca";
  }
};
