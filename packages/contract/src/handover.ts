import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { decree } from "./organisation.ts";
import { byId, done, id, instant, line, note } from "./terms.ts";

const count = z.number().int();

/** How much moves, by kind. */
const counts = z.object({ desk: count, unread: count, drafts: count, delegations: count, mandates: count });

const side = z.object({ personId: id, name: z.string() });

const view = z.object({
  id,
  status: z.enum(["menunggu", "selesai", "dibatalkan"]),
  post: z.object({ id, title: z.string() }),
  from: side,
  to: side,
  since: instant,
  basis: z.string(),
  /** Why his superior signs in his place. */
  reason: z.string().nullable(),
  /** The berita acara. */
  letter: z.object({ id, status: z.string(), number: z.string().nullable() }),
  preparedAt: instant,
  preparedBy: z.string(),
  /** What moves now, or what has moved. */
  counts,
  /** What cannot move, each with the reason. */
  left: z.array(z.string()),
  doneAt: instant.nullable(),
  cancelled: z.object({ at: instant, by: z.string(), reason: z.string() }).nullable(),
  may: z.array(z.enum(["cancel"])),
});

/** Hand-overs (mutasi): one signed act by which a post and all that is open in it passes to a successor. */
export const handovers = {
  list: endpoint({ method: "GET", path: "/api/handovers", summary: "Serah terima jabatan yang dapat saya lihat", result: z.array(view) }),
  show: endpoint({ method: "GET", path: "/api/handovers/:id", summary: "Satu serah terima jabatan", params: byId, result: view }),
  preview: endpoint({
    method: "GET", path: "/api/posts/:id/handover", summary: "Apa yang berpindah bila jabatan ini diserahterimakan", params: byId,
    result: z.object({ post: z.object({ id, title: z.string() }), holder: side.nullable(), counts, left: z.array(z.string()), signer: z.string().nullable(), superior: z.string().nullable(), may: z.array(z.enum(["prepare"])) }),
  }),
  prepare: endpoint({
    method: "POST", path: "/api/handovers", summary: "Siapkan serah terima jabatan",
    body: z.object({ id, positionId: id, toPersonId: id, since: instant, decree, /** Given when the leaving official cannot sign: his superior then does. */ reason: line(300).nullable().default(null) }),
    result: done.extend({ letterId: id }),
  }),
  cancel: endpoint({ method: "POST", path: "/api/handovers/:id/cancellation", summary: "Batalkan serah terima yang belum ditandatangani", params: byId, body: z.object({ reason: note(300) }), result: done }),
};
