export type { Envelope } from "./envelope.ts";
export { exchangeKeys } from "./keys.ts";
export type { EnvelopeState, LetterFacts, Outgoing } from "./outgoing.ts";
export { receiveEnvelope, type Delivery, type Receiving, type SignedReceipt } from "./receive.ts";
export { exchangeJobs, type Sending, type Transport } from "./send.ts";
export { envelopeMachine, envelopeStore, partnerById, sendEnvelope, type Partner } from "./store.ts";
