import { z } from "zod";
import type { Delivery, SignedReceipt } from "./receive.ts";
import type { Transport } from "./send.ts";

const answerShape = z.object({ receipt: z.string().max(10_000), signature: z.string().max(200) });
const patienceMs = 60_000;

/** Delivers to governments of this installation by a call, to others over HTTPS; both answer the same signed receipt. */
export const openTransport = (local: (delivery: Delivery) => Promise<SignedReceipt>): Transport => async (partner, delivery) => {
  if (partner.address === null) return local(delivery);
  const answer = await fetch(new URL("/api/exchange/v1/inbox", partner.address), { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(delivery), redirect: "error", signal: AbortSignal.timeout(patienceMs) });
  if (!answer.ok) throw new Error(`the exchange of ${partner.tenant_id} answered ${answer.status}`);
  return answerShape.parse(await answer.json());
};
